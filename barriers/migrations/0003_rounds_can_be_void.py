"""A counted round can be declared void; its result stays."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("barriers", "0002_counted_rounds_are_final")]

    operations = [
        migrations.AddField(
            model_name="prioritisationround",
            name="voided_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="declared void"
            ),
        ),
        migrations.AddConstraint(
            model_name="prioritisationround",
            constraint=models.CheckConstraint(
                condition=Q(("voided_at", None), ("closed_at__isnull", False), _connector="OR"),
                name="round_void_once_it_is_counted",
            ),
        ),
    ]
