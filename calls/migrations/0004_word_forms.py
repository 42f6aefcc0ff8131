"""Searching joins more forms of Danish words (`taskforce.core.danish.WORD_FORMS`)."""

import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_consortia_and_following"),
        ("members", "0003_word_forms"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="call",
            name="search",
        ),
        migrations.AddField(
            model_name="call",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.CombinedSearchVector(
                        django.contrib.postgres.search.SearchVector(
                            taskforce.core.danish.DanishForms("title"), config="danish", weight="A"
                        ),
                        "||",
                        django.contrib.postgres.search.SearchVector(
                            taskforce.core.danish.DanishForms("topic_id"),
                            config="danish",
                            weight="B",
                        ),
                        django.contrib.postgres.search.SearchConfig("danish"),
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("summary"), config="danish", weight="B"
                    ),
                    django.contrib.postgres.search.SearchConfig("danish"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]
