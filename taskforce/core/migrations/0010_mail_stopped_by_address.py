"""Who does not log in stops mail by the address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0009_choices_of_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mailchoice",
            name="address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="mailchoice",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user", None)),
                fields=("address", "kind"),
                name="mail_choice_once_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("user", None), models.Q(("address", ""), _negated=True)),
                    models.Q(("address", ""), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="mail_choice_is_somebodys",
            ),
        ),
    ]
