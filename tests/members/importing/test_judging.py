"""What each row of a list would do: nothing is written."""

from typing import Any

import pytest
from django.utils import timezone

from taskforce.core.sheet_reading import read_text
from taskforce.members.importing.columns import guess
from taskforce.members.importing.judging import Outcome, Row, judge
from taskforce.members.models import Invitation, Member, Role
from tests.factories import make_member, make_organisation, make_secretary, make_user

pytestmark = pytest.mark.django_db
HEAD = "Navn;E-mail;Organisation;Titel;Rolle\n"


def judged(text: str) -> list[Row]:
    lines = read_text(text, most=100)
    first, columns = guess(lines)
    return judge(lines[first:], columns)


def only(line: str) -> Row:
    (row,) = judged(HEAD + line)
    return row


@pytest.fixture
def ea() -> Member:
    """Return somebody who has come."""
    user = make_user("ea@example.org", name="Ea Bæk", last_login=timezone.now())
    return make_member(make_organisation("Odense Kommune"), user=user, title="Indkøber")


def test_new_person_of_an_organisation_that_is_here():
    odense = make_organisation("Odense Kommune")

    row = only("Bo Dahl;Bo@Example.ORG;odense  kommune;Chef")

    assert (row.outcome, row.organisation, row.notes) == (Outcome.NEW, odense, [])
    assert (row.email, row.is_ticked) == ("bo@example.org", True)


def test_new_organisation_is_told():
    row = only("Bo Dahl;bo@example.org;Havnens Køkken")

    assert (row.outcome, row.organisation) == (Outcome.NEW, None)
    assert "ny" in row.notes[0]


def test_organisation_spelled_nearly_so_is_asked_about():
    odense = make_organisation("Odense Kommune")

    row = only("Bo Dahl;bo@example.org;Odense Komune")

    assert (row.outcome, row.alike, row.is_ticked) == (Outcome.DOUBTFUL, odense, False)
    assert row.can_be_taken


def test_former_name_of_an_organisation_is_known():
    today = make_organisation("Ny Havn", former_names=["Gammel Havn"])

    assert only("Bo Dahl;bo@example.org;Gammel Havn").organisation == today


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("Ea Bæk;ea@example.org;Odense Kommune;Indkøber", []),
        ("Ea Bæk;EA@EXAMPLE.ORG;odense kommune;", []),
        ("Ea Bæk;ea@example.org;;-", []),
        ("Ea Bæk;ea@example.org;;Chef", [("Indkøber", "Chef")]),
        ("Ea Holm;ea@example.org;Aarhus;", [("Ea Bæk", "Ea Holm"), ("Odense Kommune", "Aarhus")]),
    ],
)
def test_member_who_is_here_is_the_same_or_changed(ea: Member, line: str, changes: list[Any]):
    row = only(line)

    assert [(old, new) for _what, old, new in row.changes] == changes
    assert row.outcome == (Outcome.CHANGED if changes else Outcome.SAME)
    assert row.member == ea


def test_who_was_asked_in_and_never_came_is_told_apart(ea: Member):
    Invitation.objects.create(member=ea, email=ea.user.email)

    assert only("Ea Bæk;ea@example.org;Odense Kommune").outcome == Outcome.INVITED


def test_former_member_is_welcomed_back():
    made = make_member(make_organisation("Odense Kommune"), user=make_user("ea@example.org"))
    Member.objects.filter(pk=made.pk).update(to_date=timezone.localdate())

    row = only("Ea Bæk;ea@example.org;Odense Kommune")

    assert row.outcome == Outcome.NEW
    assert "Odense Kommune" in row.notes[0]


def test_person_of_the_same_name_is_asked_about(ea: Member):
    row = only("Ea  bæk;ea@another.example;Aarhus")

    assert row.outcome == Outcome.DOUBTFUL
    assert "ea@example.org" in " ".join(row.notes)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (";bo@example.org;Odense", "Navnet mangler"),
        ("Bo;;Odense", "E-mailen mangler"),
        ("Bo;bo(a)example.org;Odense", "bo(a)example.org"),
        ("Bo;bo@example.org, ida@example.org;Odense", "ida@example.org"),
        ("Bo;bo@example.org;", "Organisationen mangler"),
        ("=HYPERLINK(1);bo@example.org;Odense", "formel"),
        (f"{'B' * 121};bo@example.org;Odense", "120"),
    ],
)
def test_faulty_row_says_why(line: str, said: str):
    row = only(line)

    assert (row.outcome, row.can_be_taken) == (Outcome.FAULTY, False)
    assert said in row.why


