"""The acts of the check: waive a doubt, reopen it, add a text, replace a short link."""

from datetime import date
from typing import Any

import pytest

from meetings.checking import acts
from meetings.checking.doubts import open_doubts
from meetings.checking.forms import FirstPassageForm
from meetings.checking.links import link_key
from meetings.models import (
    AgendaItem,
    MeetingState,
    Minutes,
    MinutesEntry,
    Waiver,
)
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member, NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_minutes,
    make_outcome,
    make_secretary,
)
from tests.racing import at_once

GONE = "Det er rettet imens eller allerede sprunget over."
IN_REVIEW = "Referatet er til gennemsyn. Det, der skal ændres, foreslås dér."
LONG = "https://odense.dk/a?b=1&c=2"


def make_checked(number: int = 3) -> Minutes:
    """Make minutes in which nothing is missing: one was present, and a meeting follows."""
    minutes = make_minutes(make_meeting(number, date=date(2022, 11, 15)))
    make_attendance(minutes.meeting, name_visibility=NameVisibility.PUBLIC)
    make_meeting(number + 1, date=date(2023, 1, 1), state=MeetingState.PLANNED)
    return minutes


@pytest.fixture
def minutes(db: None) -> Minutes:
    return make_checked()


@pytest.fixture
def item(minutes: Minutes) -> AgendaItem:
    return make_agenda_item(minutes.meeting, "Nyt")


@pytest.fixture
def by(db: None) -> Member:
    return make_secretary(name_visibility=NameVisibility.PUBLIC)


def keys(minutes: Minutes, by: Member) -> list[str]:
    return [doubt.key for doubt in open_doubts(minutes, by.user)]


# Waivers


def test_waive_keeps_the_reason(minutes: Minutes, by: Member) -> None:
    point = make_action_point(minutes.meeting)
    doubt = f"no-owner:{point.pk}"
    assert keys(minutes, by) == [doubt]

    waiver = acts.waive(minutes=minutes, doubt=doubt, reason="Alle gør det.", by=by)

    assert Waiver.objects.get() == waiver
    assert (waiver.minutes, waiver.doubt) == (minutes, doubt)
    assert (waiver.reason, waiver.waived_by) == ("Alle gør det.", by)
    assert keys(minutes, by) == []


def test_waive_refuses_a_doubt_that_is_fixed_or_waived(minutes: Minutes, by: Member) -> None:
    doubt = f"no-owner:{make_action_point(minutes.meeting).pk}"
    acts.waive(minutes=minutes, doubt=doubt, reason="Først.", by=by)

    for gone in (doubt, "no-next-meeting", "x"):
        with pytest.raises(Refused) as refused:
            acts.waive(minutes=minutes, doubt=gone, reason="Igen.", by=by)
        assert str(refused.value) == GONE
    assert Waiver.objects.get().reason == "Først."


def test_waive_of_three_at_once_leaves_one_waiver(transactional_db: None) -> None:
    minutes, by = make_minutes(make_meeting(3)), make_secretary()

    def waive() -> Waiver:
        return acts.waive(minutes=minutes, doubt="nobody-present", reason="x", by=by)

    answers = at_once(waive, waive, waive)

    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "Refused", "Waiver"]
    assert [answer.sentence for answer in answers if isinstance(answer, Refused)] == [GONE, GONE]
    assert Waiver.objects.count() == 1


def test_waive_rest_waives_all_but_names_and_what_is_waived(minutes: Minutes, by: Member) -> None:
    points = [make_action_point(minutes.meeting) for _ in range(3)]
    make_attendance(minutes.meeting, name="Ea Hemmelig")
    make_entry(minutes, "<p>Ea Hemmelig</p>")
    acts.waive(minutes=minutes, doubt=f"no-owner:{points[0].pk}", reason="Først.", by=by)

    waivers = acts.waive_rest(minutes=minutes, reason="Resten.", by=by)

    assert [*Waiver.objects.values_list("doubt", "reason", "waived_by")] == [
        (f"no-owner:{points[0].pk}", "Først.", by.pk),
        (f"no-owner:{points[1].pk}", "Resten.", by.pk),
        (f"no-owner:{points[2].pk}", "Resten.", by.pk),
    ]
    assert [waiver.doubt for waiver in waivers] == [f"no-owner:{point.pk}" for point in points[1:]]
    assert [key.partition(":")[0] for key in keys(minutes, by)] == ["name"]
    assert acts.waive_rest(minutes=minutes, reason="Igen.", by=by) == []


def test_reopen_doubt_deletes_its_waiver_alone(minutes: Minutes, by: Member) -> None:
    doubts = [f"no-owner:{make_action_point(minutes.meeting).pk}" for _ in range(2)]
    acts.waive_rest(minutes=minutes, reason="x", by=by)
    other = make_checked(7)
    Waiver.objects.create(minutes=other, doubt=doubts[0], reason="x", waived_by=by)

    assert acts.reopen_doubt(minutes=minutes, doubt=doubts[0]) == minutes

    assert keys(minutes, by) == [doubts[0]]
    assert [*Waiver.objects.values_list("minutes", "doubt")] == [
        (minutes.pk, doubts[1]),
        (other.pk, doubts[0]),
    ]


# A first text


def text_form(text: str, seen: str = "") -> Any:
    form = FirstPassageForm({"text": text, "seen": seen})
    assert form.is_valid()
    return form


