"""A stamp that changes at the commit of whatever touches a table that strangers read.

A change notes its transaction once (`page_stamp_due`). At commit, a first deferred trigger puts off
to a second one, which comes after all other deferred checks: so the stamp's row is locked for the
end of the commit alone, and nobody who holds it waits for anything else.
"""

from django.db import migrations

FORWARDS = """
CREATE TABLE page_stamp (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    value uuid NOT NULL
);
INSERT INTO page_stamp (value) VALUES (gen_random_uuid());
CREATE TABLE page_stamp_due (
    transaction xid8 PRIMARY KEY,
    is_last boolean NOT NULL DEFAULT false
);

CREATE FUNCTION page_stamp_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own text := pg_current_xact_id()::text;
    shows boolean := true;
BEGIN
    IF current_setting('taskforce.noted', true) = own THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_ARGV[1] <> ''
        AND to_jsonb(OLD) - string_to_array(TG_ARGV[1], ',')
            = to_jsonb(NEW) - string_to_array(TG_ARGV[1], ',') THEN
        RETURN NULL;
    END IF;
    IF TG_ARGV[0] <> '' THEN
        shows := false;
        IF TG_OP <> 'INSERT' THEN
            EXECUTE 'SELECT ' || TG_ARGV[0] INTO shows USING OLD;
        END IF;
        IF TG_OP <> 'DELETE' AND NOT shows THEN
            EXECUTE 'SELECT ' || TG_ARGV[0] INTO shows USING NEW;
        END IF;
    END IF;
    IF shows THEN
        INSERT INTO page_stamp_due (transaction) VALUES (own::xid8) ON CONFLICT DO NOTHING;
        PERFORM set_config('taskforce.noted', own, true);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION page_stamp_put_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE page_stamp_due SET is_last = true WHERE transaction = NEW.transaction;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER put_off AFTER INSERT ON page_stamp_due
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION page_stamp_put_off();

CREATE FUNCTION page_stamp_renew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM page_stamp_due WHERE transaction = NEW.transaction;
    INSERT INTO page_stamp (value) VALUES (gen_random_uuid())
    ON CONFLICT (is_only) DO UPDATE SET value = excluded.value;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER renew AFTER UPDATE ON page_stamp_due
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION page_stamp_renew();
"""

BACKWARDS = """
DROP TABLE page_stamp, page_stamp_due;
DROP FUNCTION page_stamp_put_off, page_stamp_renew;
DROP FUNCTION page_stamp_note CASCADE;  -- its triggers on other tables go too
"""


class Migration(migrations.Migration):
    dependencies = [("front", "0004_words_that_mean_the_same")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
