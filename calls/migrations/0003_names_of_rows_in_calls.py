"""Rows that a merge or the archive names have a name that people read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_news_about_it"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="calendarkey",
            options={
                "verbose_name": "link of a calendar",
                "verbose_name_plural": "links of calendars",
            },
        ),
        migrations.AlterModelOptions(
            name="follow",
            options={
                "ordering": ["pk"],
                "verbose_name": "follow",
                "verbose_name_plural": "follows",
            },
        ),
        migrations.AlterModelOptions(
            name="sentreminder",
            options={
                "verbose_name": "reminder that was sent",
                "verbose_name_plural": "reminders that were sent",
            },
        ),
    ]
