"""Make rows for tests: every argument has a plain default, and nothing is random."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from PIL import Image

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
from taskforce.core.models import Mailing
from taskforce.dialogue.models import Asked, Contribution, ContributionKind, Question
from taskforce.members.models import (
    AskedOrganisation,
    Certificate,
    Inquiry,
    JoinRequest,
    Kind,
    Member,
    Organisation,
    Role,
    Tag,
    User,
)
from taskforce.members.organisations import logos
from taskforce.news.models import NewsItem
from taskforce.results.models import Figure, Goal

numbers = count(1)


def make_titled(model: Any, title: str, **fields: Any) -> Any:
    """Make a row whose address is its title and nothing drawn, so that tests can name it."""
    fields.setdefault("slug", free_slug(model.objects.all(), title))
    return model.objects.create(title=title, **fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    fields.setdefault("kind", Kind.MUNICIPALITY)
    return Organisation.objects.create(name=name or f"Organisation {next(numbers)}", **fields)


def make_listed(name: str = "", tags: Iterable[Tag] = (), **fields: Any) -> Organisation:
    """Make an organisation that tells everything of itself, and wants to be found by buyers."""
    told: dict[str, Any] = {
        "kind": Kind.SOCIAL_ENTERPRISE,
        "line": "Bager brød til kantiner.",
        "municipality": "461",
        "cvr": "13585628",
        "website": "https://vaerkstedet.example/",
        "is_found": True,
        "delivers": ["15", "55"],
        "delivers_to": ["1083"],
        "customers": ["public"],
        "capacity": "Frokost til 200 om dagen",
        "effects": ["work"],
        "rsv_said_on": timezone.localdate(),
        "confirmed_on": timezone.localdate(),
        "logo_alt": "Et brød",
    }
    organisation = make_organisation(name, **(told | fields))
    written = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(written, "PNG")
    written.seek(0)
    logos.attach(organisation, logos.read(written))
    organisation.save()
    organisation.offers.set(tags)
    Certificate.objects.create(
        organisation=organisation, name="Svanemærket", given_on=date(2025, 3, 1)
    )
    return organisation


def make_inquiry(*organisations: Organisation, **fields: Any) -> Inquiry:
    """Make a buyer's request, confirmed and sent unless the fields say otherwise."""
    told = {"name": "Bo Køber", "buyer": "Byen", "email": "bo@example.org", "what": "Brød"}
    told |= {"where": "Odense"}
    inquiry = Inquiry.objects.create(**{**told, "confirmed_at": timezone.now(), **fields})
    for organisation in organisations:
        AskedOrganisation.objects.create(inquiry=inquiry, organisation=organisation)
    return inquiry


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
    if fields.get("state") in (BarrierState.RESOLVED, BarrierState.DROPPED):
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


def make_figure(what: str = "", **fields: Any) -> Figure:
    """Make a figure from outside of the year before last, published unless told otherwise."""
    year = timezone.localdate().year - 2
    given = {"number": 80, "unit": "job", "known": "counted", "source": "En rapport"}
    given |= {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31)}
    given |= {"source_on": date(year + 1, 3, 1), "published_at": timezone.now()}
    return Figure.objects.create(what=what or f"Figure {next(numbers)}", **given | fields)


def make_goal(what: str = "", **fields: Any) -> Goal:
    """Make a goal that was set, published unless told otherwise."""
    given = {"unit": "job", "published_at": timezone.now()}
    goal = Goal.objects.create(what=what or f"Goal {next(numbers)}", **given | fields)
    goal.steps.create(kind="set", number=100, due_on=timezone.localdate() + timedelta(days=300))
    return goal


def make_news(title: str = "", **fields: Any) -> NewsItem:
    fields.setdefault("summary", "Something new.")
    made: NewsItem = make_titled(NewsItem, title or f"News {next(numbers)}", **fields)
    return made


def make_question(
    *organisations: Organisation, text: str = "", about: Any = None, **fields: Any
) -> Question:
    """Make a question to organisations, to be answered within a week unless told otherwise."""
    fields.setdefault("answer_by", timezone.localdate() + timedelta(days=7))
    if about is not None:
        fields["about_type"] = ContentType.objects.get_for_model(about)
        fields["about_id"] = about.pk
    question = Question.objects.create(text=text or f"Question {next(numbers)}?", **fields)
    for one in organisations:
        Asked.objects.create(question=question, organisation=one, organisation_name=one.name)
    return question


def make_answer(question: Question, by: Member, words: str = "The budget.", **fields: Any) -> Asked:
    """Let a member's organisation answer a question; it is asked first, where it was not."""
    home = by.organisation
    asked, _new = Asked.objects.get_or_create(
        question=question, organisation=home, defaults={"organisation_name": home.name}
    )
    fields.setdefault("answered_at", timezone.now())
    for name, value in {"answer": words, "answered_by": by, **fields}.items():
        setattr(asked, name, value)
    asked.save()
    return asked


def make_mailing(subject: str = "Nyt fra os", **fields: Any) -> Mailing:
    return Mailing.objects.create(**({"name": "to_members", "subject": subject} | fields))


def make_contribution(about: Any, by: Member | None = None, **fields: Any) -> Contribution:
    """Say something about a thing; a reply where the fields name a parent."""
    by = by or make_member()
    told: dict[str, Any] = {
        "kind": "" if "parent" in fields else ContributionKind.QUESTION,
        "text": "Har I prøvet det?",
        "organisation": by.organisation,
        "organisation_name": by.organisation.name,
        "written_by": by.user,
    }
    return Contribution.objects.create(target=about, **(told | fields))
