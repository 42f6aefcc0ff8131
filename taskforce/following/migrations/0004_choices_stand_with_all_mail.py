from django.db import migrations


class Migration(migrations.Migration):
    """Nothing wrote these rows yet: there was no page for them."""

    dependencies = [
        ("core", "0009_choices_of_mail"),
        ("following", "0003_what_digests_told"),
    ]

    operations = [migrations.DeleteModel("Choice")]
