"""Letters that an address did not take for now, and when a refused address takes them again."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_names_of_rows_in_core"),
    ]

    operations = [
        migrations.CreateModel(
            name="SoftRefusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(db_index=True, max_length=254)),
                ("said", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "letter that was refused for now",
                "verbose_name_plural": "letters that were refused for now",
            },
        ),
        migrations.AddField(
            model_name="refusedaddress",
            name="over_at",
            field=models.DateTimeField(null=True),
        ),
    ]
