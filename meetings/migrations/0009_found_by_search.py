"""What belongs to a meeting is found: agenda, decisions, action points, files and what they say."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_parts_of_compounds"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("meetings", "0008_reminders_stand_in_one_place"),
        ("members", "0010_when_somebody_was_here"),
    ]

    operations = [
        migrations.CreateModel(
            name="MaterialPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("text"),
                                config="danish",
                                weight="A",
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
                "verbose_name": "page of material",
                "verbose_name_plural": "pages of material",
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("what"), config="danish", weight="A"
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishParts(
                            taskforce.core.danish.DanishForms("what")
                        ),
                        config="danish",
                        weight="D",
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
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
                                taskforce.core.danish.DanishForms("details"),
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
                            taskforce.core.danish.DanishForms("details")
                        ),
                        config="danish",
                        weight="D",
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="attendance",
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
        migrations.AddField(
            model_name="material",
            name="read_file",
            field=models.CharField(db_default="", default="", editable=False, max_length=100),
        ),
        migrations.AddField(
            model_name="material",
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
                                taskforce.core.danish.DanishForms(
                                    taskforce.core.danish.FileWords("file")
                                ),
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
                            taskforce.core.danish.DanishForms(
                                taskforce.core.danish.FileWords("file")
                            )
                        ),
                        config="danish",
                        weight="D",
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("decision"), config="danish", weight="A"
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishParts(
                            taskforce.core.danish.DanishForms("decision")
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
        migrations.RemoveField(model_name="meeting", name="search"),
        migrations.AddField(
            model_name="meeting",
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
                                taskforce.core.danish.DanishForms("place"),
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
                            taskforce.core.danish.DanishForms("place")
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
        migrations.RemoveField(model_name="minutesentry", name="search"),
        migrations.AddField(
            model_name="minutesentry",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("heading"),
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
                                taskforce.core.danish.DanishForms("heading")
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
            model_name="actionpoint",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="action_point_search"
            ),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="agenda_item_search"
            ),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="attendance_search"
            ),
        ),
        migrations.AddIndex(
            model_name="material",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="material_search"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="meeting_search"
            ),
        ),
        migrations.AddIndex(
            model_name="minutesentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="minutes_entry_search"
            ),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="outcome_search"
            ),
        ),
        migrations.AddField(
            model_name="materialpage",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages",
                to="meetings.material",
            ),
        ),
        migrations.AddIndex(
            model_name="materialpage",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="material_page_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="materialpage",
            constraint=models.UniqueConstraint(
                fields=("material", "number"), name="material_page_once"
            ),
        ),
    ]
