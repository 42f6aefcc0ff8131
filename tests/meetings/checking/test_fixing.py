"""Mending what the check before review found, on the page of the check."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    Outcome,
    Purpose,
)
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_statement,
)

HERE = "/moeder/3/referat/tjek/"
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def minutes(db: None) -> Minutes:
    """Minutes in which nothing is missing, of a meeting at which one was present."""
    minutes = make_minutes(make_meeting(3, date=date(2022, 11, 15)))
    make_attendance(minutes.meeting, name_visibility=NameVisibility.PUBLIC)
    make_meeting(4, date=TOMORROW, state=MeetingState.PLANNED)
    return minutes


def mend(browser: Client, key: str, **data: Any) -> Any:
    return browser.post(f"{HERE}ret/{key}/", data)


def way_of(page: Any, key: str) -> Any:
    """Return how the page of the check offers to mend a doubt."""
    (way,) = (way for doubt, way, _form in page.context["open"] if doubt.key == key)
    return way


def shown(browser: Client, key: str) -> Any:
    return way_of(browser.get(HERE), key).form


def open_keys(browser: Client) -> list[str]:
    return [doubt.key for doubt, _way, _form in browser.get(HERE).context["open"]]


# An item without text


@pytest.fixture
def untold(minutes: Minutes) -> str:
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_outcome(item)
    return f"no-text:{item.pk}"


def test_text_is_added_to_an_item_and_the_next_doubt_comes_into_sight(
    as_secretary, minutes, untold
):
    point = make_action_point(minutes.meeting)

    page = mend(as_secretary, untold, text="Vi mødtes.")

    entry = MinutesEntry.objects.get()
    assert (entry.text, f"no-text:{entry.agenda_item_id}") == ("<p>Vi mødtes.</p>", untold)
    assert page.url == f"{HERE}#tvivl-no-owner-{point.pk}"
    assert f'id="tvivl-no-owner-{point.pk}"' in as_secretary.get(page.url).content.decode()


def test_empty_passage_is_filled_rather_than_a_second_one_added(as_secretary, minutes, untold):
    item = minutes.meeting.agenda.get()
    entry = make_entry(minutes, "<p> </p>", agenda_item=item)

    mend(as_secretary, untold, text="Vi mødtes.")

    filled = MinutesEntry.objects.get()
    assert (filled.pk, filled.text) == (entry.pk, "<p>Vi mødtes.</p>")
    assert filled.version == entry.version + 1


def test_text_must_be_there(as_secretary, untold):
    form = way_of(mend(as_secretary, untold, text=" "), untold).form

    assert form.errors["text"]
    assert not MinutesEntry.objects.exists()


def test_second_writer_of_an_item_sees_the_first_ones_text_and_loses_nothing(
    as_secretary, minutes, untold
):
    mend(as_secretary, untold, text="Den første.")

    page = mend(as_secretary, untold, text="Den anden.")
    form = way_of(page, untold).form

    assert "Den første." in str(form.errors)
    assert "Den anden." in page.content.decode()
    assert MinutesEntry.objects.count() == 1

    mend(as_secretary, untold, text="Den anden.", seen=form["seen"].value())
    assert [*MinutesEntry.objects.values_list("text", flat=True)] == [
        "<p>Den første.</p>",
        "<p>Den anden.</p>",
    ]


# An item without outcome


@pytest.fixture
def unsettled(minutes: Minutes) -> str:
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_entry(minutes, "<p>Vi mødtes.</p>", agenda_item=item)
    return f"no-outcome:{item.pk}"


def test_outcome_is_given(as_secretary, unsettled):
    page = mend(as_secretary, unsettled, kind="decided", decision="Vi går i gang.")

    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.decision) == ("decided", "Vi går i gang.")
    assert page.url == f"{HERE}#"
    assert open_keys(as_secretary) == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"decision": "Vi går i gang."}, "kind"),
        ({"kind": "decided"}, "decision"),
        ({"kind": "noted", "decision": "Vi går i gang."}, "decision"),
        ({"kind": "rubbish"}, "kind"),
    ],
)
def test_outcome_that_does_not_hold_is_refused_and_kept(as_secretary, unsettled, data, field):
    page = mend(as_secretary, unsettled, **data)

    form = way_of(page, unsettled).form
    assert form.errors[field]
    assert data.get("decision", "") in page.content.decode()
    assert not Outcome.objects.exists()


def test_second_outcome_does_not_take_the_place_of_the_first_unseen(as_secretary, unsettled):
    make_outcome(AgendaItem.objects.get(), "noted")

    page = mend(as_secretary, unsettled, kind="decided", decision="Vi går i gang.")
    form = way_of(page, unsettled).form

    assert Outcome.objects.get().kind == "noted"
    assert form.non_field_errors()
    assert "Vi går i gang." in page.content.decode()

    seen = form["seen"].value()
    mend(as_secretary, unsettled, kind="decided", decision="Vi går i gang.", seen=seen)
    assert Outcome.objects.get().kind == "decided"


# An action point without anybody to do it


@pytest.fixture
def undone(minutes: Minutes) -> ActionPoint:
    return make_action_point(minutes.meeting, "Ring", due_on=TOMORROW)


def test_action_point_is_given_to_a_member_and_the_rest_of_it_stays(as_secretary, undone):
    key, owner = f"no-owner:{undone.pk}", make_member()
    seen = shown(as_secretary, key)["seen"].value()

    mend(as_secretary, key, owner=owner.pk, seen=seen)

    undone.refresh_from_db()
    assert (undone.owner, undone.organisation) == (owner, owner.organisation)
    assert (undone.what, undone.due_on) == ("Ring", TOMORROW)


def test_action_point_needs_somebody_who_belongs_there(as_secretary, undone):
    key, owner, other = f"no-owner:{undone.pk}", make_member(), make_organisation()

    nobody = way_of(mend(as_secretary, key), key).form
    apart = mend(as_secretary, key, owner=owner.pk, organisation=other.pk)

    assert nobody.errors["organisation"]
    assert way_of(apart, key).form.errors["owner"]
    for row in (owner, other):
        assert f'value="{row.pk}" selected' in apart.content.decode()
    undone.refresh_from_db()
    assert undone.owner is None


def test_action_point_that_somebody_else_gave_away_stays_theirs(as_secretary, undone):
    key, first, second = f"no-owner:{undone.pk}", make_organisation(), make_organisation()
    seen = shown(as_secretary, key)["seen"].value()
    mend(as_secretary, key, organisation=first.pk, seen=seen)

    page = mend(as_secretary, key, organisation=second.pk, seen=seen)

    assert first.name in str(way_of(page, key).form.non_field_errors())
    undone.refresh_from_db()
    assert undone.organisation == first


# A statement without organisation


@pytest.fixture
def unsaid(minutes: Minutes) -> MinutesEntry:
    entry = make_entry(minutes, "<p>En barriere</p>", heading="Om priser")
    make_statement(make_barrier(), entry=entry)
    return entry


def test_statement_gets_who_said_it(as_secretary, unsaid):
    key, speaker = f"no-organisation:{unsaid.pk}", Attendance.objects.get()

    mend(as_secretary, key, speaker=speaker.pk, version=unsaid.version)

    unsaid.refresh_from_db()
    assert (unsaid.speaker, unsaid.heading) == (speaker, "Om priser")
    assert open_keys(as_secretary) == []


def test_speaker_must_be_of_an_organisation(as_secretary, unsaid):
    key = f"no-organisation:{unsaid.pk}"
    nowhere = make_attendance(unsaid.minutes.meeting, name="", organisation_name="")

    for speaker in ("", nowhere.pk, "rubbish"):
        page = mend(as_secretary, key, speaker=speaker, version=unsaid.version)
        assert way_of(page, key).form.errors["speaker"]
    unsaid.refresh_from_db()
    assert unsaid.speaker is None


def test_speaker_does_not_go_over_what_somebody_else_saved(as_secretary, unsaid):
    key, speaker = f"no-organisation:{unsaid.pk}", Attendance.objects.get()
    MinutesEntry.objects.update(version=unsaid.version + 1, text="<p>Nyt</p>")

    page = mend(as_secretary, key, speaker=speaker.pk, version=unsaid.version)

    form = way_of(page, key).form
    assert form.non_field_errors()
    assert f'value="{speaker.pk}" selected' in page.content.decode()
    mend(as_secretary, key, speaker=speaker.pk, version=form["version"].value())
    unsaid.refresh_from_db()
    assert (unsaid.speaker, unsaid.text) == (speaker, "<p>Nyt</p>")


# A short link


LONG = "https://odense.dk/a?b=1&c=2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p><a href="https://bit.ly/3a">https://bit.ly/3a</a> og bit.ly/3b</p>',
            '<p><a href="https://odense.dk/a?b=1&amp;c=2" rel="noopener noreferrer">https://odense.dk/a?b=1&amp;c=2</a>'
            " og bit.ly/3b</p>",
        ),
        ("<p>Se bit.ly/3a.</p>", "<p>Se https://odense.dk/a?b=1&amp;c=2.</p>"),
    ],
)
def test_long_link_stands_wherever_the_short_one_stood(as_secretary, minutes, before, after):
    entry = make_entry(minutes, before)
    key = open_keys(as_secretary)[0]

    mend(as_secretary, key, address=LONG)

    changed = MinutesEntry.objects.get()
    assert (changed.text, changed.version) == (after, entry.version + 1)
    assert key not in open_keys(as_secretary)


def test_long_link_goes_into_headings_decisions_and_action_points_as_it_is(as_secretary, minutes):
    item = make_agenda_item(minutes.meeting)
    make_entry(minutes, "<p>x</p>", agenda_item=item, heading="Se bit.ly/3a")
    make_outcome(item, "decided", decision="Se bit.ly/3a")
    make_action_point(minutes.meeting, "Se bit.ly/3a", organisation=make_organisation())

    for key in open_keys(as_secretary):
        mend(as_secretary, key, address=LONG)

    texts = (
        MinutesEntry.objects.get().heading,
        Outcome.objects.get().decision,
        ActionPoint.objects.get().what,
    )
    assert texts == (f"Se {LONG}",) * 3


@pytest.mark.parametrize(
    "address", ["", "ikke en adresse", "https://bit.ly/x", "javascript:alert(1)"]
)
def test_address_must_be_a_long_one(as_secretary, minutes, address):
    make_entry(minutes, "<p>Se bit.ly/3a</p>")
    (key,) = open_keys(as_secretary)

    page = mend(as_secretary, key, address=address)

    assert way_of(page, key).form.errors["address"]
    assert f'value="{address}"' in page.content.decode() or not address
    assert MinutesEntry.objects.get().text == "<p>Se bit.ly/3a</p>"


def test_address_must_fit_into_what_is_short(as_secretary, minutes):
    make_action_point(minutes.meeting, "Se bit.ly/3a", organisation=make_organisation())
    (key,) = open_keys(as_secretary)

    page = mend(as_secretary, key, address=f"https://odense.dk/{'a' * 300}")

    assert way_of(page, key).form.errors["address"]
    assert ActionPoint.objects.get().what == "Se bit.ly/3a"


def test_short_link_that_somebody_else_took_out_is_said_to_be_gone(as_secretary, minutes):
    entry = make_entry(minutes, "<p>Se bit.ly/3a</p>")
    (key,) = open_keys(as_secretary)
    MinutesEntry.objects.update(text="<p>Andet</p>")

    page = mend(as_secretary, key, address=LONG)

    assert way_of(page, key).form.non_field_errors()
    assert "https://odense.dk/a?b=1&amp;c=2" in page.content.decode()
    entry.refresh_from_db()
    assert entry.text == "<p>Andet</p>"


# Nobody present


def test_those_who_said_yes_are_ticked_with_one_press_and_a_second_one_does_no_harm(
    as_secretary, minutes
):
    Attendance.objects.update(status=AttendanceStatus.COMING)
    assert "Kryds den ene af, der har sagt ja" in as_secretary.get(HERE).content.decode()

    for _press in range(2):
        assert mend(as_secretary, "nobody-present").status_code == 302

    assert Attendance.objects.get().status == AttendanceStatus.PRESENT


def test_where_nobody_said_yes_the_page_leads_to_the_list(as_secretary, minutes):
    Attendance.objects.update(status=AttendanceStatus.INVITED)

    page = as_secretary.get(HERE)

    assert way_of(page, "nobody-present") is None
    assert "/moeder/3/referat/skriv/#fremmoede" in page.content.decode()


# The next meeting


@pytest.fixture
def last(minutes: Minutes) -> Minutes:
    Meeting.objects.filter(number=4).delete()
    return minutes


def test_next_meeting_is_planned(as_secretary, last):
    number = shown(as_secretary, "no-next-meeting")["number"].value()

    mend(as_secretary, "no-next-meeting", number=number, day=TOMORROW.isoformat())

    planned = Meeting.objects.get(number=4)
    assert (planned.date, planned.state) == (TOMORROW, MeetingState.PLANNED)
    assert open_keys(as_secretary) == []


def test_next_meeting_needs_a_day_or_a_month_that_is_later(as_secretary, last):
    Meeting.objects.update(date=TOMORROW)
    day = timezone.localdate().isoformat()

    nothing = mend(as_secretary, "no-next-meeting", number=4)
    earlier = mend(as_secretary, "no-next-meeting", number=4, day=day)

    assert way_of(nothing, "no-next-meeting").form.errors["day"]
    assert way_of(earlier, "no-next-meeting").form.errors["day"]
    assert f'value="{day}"' in earlier.content.decode()
    assert not Meeting.objects.filter(number=4).exists()


def test_second_to_plan_the_next_meeting_is_told_and_plans_no_other(as_secretary, last):
    mend(as_secretary, "no-next-meeting", number=4, day=TOMORROW.isoformat())

    page = mend(as_secretary, "no-next-meeting", number=4, month=f"{TOMORROW:%Y-%m}")

    assert way_of(page, "no-next-meeting").form.errors["number"]
    assert Meeting.objects.count() == 2


# All of them


@pytest.mark.parametrize(
    "key", ["no-text:0", "no-owner:x", "short-link:rubbish", "name:x", "x", "no-outcome:"]
)
def test_what_is_gone_or_mended_elsewhere_is_said_to_be_so(as_secretary, minutes, key):
    page = as_secretary.post(f"{HERE}ret/{key}/", follow=True)

    assert page.redirect_chain == [(HERE, 302)]
    assert page.context["messages"]


def test_looking_mends_nothing(as_secretary, untold):
    assert as_secretary.get(f"{HERE}ret/{untold}/", {"text": "x"}).status_code == 405


def test_members_mend_nothing(as_member, untold):
    assert mend(as_member, untold, text="x").status_code == 403
    assert not MinutesEntry.objects.exists()


def test_minutes_that_are_no_draft_are_not_mended(as_secretary, minutes, untold):
    Minutes.objects.update(state="in_review", review_ends_on=date(2030, 1, 1))

    assert mend(as_secretary, untold, text="x").status_code == 409
    assert not MinutesEntry.objects.exists()


def test_statement_of_the_round_table_can_be_mended_right_behind_its_text(as_secretary, minutes):
    table = make_agenda_item(minutes.meeting, "Bordet rundt", purpose=Purpose.ROUND_TABLE)
    make_outcome(table)

    mend(as_secretary, f"no-text:{table.pk}", text="Vi køber ind.")

    (key,) = open_keys(as_secretary)
    assert key == f"no-organisation:{MinutesEntry.objects.get().pk}"
