"""Give the world more of everything, in bulk: what a page may show many of."""

from datetime import timedelta
from itertools import count as counting
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from barriers.models import (
    Act,
    Barrier,
    BarrierState,
    Change,
    Eligible,
    GroupResult,
    PrioritisationRound,
    RoundBarrier,
    RoundResult,
    Statement,
    Support,
    Theme,
)
from barriers.statements import supporting
from calls.models import (
    Call,
    CallDeadline,
    Consortium,
    Openness,
    Partner,
    PartnerState,
    Suggestion,
)
from initiatives.models import (
    Case,
    CasePartner,
    CaseState,
    CaseStep,
    Initiative,
    InitiativeUpdate,
    Milestone,
    Participation,
    StepKind,
)
from initiatives.work.forms import MOST_MILESTONES
from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Correction,
    Material,
    Meeting,
    MeetingState,
    MinutesEntry,
    MinutesVersion,
    Outcome,
    OutcomeKind,
    ProposedChange,
    RoundTableNews,
    Waiver,
)
from taskforce.activity.models import Activity, Verb
from taskforce.core.dates import FIRST, LAST
from taskforce.core.models import Mailing, MailingCopy, MailingFile, Slugged
from taskforce.dialogue.models import Asked, Contribution, EditedText, Hiding, Mention, Question
from taskforce.following.acts import follow
from taskforce.following.things import named
from taskforce.intake.models import Intake
from taskforce.members.models import (
    Certificate,
    JoinRequest,
    Kind,
    Member,
    NameVisibility,
    Organisation,
    Tag,
    User,
)
from taskforce.news.models import NewsItem
from taskforce.results.models import Figure, Goal, GoalStep, KeptYear, YearNote
from tests.intake.drafts import make_intake
from tests.world import DAY, World

numbers = counting(1)
SHOWN = {"name_visibility": NameVisibility.PUBLIC}


def many(model: type[models.Model], count: int, **fields: Any) -> list[Any]:
    """Make rows in one statement; a list holds a value for each of them, all else is for all."""
    rows = []
    for number in range(count):
        own = {
            name: value[number] if isinstance(value, list) else value
            for name, value in fields.items()
        }
        if issubclass(model, Slugged):
            own.setdefault("slug", f"grown-{next(numbers)}")
        rows.append(model(**own))
    return list(model._default_manager.bulk_create(rows))


def words(word: str, count: int) -> list[str]:
    """Return names that no row bears yet."""
    return [f"Grown {word} {next(numbers)}" for _ in range(count)]


def join(field: Any, **pairs: Any) -> None:
    """Tie rows together by a many-to-many field, the one or the other side in a list."""
    count = max(len(value) for value in pairs.values() if isinstance(value, list))
    many(field.through, count, **pairs)


