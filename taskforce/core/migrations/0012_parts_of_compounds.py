"""Searches know the parts of compounds, the words of lists and those of files' names."""

from django.db import migrations

from taskforce.core.compounds import DROP_WORDS_SQL, WORDS_SQL, function_sql


class Migration(migrations.Migration):
    dependencies = [("core", "0011_long_addresses_of_sent_forms")]

    operations = [migrations.RunSQL(WORDS_SQL + function_sql(), DROP_WORDS_SQL)]
