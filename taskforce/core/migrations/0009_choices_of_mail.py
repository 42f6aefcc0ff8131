import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def only_never(apps, schema_editor):
    """What was stopped is all that the table before can tell."""
    apps.get_model("core", "MailChoice").objects.exclude(how="never").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0008_bounces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("StoppedMail", "MailChoice"),
        migrations.AlterModelOptions(
            name="mailchoice",
            options={
                "verbose_name": "choice of mail",
                "verbose_name_plural": "choices of mail",
            },
        ),
        migrations.RemoveConstraint(model_name="mailchoice", name="stopped_mail_once"),
        migrations.AlterField(
            model_name="mailchoice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="mailchoice", name="kind", field=models.CharField(max_length=24)
        ),
        migrations.AddField(
            model_name="mailchoice",
            name="how",
            field=models.CharField(
                choices=[
                    ("at_once", "At once"),
                    ("daily", "Every day"),
                    ("weekly", "Every week"),
                    ("never", "Never"),
                ],
                default="never",
                max_length=8,
                verbose_name="how often",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.UniqueConstraint(fields=("user", "kind"), name="mail_choice_once"),
        ),
        migrations.RunPython(migrations.RunPython.noop, only_never),
    ]
