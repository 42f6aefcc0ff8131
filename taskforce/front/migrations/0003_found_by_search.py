"""The search knows words, what means the same, and what found nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("front", "0002_admin_log_is_gone"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "word that the search knows",
                "verbose_name_plural": "words that the search knows",
            },
        ),
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=80, unique=True, verbose_name="words")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="how often")),
                ("last_on", models.DateField(verbose_name="last")),
            ],
            options={
                "verbose_name": "search without hits",
                "verbose_name_plural": "searches without hits",
                "ordering": ["-times", "-last_on", "words"],
            },
        ),
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("danish", models.TextField(max_length=600, verbose_name="words in Danish")),
                (
                    "english",
                    models.TextField(blank=True, max_length=600, verbose_name="words in English"),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["danish", "pk"],
            },
        ),
    ]
