"""The portal has a page for partners abroad."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("front", "0005_stamp_of_public_pages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pageversion",
            name="page",
            field=models.CharField(
                choices=[
                    ("forside", "Front page, introduction"),
                    ("om", "About the taskforce"),
                    ("partnere", "For partners abroad"),
                    ("kontakt", "Contact and press"),
                    ("privatliv", "Privacy"),
                    ("tilgaengelighed", "Accessibility"),
                ],
                max_length=16,
                verbose_name="page",
            ),
        ),
    ]
