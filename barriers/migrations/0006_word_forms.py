"""Searching joins more forms of Danish words (`taskforce.core.danish.WORD_FORMS`)."""

import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("barriers", "0005_what_is_counted_stands"),
        ("members", "0003_word_forms"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="barrier",
            name="search",
        ),
        migrations.AddField(
            model_name="barrier",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("title"), config="danish", weight="A"
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("description"),
                        config="danish",
                        weight="B",
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]
