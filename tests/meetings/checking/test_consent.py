"""Consent: whose name shows, and which texts name somebody without consent."""

from datetime import date
from typing import Any

import pytest

from meetings.checking import consent
from meetings.checking.names import plain
from meetings.models import Attendance, AttendanceStatus, MeetingState, Minutes
from taskforce.members.models import Member, NameVisibility, User
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_outcome,
    make_secretary,
    make_statement,
    make_user,
)

NOBODY, MEMBERS, PUBLIC = NameVisibility.NOBODY, NameVisibility.MEMBERS, NameVisibility.PUBLIC


@pytest.fixture
def minutes(db: None) -> Minutes:
    """Minutes of a meeting with two people: one did not agree to show the name, one did."""
    meeting = make_meeting(3)
    make_attendance(meeting, name="Ea Hemmelig")
    make_attendance(meeting, name="Bo Åben", name_visibility=PUBLIC)
    return make_minutes(meeting)


@pytest.fixture
def viewer(db: None) -> User:
    return make_secretary(name_visibility=PUBLIC).user


def names(minutes: Minutes, viewer: User) -> list[str]:
    return [found.name for found in consent.names_in_text(minutes, viewer)]


# Whose name shows


def visibilities(*rows: Any) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.name_visibility for row in rows]


def test_take_name_off_hides_every_membership_and_attendance_of_the_user_alone(db: None) -> None:
    user, other = make_user(), make_member(name_visibility=PUBLIC)
    years = {"from_date": date(2019, 1, 1), "to_date": date(2020, 1, 1)}
    former = make_member(user=user, name_visibility=PUBLIC, **years)
    member = make_member(user=user, name_visibility=MEMBERS)
    past = make_attendance(make_meeting(), member=former, name_visibility=PUBLIC)
    coming = make_attendance(
        make_meeting(state=MeetingState.PLANNED), member=member, name_visibility=MEMBERS
    )
    beside = make_attendance(past.meeting, member=other, name_visibility=PUBLIC)
    guest = make_attendance(past.meeting, name_visibility=PUBLIC)

    assert consent.take_name_off(user=user) == user

    assert visibilities(former, member, past, coming) == [NOBODY] * 4
    assert visibilities(other, beside, guest) == [PUBLIC] * 3


def test_follow_profile_copies_name_and_visibility_to_planned_meetings(db: None) -> None:
    member = make_member(user=make_user(name="Ea Ny"), name_visibility=MEMBERS)
    before = {"name": "Ea Gammel", "name_visibility": PUBLIC}
    states = MeetingState.PLANNED, MeetingState.HELD, MeetingState.CANCELLED
    for state in states:
        make_attendance(make_meeting(state=state), member=member, **before)
    make_attendance(make_meeting(state=MeetingState.PLANNED), member=make_member(), **before)

    assert consent.follow_profile(member=member) == member

    rows = Attendance.objects.order_by("pk").values_list("name", "name_visibility")
    assert [*rows] == [("Ea Ny", MEMBERS), *[("Ea Gammel", PUBLIC)] * 3]


# The same words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("Ea Holm", "ea holm"),
        ("  EA \t\n HOLM  ", "ea holm"),
        ("Ea\u00a0Holm", "ea holm"),
        ("A\u030age", "åge"),
        ("ﬁn", "fin"),
        ("Ｈｏｌｍ", "holm"),
        ("Weiß", "weiss"),
        *((f"Ho{unseen}lm", "holm") for unseen in "\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    ],
)
def test_plain_spells_the_same_words_alike(typed: str, expected: str) -> None:
    assert plain(typed) == expected


# The texts of minutes


