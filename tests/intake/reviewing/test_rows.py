"""Put the rows of a list right on the page of the review: without a script, by buttons alone."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import AgendaItem, Attendance, AttendanceStatus, Format
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import AgendaItem as Item
from taskforce.intake.reader.draft import Person
from taskforce.intake.reviewing.candidates import FIRST, MOST_ADDED
from taskforce.intake.reviewing.review import Review
from taskforce.members.models import Kind, Organisation
from tests.factories import (
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_user,
)
from tests.intake.drafts import form_of, found, make_draft, make_intake, save

NEW = f"attendees-{FIRST}"


def names(intake: Intake, field: str) -> list[str]:
    """Return the titles of a list's rows that are not left out, from above."""
    intake.refresh_from_db()
    forms = Review(intake).forms
    return [one.title for one in forms if one.candidate.field == field and not one.is_skipped]


def test_people_are_added_a_line_each(as_secretary: Client, intake: Intake):
    typed = "Anna Bech, Odense Kommune\nCarl Dam (Køkkenfonden)\n\nEva Friis – KAB\nGro"

    answer = save(as_secretary, intake, lines_attendees=typed, change="add:attendees")

    assert names(intake, "attendees")[2:] == [
        "Anna Bech · Odense Kommune",
        "Carl Dam · Køkkenfonden",
        "Eva Friis · KAB",
        "Gro",
    ]
    assert answer.url.endswith(f"#attendees-{FIRST + 3}")


def test_lines_that_are_typed_are_added_by_any_button(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, lines_agenda="11.00–11.30 Budget\nEventuelt", next="later")

    assert names(intake, "agenda")[2:] == ["11:00 · Budget", "Eventuelt"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "Anna Bech (formand), Ole Vind, KAB og Pia Lund",
            ["Anna Bech", "Ole Vind · KAB", "Pia Lund"],
        ),
        ("Anna Bech; Qik Zug; Ole Vind", ["Anna Bech", "Qik Zug", "Ole Vind"]),
        ("professor Pia Munk og advokat Ole Vind", ["Pia Munk", "Ole Vind"]),
        ("Anna Bech, Jens Beton ApS, Fonden Pia", ["Anna Bech · Fonden Pia"]),
    ],
)
def test_line_of_several_people_is_a_row_each(
    as_secretary: Client, intake: Intake, line: str, people: list[str]
):
    save(as_secretary, intake, lines_attendees=line)

    assert names(intake, "attendees")[2:] == people


def test_empty_row_is_added_unfolded(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, change="add:absent")

    page = as_secretary.get(intake.get_absolute_url())
    (row,) = [row for group in page.context["groups"] for row in group["rows"] if row.is_empty_row]
    assert (row.key, row.unfolded) == (f"absent-{FIRST}", True)
    assert (row.decision, row.faults) == ("", 0)
    save(as_secretary, intake, **{f"absent-{FIRST}-name": "Gro", f"absent-{FIRST}-decision": ""})
    assert form_of(intake, f"absent-{FIRST}").is_accepted


def test_line_of_two_people_is_split(as_secretary: Client, db: None):
    people = [found(Person("Ea Holm og Bo Lund", "Odense Kommune"), "Ea Holm, Odense Kommune")]
    intake = make_intake(make_draft(attendees=people, statements=[], action_points=[], sections=[]))

    save(as_secretary, intake, change="split:attendees-0")

    assert names(intake, "attendees") == ["Ea Holm · Odense Kommune", "Bo Lund · Odense Kommune"]


def test_rows_are_split_again_and_again_in_their_order(as_secretary: Client, db: None):
    items = [found(Item("A; B; C; D"), "10.00-10.10 Velkomst"), found(Item("E"), "Barrierer")]
    intake = make_intake(make_draft(agenda=items, sections=[]))

    for key in ("agenda-0", f"agenda-{FIRST}", f"agenda-{FIRST + 1}"):
        save(as_secretary, intake, change=f"split:{key}")

    assert names(intake, "agenda") == ["A", "B", "C", "D", "E"]