@pytest.mark.parametrize(
    "cell",
    ["mailto:bo@example.org", "Bo Dahl <bo@example.org>", " bo@example.org; ", "BO@EXAMPLE.ORG."],
)
def test_address_is_found_in_what_a_mail_program_gives(cell: str):
    lines = [(1, ["Bo Dahl", cell, "Odense"])]

    (row,) = judge(lines, ["name", "email", "organisation"])

    assert row.email == "bo@example.org"


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("", "Bo Dahl <bo@example.org>", "Bo Dahl"),
        ("", '"Dahl, Bo" <bo@example.org>', "Bo Dahl"),
        ("Bo Dahl <bo@example.org>", "", "Bo Dahl"),
        ("Bo Dahl <bo@example.org>", "bo@example.org", "Bo Dahl"),
        ("Dahl, Bo Emil", "bo@example.org", "Bo Emil Dahl"),
        ("Bo Dahl, chef", "bo@example.org", "Bo Dahl, chef"),
        ("Dahl, Bo, chef", "bo@example.org", "Dahl, Bo, chef"),
    ],
)
def test_name_is_found_beside_its_address_and_turned(name: str, email: str, said: str):
    (row,) = judge([(1, [name, email, "Odense"])], ["name", "email", "organisation"])

    assert (row.name, row.email, row.outcome) == (said, "bo@example.org", Outcome.NEW)


@pytest.mark.parametrize(
    "line", ["ea@example.org;bo@example.org;Odense", "Bo Dahl;bo@example.org;ea@example.org"]
)
def test_address_is_no_name(line: str):
    row = only(line)

    assert (row.outcome, row.is_ticked) == (Outcome.FAULTY, False)
    assert "e-mail" in row.why


def test_second_row_of_one_address_is_a_double():
    first, second = judged(HEAD + "Bo;bo@example.org;Odense\nBo D;BO@example.org;Odense")

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.FAULTY)
    assert "linje 2" in second.why


def test_list_gives_nobody_the_role_of_the_secretariat(ea: Member):
    new = only("Bo;bo@example.org;Odense;;Sekretariat")
    known = only("Ea Bæk;ea@example.org;Odense Kommune;Indkøber;sekretariat")

    assert (new.outcome, known.outcome) == (Outcome.NEW, Outcome.SAME)
    assert "sekretariat" in new.why.lower()
    assert "sekretariat" in known.why.lower()


def test_list_takes_no_role_away():
    secretary = make_secretary(
        user=make_user("ida@example.org", name="Ida"), organisation=make_organisation("Odense")
    )

    kept = only("Ida;ida@example.org;Odense;;Medlem")
    moved = only("Ida;ida@example.org;Aarhus;;Medlem")

    assert (kept.member, kept.changes) == (secretary, [])
    assert secretary.role == Role.SECRETARIAT
    assert moved.outcome == Outcome.FAULTY


def test_log_in_that_is_shut_stays_shut():
    make_member(user=make_user("bo@example.org", is_active=False))

    assert only("Bo;bo@example.org;Odense").outcome == Outcome.FAULTY


def test_address_of_a_double_is_told_with_the_one_of_today(ea: Member):
    make_member(user=make_user("old@example.org", is_active=False, merged_into=ea.user))

    row = only("Ea Bæk;old@example.org;Odense Kommune")

    assert (row.outcome, "ea@example.org" in row.why) == (Outcome.FAULTY, True)


def test_first_and_last_names_become_one():
    (row,) = judged("Efternavn;Fornavn;Mail;Firma\nDahl;Bo Ib;bo@example.org;Odense")

    assert row.name == "Bo Ib Dahl"


def test_asks_as_often_for_many_rows_as_for_few(django_assert_max_num_queries: Any):
    many = "".join(f"Bo {n};bo{n}@example.org;Sted {n}\n" for n in range(100))

    with django_assert_max_num_queries(6):
        assert len(judged(HEAD + many)) == 100
