from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_agenda_and_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="agenda_sent_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="agenda sent"
            ),
        ),
    ]