def test_row_that_is_one_is_split_into_itself_and_an_empty_one(
    as_secretary: Client, intake: Intake
):
    save(as_secretary, intake, change="split:agenda-1")

    assert names(intake, "agenda") == ["10:00 · Velkomst", "10:10 · Barrierer", "–"]


def test_two_rows_are_joined_and_the_passage_follows(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, change="join:agenda-1")

    assert names(intake, "agenda") == ["10:00 · Velkomst Barrierer"]
    intake.refresh_from_db()
    passages = [form for form in Review(intake).forms if form.candidate.field == "passages"]
    assert {form.raw("agenda") for form in passages} <= {"", "0"}


def test_first_row_has_none_to_be_joined_to(as_secretary: Client, intake: Intake):
    page = as_secretary.post(
        f"/en{intake.get_absolute_url()}", {"version": intake.version, "change": "join:agenda-0"}
    )

    assert "There is no row there." in page.content.decode()
    assert names(intake, "agenda") == ["10:00 · Velkomst", "10:10 · Barrierer"]


def test_items_change_places_and_the_meeting_gets_them_so(
    as_secretary: Client, intake: Intake, secretary
):
    save(as_secretary, intake, change="up:agenda-1", accept="all")
    save(as_secretary, intake, accept="agenda")

    assert names(intake, "agenda") == ["10:10 · Barrierer", "10:00 · Velkomst"]


@pytest.mark.parametrize(
    "asked",
    ["split:attendees-99", "split:number-0", "fly:agenda-0", "split", "join:barriers-0", ":::"],
)
def test_what_cannot_be_done_is_refused_in_words(as_secretary: Client, intake: Intake, asked: str):
    page = as_secretary.post(
        intake.get_absolute_url(), {"version": intake.version, "change": asked}
    )

    assert page.status_code == 200
    assert page.context["form"].non_field_errors()


def test_list_has_an_end(as_secretary: Client, intake: Intake):
    many = "\n".join(f"Navn {number}" for number in range(MOST_ADDED + 1))

    page = as_secretary.post(
        intake.get_absolute_url(),
        {"version": intake.version, "lines_attendees": many, "change": "add:attendees"},
    )

    assert page.context["form"].non_field_errors()
    assert len(names(intake, "attendees")) == 2


def test_ten_people_with_two_mistakes_are_put_right_in_three_clicks(as_secretary: Client, db: None):
    people = [found(Person(f"Navn {number}", "KAB"), "Ea Holm") for number in range(10)]
    intake = make_intake(make_draft(attendees=people, absent=[], sections=[], statements=[]))

    clicks = {"attendees-3-decision": "apologies", "attendees-7-decision": "online"}
    save(as_secretary, intake, **clicks, accept="attendees")  # the third is the button

    intake.refresh_from_db()
    review = Review(intake)
    assert [form.raw("name") for form in review.people(there=False)] == ["Navn 3"]
    assert [form.raw("name") for form in review.people(there=True) if form.is_online] == ["Navn 7"]
    assert len(review.people(there=True)) == 9


