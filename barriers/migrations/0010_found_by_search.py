"""Barriers are found by parts of compounds, and statements at all."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("barriers", "0009_reminders_stand_in_one_place"),
        ("meetings", "0008_reminders_stand_in_one_place"),
        ("members", "0010_when_somebody_was_here"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
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
        migrations.RemoveIndex(model_name="barrier", name="barrier_search"),
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="barrier", name="search"),
        migrations.AddField(
            model_name="barrier",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("title"),
                                config="danish",
                                weight="A",
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("description"),
                                config="danish",
                                weight="B",
                            ),
                            django.contrib.postgres.search.SearchConfig("danish"),
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            taskforce.core.danish.DanishParts(
                                taskforce.core.danish.DanishForms("title")
                            ),
                            config="danish",
                            weight="D",
                        ),
                        django.contrib.postgres.search.SearchConfig("danish"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishParts(
                            taskforce.core.danish.DanishForms("description")
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
            model_name="statement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="statement_search"
            ),
        ),
        migrations.AddIndex(
            model_name="barrier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="barrier_search"
            ),
        ),
    ]
