"""Make rows for tests: every argument has a plain default, and nothing is random."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from barriers.models import (
    Barrier,
    BarrierState,
    Eligible,
    PrioritisationRound,
    Statement,
    Support,
    Theme,
    Voter,
)
from barriers.models.prioritisation import FEWEST_BALLOTS
from barriers.rounds import opening, prioritisation
from barriers.statements import supporting
from calls.models import Call, CallDeadline, Consortium, Openness, Partner, PartnerState
from initiatives.models import Case, CaseState, Initiative, Milestone
from initiatives.models.initiative import ENDED
from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaProposal,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    OutcomeKind,
    ProposedChange,
    RoundTableNews,
)
from taskforce.core.danish import free_slug
from taskforce.members.models import JoinRequest, Kind, Member, Organisation, Role, User
from taskforce.news.models import NewsItem

numbers = count(1)


def make_titled(model: Any, title: str, **fields: Any) -> Any:
    """Make a row whose address is its title and nothing drawn, so that tests can name it."""
    fields.setdefault("slug", free_slug(model.objects.all(), title))
    return model.objects.create(title=title, **fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    fields.setdefault("kind", Kind.MUNICIPALITY)
    return Organisation.objects.create(name=name or f"Organisation {next(numbers)}", **fields)


def make_user(email: str = "", **fields: Any) -> User:
    number = next(numbers)
    fields.setdefault("name", f"Person {number}")
    return User.objects.create_user(email or f"person{number}@example.org", **fields)


def make_member(organisation: Organisation | None = None, **fields: Any) -> Member:
    fields["user"] = fields.get("user") or make_user()
    return Member.objects.create(organisation=organisation or make_organisation(), **fields)


def make_secretary(**fields: Any) -> Member:
    return make_member(role=Role.SECRETARIAT, **fields)


def make_session(who: Member) -> str:
    """Log somebody in; return the key that their browser carries.

    Django's force_login does so with sixteen queries, for every signal and a fresh key.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(who.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = who.user.get_session_auth_hash()
    session.create()
    key: str = session.session_key
    return key


def make_join_request(**fields: Any) -> JoinRequest:
    number = next(numbers)
    defaults: dict[str, Any] = {
        "name": f"Newcomer {number}",
        "email": f"newcomer{number}@example.org",
        "organisation_name": f"New organisation {number}",
        "kind": Kind.SOCIAL_ENTERPRISE,
        "message": "We sell to municipalities.",
    }
    return JoinRequest.objects.create(**(defaults | fields))


def make_meeting(number: int = 0, **fields: Any) -> Meeting:
    fields.setdefault("date", date(2022, 11, 15))
    fields.setdefault("state", MeetingState.HELD)
    return Meeting.objects.create(number=number or 100 + next(numbers), **fields)


def make_attendance(meeting: Meeting, **fields: Any) -> Attendance:
    fields.setdefault("name", f"Guest {next(numbers)}")
    fields.setdefault("organisation_name", "Guest organisation")
    fields.setdefault("status", AttendanceStatus.PRESENT)
    return Attendance.objects.create(meeting=meeting, **fields)


def make_agenda_item(meeting: Meeting, title: str = "Round table", **fields: Any) -> AgendaItem:
    fields.setdefault("order", meeting.agenda.count() + 1)
    return AgendaItem.objects.create(meeting=meeting, title=title, **fields)


def make_minutes(meeting: Meeting | None = None, *, published: bool = False) -> Minutes:
    return Minutes.objects.create(
        meeting=meeting or make_meeting(),
        state=MinutesState.PUBLISHED if published else MinutesState.DRAFT,
        published_at=timezone.now() if published else None,
    )


def make_entry(minutes: Minutes, text: str = "<p>Text</p>", **fields: Any) -> MinutesEntry:
    fields.setdefault("order", minutes.entries.count() + 1)
    return MinutesEntry.objects.create(minutes=minutes, text=text, **fields)


def make_action_point(meeting: Meeting, what: str = "Send examples", **fields: Any) -> ActionPoint:
    return ActionPoint.objects.create(meeting=meeting, what=what, **fields)


def make_proposal(meeting: Meeting, title: str = "", **fields: Any) -> AgendaProposal:
    fields["proposed_by"] = fields.get("proposed_by") or make_member()
    return AgendaProposal.objects.create(
        meeting=meeting, title=title or f"Proposal {next(numbers)}", **fields
    )


def make_round_table_news(meeting: Meeting, text: str = "<p>News</p>", **fields: Any) -> Any:
    fields["organisation"] = fields.get("organisation") or make_organisation()
    return RoundTableNews.objects.create(meeting=meeting, text=text, **fields)


def make_outcome(item: AgendaItem, kind: str = OutcomeKind.NOTED, **fields: Any) -> Outcome:
    return Outcome.objects.create(
        minutes=item.meeting.minutes, agenda_item=item, kind=kind, **fields
    )


def make_proposed_change(entry: MinutesEntry, **fields: Any) -> ProposedChange:
    fields["proposed_by"] = fields.get("proposed_by") or make_member()
    fields.setdefault("old_text", entry.text)
    fields.setdefault("new_text", "<p>Better</p>")
    return ProposedChange.objects.create(entry=entry, **fields)


def make_theme(name: str = "") -> Theme:
    return Theme.objects.create(name=name or f"Theme {next(numbers)}")