def test_whole_list_is_turned_over(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-1-decision": "skip"})
    save(as_secretary, intake, accept="attendees:apologies")

    intake.refresh_from_db()
    review = Review(intake)
    assert [form.raw("name") for form in review.people(there=False)] == ["Ea Holm"]
    assert review.by_key["attendees-1"].is_skipped


def test_whole_list_is_turned_back(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, accept="attendees:apologies")
    save(as_secretary, intake, accept="absent:room")
    save(as_secretary, intake, accept="attendees:accept")
    save(as_secretary, intake, accept="absent:accept")

    intake.refresh_from_db()
    review = Review(intake)
    assert [form.raw("name") for form in review.people(there=True)] == ["Ea Holm", "Bo Lund"]
    assert [form.raw("name") for form in review.people(there=False)] == ["Ib Dam"]


def test_times_of_added_items_show_in_their_fields(as_secretary: Client, intake: Intake):
    """A field for times is empty in a browser where its value is no HH:MM."""
    save(as_secretary, intake, change="add:agenda", lines_agenda="kl. 9-9.30 Budget\n25.00 Nat")

    page = as_secretary.get(intake.get_absolute_url())
    fields = {
        field.id: (field.kind, field.value)
        for group in page.context["groups"]
        for row in group["rows"]
        for field in row.fields
    }
    assert fields["id_agenda-10000-starts"] == ("time", "09:00")
    assert fields["id_agenda-10000-ends"] == ("time", "09:30")
    assert fields["id_agenda-10001-starts"] == ("text", "25.00")


def test_typed_organisation_is_chosen_or_made_without_a_second_choice(
    as_secretary: Client, intake: Intake
):
    odense = make_organisation("Odense Kommune")
    typed = {"attendees-1-written": "odense kommune", "absent-0-written": "Havnefonden"}

    save(as_secretary, intake, **typed)

    intake.refresh_from_db()
    review = Review(intake)
    assert review.by_key["attendees-1"].raw("organisation") == f"o:{odense.pk}"
    assert review.by_key["absent-0"].raw("organisation") == "new"
    assert review.by_key["absent-0"].raw("kind") == Kind.FOUNDATION


def test_organisation_that_is_emptied_is_none(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-1-written": "", "attendees-1-decision": "accept"})

    form = form_of(intake, "attendees-1")
    assert (form.raw("organisation"), form.has_shown_errors) == ("", False)


def test_taken_number_offers_both_ways(as_secretary: Client, intake: Intake):
    make_minutes(make_meeting(7), published=True)

    page = as_secretary.get(intake.get_absolute_url())
    assert (page.context["other_meeting"].number, page.context["free_number"]) == (7, 8)
    save(as_secretary, intake, number=8)

    intake.refresh_from_db()
    assert Review(intake).value("number") == 8
    assert as_secretary.get(intake.get_absolute_url()).context["other_meeting"] is None


def test_import_follows_what_was_put_right(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, accept="all")
    save(
        as_secretary,
        intake,
        **{"attendees-1-decision": "apologies", "absent-0-decision": "room"},
        lines_attendees="Nana Skov, Havneby Boligforening",
        change="add:attendees",
    )
    save(as_secretary, intake, **{"mode-0-value": Format.HYBRID}, change="up:agenda-1")
    intake.refresh_from_db()

    as_secretary.post(f"{intake.get_absolute_url()}bekraeft/", {"version": intake.version})

    there = {row.name: (row.status, row.online) for row in Attendance.objects.all()}
    assert there == {
        "Ea Holm": (AttendanceStatus.PRESENT, False),
        "Bo Lund": (AttendanceStatus.APOLOGIES, False),
        "Ib Dam": (AttendanceStatus.PRESENT, False),
        "Nana Skov": (AttendanceStatus.PRESENT, False),
    }
    assert Organisation.objects.get(name="Havneby Boligforening").kind == Kind.HOUSING
    titles = AgendaItem.objects.order_by("order").values_list("title", flat=True)
    assert [*titles] == ["Barrierer", "Velkomst"]


@pytest.mark.parametrize(
    ("field", "line", "title"),
    [
        ("attendees", "• Anna Bech, Odense Kommune", "Anna Bech · Odense Kommune"),
        ("attendees", "1. Anna Bech\tOdense Kommune", "Anna Bech · Odense Kommune"),
        ("attendees", "-\u00a0Anna\u00a0Bech (Odense Kommune)", "Anna Bech · Odense Kommune"),
        ("attendees", "Anna Bech, direktør, Odense Kommune", "Anna Bech · Odense Kommune"),
        ("attendees", "Anna Bech, Odense Kommune, direktør", "Anna Bech · Odense Kommune"),
        ("attendees", "Anna Bech, sognepræst", "Anna Bech"),
        ("attendees", "Anna Bech-Holm – Køkkenet", "Anna Bech-Holm · Køkkenet"),
        ("agenda", "1. Budget", "Budget"),
        ("agenda", "2) Eventuelt", "Eventuelt"),
        ("agenda", "Punkt 3: Budget", "Budget"),
        ("agenda", "1. maj og sommerfest", "1. maj og sommerfest"),
        ("agenda", "3. kvartal", "3. kvartal"),
        ("agenda", "10.00–10.30\tBudget", "10:00 · Budget"),
        ("agenda", "kl. 10.15: Budget", "10:15 · Budget"),
        ("agenda", "Kl. 9-10 Budget", "09:00 · Budget"),
        ("agenda", "10-12 pladser", "10-12 pladser"),
        ("agenda", "<b>Budget</b>", "<b>Budget</b>"),
    ],
)
def test_line_is_read_without_its_mark(
    as_secretary: Client, intake: Intake, field: str, line: str, title: str
):
    save(as_secretary, intake, **{f"lines_{field}": line}, change=f"add:{field}")

    assert names(intake, field)[2:] == [title]


@pytest.mark.parametrize(
    ("line", "decision"),
    [("Ib Dam, KAB – afbud", "apologies"), ("Ib Dam (online), KAB", "online"), ("Ib", "accept")],
)
def test_line_says_how_somebody_took_part(
    as_secretary: Client, intake: Intake, line: str, decision: str
):
    save(as_secretary, intake, lines_attendees=line, change="add:attendees")

    assert form_of(intake, NEW).raw("decision") == decision


def test_absent_person_needs_no_word_for_it(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, lines_absent="Ida Dam, KAB (afbud)", change="add:absent")

    form = form_of(intake, f"absent-{FIRST}")
    assert (form.raw("decision"), form.has_shown_errors) == ("accept", False)


def test_added_member_is_known_with_the_organisation(as_secretary: Client, intake: Intake):
    member = make_member(make_organisation("KAB"), user=make_user(name="Anna Bech"))

    save(as_secretary, intake, lines_attendees="Anna Bech", change="add:attendees")

    form = form_of(intake, NEW)
    assert form.raw("member") == f"m:{member.pk}"
    assert form.raw("organisation") == f"o:{member.organisation_id}"
    save(as_secretary, intake, **{f"{NEW}-name": "Ole Vind"})
    assert form_of(intake, NEW).raw("member") == ""


def test_added_person_and_item_can_be_chosen(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, lines_attendees="Anna Bech, KAB", lines_agenda="Budget")

    fields = form_of(intake, "passages-2").fields
    assert (str(FIRST), "Anna Bech, KAB") in fields["speaker"].choices
    assert (str(FIRST), "Budget") in fields["agenda"].choices


@pytest.mark.parametrize(
    ("line", "two"),
    [
        ("Ea Holm, KAB og Bo Lund, Odense Kommune", ["Ea Holm · KAB", "Bo Lund · Odense Kommune"]),
        ("Ea Holm og Bo Lund, KAB", ["Ea Holm · KAB", "Bo Lund · KAB"]),
        ("Ea Holm; Bo Lund", ["Ea Holm", "Bo Lund"]),
    ],
)
def test_each_half_of_a_line_keeps_its_organisation(
    as_secretary: Client, db: None, line: str, two: list[str]
):
    people = [found(Person(line, ""), "Ea Holm")]
    intake = make_intake(make_draft(attendees=people, statements=[], action_points=[], sections=[]))

    save(as_secretary, intake, change="split:attendees-0")

    assert names(intake, "attendees") == two


def test_page_sent_twice_adds_once(as_secretary: Client, intake: Intake):
    sent = {"version": intake.version, "lines_attendees": "Anna Bech", "change": "add:attendees"}

    first, second = (as_secretary.post(intake.get_absolute_url(), sent) for _ in range(2))

    assert first.url == second.url == f"{intake.get_absolute_url()}#{NEW}"
    assert names(intake, "attendees")[2:] == ["Anna Bech"]


def test_two_who_add_at_once_lose_no_row(as_secretary: Client, intake: Intake):
    stale = intake.version
    save(as_secretary, intake, lines_attendees="Anna Bech", change="add:attendees")
    sent = {"version": stale, "lines_attendees": "Ole Vind", "change": "add:attendees"}

    answer = as_secretary.post(intake.get_absolute_url(), sent)

    assert answer.url.endswith(f"#attendees-{FIRST + 1}")
    assert names(intake, "attendees")[2:] == ["Anna Bech", "Ole Vind"]


def test_two_who_change_other_rows_at_once_are_both_saved(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-0-decision": "accept"})
    page = as_secretary.get(intake.get_absolute_url())
    both = {
        field.name: field.value
        for group in page.context["groups"]
        for row in group["rows"]
        if row.key in ("attendees-0", "attendees-1")
        for field in [*row.fields, SimpleNamespace(name=f"{row.key}-seen", value=row.seen)]
    }
    sent = both | {"version": intake.version, "attendees-0-decision": "accept"}
    first = sent | {"attendees-0-name": "Ea Lund", "attendees-1-decision": ""}
    second = sent | {"attendees-1-name": "Bo Holm", "attendees-1-decision": "online"}

    answers = [as_secretary.post(intake.get_absolute_url(), each) for each in (first, second)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert names(intake, "attendees") == ["Ea Lund · Odense Kommune", "Bo Holm · Værkstedet"]
    assert form_of(intake, "attendees-1").raw("decision") == "online"

    again = as_secretary.post(intake.get_absolute_url(), sent | {"attendees-0-name": "Ea Bo"})
    assert again.context["form"].theirs == [("Ea Bo · Odense Kommune", "Navn: Ea Lund")]
    assert [row.title for row in again.context["groups"][1]["rows"]] == [
        "Ea Bo · Odense Kommune",
        "Bo Holm · Værkstedet",
    ]


def test_row_is_added_beside_what_another_one_changed(as_secretary: Client, intake: Intake):
    sent = {
        "version": intake.version,
        "news-0-name": "Min titel",
        "lines_attendees": "Ole Vind",
        "change": "add:attendees",
    }
    save(as_secretary, intake, **{"news-0-name": "Andens titel"})

    page = as_secretary.post(intake.get_absolute_url(), sent)

    form = page.context["form"]
    assert form.theirs == [("Min titel", "Titel: Andens titel")]
    assert names(intake, "attendees")[2:] == []
    assert [one.title for one in form.review.forms if one.candidate.key == NEW] == ["Ole Vind"]


def test_lines_that_are_refused_stand_there_still(as_secretary: Client, intake: Intake):
    page = as_secretary.post(
        intake.get_absolute_url(),
        {"version": intake.version, "lines_agenda": "x" * 20_001, "lines_attendees": "Anna Bech"},
    )

    lines = {group["name"]: group["lines"] for group in page.context["groups"]}
    assert (lines["agenda"], lines["attendees"]) == ("x" * 20_001, "")
    assert page.context["form"].non_field_errors()


def test_place_and_key_that_no_page_sends_do_no_harm(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"agenda-1-order": "9" * 5000, "attendees-99999-name": "X"})

    assert names(intake, "agenda") == ["10:00 · Velkomst", "10:10 · Barrierer"]
    assert names(intake, "attendees") == ["Ea Holm · Odense Kommune", "Bo Lund · Værkstedet"]


def test_page_with_many_added_rows_asks_no_more_of_the_database(
    as_secretary: Client, intake: Intake
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            as_secretary.get(intake.get_absolute_url())
        return len(found)

    queries()  # the first request of a visit is noted
    before = queries()
    many = "\n".join(f"Anna Bech {number}, Organisation {number}" for number in range(40))
    save(as_secretary, intake, lines_attendees=many)

    assert queries() == before


def test_people_and_items_are_added_where_nothing_was_found(as_secretary: Client, db: None):
    nothing = {"attendees": [], "absent": [], "agenda": [], "statements": [], "action_points": []}
    intake = make_intake(make_draft(**nothing, sections=[]))
    page = as_secretary.get(intake.get_absolute_url())
    can_be_added = [group["name"] for group in page.context["groups"] if group["can_add"]]
    assert can_be_added == ["attendees", "absent", "agenda"]

    save(as_secretary, intake, lines_absent="Anna Bech", lines_agenda="Budget")

    assert (names(intake, "absent"), names(intake, "agenda")) == (["Anna Bech"], ["Budget"])
