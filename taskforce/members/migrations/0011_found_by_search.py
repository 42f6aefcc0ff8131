"""Organisations are found by former names and parts of compounds, people by their names."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("members", "0010_when_somebody_was_here"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("name"), config="danish", weight="A"
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
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="organisation", name="search"),
        migrations.AddField(
            model_name="organisation",
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
                                            django.contrib.postgres.search.SearchVector(
                                                taskforce.core.danish.DanishForms("name"),
                                                config="danish",
                                                weight="A",
                                            ),
                                            "||",
                                            django.contrib.postgres.search.SearchVector(
                                                taskforce.core.danish.DanishForms(
                                                    taskforce.core.danish.WordsOf("former_names")
                                                ),
                                                config="danish",
                                                weight="B",
                                            ),
                                            django.contrib.postgres.search.SearchConfig("danish"),
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            taskforce.core.danish.DanishForms("line"),
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
                                    taskforce.core.danish.DanishForms(
                                        taskforce.core.danish.WordsOf("former_names")
                                    )
                                ),
                                config="danish",
                                weight="D",
                            ),
                            django.contrib.postgres.search.SearchConfig("danish"),
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            taskforce.core.danish.DanishParts(
                                taskforce.core.danish.DanishForms("line")
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
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="organisation_search"
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="user_search"),
        ),
    ]
