"""The check before a review: what may be missing, and where to fix it."""

from datetime import date

import pytest

from meetings.checking import doubts
from meetings.models import MeetingState, Minutes, OutcomeKind, Purpose, Waiver
from taskforce.members.models import NameVisibility, User
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
    make_secretary,
    make_statement,
)

HERE = "/moeder/3/referat/tjek/"
WRITING = "/moeder/3/referat/skriv/"


@pytest.fixture
def minutes(db: None) -> Minutes:
    """Minutes of the third meeting in which nothing is missing: one item, one who was there."""
    minutes = make_minutes(make_meeting(3, date=date(2022, 11, 15)))
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_entry(minutes, "<p>Vi mødtes.</p>", agenda_item=item)
    make_outcome(item)
    make_attendance(minutes.meeting, name_visibility=NameVisibility.PUBLIC)
    make_meeting(4, date=date(2023, 1, 1), state=MeetingState.PLANNED)
    return minutes


def reader() -> User:
    """Return somebody of the secretariat, who reads everything there is to check."""
    return make_secretary(name_visibility=NameVisibility.PUBLIC).user


def keys(minutes: Minutes) -> list[str]:
    return [doubt.key for doubt in doubts.doubts(Minutes.objects.get(pk=minutes.pk), reader())]


def test_nothing_is_missing(as_secretary, minutes):
    page = as_secretary.get(HERE)

    assert keys(minutes) == []
    assert (page.context["open"], page.context["waived"]) == ([], [])


def test_item_needs_text_and_outcome(minutes):
    item = make_agenda_item(minutes.meeting, "To")
    make_entry(minutes, "<p> </p>", agenda_item=item)

    found = {doubt.key: doubt for doubt in doubts.doubts(minutes, reader())}

    assert [*found] == [f"no-text:{item.pk}", f"no-outcome:{item.pk}"]
    assert {doubt.url for doubt in found.values()} == {f"{WRITING}#punkt-{item.pk}"}
    assert "To" in found[f"no-text:{item.pk}"].sentence


@pytest.mark.parametrize("title", ["Pause", "Frokost", "Kaffepause (15 min.)"])
def test_pause_needs_neither_text_nor_outcome(minutes, title):
    make_agenda_item(minutes.meeting, title)
    item = make_agenda_item(minutes.meeting, "Pausemusik")

    assert keys(minutes) == [f"no-text:{item.pk}", f"no-outcome:{item.pk}"]


@pytest.mark.parametrize("kind", [OutcomeKind.DEFERRED, OutcomeKind.NOT_DISCUSSED])
def test_item_that_nobody_talked_about_needs_no_text(minutes, kind):
    make_outcome(make_agenda_item(minutes.meeting), kind)

    assert keys(minutes) == []


def test_decision_needs_no_other_text(minutes):
    make_outcome(make_agenda_item(minutes.meeting), OutcomeKind.DECIDED, decision="Vi køber ind.")

    assert keys(minutes) == []


@pytest.mark.parametrize(
    "title", ["Pause", "Kaffepause", "Frokost", "Pause (10 min.)", "Kaffe og kage", "Lunch break"]
)
def test_break_needs_neither_text_nor_outcome(minutes, title):
    make_agenda_item(minutes.meeting, title)

    assert keys(minutes) == []


@pytest.mark.parametrize("title", ["Pausen i byggeriet", "Frokostordning", "Kaffe til salg"])
def test_item_that_only_begins_like_a_break_needs_both(minutes, title):
    item = make_agenda_item(minutes.meeting, title)

    assert keys(minutes) == [f"no-text:{item.pk}", f"no-outcome:{item.pk}"]


def test_action_point_needs_an_organisation_or_a_person(minutes):
    meeting = minutes.meeting
    nobody = make_action_point(meeting, "Ring")
    make_action_point(meeting, organisation=make_organisation())
    make_action_point(meeting, owner=make_member())

    (doubt,) = doubts.doubts(minutes, reader())

    assert doubt.key == f"no-owner:{nobody.pk}"
    assert doubt.url == f"/moeder/3/referat/aftale/{nobody.pk}/"


def test_somebody_must_be_present(minutes):
    minutes.meeting.attendances.update(status="coming")

    (doubt,) = doubts.doubts(minutes, reader())

    assert (doubt.key, doubt.url) == ("nobody-present", f"{WRITING}#fremmoede")


def test_statement_needs_an_organisation(minutes):
    meeting = minutes.meeting
    table = make_agenda_item(meeting, "Bordet rundt", purpose=Purpose.ROUND_TABLE)
    make_outcome(table)
    speaker = make_attendance(meeting, name="")
    nowhere = make_attendance(meeting, name="", organisation_name="")
    said = make_entry(minutes, "<p>Uden nogen</p>", agenda_item=table)
    by_nobody = make_entry(minutes, "<p>x</p>", agenda_item=table, speaker=nowhere)
    make_entry(minutes, "<p>x</p>", agenda_item=table, speaker=speaker)
    make_entry(minutes, "<p>x</p>", agenda_item=table, heading="Fraværende Kommune")
    make_entry(minutes, "", agenda_item=table)
    of_barrier = make_entry(minutes, "<p>En barriere</p>")
    make_statement(make_barrier(), entry=of_barrier)

    found = {doubt.key: doubt.url for doubt in doubts.doubts(minutes, reader())}

    assert found == {
        f"no-organisation:{entry.pk}": f"{WRITING}#afsnit-{entry.pk}"
        for entry in (said, by_nobody, of_barrier)
    }


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('<p><a href="https://bit.ly/3abc">her</a></p>', True),
        ("<p>Se https://www.LNKD.in/x, og hør</p>", True),
        ("<p>Se t.co/abc.</p>", True),
        ("<p>(tinyurl.com/abc)</p>", True),
        ("<p>https://bit.ly.example.org/x</p>", False),
        ("<p>https://example.org/?to=https://bit.ly/x</p>", False),
        ("<p>At.co/ntrol og https://[kaput</p>", False),
        ("<p>Referat.Dk fra https://odense.dk/bit.ly</p>", False),
    ],
)
def test_short_links_are_found(minutes, text, is_found):
    entry = make_entry(minutes, text)

    found = doubts.doubts(minutes, reader())

    assert [doubt.url for doubt in found] == ([f"{WRITING}#afsnit-{entry.pk}"] if is_found else [])


