"""How many queries a page makes: a number that stays the same however much data there is."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barriers.models import Act, BarrierState, PrioritisationRound
from barriers.register import history
from barriers.rounds import prioritisation
from calls.calendar import keys
from calls.models import Follow, Openness, Partner, PartnerState
from initiatives.models import (
    CasePartner,
    CaseState,
    CaseStep,
    InitiativeUpdate,
    Participation,
    StepKind,
)
from initiatives.work.forms import MOST_MILESTONES
from meetings.models import Material, MeetingState, OutcomeKind
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Kind, NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_entry,
    make_initiative,
    make_join_request,
    make_meeting,
    make_member,
    make_milestone,
    make_minutes,
    make_news,
    make_organisation,
    make_outcome,
    make_partner,
    make_proposal,
    make_proposed_change,
    make_room,
    make_round,
    make_round_table_news,
    make_secretary,
    make_statement,
    make_support,
    make_theme,
    make_voter,
)
from tests.intake.drafts import make_intake
from tests.meetings.review.reviews import attend, make_in_review

FEW, MANY = 5, 500
DAY = timedelta(days=1)

# Queries a page; to be logged in costs three of them: session, user and membership.
PUBLIC = {
    "/": 9,
    "/moeder/": 3,
    "/moeder/3/": 17,
    "/moeder/4/": 9,
    "/moeder/5/": 9,
    "/moeder/5/kalender.ics": 1,
    "/moeder/3/referat/versioner/": 3,
    "/moeder/3/referat/versioner/sammenlign/?fra=1&til=2": 9,
    "/barrierer/": 4,
    "/barrierer/?side=2": 4,
    "/barrierer/?tema=theme&status=open&sorter=dato&q=barrier": 5,
    "/prioritering/": 1,
    "/prioritering/closed/": 7,
    "/prioritering/closed/resultat.csv": 7,
    "/prioritering/open/": 2,
    "/indsatser/": 4,
    "/indsatser/?status=proposed&q=initiative": 4,
    "/indsatser/?barriere=shared&leder=shared&vis=tidslinje": 6,
    "/indsatser/shared/": 8,
    "/barrierer/?sorter=stoette": 4,
    "/barrierer/?sorter=udsagn": 4,
    "/barrierer/barrierer.csv?sorter=udsagn": 2,
    "/barrierer/barrierer.xlsx": 2,
    "/barrierer/shared/": 12,
    "/opslag/": 5,
    "/opslag/?q=call": 5,
    "/opslag/shared/konsortier/{room}/": 3,
    "/opslag.ics": 1,
    "{own_calendar}": 5,
    "/eksempler/": 5,
    "/eksempler/?q=case": 5,
    "/eksempler/?slags=tender&sted=shared&partner=shared&barriere=shared": 8,
    "/eksempler/shared/": 6,
    "/eksempler/shared/spoerg/": 1,
    "/opslag/shared/": 8,
    "/nyt/": 2,
    "/nyt/shared/": 1,
    "/organisationer/": 1,
    "/organisationer/shared/": 8,
    "/soeg/?q=shared": 1,
    "/feed/": 8,
    "/soeg/": 0,
    "/meetings.ics": 1,
    "/sitemap.xml": 7,
    "/robots.txt": 0,
    "/om/": 0,
    "/privatliv/": 0,
    "/tilgaengelighed/": 0,
    "/bliv-medlem/": 0,
    "/bliv-medlem/tak/": 0,
}
MEMBERS = {
    "/min-side/om-mig/": 3,
    "/": 12,
    "/min-side/": 23,
    "/min-side/mine-data/": 23,
    "/moeder/3/": 22,
    "/aftaler/": 5,
    "/aftaler/?hvis=vores&status=over-tid&side=2": 5,
    "/moeder/5/": 17,
    "/moeder/5/svar/": 5,
    "/moeder/5/bordet-rundt/": 7,
    "/moeder/5/dagsorden/foreslaa/": 5,
    "/moeder/6/referat/gennemsyn/": 12,
    "/moeder/3/referat/bed-om-rettelse/?afsnit={told}": 4,
    "/barrierer/shared/": 17,
    "/barrierer/shared/udsagn/": 5,
    "/organisationer/shared/": 11,
    "/opslag/shared/konsortier/{room}/": 12,
    "/opslag/shared/konsortier/{room}/ret/": 4,
    "/opslag/shared/konsortier/{room}/partnere/ny/": 5,
    "/opslag/shared/konsortier/nyt/": 4,
    "/opslagskalender/": 4,
    "/barrierer/ny/": 4,
    "/barrierer/ny/lignende/?titel=barrier": 4,
    "/prioritering/": 5,
    "/indsatser/": 7,
    "/indsatser/?hvis=vores": 7,
    "/indsatser/ny/": 5,
    "/indsatser/shared/": 12,
    "/prioritering/open/": 9,
    "/prioritering/closed/": 11,
    "/prioritering/open/stem/": 9,
    "/opslag/shared/": 14,
    "/eksempler/ny/": 3,
    "/eksempler/draft/": 11,
    "/eksempler/draft/ret/": 12,
    "/eksempler/draft/smid-vaek/": 4,
}
SECRETARIAT = {
    "/sekretariat/": 22,
    "/sekretariat/anmodninger/{request}/": 6,
    "/moeder/4/": 21,
    "/aftaler/": 5,
    "/moeder/5/": 19,
    "/moeder/5/indkald/": 7,
    "/moeder/5/svar/": 5,
    "/moeder/5/rediger/": 4,
    "/moeder/5/aflys/": 4,
    "/moeder/ny/": 4,
    "/sekretariat/indlaes/": 5,
    "/sekretariat/indlaes/{intake}/": 11,
    "/sekretariat/indlaes/{intake}/bekraeft/": 13,
    "/moeder/4/referat/offentliggoer/": 33,
    "/moeder/4/referat/skriv/": 15,
    "/moeder/5/dagsorden/": 14,
    "/moeder/5/dagsorden/punkt/{planned}/": 8,
    "/moeder/5/dagsorden/forslag/{proposal}/afvis/": 7,
    "/moeder/6/referat/gennemsyn/": 12,
    "/moeder/3/referat/ret/{told}/": 5,
    "/moeder/3/referat/ret-udfald/{decided}/": 5,
    "/moeder/3/referat/ret-aftale/ny/": 6,
    "/moeder/3/referat/ret-fremmoede/": 5,
    "/moeder/4/referat/tjek/": 25,
    "/moeder/4/referat/aftale/{point}/": 7,
    "/barrierer/udsagn-fra-referat/{passage}/": 8,
    "/barrierer/shared/ret/": 6,
    "/barrierer/": 8,
    "/barrierer/shared/": 15,
    "/barrierer/shared/laeg-sammen/": 6,
    "/barrierer/shared/laeg-sammen/?ind-i=other": 17,
    "/barrierer/shared/del/": 6,
    "/barrierer/shared/loest/": 4,
    "/barrierer/shared/genaabn/": 4,
    "/prioritering/": 5,
    "/indsatser/shared/ret/": 9,
    "/indsatser/shared/fremdrift/": 4,
    "/indsatser/shared/afslut/": 4,
    "/opslag/": 8,
    "/opslag/ny/": 3,
    "/opslag/ny/udfyld/": 5,
    "/opslag/shared/ret/": 9,
    "/opslag/shared/konsortier/{room}/": 12,
    "/eksempler/": 9,
    "/eksempler/shared/": 11,
    "/eksempler/shared/ret/": 12,
    "/eksempler/shared/svar-paa-rettelse/": 4,
    "/prioritering/ny/": 12,
    "/prioritering/coming/": 11,
    "/prioritering/coming/ret/": 10,
    "/prioritering/coming/stemmeseddel/": 6,
    "/prioritering/open/": 8,
    "/prioritering/open/luk/": 7,
}
MOST_AT_A_MEETING = 60  # fill more than a page, and are more than ever come
FEW_PARTNERS, MOST_PARTNERS = 1, 12


class World:
    """Rows of every kind around one shared row of each, with a lasting address."""

    def __init__(self) -> None:
        self.home = make_organisation("shared")
        self.theme = make_theme("theme")
        self.barrier = make_barrier("shared", theme=self.theme, raised_by=self.home)
        self.other = make_barrier("other", theme=self.theme, raised_by=self.home)
        self.secretary = make_secretary()
        self.meeting = make_meeting(3)
        self.minutes = make_minutes(self.meeting, published=True)
        self.draft = make_minutes(make_meeting(4))
        self.ahead = make_meeting(
            5,
            date=timezone.localdate() + DAY,
            state=MeetingState.PLANNED,
            invited_at=timezone.now(),
        )
        self.initiative = make_initiative("shared", lead=self.home)
        self.case = make_case("shared", written_by=self.home, kind="tender", place="shared")
        self.call = make_call("shared")
        make_news("shared")
        self.request = make_join_request()
        self.intake = make_intake()
        self.point = make_action_point(self.draft.meeting)
        self.passage = make_entry(self.draft)
        self.reviewed = make_in_review(6)
        self.reader = attend(self.reviewed)
        self.draft_case = make_case(
            "draft", state=CaseState.DRAFT, written_by=self.reader.organisation
        )
        self.planned = make_agenda_item(self.ahead)
        self.proposal = make_proposal(self.ahead)
        for _ in range(2):
            publishing.freeze(self.minutes, by=None)
        item = make_agenda_item(self.meeting)
        self.decided = make_outcome(item, OutcomeKind.DECIDED, decision="Yes.")
        self.told = make_entry(self.minutes)
        self.room = make_room(self.call, self.reader.organisation)
        self._hold_rounds()
        self.room = make_room(self.call, self.reader.organisation)

    def _hold_rounds(self) -> None:
        """Hold a round with two groups, open one in which the reader votes, and plan one."""
        self.closed = make_round(self.barrier, title="closed")
        for kind in [Kind.COMPANY] * 3 + [Kind.NETWORK] * 3:
            voter = make_voter(self.closed, make_member(make_organisation(kind=kind)))
            prioritisation.cast(voting_round=self.closed, by=voter, choices=[self.barrier])
        prioritisation.close(voting_round=self.closed)
        self.open = make_round(self.barrier, title="open")
        prioritisation.cast(voting_round=self.open, by=self.reader, choices=[self.barrier])
        tomorrow = timezone.now() + DAY
        self.coming = make_round(
            self.barrier, title="coming", opens_at=tomorrow, closes_at=tomorrow + DAY
        )

    def _add_to_rounds(self, organisation: Any, barrier: Any) -> None:
        """Add a barrier and a voter to each round, and one more round that is counted."""
        for voting in (self.open, self.coming):
            voting.choices.create(barrier=barrier)
            make_voter(voting, make_member(organisation))
        row = {"rank": 1, "points": 1, "choosers": 1}
        result = self.closed.results.create(barrier=barrier, title="x", **row)
        for group in self.closed.groups.all():
            group.results.create(result=result, **row)
        then = timezone.now() - DAY
        PrioritisationRound.objects.create(
            **dict.fromkeys(["opens_at", "opened_at"], then - DAY),
            **dict.fromkeys(["closes_at", "closed_at"], then),
            **dict.fromkeys(["eligible", "voted", "abstained", "ballot_size"], 1),
            title="counted",
        )
        prioritisation.close(voting_round=make_round(opens_at=timezone.now() - 2 * DAY))

    def add(self) -> None:
        """Add one more of everything."""
        organisation = make_organisation()
        self._add_to_the_register(organisation)
        barrier = make_barrier(theme=make_theme(), raised_by=self.home, raised_at=self.meeting)
        attendance = make_attendance(self.meeting, organisation=organisation)
        make_outcome(make_agenda_item(self.meeting, responsible=attendance))
        for minutes in (self.minutes, self.draft):
            entry = make_entry(minutes, speaker=attendance)
        make_statement(self.barrier, organisation=self.home, entry=self.minutes.entries.last())
        make_case(entry=entry).barriers.add(self.barrier)
        make_action_point(self.meeting, entry=entry)
        for place in ({"link": "https://example.org/"}, {"file": "paper.pdf"}):
            Material.objects.create(meeting=self.meeting, title="Paper", **place)
        make_news(shared_at=self.meeting)
        make_intake(meeting=self.draft.meeting)
        self._add_ahead(organisation)
        self._add_to_the_review(organisation)
        publishing.freeze(self.minutes, by=None)
        self.minutes.corrections.create(
            entry=self.told, corrected_on=timezone.localdate(), text="x", old_text="a", new_text="b"
        )
        self._add_to_draft(organisation)
        self._add_to_review()
        self._add_to_rounds(organisation, barrier)
        self._add_above(organisation, barrier)

    def _add_to_the_register(self, organisation: Any) -> None:
        """Give the shared barrier one more of what hangs on it."""
        make_support(self.barrier, organisation)
        make_statement(self.barrier, organisation=organisation, meeting=self.meeting)
        into = {"state": BarrierState.MERGED, "merged_into": self.barrier}
        merged = make_barrier("a shared one", theme=self.theme, raised_by=organisation, **into)
        make_barrier("part", theme=self.theme, raised_by=organisation, split_from=self.barrier)
        by = self.secretary
        history.write(Act.MERGED, self.barrier, by=by, before="x", other=merged)
        history.write(Act.RENAMED, self.barrier, by=by, before="x", after="shared")

    def _add_ahead(self, organisation: Any) -> None:
        """Invite one more to the meeting that is ahead, with news of the organisation."""
        member = make_member(organisation, name_visibility=NameVisibility.PUBLIC)
        make_attendance(self.ahead, member=member, organisation=organisation, status="invited")
        make_round_table_news(self.ahead, organisation=organisation)
        make_member(organisation)
        make_agenda_item(self.ahead, minutes=5, organisation=organisation)
        make_proposal(self.ahead)
        make_outcome(make_agenda_item(self.meeting), OutcomeKind.DEFERRED)

    def _add_to_the_review(self, organisation: Any) -> None:
        """Add one more passage to minutes in review, with a change that is proposed to it."""
        if self.reviewed.entries.count() == MOST_AT_A_MEETING:
            return
        entry = make_entry(self.reviewed, agenda_item=self.reviewed.meeting.agenda.first())
        make_proposed_change(entry, new_text="<p>Other</p>")
        make_proposed_change(entry, state="accepted")

    def _add_to_draft(self, organisation: Any) -> None:
        """Add one more of what is written down at a meeting. The page asks about each of them."""
        meeting = self.draft.meeting
        if meeting.attendances.count() == MOST_AT_A_MEETING:
            return
        item = make_agenda_item(meeting)
        speaker = make_attendance(meeting, organisation=organisation)
        entry = make_entry(self.draft, agenda_item=item, speaker=speaker)
        make_outcome(item)
        make_action_point(meeting, entry=entry, owner=make_member(organisation))
        for one in (entry, self.passage):
            make_statement(self.barrier, organisation=organisation, entry=one)
        self.draft.waivers.create(doubt=f"no-owner:{item.pk}", reason="x")
        # What the check doubts, and offers to mend: text, outcome, owner, organisation, link
        make_agenda_item(meeting)
        make_action_point(meeting)
        said = make_entry(self.draft, f"<p>Se bit.ly/{item.pk}</p>")
        make_statement(self.barrier, organisation=organisation, entry=said)

    def _add_to_review(self) -> None:
        """Add one more thing, of one kind after the other, to what was found in the document."""
        several = ("attendees", "agenda", "statements", "action_points", "calls", "news")
        found = self.intake.draft["found"]
        kind = several[len(found) % len(several)]
        of_kind = [thing for thing in found if thing["field"] == kind]
        found.append({**of_kind[0], "index": len(of_kind)})
        for thing in found:
            key = f"{thing['field']}-{thing['index']}"
            self.intake.decisions[key] = {"decision": "accept"}
        self.intake.save()

    def _add_above(self, organisation: Any, barrier: Any) -> None:
        initiative, call = make_initiative(), make_call(shared_at=self.meeting)
        make_call(day=timezone.localdate() - timedelta(days=9))
        make_meeting(date=timezone.localdate(), state=MeetingState.PLANNED)
        for row in (initiative, call):
            row.barriers.add(self.barrier)
        self.initiative.barriers.add(barrier)
        call.initiatives.add(self.initiative)
        self.case.initiatives.add(initiative)
        self.case.barriers.add(barrier)
        CasePartner.objects.create(case=self.case, organisation=organisation)
        CasePartner.objects.create(case=make_case(place=organisation.name), organisation=self.home)
        for case in (self.case, self.draft_case):
            CaseStep.objects.create(case=case, kind=StepKind.CHANGE_ASKED, words="x")
        make_case(state=CaseState.SUBMITTED).initiatives.add(self.initiative)
        InitiativeUpdate.objects.create(
            initiative=self.initiative, organisation=organisation, text="On", percent=5
        )
        contact = make_member(organisation, name_visibility=NameVisibility.PUBLIC)
        Participation.objects.create(
            initiative=self.initiative, organisation=organisation, contact=contact
        )
        make_initiative(lead=self.home, state="running", review_on=timezone.localdate() - DAY)
        for each in (initiative, self.initiative):
            if each.milestones.count() < MOST_MILESTONES:
                make_milestone(each)
        consortium = make_consortium(self.call, openness=Openness.OPEN, lead=self.home)
        state = PartnerState.CONFIRMED
        Partner.objects.create(consortium=consortium, organisation=organisation, state=state)
        self._add_to_room(organisation, call, consortium)
        make_member(self.home, name_visibility=NameVisibility.PUBLIC)
        request = make_join_request()
        record(Verb.CLOSED, self.closed, by=None)
        for row in (barrier, self.minutes, initiative, call, request, self.case, organisation):
            record(Verb.ADDED, row, by=None)

    def _add_to_room(self, organisation: Any, call: Any, other: Any) -> None:
        """Add partners and a suggestion to the reader's room, and what the reader is told of."""
        make_partner(self.room, organisation=organisation)
        make_partner(self.room, name=f"Abroad {organisation.pk}", country="SE", kind="company")
        self.room.suggestions.create(organisation=organisation, text="x")
        make_partner(other, organisation=self.reader.organisation, state=PartnerState.INVITED)
        make_room(call, self.reader.organisation)
        for followed in ({"call": call}, {"consortium": other}):
            Follow.objects.create(member=self.reader, **followed)


