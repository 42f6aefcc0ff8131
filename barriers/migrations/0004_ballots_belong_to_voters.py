import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("barriers", "0003_voters_of_earlier_rounds")]

    operations = [
        migrations.RemoveConstraint(
            model_name="ballot",
            name="ballot_one_an_organisation",
        ),
        migrations.RemoveConstraint(
            model_name="ballot",
            name="ballot_one_a_member",
        ),
        migrations.RemoveField(
            model_name="ballot",
            name="member",
        ),
        migrations.RemoveField(
            model_name="ballot",
            name="organisation",
        ),
        migrations.RemoveField(
            model_name="ballot",
            name="round",
        ),
        migrations.AlterField(
            model_name="ballot",
            name="voter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ballot",
                to="barriers.eligible",
            ),
        ),
        migrations.AddConstraint(
            model_name="prioritisationround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None),
                    models.Q(
                        ("closed_at__gte", models.F("opened_at")), ("opened_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="round_opened_before_it_is_counted",
            ),
        ),
    ]
