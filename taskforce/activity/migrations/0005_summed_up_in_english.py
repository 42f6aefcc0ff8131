"""Something can be summed up in English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0004_moved_and_cancelled"),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="verb",
            field=models.CharField(
                choices=[
                    ("added", "added"),
                    ("changed", "changed"),
                    ("submitted", "submitted"),
                    ("published", "published"),
                    ("returned", "sent back"),
                    ("corrected", "corrected"),
                    ("opened", "opened"),
                    ("closed", "closed"),
                    ("hidden", "hidden"),
                    ("shown", "shown again"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("joined", "joined"),
                    ("merged", "merged with another"),
                    ("split", "split"),
                    ("resolved", "resolved"),
                    ("dropped", "declared no longer relevant"),
                    ("reopened", "reopened"),
                    ("supported", "supported"),
                    ("withdrawn", "no longer supported"),
                    ("taken_back", "taken back"),
                    ("moved", "moved"),
                    ("cancelled", "cancelled"),
                    ("translated", "summed up in English"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.AlterField(
            model_name="takenback",
            name="verb",
            field=models.CharField(
                choices=[
                    ("added", "added"),
                    ("changed", "changed"),
                    ("submitted", "submitted"),
                    ("published", "published"),
                    ("returned", "sent back"),
                    ("corrected", "corrected"),
                    ("opened", "opened"),
                    ("closed", "closed"),
                    ("hidden", "hidden"),
                    ("shown", "shown again"),
                    ("accepted", "accepted"),
                    ("declined", "declined"),
                    ("joined", "joined"),
                    ("merged", "merged with another"),
                    ("split", "split"),
                    ("resolved", "resolved"),
                    ("dropped", "declared no longer relevant"),
                    ("reopened", "reopened"),
                    ("supported", "supported"),
                    ("withdrawn", "no longer supported"),
                    ("taken_back", "taken back"),
                    ("moved", "moved"),
                    ("cancelled", "cancelled"),
                    ("translated", "summed up in English"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
    ]
