"""The one story goes, and what must always be true of a case is held."""

import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0005_stories_moved"),
    ]

    operations = [
        # Postgres cannot change what a generated column is made of.
        migrations.RemoveField(model_name="case", name="search"),
        migrations.RemoveField(model_name="case", name="story"),
        migrations.AddField(
            model_name="case",
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
                                        taskforce.core.danish.DanishForms("achieved"),
                                        config="danish",
                                        weight="B",
                                    ),
                                    django.contrib.postgres.search.SearchConfig("danish"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    taskforce.core.danish.DanishForms("problem"),
                                    config="danish",
                                    weight="B",
                                ),
                                django.contrib.postgres.search.SearchConfig("danish"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                taskforce.core.danish.DanishForms("done"),
                                config="danish",
                                weight="B",
                            ),
                            django.contrib.postgres.search.SearchConfig("danish"),
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            taskforce.core.danish.DanishForms("outcome"),
                            config="danish",
                            weight="B",
                        ),
                        django.contrib.postgres.search.SearchConfig("danish"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("place"), config="danish", weight="B"
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("permission_at__isnull", False),
                    _connector="OR",
                ),
                name="case_published_with_permission",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("permission_by", None), ("permission_at__isnull", False), _connector="OR"
                ),
                name="case_permission_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "asked", "declined")),
                    models.Q(("number", None), ("unit", "")),
                    models.Q(("number__isnull", False), models.Q(("unit", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_number_with_unit",
                violation_error_message="Say what the number counts, or leave both the number and the unit empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("picture", ""), models.Q(("picture_alt", ""), _negated=True), _connector="OR"
                ),
                name="case_picture_has_words",
                violation_error_message="Say in words what the picture shows.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("picture", ""),
                        ("picture_height", None),
                        ("picture_small", ""),
                        ("picture_width", None),
                    ),
                    models.Q(
                        models.Q(("picture", ""), _negated=True),
                        models.Q(("picture_small", ""), _negated=True),
                        ("picture_height__gt", 0),
                        ("picture_width__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="case_picture_has_its_sizes",
            ),
        ),
        migrations.AddConstraint(
            model_name="casepartner",
            constraint=models.UniqueConstraint(
                models.F("case"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("organisation", None)),
                name="case_partner_once_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="casepartner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), ("organisation__isnull", False)),
                    models.Q(("organisation", None), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_partner_organisation_or_name",
            ),
        ),
    ]
