"""Searching joins more forms of Danish words (`taskforce.core.danish.WORD_FORMS`)."""

import django.contrib.postgres.search
from django.db import migrations, models

import taskforce.core.danish


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_cache_table"),
    ]

    operations = [
        migrations.RunSQL(
            taskforce.core.danish.DANISH_FORMS_SQL, taskforce.core.danish.DROP_DANISH_FORMS_SQL
        ),
        migrations.RemoveField(
            model_name="organisation",
            name="search",
        ),
        migrations.AddField(
            model_name="organisation",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        taskforce.core.danish.DanishForms("name"), config="danish", weight="A"
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
