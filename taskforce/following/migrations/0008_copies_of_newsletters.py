import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("following", "0007_requests_to_follow")]

    operations = [
        migrations.CreateModel(
            name="NewsletterCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "follow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="following.follow",
                    ),
                ),
                (
                    "newsletter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="following.newsletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "copy of a newsletter",
                "verbose_name_plural": "copies of newsletters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("newsletter", "follow"), name="newsletter_copy_once"
                    )
                ],
            },
        ),
    ]
