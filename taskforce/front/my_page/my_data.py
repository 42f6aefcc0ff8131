"""Everything that the portal keeps about one person, for that person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from barriers.models import Ballot, BallotDraft, Change, Eligible, Support
from calls.models import CalendarKey, Suggestion
from initiatives.models import Case, CaseStep, Initiative, Participation
from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Correction,
    MinutesVersion,
    ProposedChange,
    RoundTableNews,
    Waiver,
)
from taskforce.activity.models import Activity, TakenBack
from taskforce.core.models import (
    KeptFile,
    MailChoice,
    Mailing,
    MailingCopy,
    RefusedAddress,
    SoftRefusal,
)
from taskforce.dialogue.models import (
    Asked,
    Contribution,
    EditedText,
    Hiding,
    Mention,
    PublicTalk,
    Question,
)
from taskforce.following.models import (
    Digest,
    Follow,
    NewsletterCopy,
    Reminder,
    Rhythm,
    Told,
    Visit,
)
from taskforce.front.models import PageVersion
from taskforce.intake.models import Intake
from taskforce.members.models import (
    Erasure,
    HandOver,
    Invitation,
    JoinRequest,
    Member,
    MemberImport,
    Merge,
    Organisation,
    Silence,
    User,
)
from taskforce.results.models import Figure, Goal, KeptYear, Report, YearNote

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
            *("answered_at", "name_visibility"),
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
    "agenda_items": (
        AgendaItem,
        "responsible_member__user",
        ("meeting__number", "title", "purpose"),
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
    "reminded_of": (Reminder, "user", ("of", "sent_at")),
    "calendar_of_calls": (CalendarKey, "member__user", ("number",)),
    "suggestions_to_consortia": (
        Suggestion,
        "written_by__user",
        ("consortium__name", "text", "made_at", "answer", "reply"),
    ),
    "contributions": (
        Contribution,
        "written_by",
        (
            *("organisation_name", "kind", "text", "written_at"),
            *("edited_at", "withdrawn_at", "hidden_at"),
        ),
    ),
    "earlier_texts_of_contributions": (
        EditedText,
        "contribution__written_by",
        ("text", "until"),
    ),
    "mentioned_in": (Mention, "user", ("contribution__organisation_name",)),
    "contributions_hidden": (Hiding, "by", ("at", "reason")),
    "contributions_shown_again": (Hiding, "undone_by", ("undone_at", "reason")),
    "talk_opened_to_everybody": (PublicTalk, "by", ("since",)),
    "questions_asked": (Question, "asked_by", ("text", "background", "asked_at", "answer_by")),
    "answers_to_questions": (
        Asked,
        "answered_by__user",
        ("question__text", "organisation_name", "answer", "answered_at"),
    ),
    "figures_entered": (
        Figure,
        "entered_by__user",
        ("what", "number", "unit", "source", "entered_at"),
    ),
    "goals_set": (Goal, "entered_by__user", ("what", "unit")),
    "years_kept": (KeptYear, "kept_by__user", ("year", "kept_at")),
    "reports_published": (Report, "published_by__user", ("year", "published_at")),
    "corrections_of_years": (YearNote, "by__user", ("year__year", "text", "at")),
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
    "contact_of_organisations": (Organisation, "contact__user", ("name",)),
    "requests_to_join_answered": (JoinRequest, "handled_by", ("state", "handled_at", "reason")),
    "versions_of_pages": (PageVersion, "saved_by", ("page", "number", "saved_at")),
    "invitations": (Invitation, "member__user", ("email", "sent_at", "opened_at", "accepted_at")),
    "invitations_sent": (Invitation, "invited_by", ("sent_at",)),
    "memberships_to_end": (HandOver, "member__user", ("last_day", "stays")),
    "memberships_to_take_over": (HandOver, "successor__user", ("last_day",)),
    "hand_overs_arranged": (HandOver, "arranged_by", ("last_day",)),
    "silent_since": (Silence, "member__user", ("told_on", "kept_on")),
    "lists_brought": (MemberImport, "added_by", ("name", "added_at", "taken_at", "taken")),
    "accounts_given_up": (User, "merged_into", ("email", "name")),
    "merges_made": (Merge, "by", ("of", "at", "undone_at")),
    "erasures_made": (Erasure, "by", ("at",)),
    "addresses": (EmailAddress, "user", ("email", "verified", "primary")),
    "ways_to_log_in": (Authenticator, "user", ("type", "data__name", "created_at", "last_used_at")),
    "letters": (MailingCopy, "user", ("mailing__subject", "sent_at", "refused")),
    "letters_written": (Mailing, "sent_by", ("subject", "note", "text", "sent_at")),
    "follows": (Follow, "user", ("target_type__model", "target_id", "words", "how", "since")),
    "mail_chosen": (MailChoice, "user", ("kind", "how", "since")),
    "rhythm_of_mail": (Rhythm, "user", ("weekday", "hour", "paused_until", "only_asked")),
    "digests": (Digest, "user", ("how", "begins_at", "ends_at", "events")),
    "newsletters": (NewsletterCopy, "follow__user", ("newsletter__day", "sent_at")),
    "events_told": (Told, "user", ("event__verb", "event__target_type__model", "at")),
    "pages_opened": (Visit, "user", ("target_type__model", "target_id", "opened_at", "before")),
    "log_ins": (UserSession, "user", ("user_agent", "ip", "created_at")),
    "activity": (Activity, "actor", ("at", "verb", "target_type__model", "target_id")),
}
REFUSED_COLUMNS = ("said", "at")
REQUEST_COLUMNS = ("name", "organisation_name", "message", "state", "created_at", "reason")


def gather(user: User) -> dict[str, Any]:
    """Return everything kept about a person, as JSON can hold it."""
    asked = JoinRequest.objects.filter(email__iexact=user.email)
    refused = RefusedAddress.objects.filter(address=user.email)
    for_now = SoftRefusal.objects.filter(address=user.email)
    return {
        "email": user.email,
        "name": user.name,
        "created": user.date_joined,
        "last_login": user.last_login,
        "last_seen": user.seen_at,
        "visit_before": user.last_visit_at,
        "requests_to_join": [*asked.values(*REQUEST_COLUMNS)],
        "mail_refused": [*refused.values(*REFUSED_COLUMNS)],
        "mail_refused_for_now": [*for_now.values(*REFUSED_COLUMNS)],
        **{
            name: [*model.objects.filter(**{owner: user}).order_by("pk").values(*columns)]
            for name, (model, owner, columns) in KEPT.items()
        },
    }