class Growth:
    """So many more of everything around the rows of a world, as its pages show them."""

    def __init__(self, world: World, count: int) -> None:
        self.world, self.count = world, count
        self.organisations = self.many(
            Organisation, name=self.words("Organisation"), kind="company"
        )
        listed = {"is_found": True, "delivers": [["15"]] * count}
        listed["delivers_to"] = [["461", "DK"]] * count
        self.many(Organisation, name=self.words("Listed"), kind="company", **listed)
        tags = self.many(Tag, name=self.words("Tag"))
        join(Organisation.offers, organisation=world.home, tag=tags)
        join(Organisation.seeks, organisation=self.organisations, tag=tags)
        day = {"name": "Certifikat", "given_on": world.today}
        self.many(Certificate, organisation=world.home, **day)
        self.people = self._people(self.organisations)
        self._register()
        self._held()
        self._ahead()
        self._letters()
        self._draft()
        self._review()
        self._rounds()
        self._initiatives()
        self._cases()
        self._calls()
        self._documents()
        self._results()
        self._questions()
        self._activity()
        self._talk()

    def many(self, model: type[models.Model], **fields: Any) -> list[Any]:
        return many(model, self.count, **fields)

    def words(self, word: str) -> list[str]:
        return words(word, self.count)

    def addresses(self) -> list[str]:
        return [f"grown{next(numbers)}@example.org" for _ in range(self.count)]

    def _questions(self) -> None:
        """Questions about everything, whose day has passed, each asked of the owner's home."""
        world = self.world
        late = {"answer_by": world.today - DAY}
        for thing in (world.barrier, world.initiative, world.call, None):
            kind = thing and ContentType.objects.get_for_model(thing)
            about = {"about_type": kind, "about_id": thing and thing.pk}
            questions = self.many(Question, text=self.words("Question"), **about, **late)
            waiting = {"organisation": world.home, "organisation_name": "Home"}
            self.many(Asked, question=questions, **waiting)
            for question in (questions[0], world.asked_question):
                rows = {"question": question, "organisation": self.organisations}
                given = {"answer": "Ord", "answered_at": timezone.now()}
                self.many(Asked, organisation_name="x", answered_by=self.people, **rows, **given)

    def _people(self, organisations: Any) -> list[Any]:
        users = self.many(User, email=self.addresses(), name=self.words("Person"))
        return self.many(Member, user=users, organisation=organisations, **SHOWN)

    def _register(self) -> None:
        world, home = self.world, self.world.home
        self.barriers = self.many(
            Barrier,
            title=self.words("Barrier"),
            theme=self.many(Theme, name=self.words("Theme")),
            raised_by=home,
            raised_at=world.held,
            summary_en="x",
        )
        theirs = {"theme": world.theme, "raised_by": self.organisations}
        merged = self.many(
            Barrier,
            title=self.words("An open one"),
            state=BarrierState.MERGED,
            merged_into=world.barrier,
            **theirs,
        )
        self.many(Barrier, title=self.words("Part"), split_from=world.barrier, **theirs)
        self.many(Support, barrier=world.barrier, organisation=self.organisations)
        supporting.recount(Barrier.objects.get(pk=world.barrier.pk))
        by = {"by": world.secretary.user, "organisation": world.secretary.organisation}
        on = {"barrier": world.barrier, "before": "x", **by}
        self.many(Change, act=Act.MERGED, other=merged, **on)
        self.many(Change, act=Act.RENAMED, after="open-barrier", **on)
        self.many(
            Statement,
            barrier=world.barrier,
            organisation=self.organisations,
            meeting=world.held,
            text="x",
        )

    def _held(self) -> None:
        """More of what published minutes tell, more versions of them and corrections to them."""
        world, held = self.world, self.world.held
        there = self.many(
            Attendance,
            meeting=held,
            name=self.words("Guest"),
            organisation=self.organisations,
            organisation_name="x",
        )
        items = self.many(
            AgendaItem,
            meeting=held,
            title="Item",
            responsible=there,
            order=self._orders(held.agenda),
        )
        self.many(Outcome, minutes=world.published, agenda_item=items, kind=OutcomeKind.NOTED)
        order = self._orders(world.published.entries)
        entries = self.many(
            MinutesEntry, minutes=world.published, text="<p>x</p>", speaker=there, order=order
        )
        on = {"barrier": world.barrier, "organisation": world.home, "text": "x"}
        self.many(Statement, entry=entries, **on)
        self.many(ActionPoint, meeting=held, what="x", entry=entries)
        self.many(Material, meeting=held, title="Paper", link="https://example.org/")
        self.many(Material, meeting=held, title="Paper", file="paper.pdf")
        self.many(NewsItem, title=self.words("News"), summary="x", shared_at=held)
        last = world.published.versions.latest("number")
        self.many(
            MinutesVersion,
            minutes=world.published,
            number=[last.number + 1 + number for number in range(self.count)],
            state=last.state,
            content=last.content,
        )
        self.many(
            Correction,
            minutes=world.published,
            entry=world.told,
            corrected_on=world.today,
            text="x",
            old_text="a",
            new_text="b",
        )

    def _orders(self, rows: Any) -> list[int]:
        there: int = rows.count()
        return [there + 1 + number for number in range(self.count)]

    def _ahead(self) -> None:
        """More who are invited, their news, and more on the agenda of the meeting ahead."""
        ahead = self.world.ahead
        theirs = {"meeting": ahead, "organisation": self.organisations}
        people = self._people(self.organisations)
        invited = {"organisation_name": "x", "status": "invited"}
        self.many(Attendance, member=people, name=self.words("Guest"), **theirs, **invited)
        self.many(RoundTableNews, text="<p>x</p>", **theirs)
        self.many(AgendaItem, title="x", minutes=5, order=self._orders(ahead.agenda), **theirs)
        proposed = {"meeting": ahead, "title": self.words("Proposal")}
        self.many(AgendaProposal, proposed_by=self.people, **proposed)
        put_off = {"meeting": self.world.held, "title": "x"}
        items = self.many(AgendaItem, order=self._orders(self.world.held.agenda), **put_off)
        deferred = {"minutes": self.world.published, "kind": OutcomeKind.DEFERRED}
        self.many(Outcome, agenda_item=items, **deferred)
        planned = {"state": MeetingState.PLANNED, "date": self.world.today}
        self.many(Meeting, number=[1000 + next(numbers) for _ in range(self.count)], **planned)

    def _letters(self) -> None:
        """More letters, more readers of one, and more files with it."""
        letter, draft = self.world.letter, self.world.draft_letter
        self.many(Mailing, name="to_members", subject=self.words("Letter"), text="<p>x</p>")
        users = [person.user for person in self._people(self.organisations)]
        self.many(MailingCopy, mailing=letter, user=users)
        for mailing in (letter, draft):
            self.many(MailingFile, mailing=mailing, file="x.txt", name="x.txt", size=1)

    def _draft(self) -> None:
        """More of what is written down at a meeting, and of what the check doubts in it."""
        world, meeting, draft = self.world, self.world.drafted, self.world.draft
        there = self.many(
            Attendance,
            meeting=meeting,
            name=self.words("Guest"),
            organisation=self.organisations,
            organisation_name="x",
            status="present",
        )
        items = self.many(
            AgendaItem, meeting=meeting, title="x", order=self._orders(meeting.agenda)
        )
        entries = self.many(
            MinutesEntry,
            minutes=draft,
            text="<p>x</p>",
            agenda_item=items,
            speaker=there,
            order=self._orders(draft.entries),
        )
        self.many(Outcome, minutes=draft, agenda_item=items, kind=OutcomeKind.NOTED)
        self.many(ActionPoint, meeting=meeting, what="x", entry=entries, owner=self.people)
        on = {"barrier": world.barrier, "organisation": self.organisations, "text": "x"}
        self.many(Statement, entry=entries, **on)
        self.many(Statement, entry=world.passage, **on)
        doubts = [f"no-owner:{item.pk}" for item in items]
        self.many(Waiver, minutes=draft, doubt=doubts, reason="x")
        # Without outcome and owner; an organisation that was not there, and a link
        self.many(AgendaItem, meeting=meeting, title="x", order=self._orders(meeting.agenda))
        self.many(ActionPoint, meeting=meeting, what="x")
        links = [f"<p>Se bit.ly/{item.pk}</p>" for item in items]
        said = self.many(MinutesEntry, minutes=draft, text=links, order=self._orders(draft.entries))
        self.many(Statement, entry=said, **on)

    def _review(self) -> None:
        """More passages in review, each with changes that are proposed to it."""
        reviewed = self.world.reviewed
        entries = self.many(
            MinutesEntry,
            minutes=reviewed,
            text="<p>x</p>",
            agenda_item=reviewed.meeting.agenda.first(),
            order=self._orders(reviewed.entries),
        )
        texts = {"old_text": "<p>x</p>", "new_text": "<p>y</p>"}
        for state in ("proposed", "accepted"):
            self.many(ProposedChange, entry=entries, proposed_by=self.people, state=state, **texts)

    def _rounds(self) -> None:
        """More to choose and more who vote, more results, and more rounds that are counted."""
        for voting in (self.world.open, self.world.coming):
            self.many(RoundBarrier, round=voting, barrier=self.barriers)
            names = [organisation.name for organisation in self.organisations]
            voters = {"organisation": self.organisations, "name": names, "kind": Kind.COMPANY}
            self.many(Eligible, round=voting, **voters)
        figures = {"rank": 1, "points": 1, "choosers": 1}
        counted = {"round": self.world.counted, "title": "x"}
        results = self.many(RoundResult, barrier=self.barriers, **counted, **figures)
        for group in self.world.counted.groups.all():
            self.many(GroupResult, group=group, result=results, **figures)
        then = timezone.now() - DAY
        self.many(
            PrioritisationRound,
            **dict.fromkeys(["opens_at", "opened_at"], then - DAY),
            **dict.fromkeys(["closes_at", "closed_at"], then),
            **dict.fromkeys(["eligible", "voted", "abstained", "ballot_size"], 1),
            title=self.words("Counted"),
        )

    def _initiatives(self) -> None:
        world, home = self.world, self.world.home
        told = {"goal": "x", "measure": "x"}
        self.initiatives = self.many(
            Initiative, title=self.words("Initiative"), lead=self.organisations, **told
        )
        running = {"state": "running", "review_on": world.today - DAY, "lead": home}
        self.many(Initiative, title=self.words("Running"), summary_en="x", **running, **told)
        join(Initiative.barriers, initiative=self.initiatives, barrier=world.barrier)
        join(Initiative.barriers, initiative=world.initiative, barrier=self.barriers)
        theirs = {"initiative": world.initiative, "organisation": self.organisations}
        self.many(InitiativeUpdate, text="On", percent=5, **theirs)
        self.many(Participation, contact=self.people, **theirs)
        month = {"title": "x", "due_on": world.today + timedelta(days=30)}
        self.many(Milestone, initiative=self.initiatives, **month)
        free = MOST_MILESTONES - world.initiative.milestones.count()
        many(Milestone, min(self.count, free), initiative=world.initiative, **month)

    def _cases(self) -> None:
        world = self.world
        published = {"done": "x", "permission_at": timezone.now()}
        published |= {"state": CaseState.PUBLISHED, "published_at": timezone.now()}
        cases = self.many(
            Case,
            title=self.words("Case"),
            place=self.words("Place"),
            entry=world.published.entries.last(),
            written_by=self.organisations,
            **published,
        )
        join(Case.barriers, case=cases, barrier=world.barrier)
        join(Case.barriers, case=world.case, barrier=self.barriers)
        join(Case.initiatives, case=world.case, initiative=self.initiatives)
        self.many(CasePartner, case=world.case, organisation=self.organisations)
        self.many(CasePartner, case=cases, organisation=world.home)
        for case in (world.case, world.draft_case):
            self.many(CaseStep, case=case, kind=StepKind.CHANGE_ASKED, words="x")
        submitted = self.many(
            Case,
            title=self.words("Submitted"),
            written_by=self.organisations,
            done="x",
            state=CaseState.SUBMITTED,
            permission_at=timezone.now(),
        )
        join(Case.initiatives, case=submitted, initiative=world.initiative)

    def _calls(self) -> None:
        """More calls, and around that of the world more consortia, partners and followers."""
        world, home = self.world, self.world.home
        calls = self._of_day(world.today + timedelta(days=30), shared_at=world.held)
        self.calls = calls
        self._of_day(world.today - timedelta(days=9))
        join(Call.barriers, call=calls, barrier=world.barrier)
        join(Call.initiatives, call=calls, initiative=world.initiative)
        shown = {"openness": Openness.OPEN, "lead": home}
        others = self.many(Consortium, call=world.call, name=self.words("Consortium"), **shown)
        self.many(Consortium, call=calls, name=self.words("Consortium"), **shown)
        confirmed = {"state": PartnerState.CONFIRMED}
        self.many(Partner, consortium=others, organisation=self.organisations, **confirmed)
        self.many(
            Partner, consortium=world.consortium, organisation=self.organisations, **confirmed
        )
        abroad = {"country": "SE", "kind": "company", **confirmed}
        self.many(Partner, consortium=world.consortium, name=self.words("Abroad"), **abroad)
        rivals = self.many(
            Consortium,
            call=world.call,
            name=self.words("Rival"),
            openness=Openness.OPEN,
            lead=self.organisations,
        )
        invited = {"organisation": home, "state": PartnerState.INVITED}
        self.many(Partner, consortium=rivals, **invited)
        self.many(
            Suggestion, consortium=world.consortium, organisation=self.organisations, text="x"
        )
        for thing in (*calls, *rivals):
            follow(reader=world.owner.user, **named(thing))
        for thing in (*self.barriers, *calls):
            follow(reader=world.follower, **named(thing))

    def _of_day(self, day: Any, **fields: Any) -> list[Any]:
        """Make calls with a deadline on a day, which a save alone would tell them of."""
        calls = self.many(Call, title=self.words("Call"), summary="x", **fields)
        deadline = CallDeadline(call=calls[0], day=day)
        self.many(CallDeadline, call=calls, day=day, passes_at=deadline.moment)
        pks = [call.pk for call in calls]
        Call.objects.filter(pk__in=pks).update(closes_at=deadline.moment)
        return calls

    def _results(self) -> None:
        """More figures from outside, goals with steps, and years that are kept with corrections."""
        world, day = self.world, self.world.today - DAY
        counted = {"number": 1, "unit": "job", "known": "counted", "from_on": day, "to_on": day}
        told = {**counted, "source": "x", "source_on": day}
        self.many(Figure, what=self.words("Figure"), published_at=timezone.now(), **told)
        self.many(Figure, what=self.words("Draft"), **counted)
        for published_at in (timezone.now(), None):
            goal = {"unit": "job", "published_at": published_at}
            goals = self.many(Goal, what=self.words("Goal"), **goal)
            step = {"number": 1, "due_on": day, "reason": "x"}
            self.many(GoalStep, goal=goals, kind="set", **step)
            self.many(GoalStep, goal=goals, kind="changed", **step)
        self.many(YearNote, year=world.kept_year, text="x")
        taken = {*KeptYear.objects.values_list("year", flat=True)}
        free = [year for year in range(LAST.year, FIRST.year, -1) if year not in taken]
        told = [{"unit": "job", "number": 1, "cases": 1, "organisations": 1, "is_example": False}]
        self.many(KeptYear, year=free, told=[told] * self.count)

    def _documents(self) -> None:
        """More documents, and more of everything that was found in the one to review."""
        drafted = self.world.drafted
        self.documents = [make_intake(meeting=drafted) for _ in range(self.count)]
        document = Intake.objects.get(pk=self.world.to_review.pk)
        found = document.draft["found"]
        several = ("attendees", "agenda", "statements", "action_points", "calls", "news")
        for _ in range(self.count):
            kind = several[len(found) % len(several)]
            of_kind = [one for one in found if one["field"] == kind]
            found.append({**of_kind[0], "index": len(of_kind)})
        for one in found:
            document.decisions[f"{one['field']}-{one['index']}"] = {"decision": "accept"}
        document.save()

    def _activity(self) -> None:
        """More that happened, to rows of every kind and each time to the same old ones."""
        requests = self.many(
            JoinRequest,
            name=self.words("Newcomer"),
            email=self.addresses(),
            organisation_name="x",
            kind=Kind.COMPANY,
            message="x",
        )
        world = self.world
        kinds = [self.barriers, self.initiatives, self.calls, self.documents, requests]
        kinds += [self.organisations]
        lasting = (world.published, world.case, world.counted, world.consortium, world.change)
        lasting += (world.question, world.asked_question, world.answered)
        lasting += (world.news, world.newsletter)
        kinds += [[row] * self.count for row in lasting]
        # By turns, since a feed shows the latest only
        targets = [row for rows in zip(*kinds, strict=True) for row in rows]
        types = [ContentType.objects.get_for_model(target) for target in targets]
        pks = [target.pk for target in targets]
        many(Activity, len(targets), verb=Verb.ADDED, target_type=types, target_id=pks)

    def _talk(self) -> None:
        """More of what is said beside things, of each kind that a page tells otherwise."""
        world, hidden = self.world, []
        for thing in (world.barrier, world.initiative, world.consortium):
            said = {
                "target_type": ContentType.objects.get_for_model(thing),
                "target_id": thing.pk,
                "organisation": self.organisations,
                "organisation_name": "x",
                "written_by": [one.user for one in self.people],
                "text": "x",
            }
            asked = self.many(Contribution, kind="question", is_public=True, **said)
            self.many(Contribution, parent=asked, **said)
            gone = {"kind": "proposal", "hidden_at": timezone.now()}
            hidden.append(self.many(Contribution, **gone, **said))
            self.many(EditedText, contribution=asked, text="x")
            self.many(Mention, contribution=asked, organisation=self.organisations)
        # By turns, since the log shows the latest only
        turns = [row for rows in zip(*hidden, strict=True) for row in rows]
        many(Hiding, len(turns), contribution=turns, reason="x", by=world.secretary.user)