def test_add_text_adds_a_passage_to_its_item(minutes: Minutes, item: AgendaItem) -> None:
    make_entry(minutes, "<p>Andet.</p>")  # of no item
    make_entry(minutes, "<p>Andet.</p>", agenda_item=make_agenda_item(minutes.meeting, "To"))

    entry = acts.add_text(minutes=minutes, item=item, form=text_form("Vi mødtes."))

    found = MinutesEntry.objects.get(agenda_item=item)
    assert (entry, found.text, found.minutes) == (found, "<p>Vi mødtes.</p>", minutes)


def test_add_text_fills_the_first_empty_passage(minutes: Minutes, item: AgendaItem) -> None:
    empty = make_entry(minutes, "<p> </p>", agenda_item=item)
    second = make_entry(minutes, "", agenda_item=item)

    entry = acts.add_text(minutes=minutes, item=item, form=text_form("Vi mødtes."))

    assert entry == empty
    assert [*minutes.entries.values_list("pk", "text", "version")] == [
        (empty.pk, "<p>Vi mødtes.</p>", 2),
        (second.pk, "", 1),
    ]


def test_add_text_conflicts_where_somebody_else_wrote(minutes: Minutes, item: AgendaItem) -> None:
    form = text_form("Den anden.")
    make_entry(minutes, "<p>Den <em>første</em>.</p>", agenda_item=item)
    make_entry(minutes, "<p>Og mere.</p>", agenda_item=item)

    with pytest.raises(Conflict) as conflict:
        acts.add_text(minutes=minutes, item=item, form=form)

    assert conflict.value.current == "Den første.\nOg mere."
    form.show_conflict(conflict.value.current)
    acts.add_text(
        minutes=minutes, item=item, form=text_form("Den anden.", seen=form["seen"].value())
    )
    assert [*minutes.entries.values_list("text", flat=True)] == [
        "<p>Den <em>første</em>.</p>",
        "<p>Og mere.</p>",
        "<p>Den anden.</p>",
    ]


def test_add_text_of_two_at_once_keeps_the_first(transactional_db: None) -> None:
    minutes = make_checked()
    item = make_agenda_item(minutes.meeting)
    forms = [text_form(text) for text in ("Den ene.", "Den anden.")]

    answers = at_once(
        *(lambda form=form: acts.add_text(minutes=minutes, item=item, form=form) for form in forms)
    )

    assert {type(answer) for answer in answers} == {MinutesEntry, Conflict}
    is_first = isinstance(answers[0], MinutesEntry)
    expected = "<p>Den ene.</p>" if is_first else "<p>Den anden.</p>"
    assert MinutesEntry.objects.get().text == expected


# A short link


def test_replace_link_replaces_it_in_every_field_of_a_passage(minutes: Minutes) -> None:
    text = '<p><a href="https://bit.ly/a">bit.ly/a</a> og bit.ly/b</p>'
    entry = make_entry(minutes, text, heading="Se bit.ly/a")
    key = link_key("bit.ly/a")

    assert acts.replace_link(minutes=minutes, row=entry, key=key, address=LONG) == entry

    entry.refresh_from_db()
    assert (entry.heading, entry.version) == (f"Se {LONG}", 2)
    shown = LONG.replace("&", "&amp;")
    link = f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    assert entry.text == f"<p>{link} og bit.ly/b</p>"


def test_replace_link_replaces_it_in_decisions_and_action_points(
    minutes: Minutes, item: AgendaItem
) -> None:
    outcome = make_outcome(item, "decided", decision="Se bit.ly/a")
    point = make_action_point(minutes.meeting, "Se bit.ly/a")
    key = link_key("bit.ly/a")

    for row in (outcome, point):
        acts.replace_link(minutes=minutes, row=row, key=key, address=LONG)
        row.refresh_from_db()

    assert (outcome.decision, point.what) == (f"Se {LONG}", f"Se {LONG}")


def test_replace_link_refuses_where_the_link_is_gone(minutes: Minutes) -> None:
    entry = make_entry(minutes, "<p>Se bit.ly/a</p>")
    MinutesEntry.objects.update(text="<p>Andet</p>")
    key = link_key("bit.ly/a")

    with pytest.raises(Refused) as refused:
        acts.replace_link(minutes=minutes, row=entry, key=key, address=LONG)

    assert str(refused.value) == "En anden har rettet det imens."
    entry.refresh_from_db()
    assert (entry.text, entry.version) == ("<p>Andet</p>", 1)


def test_replace_link_refuses_where_the_text_becomes_too_long(minutes: Minutes) -> None:
    point = make_action_point(minutes.meeting, "Se bit.ly/a")
    address, key = f"https://odense.dk/{'a' * 300}", link_key("bit.ly/a")

    with pytest.raises(Refused) as refused:
        acts.replace_link(minutes=minutes, row=point, key=key, address=address)

    assert str(refused.value) == "Teksten bliver for lang med den e-mail."
    assert refused.value.field == "address"
    point.refresh_from_db()
    assert point.what == "Se bit.ly/a"


# Only drafts


def test_every_act_refuses_minutes_that_are_no_draft(
    minutes: Minutes, item: AgendaItem, by: Member
) -> None:
    entry = make_entry(minutes, "<p>Se bit.ly/a</p>")
    key = link_key("bit.ly/a")
    calls = [
        lambda: acts.waive(minutes=minutes, doubt=f"no-text:{item.pk}", reason="x", by=by),
        lambda: acts.waive_rest(minutes=minutes, reason="x", by=by),
        lambda: acts.reopen_doubt(minutes=minutes, doubt="x"),
        lambda: acts.add_text(minutes=minutes, item=item, form=text_form("x")),
        lambda: acts.replace_link(minutes=minutes, row=entry, key=key, address=LONG),
    ]
    Minutes.objects.update(state="in_review", review_ends_on=date(2030, 1, 1))

    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == IN_REVIEW
