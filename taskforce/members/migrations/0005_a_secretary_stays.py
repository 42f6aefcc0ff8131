"""Triggers: the last secretary who has ever logged in cannot go, whichever way."""

from django.db import migrations

# At the same moment the second waits for the first, and then counts without them.
STAYS = """
CREATE OR REPLACE FUNCTION must_have_a_secretary() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('members.secretary', 0));
  IF NOT EXISTS (
    SELECT FROM members_member m JOIN members_user u ON u.id = m.user_id
    WHERE m.role = 'secretariat' AND m.to_date IS NULL AND u.is_active
      AND u.last_login IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'nobody would be left in the secretariat'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'a_secretary_stays';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION secretary_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM must_have_a_secretary() FROM members_user u
  WHERE u.id = OLD.user_id AND u.is_active AND u.last_login IS NOT NULL;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secretary_goes AFTER UPDATE ON members_member FOR EACH ROW
WHEN (OLD.role = 'secretariat' AND OLD.to_date IS NULL
      AND (NEW.role <> OLD.role OR NEW.to_date IS NOT NULL OR NEW.user_id <> OLD.user_id))
EXECUTE FUNCTION secretary_goes();
CREATE OR REPLACE TRIGGER secretary_deleted AFTER DELETE ON members_member FOR EACH ROW
WHEN (OLD.role = 'secretariat' AND OLD.to_date IS NULL)
EXECUTE FUNCTION secretary_goes();

CREATE OR REPLACE FUNCTION secretary_shut_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM must_have_a_secretary() FROM members_member m
  WHERE m.user_id = OLD.id AND m.role = 'secretariat' AND m.to_date IS NULL;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secretary_shut_out AFTER UPDATE ON members_user FOR EACH ROW
WHEN (OLD.is_active AND OLD.last_login IS NOT NULL
      AND NOT (NEW.is_active AND NEW.last_login IS NOT NULL))
EXECUTE FUNCTION secretary_shut_out();
"""
GOES = """
DROP TRIGGER secretary_goes ON members_member;
DROP TRIGGER secretary_deleted ON members_member;
DROP TRIGGER secretary_shut_out ON members_user;
DROP FUNCTION secretary_goes;
DROP FUNCTION secretary_shut_out;
DROP FUNCTION must_have_a_secretary;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0004_invitation_hand_over_silence")]

    operations = [migrations.RunSQL(STAYS, GOES)]
