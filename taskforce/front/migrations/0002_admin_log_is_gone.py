from django.db import migrations


class Migration(migrations.Migration):
    """Delete what Django's admin kept of who did what: the portal has pages of its own instead."""

    dependencies = [
        ("front", "0001_texts_of_pages"),
    ]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS django_admin_log", migrations.RunSQL.noop),
    ]