def test_every_text_that_publishing_shows_is_looked_through(minutes: Minutes, viewer: User) -> None:
    said = "Ea Hemmelig"
    meeting, page = minutes.meeting, "/moeder/3/"
    item = make_agenda_item(meeting, said, details=f"<p>{said} &amp; co.</p>")
    entry = make_entry(minutes, f"<p>{said}</p><p>kom</p>", agenda_item=item, heading=said)
    statement = make_statement(make_barrier("Pris"), said, entry=entry)
    untitled = make_entry(minutes, f"<p>Også <em>{said}</em></p>")
    make_outcome(item, "decided", decision=said)
    make_action_point(meeting, said, note=f"{said} ringer")
    meeting.materials.create(title=said, link="https://example.org/")
    make_attendance(meeting, name="", organisation_name=said, name_visibility=PUBLIC)
    minutes.corrections.create(text=said, corrected_on="2022-11-20")

    (found,) = consent.names_in_text(minutes, viewer)

    assert found.name == said
    texts = [(text.kind, text.title, text.url, plain(text.words)) for text in found.texts]
    assert texts == [
        ("Punkt på dagsordenen", said, f"{page}#dagsorden", "ea hemmelig | ea hemmelig & co."),
        ("Afsnit", said, f"{page}#afsnit-{entry.pk}", "ea hemmelig | ea hemmelig kom"),
        ("Udsagn", said, f"/barrierer/pris/udsagn/{statement.pk}/ret/", "ea hemmelig |"),
        (
            "Afsnit",
            f"Også {said}",
            f"{page}#afsnit-{untitled.pk}",
            "også ea hemmelig | også ea hemmelig",
        ),
        ("Afgørelse", said, f"{page}#punkt-{item.pk}", "ea hemmelig |"),
        ("Aftale", said, f"{page}#aftalt", "ea hemmelig | ea hemmelig ringer"),
        ("Materiale", said, f"{page}#materiale", "ea hemmelig |"),
        ("Deltager", said, f"{page}#deltagere", "ea hemmelig |"),
        ("Rettelse", said, f"{page}#rettelser", "ea hemmelig |"),
    ]


def test_texts_that_publishing_does_not_show_do_not_count(minutes: Minutes, viewer: User) -> None:
    other = make_minutes(make_meeting(4))
    make_entry(other, "Ea Hemmelig")
    make_outcome(make_agenda_item(other.meeting, "Ea Hemmelig"), "decided", decision="Ea Hemmelig")
    make_statement(make_barrier("Ea Hemmelig"), "Ea Hemmelig")  # everybody reads it already
    make_action_point(other.meeting, "Ea Hemmelig")
    for status in (AttendanceStatus.INVITED, AttendanceStatus.COMING, AttendanceStatus.APOLOGIES):
        make_attendance(minutes.meeting, organisation_name="Ea Hemmelig", status=status)

    assert consent.names_in_text(minutes, viewer) == []
    assert len(consent.names_in_text(other, viewer)) == 0  # nobody of that name was there


def test_title_of_a_text_is_cut_at_sixty_letters(minutes: Minutes, viewer: User) -> None:
    for length in (60, 61):
        make_entry(minutes, heading=f"  {'Ea Hemmelig '.ljust(length, 'x')}  ")

    (found,) = consent.names_in_text(minutes, viewer)

    assert [text.title for text in found.texts] == [
        f"Ea Hemmelig {'x' * 48}",
        f"Ea Hemmelig {'x' * 47}…",
    ]


def test_no_name_begins_in_a_title_and_ends_in_a_text(minutes: Minutes, viewer: User) -> None:
    make_agenda_item(minutes.meeting, "ea", details="hemmelig")
    make_action_point(minutes.meeting, "ea", note="hemmelig")
    make_entry(minutes, "hemmelig", heading="ea")

    assert names(minutes, viewer) == []


def test_names_come_in_order_with_their_own_texts(minutes: Minutes, viewer: User) -> None:
    make_attendance(minutes.meeting, name="Al Kun", name_visibility=MEMBERS)
    make_attendance(minutes.meeting, name="Ib Tavs")
    make_attendance(make_meeting(4), name="Eva Ellers")
    make_member(user=make_user(name="Ida Medlem"), name_visibility=MEMBERS)
    make_member(user=make_user(name="Per Åben"), name_visibility=PUBLIC)
    make_action_point(minutes.meeting, "Ida Medlem, Bo Åben, Per Åben og Eva Ellers")
    make_action_point(minutes.meeting, "Ea Hemmelig, Al Kun og Ida Medlem")

    found = consent.names_in_text(minutes, viewer)

    assert [(name.name, [text.title[:3] for text in name.texts]) for name in found] == [
        ("Al Kun", ["Ea "]),
        ("Ea Hemmelig", ["Ea "]),
        ("Ida Medlem", ["Ida", "Ea "]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tak til Ea Hemmelig",
        "Ea Hemmeligs oplæg",
        "<p>EA\u00a0HEMMELIG</p>",
        "(Ea  Hemmelig)",
        "Ea Hem\u00admelig",
        "<p><strong>Ea</strong> Hemmelig</p>",
        "<p><em>Ea Hem</em>melig</p>",
        '<p><a href="/x">Ea Hemm</a>elig</p>',
        "<p>Ea</p><p>Hemmelig</p>",
        "<p>Ea<br>Hemmelig</p>",
        "<ul><li>Ea</li></ul><p>Hemmelig</p>",
    ],
)
def test_name_is_found_however_it_is_typed(minutes: Minutes, viewer: User, text: str) -> None:
    make_entry(minutes, text)

    assert names(minutes, viewer) == ["Ea Hemmelig"]