def counted(browser: Client, path: str) -> int:
    browser.get(path)  # the first time may fill what processes keep
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    assert answer.status_code == 200, path
    return len(queries)


def test_pages_ask_as_often_for_5_rows_as_for_500(db: None, log_in: LogIn):
    """One world for every role: most of the time goes into making it."""
    world = World()
    browsers = [Client(), log_in(world.reader), log_in(make_secretary())]
    tables = [filled_in(table, world) for table in (PUBLIC, MEMBERS, SECRETARIAT)]

    for there, wanted in ((0, FEW), (FEW, MANY)):
        for _ in range(wanted - there):
            world.add()
        ContentType.objects.clear_cache()
        look_again()
        for browser, table in zip(browsers, tables, strict=True):
            assert {path: counted(browser, path) for path in table} == table, wanted


def look_again() -> None:
    """Let Postgres see how much there is by now; autovacuum does not look into a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def filled_in(table: dict[str, int], world: World) -> dict[str, int]:
    return {
        path.format(
            request=world.request.pk,
            intake=world.intake.pk,
            point=world.point.pk,
            passage=world.passage.pk,
            planned=world.planned.pk,
            proposal=world.proposal.pk,
            told=world.told.pk,
            decided=world.decided.pk,
            room=world.room.pk,
            own_calendar=urlsplit(keys.address(world.reader)).path,
        ): number
        for path, number in table.items()
    }


def test_form_of_a_case_asks_once_for_its_partners_choices(db: None, log_in: LogIn):
    secretary, case = log_in(make_secretary()), make_case()
    found = []
    for number in (FEW_PARTNERS, MOST_PARTNERS):
        while case.case_partners.count() < number:
            CasePartner.objects.create(case=case, organisation=make_organisation())
        found.append(counted(secretary, f"/eksempler/{case.slug}/ret/"))

    assert found[0] == found[1]
