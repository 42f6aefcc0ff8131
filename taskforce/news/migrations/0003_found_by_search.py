"""News is found by parts of compounds."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("meetings", "0009_found_by_search"),
        ("news", "0002_drafts_texts_and_pictures"),
    ]

    operations = [
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="newsitem", name="search"),
        migrations.AddField(
            model_name="newsitem",
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
                                        taskforce.core.danish.DanishForms("summary"),
                                        config="danish",
                                        weight="B",
                                    ),
                                    django.contrib.postgres.search.SearchConfig("danish"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    taskforce.core.danish.DanishForms("text"),
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
                                taskforce.core.danish.DanishForms("summary")
                            ),
                            config="danish",
                            weight="D",
                        ),
                        django.contrib.postgres.search.SearchConfig("danish"),
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
            model_name="newsitem",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="news_search"),
        ),
    ]
