"""Arranging an agenda: items, their order and times, what is carried over, what is proposed."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from calls.models import Call
from initiatives.models import InitiativeUpdate
from meetings.agenda import arranging, carrying_over, schedule, since_last
from meetings.agenda.offers import offers
from meetings.models import (
    AgendaItem,
    AgendaProposal,
    Meeting,
    MeetingState,
    MinutesState,
    OutcomeKind,
    ProposalState,
    Purpose,
)
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_proposal,
    make_secretary,
)
from tests.meetings.planning.plans import body, days_ahead, make_planned
from tests.racing import at_once

HERE = "/moeder/7/dagsorden/"


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The seventh meeting, at 14.00–15.30."""
    return make_planned()


def titles(meeting: Meeting) -> list[str]:
    return [*meeting.agenda.values_list("title", flat=True)]


def form_of(meeting: Meeting, **typed: Any) -> dict[str, Any]:
    return {"seen": "", "title": "Nyt", "minutes": "", "details": "", **typed}


def seen(browser: Any, item: AgendaItem) -> str:
    value: str = browser.get(f"{HERE}punkt/{item.pk}/").context["form"]["seen"].value()
    return value


# Times


def test_times_are_counted_from_the_start():
    meeting = Meeting(number=7, starts=time(14))
    items = [AgendaItem(pk=number, minutes=length) for number, length in enumerate([10, 25, 5])]

    assert schedule.beginnings(meeting, items) == {0: time(14), 1: time(14, 10), 2: time(14, 35)}


def test_no_time_is_invented():
    meeting = Meeting(number=7, starts=time(14))
    items = [
        AgendaItem(pk=1),
        AgendaItem(pk=2, minutes=10),
        AgendaItem(pk=3, starts=time(15), minutes=10),
        AgendaItem(pk=4),
    ]

    assert schedule.beginnings(meeting, items) == {1: time(14), 3: time(15), 4: time(15, 10)}
    assert schedule.beginnings(Meeting(number=7), items[:2]) == {}


def test_nothing_begins_after_midnight():
    meeting = Meeting(number=7, starts=time(23))
    items = [AgendaItem(pk=number, minutes=50) for number in range(3)]

    assert schedule.beginnings(meeting, items) == {0: time(23), 1: time(23, 50)}


def test_budget_tells_how_much_too_long_the_agenda_is():
    meeting = Meeting(number=7, starts=time(14), ends=time(15))
    items = [AgendaItem(minutes=45), AgendaItem(), AgendaItem(minutes=30)]

    budget = schedule.budget(meeting, items)

    assert (budget.used, budget.available, budget.over, budget.left) == (75, 60, 15, 0)
    assert budget.end == 80
    assert [(part.left, part.width) for part in budget.slices] == [(0, 60), (60, 40)]
    assert schedule.budget(meeting, items[:1]).left == 15
    assert schedule.budget(Meeting(number=7), items).over == 0
    assert budget.unknown == 1


def test_page_warns_where_the_agenda_runs_over(as_secretary, meeting):
    make_agenda_item(meeting, "Velkomst", minutes=60)
    make_agenda_item(meeting, "Nyt", minutes=45)

    page = as_secretary.get(HERE)

    assert [row.begins for row in page.context["rows"]] == [time(14), time(15)]
    assert "15 minutter for lang" in page.content.decode()


def test_times_stand_on_the_page_and_in_the_invitation(mailbox):
    from meetings.inviting import acts as inviting

    meeting, reader = make_planned(), make_member()
    make_agenda_item(meeting, "Velkomst", minutes=10)
    make_agenda_item(meeting, "Nyt", details="<p>Se <strong>bilag</strong></p>")

    inviting.invite(meeting=meeting, members=[reader])

    (letter,) = mailbox.letters
    assert "14.10 Nyt" in body(letter)
    assert "Se bilag" in body(letter)


# Items