@pytest.mark.parametrize(
    "text",
    [
        "ea Hemmeligheden",
        "Thea hemmelig",
        "ea, hemmelig",
        "",
        "<p>ea Hemme</p><p>lig</p>",
        "<p>ea Hemm<br>elig</p>",
    ],
)
def test_other_words_are_no_name(minutes: Minutes, viewer: User, text: str) -> None:
    make_entry(minutes, text)
    assert names(minutes, viewer) == []

    make_entry(minutes, "Ea Hemmelig")
    assert names(minutes, viewer) == ["Ea Hemmelig"]


@pytest.mark.parametrize("name", ["Åse Bœ (Ø.) O'Hara &amp; <b>", "Åge O'Hara & Søn", "X"])
def test_names_of_every_kind_are_looked_for(minutes: Minutes, viewer: User, name: str) -> None:
    make_attendance(minutes.meeting, name=name)
    make_action_point(minutes.meeting, f"Tal med {name}!")

    assert names(minutes, viewer) == [name]


@pytest.mark.parametrize("name", ["", "   "])
def test_guest_without_a_name_is_named_nowhere(minutes: Minutes, viewer: User, name: str) -> None:
    make_attendance(minutes.meeting, name=name)
    make_action_point(minutes.meeting, "Tal med Ea Hemmelig!")

    assert names(minutes, viewer) == ["Ea Hemmelig"]


def test_name_is_found_behind_its_markup(minutes: Minutes, viewer: User) -> None:
    make_attendance(minutes.meeting, name="Åge O'Hara & Søn")
    make_entry(minutes, "<p>A&#x30a;ge O&#x27;Hara &amp; Søn</p>")

    assert names(minutes, viewer) == ["Åge O'Hara & Søn"]


# One text, whoever's


@pytest.fixture
def people(minutes: Minutes) -> None:
    """People whom nobody may name everywhere: at any meeting, or members of today or before."""
    make_attendance(make_meeting(4), name="Eva Ellers", name_visibility=MEMBERS)
    make_member(user=make_user(name="Ida Medlem"), name_visibility=NOBODY)
    make_member(user=make_user(name="Per Åben"), name_visibility=PUBLIC)


@pytest.mark.usefixtures("people")
def test_hidden_names_among_a_text_come_in_order() -> None:
    html = "<p>Ida Medlem</p><p>Ea Hemmelig, Eva</p><p>Ellers, Bo Åben &amp; Per Åben</p>"

    assert consent.hidden_names_among(html) == ("Ea Hemmelig", "Eva Ellers", "Ida Medlem")
    assert consent.hidden_names_among("Bo Åben & Per Åben") == ()


@pytest.mark.usefixtures("people")
def test_name_finder_knows_the_names_of_when_it_was_made() -> None:
    names_somebody = consent.name_finder()
    Member.objects.update(name_visibility=PUBLIC)
    Attendance.objects.update(name_visibility=PUBLIC)

    naming = ["<p>Tak til <em>Ea</em> Hemmelig</p>", "Eva Ellers' plan", "IDA  MEDLEM"]
    others = ["", "Bo Åben", "<p>Per Åben</p>", "ea", "Theva ellers"]
    assert [*map(names_somebody, naming + others)] == [True] * 3 + [False] * 5


def test_hidden_members_are_named_by_their_keys(db: None) -> None:
    hidden = make_member(user=make_user(name="Ida"), name_visibility=NOBODY)
    inside = make_member(user=make_user(name="Ea"), name_visibility=MEMBERS)
    make_member(user=make_user(name="Per"), name_visibility=PUBLIC)

    assert consent.hidden_members() == {hidden.pk: "Ida", inside.pk: "Ea"}


def test_typed_text_is_no_markup(minutes: Minutes, viewer: User) -> None:
    make_agenda_item(minutes.meeting, details="Skriv til <Ea Hemmelig>")

    assert names(minutes, viewer) == ["Ea Hemmelig"]
    assert consent.hidden_names_among("1 < 2, siger <Ea Hemmelig>") == ("Ea Hemmelig",)
