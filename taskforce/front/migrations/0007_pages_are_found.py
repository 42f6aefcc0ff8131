"""Searches know the pages of the portal that are no row of another table."""

import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("front", "0006_a_page_for_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name="PortalPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("view", models.CharField(max_length=60)),
                ("argument", models.CharField(blank=True, max_length=60)),
                ("language", models.CharField(max_length=2)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "search",
                    models.GeneratedField(
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
            ],
            options={
                "verbose_name": "page of the portal",
                "verbose_name_plural": "pages of the portal",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("view", "argument", "language"), name="portal_page_once_a_language"
                    )
                ],
            },
        ),
    ]