def test_adds_an_item_with_a_person_of_an_organisation(as_secretary, meeting):
    odense = make_organisation("Odense Kommune")
    person = make_attendance(meeting, organisation=odense, organisation_name="Odense Kommune")

    answer = as_secretary.post(
        f"{HERE}nyt/",
        form_of(meeting, minutes="15", responsible=person.pk, details="- Et\n- To <b>x</b>"),
    )

    item = AgendaItem.objects.get()
    assert answer.url == f"{HERE}#nyt-punkt"
    assert (item.order, item.minutes, item.responsible, item.organisation) == (
        1,
        15,
        person,
        odense,
    )
    assert item.details == "<ul><li>Et</li><li>To &lt;b&gt;x&lt;/b&gt;</li></ul>"
    assert Activity.objects.get().target_id == meeting.pk


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"minutes": "lang"}, "minutes"),
        ({"responsible": "999999"}, "responsible"),
    ],
)
def test_bad_item_keeps_what_was_typed(as_secretary, meeting, typed, field):
    page = as_secretary.post(f"{HERE}nyt/", form_of(meeting, **({"details": "Min tekst"} | typed)))

    assert [*page.context["new"].errors] == [field]
    assert "Min tekst" in page.content.decode()
    assert not AgendaItem.objects.exists()


def test_person_of_another_organisation_is_refused(as_secretary, meeting):
    person = make_attendance(meeting, organisation=make_organisation("Her"))

    page = as_secretary.post(
        f"{HERE}nyt/",
        form_of(meeting, responsible=person.pk, organisation=make_organisation("Der").pk),
    )

    assert [*page.context["new"].errors] == ["responsible"]


def test_organisation_stands_on_the_page_and_a_hidden_person_does_not(client, meeting):
    here = make_organisation("Odense Kommune")
    hidden = make_attendance(
        meeting, name="Ea Hemmelig", organisation=here, organisation_name=here.name
    )
    make_agenda_item(meeting, "Et", organisation=here)
    make_agenda_item(meeting, "To", responsible=hidden)

    page = client.get("/moeder/7/").content.decode()

    assert page.count("Odense Kommune") == 2
    assert "Ea Hemmelig" not in page


def test_edits_an_item_and_keeps_its_place(as_secretary, meeting):
    make_agenda_item(meeting, "Først")
    item = make_agenda_item(meeting, "Nyt", purpose=Purpose.ROUND_TABLE)

    as_secretary.post(
        f"{HERE}punkt/{item.pk}/",
        form_of(meeting, title="Nyere", minutes="20", seen=seen(as_secretary, item)),
    )

    item.refresh_from_db()
    assert (item.title, item.minutes, item.order) == ("Nyere", 20, 2)
    assert item.purpose == Purpose.ROUND_TABLE


def test_second_who_edits_an_item_sees_what_it_is_now(as_secretary, meeting):
    item = make_agenda_item(meeting, "Nyt")
    before = seen(as_secretary, item)
    AgendaItem.objects.update(title="Deres titel")

    page = as_secretary.post(
        f"{HERE}punkt/{item.pk}/", form_of(meeting, title="Min titel", seen=before)
    )

    assert "Deres titel" in str(page.context["form"].non_field_errors())
    assert page.context["form"]["title"].value() == "Min titel"
    item.refresh_from_db()
    assert item.title == "Deres titel"
    as_secretary.post(
        f"{HERE}punkt/{item.pk}/",
        form_of(meeting, title="Min titel", seen=page.context["form"]["seen"].value()),
    )
    item.refresh_from_db()
    assert item.title == "Min titel"


