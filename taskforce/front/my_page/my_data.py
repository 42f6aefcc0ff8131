"""Everything that the portal keeps about one person, for that person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry

from barriers.models import Ballot, BallotDraft, Change, Eligible, Support
from calls.models import CalendarKey, Follow, SentReminder, Suggestion
from initiatives.models import Case, CaseStep, Initiative, Participation
from meetings.models import (
    ActionPoint,
    AgendaProposal,
    Attendance,
    Correction,
    MinutesVersion,
    ProposedChange,
    RoundTableNews,
    Waiver,
)
from taskforce.activity.models import Activity, TakenBack
from taskforce.core.models import KeptFile, StoppedMail
from taskforce.intake.models import Intake
from taskforce.members.models import JoinRequest, Member, User

# By name in the file: the model, the path to its user, and the columns.
KEPT: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "memberships": (
        Member,
        "user",
        ("organisation__name", "title", "role", "from_date", "to_date", "name_visibility"),
    ),
    "meetings": (
        Attendance,
        "member__user",
        (
            *("meeting__number", "name", "organisation_name", "status", "online"),
            *("answered_at", "reminded_at", "name_visibility"),
        ),
    ),
    "answers_given_for_others": (
        Attendance,
        "answered_by__user",
        ("meeting__number", "status", "online", "answered_at"),
    ),
    "action_points": (
        ActionPoint,
        "owner__user",
        ("meeting__number", "what", "due_on", "done_on", "note"),
    ),
    "action_points_told_as_done": (
        ActionPoint,
        "done_by__user",
        ("meeting__number", "what", "done_on", "note"),
    ),
    "round_table_news": (
        RoundTableNews,
        "written_by__user",
        ("meeting__number", "organisation__name", "text", "written_at"),
    ),
    "agenda_proposals": (
        AgendaProposal,
        "proposed_by__user",
        ("meeting__number", "title", "details", "proposed_at", "state", "answer"),
    ),
    "proposed_changes": (
        ProposedChange,
        "proposed_by__user",
        (
            *("entry__minutes__meeting__number", "new_text", "why"),
            *("proposed_at", "state", "answer"),
        ),
    ),
    "corrections_of_minutes": (
        Correction,
        "corrected_by__user",
        ("minutes__meeting__number", "corrected_on", "text"),
    ),
    "versions_of_minutes": (
        MinutesVersion,
        "frozen_by",
        ("minutes__meeting__number", "number", "frozen_at"),
    ),
    "doubts_left_as_they_are": (
        Waiver,
        "waived_by__user",
        ("minutes__meeting__number", "doubt", "reason", "waived_at"),
    ),
    "taken_back": (TakenBack, "by", ("at", "title", "reason")),
    "calendar_of_calls": (CalendarKey, "member__user", ("number",)),
    "calls_followed": (Follow, "member__user", ("call__title", "consortium__name", "since")),
    "reminders_of_calls": (
        SentReminder,
        "member__user",
        ("call__title", "passes_at", "days", "sent_at"),
    ),
    "suggestions_to_consortia": (
        Suggestion,
        "written_by__user",
        ("consortium__name", "text", "made_at", "answer", "reply"),
    ),
    "documents_brought_in": (Intake, "added_by", ("name", "added_at", "state")),
    "files_chosen_in_forms": (KeptFile, "by", ("name", "size", "at")),
    "may_vote": (Eligible, "member__user", ("round__title", "name")),
    "ballots_cast": (Ballot, "cast_by", ("voter__round__title", "voter__name", "cast_at")),
    "ballots_begun": (
        BallotDraft,
        "saved_by",
        ("voter__round__title", "voter__name", "saved_at"),
    ),
    "initiatives_led": (Initiative, "contact__user", ("title", "state")),
    "initiatives_joined": (
        Participation,
        "contact__user",
        ("initiative__title", "organisation__name", "joined_on"),
    ),
    "support": (Support, "by", ("barrier__title", "organisation__name", "at")),
    "changes_of_barriers": (Change, "by", ("barrier__title", "act", "at", "before", "after")),
    "examples": (Case, "contact__user", ("title", "state")),
    "examples_allowed": (Case, "permission_by__user", ("title", "permission_at")),
    "words_on_examples": (CaseStep, "by__user", ("case__title", "kind", "words", "at")),
    "requests_to_join_answered": (JoinRequest, "handled_by", ("state", "handled_at", "reason")),
    "addresses": (EmailAddress, "user", ("email", "verified", "primary")),
    "ways_to_log_in": (Authenticator, "user", ("type", "data__name", "created_at", "last_used_at")),
    "mail_stopped": (StoppedMail, "user", ("kind", "since")),
    "log_ins": (UserSession, "user", ("user_agent", "ip", "created_at")),
    "changes_in_the_administration": (LogEntry, "user", ("action_time", "action_flag")),
    "activity": (Activity, "actor", ("at", "verb", "target_type__model", "target_id")),
}
REQUEST_COLUMNS = ("name", "organisation_name", "message", "state", "created_at", "reason")


def gather(user: User) -> dict[str, Any]:
    """Return everything kept about a person, as JSON can hold it."""
    asked = JoinRequest.objects.filter(email__iexact=user.email)
    return {
        "email": user.email,
        "name": user.name,
        "created": user.date_joined,
        "last_login": user.last_login,
        "requests_to_join": [*asked.values(*REQUEST_COLUMNS)],
        **{
            name: [*model.objects.filter(**{owner: user}).order_by("pk").values(*columns)]
            for name, (model, owner, columns) in KEPT.items()
        },
    }
