"""A goal names the number that says how far it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0002_yearly_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="measure",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=100,
                verbose_name="what says how far it is",
            ),
        ),
    ]
