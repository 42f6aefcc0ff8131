"""Searches read å and aa, é and e, and dashes as one; what can be searched is computed anew."""

from django.db import migrations

from taskforce.core.danish import DANISH_FORMS_SQL

# Tables of higher floors, which are there already where the portal has run before. Postgres
# computes a generated column anew where a column is written that it is made of.
ANEW = """
DO $$ DECLARE each text[]; BEGIN
  FOREACH each SLICE 1 IN ARRAY ARRAY[
    ['barriers_barrier', 'title'], ['calls_call', 'title'], ['initiatives_case', 'title'],
    ['initiatives_initiative', 'title'], ['meetings_meeting', 'title'],
    ['meetings_minutesentry', 'heading'], ['members_organisation', 'name'],
    ['news_newsitem', 'title']]
  LOOP
    IF to_regclass(each[1]) IS NOT NULL THEN
      EXECUTE format('UPDATE %I SET %I = %I', each[1], each[2], each[2]);
    END IF;
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_kept_file")]

    # The way back leaves the function: an older portal makes the same use of it.
    operations = [
        migrations.RunSQL(DANISH_FORMS_SQL, migrations.RunSQL.noop),
        migrations.RunSQL(ANEW, migrations.RunSQL.noop),
    ]