@pytest.mark.parametrize(("place", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")])
def test_moves_an_item(as_secretary, meeting, place, expected):
    items = [make_agenda_item(meeting, title, starts=time(14)) for title in "abc"]

    answer = as_secretary.post(f"{HERE}punkt/{items[2].pk}/flyt/", {"place": place})

    assert answer.url == f"{HERE}#{items[2].anchor}"
    assert "".join(titles(meeting)) == expected
    # A time that a document told holds no longer once the order is another.
    assert meeting.agenda.exclude(starts=None).exists() == (expected == "abc")


@pytest.mark.parametrize("place", ["", "0", "-1", "øverst", "99999"])
def test_no_place_moves_nothing(as_secretary, meeting, place):
    items = [make_agenda_item(meeting, title) for title in "abc"]

    page = as_secretary.post(f"{HERE}punkt/{items[2].pk}/flyt/", {"place": place}, follow=True)

    assert "".join(titles(meeting)) == "abc"
    assert len(page.context["messages"]) == 1


def test_two_who_move_at_once_leave_one_order(transactional_db):
    meeting, by = make_planned(), make_secretary()
    items = [make_agenda_item(meeting, title) for title in "abcd"]

    at_once(
        *(
            lambda item=item: arranging.move(
                item=AgendaItem.objects.select_related("meeting").get(pk=item.pk), place=1, by=by
            )
            for item in (items[2], items[3])
        )
    )

    orders = [*meeting.agenda.values_list("order", flat=True)]
    assert orders == [1, 2, 3, 4]
    assert {*titles(meeting)[:2]} == {"c", "d"}


def test_removes_an_item_that_nothing_hangs_on(as_secretary, meeting):
    item = make_agenda_item(meeting)

    as_secretary.post(f"{HERE}punkt/{item.pk}/fjern/")

    assert not AgendaItem.objects.exists()


def test_item_that_the_minutes_are_begun_under_stays(as_secretary, meeting):
    item = make_agenda_item(meeting)
    make_entry(make_minutes(meeting), "", agenda_item=item)

    page = as_secretary.post(f"{HERE}punkt/{item.pk}/fjern/", follow=True)

    assert AgendaItem.objects.exists()
    assert "bliver" in str(next(iter(page.context["messages"])))


def test_text_is_not_thrown_away_by_one_press(as_secretary, meeting):
    bare, told = make_agenda_item(meeting, "Bar"), make_agenda_item(meeting, "Tekst", details="x")

    page = as_secretary.get(HERE).content.decode()

    assert f'action="{HERE}punkt/{bare.pk}/fjern/"' in page
    assert f'action="{HERE}punkt/{told.pk}/fjern/"' not in page
    assert f'href="{HERE}punkt/{told.pk}/#fjern"' in page
    asked = as_secretary.get(f"{HERE}punkt/{told.pk}/").content.decode()
    assert f'action="{HERE}punkt/{told.pk}/fjern/"' in asked


ACTS = ["nyt/", "punkt/{pk}/", "punkt/{pk}/flyt/", "punkt/{pk}/fjern/", "overfoer/"]


@pytest.mark.parametrize("state", ["cancelled", MinutesState.IN_REVIEW, MinutesState.PUBLISHED])
@pytest.mark.parametrize("act", ACTS)
def test_closed_agenda_stays_as_it_is(as_secretary, meeting, act, state):
    item = make_agenda_item(meeting, "Nyt")
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    before = seen(as_secretary, item)
    if state == "cancelled":
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    else:
        minutes = make_minutes(meeting, published=state == MinutesState.PUBLISHED)
        if state == MinutesState.IN_REVIEW:
            minutes.state, minutes.review_ends_on = state, date(2030, 1, 1)
            minutes.save()
    typed = form_of(meeting, title="Andet", place=2, offers=["round_table"], seen=before)

    page = as_secretary.post(HERE + act.format(pk=item.pk), typed, follow=True)

    assert titles(meeting) == ["Nyt"]
    told = [str(message) for message in page.context["messages"]]
    assert told or page.context["carry"].errors


# Carrying over


@pytest.fixture
def last(meeting: Meeting) -> Meeting:
    """The sixth meeting, a month ago, with published minutes."""
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    return last


def keys(meeting: Meeting) -> list[str]:
    return [offer.key for offer in offers(meeting)]


def test_first_meeting_has_nothing_to_carry_over(meeting):
    assert keys(meeting) == [Purpose.ROUND_TABLE]


def test_offers_what_the_last_meetings_left(meeting, last):
    deferred = make_agenda_item(last, "Mærkning", minutes=15)
    make_outcome(deferred, OutcomeKind.DEFERRED)
    make_outcome(make_agenda_item(last, "Nåede vi"), OutcomeKind.NOTED)
    other = make_agenda_item(make_meeting(5, date=days_ahead(-90)), "Ældre")
    make_minutes(other.meeting, published=True)
    make_outcome(other, OutcomeKind.NOT_DISCUSSED)

    assert keys(meeting) == [
        *(Purpose.APPROVAL, Purpose.FOLLOW_UP, Purpose.SINCE_LAST, Purpose.ROUND_TABLE),
        *(f"punkt-{other.pk}", f"punkt-{deferred.pk}"),
    ]


def test_draft_is_not_up_for_approval(meeting):
    make_minutes(make_meeting(6, date=days_ahead(-30)))

    assert Purpose.APPROVAL not in keys(meeting)


def test_cancelled_and_later_meetings_leave_nothing(meeting):
    for number, day, state in ((6, -30, MeetingState.CANCELLED), (8, 60, MeetingState.HELD)):
        make_minutes(make_meeting(number, date=days_ahead(day), state=state), published=True)

    assert since_last.last_meeting(meeting) is None


def test_carries_over_once_and_in_order(as_secretary, meeting, last):
    deferred = make_agenda_item(last, "Mærkning", minutes=15, details="Se bilag")
    make_outcome(deferred, OutcomeKind.DEFERRED)
    make_agenda_item(meeting, "Velkomst")
    chosen = {"offers": keys(meeting)}

    as_secretary.post(f"{HERE}overfoer/", chosen)
    again = as_secretary.post(f"{HERE}overfoer/", chosen)

    assert titles(meeting) == [
        "Godkendelse af referat: 6. møde",
        "Opfølgning på aftaler",
        "Siden sidst",
        "Velkomst",
        "Bordet rundt",
        "Mærkning",
    ]
    carried = meeting.agenda.get(title="Mærkning")
    assert (carried.deferred_from, carried.minutes, carried.details) == (deferred, 15, "Se bilag")
    assert again.status_code == 200  # the page says that there is nothing of it any more
    assert again.context["carry"] is not None
    assert keys(meeting) == []


def test_two_presses_at_once_carry_over_once(transactional_db):
    meeting, by = make_planned(), make_secretary()
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    make_outcome(make_agenda_item(last, "Mærkning"), OutcomeKind.DEFERRED)
    chosen = keys(meeting)

    made = at_once(*[lambda: carrying_over.carry_over(meeting=meeting, keys=chosen, by=by)] * 4)

    assert sorted(map(len, made)) == [0, 0, 0, 5]
    assert meeting.agenda.count() == 5


def test_what_was_put_off_twice_is_carried_on_from_the_later_meeting(meeting, last):
    first = make_agenda_item(make_meeting(5, date=days_ahead(-90)), "Mærkning")
    make_minutes(first.meeting, published=True)
    make_outcome(first, OutcomeKind.DEFERRED)
    second = make_agenda_item(last, "Mærkning", deferred_from=first)
    make_outcome(second, OutcomeKind.DEFERRED)

    assert [key for key in keys(meeting) if key.startswith("punkt")] == [f"punkt-{second.pk}"]


def test_agenda_of_a_cancelled_meeting_is_carried_on(meeting, last):
    put_off = make_agenda_item(make_meeting(4, date=days_ahead(-90)), "Mærkning")
    make_minutes(put_off.meeting, published=True)
    make_outcome(put_off, OutcomeKind.DEFERRED)
    cancelled = make_meeting(5, date=days_ahead(-60), state=MeetingState.CANCELLED)
    again = make_agenda_item(cancelled, "Mærkning", deferred_from=put_off)
    make_agenda_item(cancelled, "Bordet rundt", purpose=Purpose.ROUND_TABLE)

    assert [key for key in keys(meeting) if key.startswith("punkt")] == [f"punkt-{again.pk}"]


def test_items_are_as_long_as_the_last_time(meeting, last):
    older = make_meeting(5, date=days_ahead(-60))
    for held, minutes in ((older, 40), (last, 30)):
        make_agenda_item(held, "Bordet rundt", purpose=Purpose.ROUND_TABLE, minutes=minutes)

    carrying_over.carry_over(
        meeting=meeting, keys=[Purpose.ROUND_TABLE, Purpose.SINCE_LAST], by=make_secretary()
    )

    assert [*meeting.agenda.values_list("purpose", "minutes")] == [
        (Purpose.SINCE_LAST, None),
        (Purpose.ROUND_TABLE, 30),
    ]


def test_nothing_chosen_and_nonsense_are_refused(as_secretary, meeting, last):
    for typed in ({}, {"offers": ["punkt-999999"]}, {"offers": ["x' or 1=1"]}):
        page = as_secretary.post(f"{HERE}overfoer/", typed)
        assert [*page.context["carry"].errors] == ["offers"]
    assert not meeting.agenda.exists()


# Since last


def told(meeting: Meeting, purpose: str = Purpose.SINCE_LAST) -> dict[str, list[str]]:
    return {
        section.heading: [line.words for line in section.lines]
        for section in since_last.sections(meeting, purpose)
    }


def test_tells_what_happened_since_the_last_meeting(meeting, last):
    lately, before = timezone.now() - timedelta(days=3), timezone.now() - timedelta(days=90)
    for title, at in (("Ny barriere", lately), ("Gammel barriere", before)):
        record(Verb.ADDED, make_barrier(title), by=None, at=at)
    record(Verb.ADDED, make_barrier("Skjult", hidden_at=lately), by=None, at=lately)
    record(Verb.PUBLISHED, make_case("Kantinen"), by=None, at=lately)
    record(Verb.JOINED, make_organisation("Ny Fond"), by=None, at=lately)
    make_call("Gammelt opslag", day=days_ahead(-60))
    make_call("Nyt opslag", day=days_ahead(60))
    initiative = make_initiative("Netværk")
    for text, on in (("Vi er i gang", days_ahead(-2)), ("Før", days_ahead(-80))):
        InitiativeUpdate.objects.create(
            initiative=initiative,
            organisation=initiative.lead,
            text=text,
            told_on=on,
            percent=40,
        )

    found = told(meeting)

    deadline = found.pop("Frister for EU-opslag")
    assert found == {
        "Nye i taskforcen": ["Ny Fond"],
        "Nye barrierer": ["Ny barriere"],
        "Indsatsernes fremdrift": ["Netværk (40 %): Vi er i gang"],
        "Nye gode eksempler": ["Kantinen"],
    }
    assert len(deadline) == 1
    assert deadline[0].startswith("Nyt opslag: frist ")


def test_headings_stand_along_the_thread(meeting, last):
    record(Verb.JOINED, make_organisation("Ny Fond"), by=None)
    make_call("Nyt opslag", day=days_ahead(60))
    record(Verb.PUBLISHED, make_case("Kantinen"), by=None)
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None)

    assert [*told(meeting)] == [
        "Nye barrierer",
        "Nye gode eksempler",
        "Frister for EU-opslag",
        "Nye i taskforcen",
    ]


def test_since_a_month_is_since_it_began(meeting):
    lately = timezone.now().replace(day=1, hour=12)
    make_meeting(
        6, date=lately.date(), date_precision="month", state=MeetingState.HELD, starts=None
    )
    Meeting.objects.filter(pk=meeting.pk).update(date=days_ahead(60))
    meeting.refresh_from_db()
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None, at=lately)

    assert told(meeting)["Nye barrierer"] == ["Ny barriere"]


