"""Everything that the portal keeps about one person, for that person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from barriers.models import Ballot, BallotDraft, Change, Eligible, Support
from calls.models import Follow, SentReminder, Suggestion
from initiatives.models import Case, CaseStep, Initiative, Participation
from meetings.models import AgendaProposal, Attendance, ProposedChange, RoundTableNews
from taskforce.activity.models import Activity
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
    "ways_to_log_in": (Authenticator, "user", ("type", "data__name", "created_at", "last_used_at")),
    "log_ins": (UserSession, "user", ("user_agent", "ip", "created_at")),
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
