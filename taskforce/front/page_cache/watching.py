"""Which tables strangers read, and the triggers on them that note a change.

Every table is watched but those named here, so that a new one cannot be forgotten. A page that
reads a table that is not watched is not kept (`middleware`).
"""

import hashlib
from typing import Any

from django.db import connection
from psycopg import sql

# No stranger reads these, or only the one whose key is in the address.
PRIVATE = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "barriers_ballot",
        "barriers_ballotdraft",
        "barriers_ballotline",
        "cache",
        "calls_calendarkey",
        "core_keptfile",
        "core_mailchoice",
        "core_mailing",
        "core_mailingcopy",
        "core_mailingfile",
        "core_refusedaddress",
        "core_sending",
        "core_sentform",
        "core_softrefusal",
        "django_migrations",
        "django_session",
        "following_digest",
        "following_follow",
        "following_follower",
        "following_followrequest",
        "following_newslettercopy",
        "following_reminder",
        "following_rhythm",
        "following_told",
        "following_visit",
        "front_missedsearch",
        "intake_intake",
        "meetings_agendaproposal",
        "meetings_proposedchange",
        "meetings_roundtablenews",
        "meetings_waiver",
        "members_handover",
        "members_invitation",
        "members_joinrequest",
        "members_memberimport",
        "members_silence",
        "members_user_groups",
        "members_user_user_permissions",
        "mfa_authenticator",
        "ops_tally",
        "procrastinate_events",
        "procrastinate_jobs",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
        "usersessions_usersession",
    }
)
# Pages read these, but nothing of them shows.
UNSEEN = frozenset({"open_data_checked", "page_stamp", "page_stamp_due"})

# Nothing of these columns shows: what a visit or a save of a draft changes beside them.
UNSEEN_COLUMNS = {
    "members_user": ("password", "last_login", "log_in_key", "seen_at", "last_visit_at"),
    "meetings_minutes": ("version",),
}

_OF_PUBLISHED = """EXISTS (SELECT FROM meetings_minutes
    WHERE id = ($1).minutes_id AND state = 'published')"""
_OF_CASE = "EXISTS (SELECT FROM initiatives_case WHERE id = ($1).case_id AND state = 'published')"
# Of these, strangers read only the rows ($1) for which this holds; drafts are saved while typing.
SHOWS = {
    "meetings_minutesentry": _OF_PUBLISHED,
    "meetings_minutesversion": _OF_PUBLISHED,
    "meetings_outcome": _OF_PUBLISHED,
    "meetings_actionpoint": """EXISTS (SELECT FROM meetings_minutes
        WHERE meeting_id = ($1).meeting_id AND state = 'published')""",
    "initiatives_case": "($1).state = 'published'",
    "initiatives_casepartner": _OF_CASE,
    "initiatives_casestep": _OF_CASE,
    "following_newsletter": "($1).sent_at IS NOT NULL",
}

TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname"""
INSTALLED = "SELECT obj_description(to_regproc('page_stamp_note'), 'pg_proc')"
WATCH = """
CREATE OR REPLACE TRIGGER page_stamp_row AFTER INSERT OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION page_stamp_note({shows}, {unseen});
CREATE OR REPLACE TRIGGER page_stamp_change AFTER UPDATE ON {table}
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
EXECUTE FUNCTION page_stamp_note({shows}, {unseen});
CREATE OR REPLACE TRIGGER page_stamp_emptied AFTER TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION page_stamp_note('', '');
"""
UNWATCH = "DROP TRIGGER IF EXISTS {trigger} ON {table};"
TRIGGERS = ("page_stamp_row", "page_stamp_change", "page_stamp_emptied")


def watch_tables(**_signal: Any) -> None:
    """Put the triggers on every table that strangers read, after tables may have changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('page_stamp_note')")
        if cursor.fetchone() == (None,):
            return  # migrated back to before there were kept pages
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor]
        wanted = sql.Composed([*map(_watched, tables)])
        digest = hashlib.sha256(wanted.as_string(cursor.cursor).encode()).hexdigest()
        cursor.execute(INSTALLED)
        if cursor.fetchone() != (digest,):
            cursor.execute(wanted)
            remember = sql.SQL("COMMENT ON FUNCTION page_stamp_note() IS {}")
            cursor.execute(remember.format(sql.Literal(digest)))


def _watched(table: str) -> sql.Composable:
    name = sql.Identifier(table)
    if table in PRIVATE | UNSEEN:
        drop = sql.SQL(UNWATCH)
        dropped = [drop.format(trigger=sql.Identifier(one), table=name) for one in TRIGGERS]
        return sql.Composed(dropped)
    return sql.SQL(WATCH).format(
        table=name,
        shows=sql.Literal(SHOWS.get(table, "")),
        unseen=sql.Literal(",".join(UNSEEN_COLUMNS.get(table, ()))),
    )