def test_a_day_that_is_past_was_a_meeting(meeting):
    passed = make_meeting(6, date=days_ahead(-3), state=MeetingState.PLANNED)

    assert since_last.last_meeting(meeting) == passed


def test_minutes_prepared_ahead_hide_nothing(meeting, last):
    make_minutes(make_meeting(8, date=days_ahead(30), state=MeetingState.PLANNED))

    assert since_last.last_meeting(make_planned(9, date=days_ahead(60))) == last


def test_what_does_not_stand_there_is_counted(meeting, last):
    for number in range(since_last.MOST + 2):
        record(Verb.ADDED, make_barrier(f"Barriere {number}"), by=None)

    lines = told(meeting)["Nye barrierer"]

    assert len(lines) == since_last.MOST + 1
    assert lines[-1] == "og 2 mere"


def test_initiatives_are_told_when_they_begin_and_when_they_end(meeting, last):
    lead = make_organisation("Odense")
    begun = make_initiative("Guide", lead=lead, state="running")
    record(Verb.ADDED, begun, by=None)
    record(Verb.ADDED, make_initiative("Gammel"), by=None, at=timezone.now() - timedelta(days=90))
    for state, percent in (("running", None), ("done", 100)):
        InitiativeUpdate.objects.create(
            initiative=begun, organisation=lead, text="Ti købere", state=state, percent=percent
        )

    assert told(meeting) == {
        "Nye indsatser": ["Guide (Odense): More buy socially."],
        "Indsatsernes fremdrift": [
            "Guide (i gang): Ti købere",
            "Guide (gennemført, 100 %): Ti købere",
        ],
    }


