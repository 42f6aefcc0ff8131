"""A proposal for the agenda can be withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_answers_to_another_day"),
    ]

    operations = [
        migrations.AlterField(
            model_name="agendaproposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("taken", "On the agenda"),
                    ("declined", "Declined"),
                    ("withdrew", "Withdrawn"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="state",
            ),
        ),
    ]
