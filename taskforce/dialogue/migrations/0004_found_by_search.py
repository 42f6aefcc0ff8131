"""Contributions are found by parts of compounds."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("dialogue", "0003_answers_in_talk"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="contribution", name="contribution_search"),
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="contribution", name="search"),
        migrations.AddField(
            model_name="contribution",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("text"), config="danish", weight="A"
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishParts(
                            taskforce.core.danish.DanishForms("text")
                        ),
                        config="danish",
                        weight="D",
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="contribution_search"
            ),
        ),
    ]