def make_barrier(title: str = "", **fields: Any) -> Barrier:
    fields["theme"] = fields.get("theme") or make_theme()
    fields["raised_by"] = fields.get("raised_by") or make_organisation()
    if fields.get("state") == BarrierState.RESOLVED:
        fields.setdefault("answer", "The law was changed.")
    made: Barrier = make_titled(Barrier, title or f"Barrier {next(numbers)}", **fields)
    return made


def make_statement(barrier: Barrier, text: str = "It is hard.", **fields: Any) -> Statement:
    fields["organisation"] = fields.get("organisation") or make_organisation()
    return Statement.objects.create(barrier=barrier, text=text, **fields)


def make_support(barrier: Barrier, organisation: Organisation | None = None) -> Support:
    """Let an organisation support a barrier, and count it."""
    made = Support.objects.create(barrier=barrier, organisation=organisation or make_organisation())
    supporting.recount(barrier)
    return made


def make_round(*barriers: Barrier, closes_at: datetime | None = None, **fields: Any) -> Any:
    """Make a round over barriers, open from yesterday until tomorrow unless told otherwise.

    The members of today vote in it; one that opens later is a draft.
    """
    now = timezone.now()
    fields.setdefault("title", f"Round {next(numbers)}")
    fields.setdefault("opens_at", now - timedelta(days=1))
    fields.setdefault("ballot_size", 3)
    fields.setdefault("opened_at", fields["opens_at"] if fields["opens_at"] <= now else None)
    fields["closes_at"] = closes_at or now + timedelta(days=1)
    made = make_titled(PrioritisationRound, **fields)
    opening.list_barriers(made, barriers)
    if made.opened_at:
        opening.freeze_voters(made)
    return made


def make_voter(voting: PrioritisationRound, member: Member | None = None) -> Member:
    """Let a member, or a new one, vote in a round."""
    member = member or make_member()
    home = member.organisation
    Eligible.objects.get_or_create(
        round=voting,
        organisation=home,
        member=member if voting.per == Voter.MEMBER else None,
        defaults={"name": home.name, "kind": home.kind},
    )
    return member


def count_with(voting: PrioritisationRound, *choices: Barrier) -> PrioritisationRound:
    """Count a round in which three new voters choose the same, so that it has a ranking."""
    for _ in range(FEWEST_BALLOTS):
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=choices)
    return prioritisation.close(voting_round=voting)


def make_initiative(title: str = "", **fields: Any) -> Initiative:
    fields["lead"] = fields.get("lead") or make_organisation()
    fields.setdefault("goal", "More buy socially.")
    fields.setdefault("measure", "Ten more buyers.")
    if fields.get("state") in ENDED:
        fields = {"ended_on": timezone.localdate(), "outcome": "A guide.", **fields}
    made: Initiative = make_titled(Initiative, title or f"Initiative {next(numbers)}", **fields)
    return made


def make_milestone(initiative: Initiative, title: str = "", **fields: Any) -> Milestone:
    """Make a milestone, due in a month unless told otherwise."""
    fields.setdefault("due_on", timezone.localdate() + timedelta(days=30))
    return Milestone.objects.create(
        initiative=initiative, title=title or f"Milestone {next(numbers)}", **fields
    )


def make_case(title: str = "", *, state: CaseState = CaseState.PUBLISHED, **fields: Any) -> Case:
    fields["written_by"] = fields.get("written_by") or make_organisation()
    fields.setdefault("done", "It began with a tender.")
    published_at = timezone.now() if state == CaseState.PUBLISHED else None
    if state in (CaseState.SUBMITTED, CaseState.PUBLISHED):
        fields.setdefault("permission_at", timezone.now())
    fields |= {"state": state, "published_at": published_at}
    made: Case = make_titled(Case, title or f"Case {next(numbers)}", **fields)
    return made


def make_call(title: str = "", *, day: date | None = None, **fields: Any) -> Call:
    """Make a call with one deadline, a month ahead unless told otherwise."""
    fields.setdefault("summary", "Money for the work.")
    call: Call = make_titled(Call, title or f"Call {next(numbers)}", **fields)
    CallDeadline.objects.create(call=call, day=day or timezone.localdate() + timedelta(days=30))
    call.refresh_from_db()
    return call


def make_consortium(call: Call, name: str = "", **fields: Any) -> Consortium:
    fields["lead"] = fields.get("lead") or make_organisation()
    return Consortium.objects.create(
        call=call, name=name or f"Consortium {next(numbers)}", **fields
    )


def make_partner(consortium: Consortium, **fields: Any) -> Partner:
    """Make a confirmed partner, of an organisation in the portal unless a name is given."""
    if "name" not in fields:
        fields["organisation"] = fields.get("organisation") or make_organisation()
    fields.setdefault("state", PartnerState.CONFIRMED)
    return Partner.objects.create(consortium=consortium, **fields)


def make_open_consortium(call: Call, lead: Organisation, **fields: Any) -> Consortium:
    """Make a consortium that looks for partners and asks for suggestions until next week."""
    fields.setdefault("openness", Openness.OPEN)
    fields.setdefault("suggestions_by", timezone.localdate() + timedelta(days=7))
    return make_consortium(call, lead=lead, **fields)


def make_news(title: str = "", **fields: Any) -> NewsItem:
    fields.setdefault("summary", "Something new.")
    made: NewsItem = make_titled(NewsItem, title or f"News {next(numbers)}", **fields)
    return made
