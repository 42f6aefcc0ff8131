"""Rows that a merge or the archive names have a name that people read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_letters_that_were_sent"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="mailing",
            options={
                "ordering": ["-is_draft", "-sent_at", "-pk"],
                "verbose_name": "letter to several",
                "verbose_name_plural": "letters to several",
            },
        ),
        migrations.AlterModelOptions(
            name="mailingcopy",
            options={
                "verbose_name": "letter that somebody got",
                "verbose_name_plural": "letters that somebody got",
            },
        ),
        migrations.AlterModelOptions(
            name="mailingfile",
            options={"verbose_name": "file of a letter", "verbose_name_plural": "files of letters"},
        ),
        migrations.AlterModelOptions(
            name="refusedaddress",
            options={"verbose_name": "refused address", "verbose_name_plural": "refused addresses"},
        ),
        migrations.AlterModelOptions(
            name="stoppedmail",
            options={
                "verbose_name": "kind of mail that was stopped",
                "verbose_name_plural": "kinds of mail that were stopped",
            },
        ),
    ]