def test_drafts_are_not_told(meeting, last):
    raised = make_barrier("Fra kladden", raised_at=make_minutes(make_meeting(8)).meeting)
    record(Verb.ADDED, raised, by=None)
    record(Verb.ADDED, make_case("Kladde", state="draft"), by=None)

    assert told(meeting) == {}


def test_what_is_agreed_is_told_by_organisation(meeting, last):
    odense = make_organisation("Odense")
    owner = make_member(odense, name_visibility=NameVisibility.NOBODY)
    make_action_point(last, "Send liste", organisation=odense, owner=owner, due_on=date(2030, 2, 1))
    make_action_point(last, "Er gjort", done_on=date(2026, 1, 1))
    make_action_point(make_minutes(make_meeting(8)).meeting, "I en kladde")

    assert told(meeting, Purpose.FOLLOW_UP) == {"": ["Odense: Send liste (inden 1. februar 2030)"]}


def test_generated_text_is_edited_and_never_overwritten(as_secretary, meeting, last):
    record(Verb.ADDED, make_barrier("Første <barriere>"), by=None)
    as_secretary.post(f"{HERE}overfoer/", {"offers": ["since_last"]})
    item = meeting.agenda.get()
    assert item.details.count("Første &lt;barriere&gt;") == 1
    assert 'href="/barrierer/' in item.details
    item.details = item.details.replace("<h4>", "<p>Min tekst</p><h4>")
    item.save()
    record(Verb.ADDED, make_barrier("Anden barriere"), by=None)

    page = as_secretary.get(f"{HERE}punkt/{item.pk}/")

    ((heading, lines),) = [
        (section.heading, [line.words for line in section.lines])
        for section in page.context["fresh"]
    ]
    assert (heading, lines) == ("Nye barrierer", ["Anden barriere"])
    typed = form_of(
        meeting,
        title="Siden sidst",
        details=item.details,
        seen=page.context["form"]["seen"].value(),
    )
    shown = as_secretary.post(f"{HERE}punkt/{item.pk}/", {**typed, "add_fresh": "on"})
    item.refresh_from_db()
    assert "Anden" not in item.details  # shown first, saved by the next press
    both = shown.context["form"].data["details"]
    assert both.index("Min tekst") < both.index("Første") < both.index("Anden barriere")
    assert shown.context["fresh"] == []
    as_secretary.post(f"{HERE}punkt/{item.pk}/", {**typed, "details": both})
    item.refresh_from_db()
    assert "Anden barriere" in item.details


