from django.db import migrations, models


class Migration(migrations.Migration):
    """A filtered list may have a long address. Backwards, longer ones are cut: they live a day."""

    dependencies = [("core", "0010_mail_stopped_by_address")]

    operations = [
        migrations.AlterField(model_name="sentform", name="location", field=models.TextField()),
    ]
