"""Calls are found by parts of compounds and what the EU writes, and consortia at all."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("barriers", "0010_found_by_search"),
        ("calls", "0006_reminders_stand_in_one_place"),
        ("initiatives", "0004_reminders_stand_in_one_place"),
        ("meetings", "0008_reminders_stand_in_one_place"),
        ("members", "0010_when_somebody_was_here"),
        ("news", "0002_drafts_texts_and_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="consortium",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("name"),
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
                                taskforce.core.danish.DanishForms("name")
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
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="call", name="search"),
        migrations.AddField(
            model_name="call",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
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
                                                        taskforce.core.danish.DanishForms(
                                                            "topic_id"
                                                        ),
                                                        config="danish",
                                                        weight="B",
                                                    ),
                                                    django.contrib.postgres.search.SearchConfig(
                                                        "danish"
                                                    ),
                                                ),
                                                "||",
                                                django.contrib.postgres.search.SearchVector(
                                                    taskforce.core.danish.DanishForms("summary"),
                                                    config="danish",
                                                    weight="B",
                                                ),
                                                django.contrib.postgres.search.SearchConfig(
                                                    "danish"
                                                ),
                                            ),
                                            "||",
                                            django.contrib.postgres.search.SearchVector(
                                                taskforce.core.danish.DanishForms("programme"),
                                                config="danish",
                                                weight="B",
                                            ),
                                            django.contrib.postgres.search.SearchConfig("danish"),
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
                                        taskforce.core.danish.DanishForms("topic_id")
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
                                taskforce.core.danish.DanishForms("programme")
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
            model_name="call",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="call_search"),
        ),
        migrations.AddIndex(
            model_name="consortium",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="consortium_search"
            ),
        ),
    ]
