from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0004_follows_of_all_kinds"),
    ]

    operations = [migrations.DeleteModel("Follow")]
