"""Triggers: nobody changes a ballot after its round is counted, nor a result at all."""

from django.db import migrations

# `cast_by` may still change: deleting a user sets it to null.
BALLOTS = """
CREATE OR REPLACE FUNCTION refuse_where_counted(round_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM barriers_prioritisationround r
             WHERE r.id = round_id AND r.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the round is counted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION ballot_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_where_counted(v.round_id) FROM barriers_eligible v
  WHERE v.id IN (NEW.voter_id, OLD.voter_id);
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER ballot_stands
BEFORE INSERT OR DELETE OR UPDATE OF voter_id, abstains, cast_at ON barriers_ballot
FOR EACH ROW EXECUTE FUNCTION ballot_stands();

CREATE OR REPLACE FUNCTION ballot_line_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_where_counted(v.round_id)
  FROM barriers_ballot b JOIN barriers_eligible v ON v.id = b.voter_id
  WHERE b.id IN (NEW.ballot_id, OLD.ballot_id);
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER ballot_line_stands BEFORE INSERT OR UPDATE OR DELETE ON barriers_ballotline
FOR EACH ROW EXECUTE FUNCTION ballot_line_stands();
"""
NO_BALLOTS = """
DROP TRIGGER ballot_stands ON barriers_ballot;
DROP TRIGGER ballot_line_stands ON barriers_ballotline;
DROP FUNCTION ballot_stands;
DROP FUNCTION ballot_line_stands;
DROP FUNCTION refuse_where_counted;
"""

RESULTS = """
CREATE OR REPLACE FUNCTION result_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a result stands as it was counted'
  USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER result_stands BEFORE UPDATE OR DELETE ON barriers_roundresult
FOR EACH ROW EXECUTE FUNCTION result_stands();
CREATE OR REPLACE TRIGGER result_stands BEFORE UPDATE OR DELETE ON barriers_resultgroup
FOR EACH ROW EXECUTE FUNCTION result_stands();
CREATE OR REPLACE TRIGGER result_stands BEFORE UPDATE OR DELETE ON barriers_groupresult
FOR EACH ROW EXECUTE FUNCTION result_stands();
CREATE OR REPLACE TRIGGER result_stands BEFORE UPDATE ON barriers_prioritisationround FOR EACH ROW
WHEN (OLD.closed_at IS NOT NULL AND
      (OLD.closed_at, OLD.eligible, OLD.voted, OLD.abstained, OLD.ballot_size, OLD.per)
      IS DISTINCT FROM
      (NEW.closed_at, NEW.eligible, NEW.voted, NEW.abstained, NEW.ballot_size, NEW.per))
EXECUTE FUNCTION result_stands();
"""
NO_RESULTS = """
DROP TRIGGER result_stands ON barriers_roundresult;
DROP TRIGGER result_stands ON barriers_resultgroup;
DROP TRIGGER result_stands ON barriers_groupresult;
DROP TRIGGER result_stands ON barriers_prioritisationround;
DROP FUNCTION result_stands;
"""


class Migration(migrations.Migration):
    dependencies = [("barriers", "0001_initial")]

    operations = [
        migrations.RunSQL(BALLOTS, NO_BALLOTS),
        migrations.RunSQL(RESULTS, NO_RESULTS),
    ]
