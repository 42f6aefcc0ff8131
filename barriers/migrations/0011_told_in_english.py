"""Barriers have a summary in English, and are found by it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("barriers", "0010_found_by_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="barrier",
            name="summary_en",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                max_length=600,
                verbose_name="summary in English",
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
                                    taskforce.core.danish.DanishForms("summary_en"),
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
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishParts(
                            taskforce.core.danish.DanishForms("summary_en")
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
            model_name="barrier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="barrier_search"
            ),
        ),
    ]