def test_generated_text_is_read_on_the_page_as_it_was_edited(client, meeting):
    make_agenda_item(
        meeting, "Siden sidst", purpose=Purpose.SINCE_LAST, details="<ul><li>Nyt</li></ul>"
    )

    page = client.get("/moeder/7/").content.decode()

    assert "<ul><li>Nyt</li></ul>" in page


def test_deadlines_need_a_day(meeting, last):
    Call.objects.create(title="Uden frist", summary="x")

    assert told(meeting) == {}


# Proposals


def test_member_proposes_an_item_once(as_member, member, meeting):
    typed = {"title": "Sociale klausuler", "minutes": "15", "details": "Fordi\nde virker"}

    first = as_member.post(f"{HERE}foreslaa/", typed)
    as_member.post(f"{HERE}foreslaa/", typed)

    proposal = AgendaProposal.objects.get()
    assert first.url == "/moeder/7/#dagsorden"
    assert (proposal.title, proposal.minutes, proposal.proposed_by) == (
        *("Sociale klausuler", 15),
        member,
    )
    assert Activity.objects.get().verb == Verb.SUBMITTED
    assert "Sociale klausuler" in as_member.get("/moeder/7/").content.decode()


def test_strangers_read_no_proposals(client, meeting):
    make_proposal(meeting, "Sociale klausuler")

    assert "Sociale klausuler" not in client.get("/moeder/7/").content.decode()
    assert "Sociale klausuler" not in client.get("/feed/").content.decode()


