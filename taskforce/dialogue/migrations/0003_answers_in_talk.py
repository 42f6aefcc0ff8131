import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_questions")]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="of_answer",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="contribution",
                to="dialogue.asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("of_answer", None), ("is_public", False), _connector="OR"),
                name="contribution_of_an_answer_is_the_members",
            ),
        ),
    ]
