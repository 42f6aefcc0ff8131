"""Searches find an organisation by its line only as long as that shows."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("members", "0011_found_by_search"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="organisation", name="organisation_search"),
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
                                            taskforce.core.danish.DanishForms(
                                                models.Case(
                                                    models.When(then="line", unanswered__lt=3),
                                                    default=models.Value(""),
                                                )
                                            ),
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
                                taskforce.core.danish.DanishForms(
                                    models.Case(
                                        models.When(then="line", unanswered__lt=3),
                                        default=models.Value(""),
                                    )
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
    ]