@pytest.mark.parametrize(
    "typed", [{"title": ""}, {"minutes": "0"}, {"details": "x" * 5001}, {"title": "x" * 201}]
)
def test_bad_proposal_keeps_what_was_typed(as_member, meeting, typed):
    page = as_member.post(f"{HERE}foreslaa/", {"title": "Min", "details": "Fordi", **typed})

    assert [*page.context["form"].errors] == [*typed]
    assert not AgendaProposal.objects.exists()


def test_late_proposal_is_refused_and_kept_in_the_form(as_member, meeting):
    make_minutes(meeting)

    page = as_member.post(f"{HERE}foreslaa/", {"title": "For sent"})

    assert page.context["form"].non_field_errors()
    assert "For sent" in page.content.decode()
    assert not AgendaProposal.objects.exists()


def test_proposal_is_taken_once_and_its_author_told(mailbox, log_in):
    meeting, secretary = make_planned(), log_in(make_secretary())
    make_agenda_item(meeting, "Velkomst")
    proposal = make_proposal(meeting, "Sociale <klausuler>", minutes=15, details="Fordi")

    for _ in range(2):
        secretary.post(f"{HERE}forslag/{proposal.pk}/optag/")

    proposal.refresh_from_db()
    item = proposal.item
    assert proposal.state == ProposalState.TAKEN
    assert (item.order, item.title, item.minutes) == (2, "Sociale <klausuler>", 15)
    assert item.organisation == proposal.proposed_by.organisation
    assert titles(meeting) == ["Velkomst", "Sociale <klausuler>"]
    (letter,) = mailbox.letters
    assert letter["to"] == proposal.proposed_by.user.email
    assert letter["subject"] == "På dagsordenen: Sociale <klausuler>"
    assert "Sociale <klausuler>" in body(letter)


def test_proposal_is_declined_with_a_reason(mailbox, log_in):
    meeting, secretary = make_planned(), log_in(make_secretary())
    proposal = make_proposal(meeting, "Sociale klausuler")
    here = f"{HERE}forslag/{proposal.pk}/afvis/"

    empty = secretary.post(here, {"reason": " "})
    assert [*empty.context["form"].errors] == ["reason"]
    secretary.post(here, {"reason": "Vi tog det sidst."})
    secretary.get(HERE)
    taken = secretary.post(f"{HERE}forslag/{proposal.pk}/optag/", follow=True)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == (ProposalState.DECLINED, "Vi tog det sidst.")
    assert "allerede" in str(next(iter(taken.context["messages"])))
    assert not meeting.agenda.exists()
    (letter,) = mailbox.letters
    assert "Vi tog det sidst." in body(letter)
    reader = log_in(make_member())
    assert "Vi tog det sidst." in reader.get("/moeder/7/").content.decode()


def test_former_member_gets_no_mail(mailbox, log_in):
    meeting = make_planned()
    proposal = make_proposal(meeting)
    proposal.proposed_by.to_date = timezone.localdate()
    proposal.proposed_by.save()

    log_in(make_secretary()).post(f"{HERE}forslag/{proposal.pk}/optag/")

    assert mailbox.letters == []
    assert meeting.agenda.count() == 1


def test_desk_shows_what_waits(as_secretary, meeting):
    make_proposal(meeting, "Sociale klausuler")
    make_proposal(make_planned(8), "Taget", state=ProposalState.TAKEN)

    page = as_secretary.get("/sekretariat/").content.decode()

    assert "Sociale klausuler" in page
    assert "Taget" not in page