def test_short_links_are_found_in_decisions_and_action_points_too(minutes):
    item = make_agenda_item(minutes.meeting)
    make_entry(minutes, agenda_item=item)
    make_outcome(item, "decided", decision="Vi bruger bit.ly/a")
    organisation = make_organisation()
    make_action_point(minutes.meeting, "Læs https://bit.ly/b", organisation=organisation)

    assert [key.split("-")[0] for key in keys(minutes)] == ["short", "short"]


def test_what_leads_to_one_person_is_asked_about_wherever_it_stands(minutes):
    item = make_agenda_item(minutes.meeting)
    passage = make_entry(minutes, "<p>Mobil 28 11 04 60</p>", agenda_item=item)
    make_outcome(item, "decided", decision="Skriv til ea@firma.example")

    found = {doubt.sentence: doubt for doubt in doubts.doubts(minutes, reader())}

    assert [*found] == [
        '"28 11 04 60" ligner et telefonnummer. Skal det være offentligt?',
        '"ea@firma.example" er en mailadresse. Skal den være offentlig?',
    ]
    telephone = next(iter(found.values()))
    assert telephone.url == f"{WRITING}#afsnit-{passage.pk}"
    assert "28 11 04 60" not in telephone.key


def test_what_leads_to_one_person_is_found_in_all_that_is_published(minutes):
    meeting, item = minutes.meeting, minutes.meeting.agenda.get()
    item.title, item.details = "Nyt, ring 28110461", "Tlf. 28110462"
    item.save()
    entry = make_entry(minutes, heading="Tlf. 28110463", agenda_item=item)
    speaker = make_attendance(meeting, name_visibility=NameVisibility.PUBLIC)
    entry.speaker = speaker
    entry.save()
    statement = make_statement(make_barrier(), entry=entry, text="Tlf. 28110464")
    point = make_action_point(
        meeting, "Ring 28110465", note="Tlf. 28110466", organisation=make_organisation()
    )

    found = [
        (doubt.sentence[1:9], doubt.url)
        for doubt in doubts.doubts(minutes, reader())
        if doubt.key.startswith("private:")
    ]

    assert found == [
        ("28110463", f"{WRITING}#afsnit-{entry.pk}"),
        ("28110465", f"/moeder/3/referat/aftale/{point.pk}/"),
        ("28110461", f"/moeder/3/dagsorden/punkt/{item.pk}/"),
        ("28110462", f"/moeder/3/dagsorden/punkt/{item.pk}/"),
        ("28110466", f"/moeder/3/referat/aftale/{point.pk}/"),
        ("28110464", statement.get_edit_url()),
    ]


def test_one_of_two_numbers_is_waived_and_the_other_stays_open(minutes):
    entry = make_entry(minutes, "<p>Tlf. 28110460 og 28 11 04 61</p>")
    one, other = doubts.doubts(minutes, reader())
    Waiver.objects.create(
        minutes=minutes, doubt=one.key, reason="Hovednummer", waived_by=make_member()
    )
    entry.text = "<p>Ring: 28110460</p><p>28 11 04 61</p>"
    entry.save()

    again = Minutes.objects.get(pk=minutes.pk)

    assert [doubt.key for doubt in doubts.open_doubts(again, reader())] == [other.key]


def test_long_word_takes_no_time(minutes):
    make_entry(minutes, f"<p>{'a.' * 40_000}</p>")

    assert keys(minutes) == []


def test_name_without_consent_leads_to_its_passage_and_is_not_in_the_key(minutes):
    make_attendance(minutes.meeting, name="Ea Hemmelig")
    entry = make_entry(minutes, "<p>Tak til Ea Hemmelig.</p>")

    (doubt,) = doubts.doubts(minutes, reader())

    assert doubt.url == f"{WRITING}#afsnit-{entry.pk}"
    assert "Ea Hemmelig" in doubt.sentence
    assert "Hemmelig" not in doubt.key


def test_name_in_a_decision_is_found(minutes):
    make_attendance(minutes.meeting, name="Ea Hemmelig")
    item = make_agenda_item(minutes.meeting)
    make_entry(minutes, agenda_item=item)
    make_outcome(item, "decided", decision="Ea Hemmelig ringer.")

    assert [key.partition(":")[0] for key in keys(minutes)] == ["name"]


def test_next_meeting_must_be_in_the_portal(minutes):
    minutes.meeting.__class__.objects.filter(number=4).update(state=MeetingState.CANCELLED)

    assert keys(minutes) == ["no-next-meeting"]
