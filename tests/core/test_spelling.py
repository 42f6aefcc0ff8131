"""Spellings that Danes take as equal are equal where one searches and where doubles are found."""

import unicodedata
from itertools import permutations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection

from barriers.register import similar
from meetings.writing import acts as writing
from meetings.writing.forms import GuestForm
from taskforce.core.danish import spelling
from taskforce.members.forms import AcceptForm
from taskforce.members.models import Kind, Organisation
from tests.factories import (
    make_attendance,
    make_barrier,
    make_join_request,
    make_member,
    make_minutes,
    make_organisation,
    make_user,
)

EQUAL = [
    ("Åben rådgivning", "Aaben raadgivning", unicodedata.normalize("NFD", "Åben rådgivning")),
    ("Ærø Kommune", "AEROE KOMMUNE", "ærø  kommune"),
    ("Café Én", "Cafe En", "CAFÉ ÉN"),
    ("Buy-Social", "Buy Social", "Buy–Social", "buy—social", "Buy‑Social"),
    ("Møller Købmand", "Moeller Koebmand", "Möller Köbmand"),
]
PAIRS = [pair for same in EQUAL for pair in permutations(same, 2)]


@pytest.mark.parametrize("same", EQUAL)
def test_spelling_is_one(same: tuple[str, ...]):
    assert len({*map(spelling, same)}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Mål", "Mal"), ("Øl", "Ol"), ("Kør", "Kor"), ("A B", "AB")]
)
def test_other_words_stay_other_words(one: str, other: str):
    assert spelling(one) != spelling(other)


@pytest.mark.parametrize(("written", "typed"), PAIRS)
def test_search_and_likely_doubles_find_the_other_spelling(client, db, written: str, typed: str):
    make_barrier(written)
    make_organisation(f"{written} A/S")
    make_barrier("Noget helt andet")

    hits = client.get("/soeg/", {"q": typed}).context["hits"]
    rows = client.get("/barrierer/", {"q": typed}).context["rows"]

    assert len(hits) == 2
    assert len(rows) == 1
    alike = similar.to(typed, AnonymousUser(), at_least=similar.LIKELY)
    assert [row["pk"] for row in alike] == [rows[0]["pk"]]


def test_minus_and_quotation_marks_keep_their_meaning(client, db):
    make_barrier("Udbud og e-handel")

    def number(words: str) -> int:
        return len(client.get("/barrierer/", {"q": words}).context["rows"])

    assert [number(words) for words in ("udbud -e-handel", '"e-handel"', "udbud – handel")] == [
        *(0, 1, 1)
    ]


def test_function_in_the_database_agrees_with_the_one_in_python(db):
    # The stemmer's rules change no letter of these words.
    words = [word for same in EQUAL for word in same]
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute("SELECT danish_forms(%s)", [word])
            assert " ".join(cursor.fetchone()[0].split()) == spelling(word)


# Names of organisations and people


@pytest.mark.parametrize(("written", "typed"), PAIRS)
def test_organisation_is_one_however_it_is_spelled(db, written: str, typed: str):
    there = make_organisation(unicodedata.normalize("NFC", written))
    asked = make_join_request(organisation_name=typed)

    assert AcceptForm(request=asked).initial["organisation"] == there
    assert Organisation.objects.named(typed) == there
    with pytest.raises(ValidationError, match="findes allerede"):
        Organisation(name=f"{typed} ", kind=Kind.COMPANY).full_clean()
    there.full_clean()


def test_name_of_today_goes_before_a_former_one(db):
    make_organisation("Nyt navn", former_names=["Århus Værk"])
    today = make_organisation("Aarhus Vaerk")

    assert Organisation.objects.named("ÅRHUS VÆRK") == today
    assert Organisation.objects.named("nyt  navn").former_names == ["Århus Værk"]
    assert Organisation.objects.named("Andet") is None


def test_guest_is_found_as_the_member_and_listed_once(db):
    home = make_organisation("Ærø Kommune")
    member = make_member(home, user=make_user(name="Åse Møller"))
    minutes = make_minutes()
    form = GuestForm({"name": "Aase Moeller", "organisation_name": "Aeroe kommune"})
    assert form.is_valid()
    assert (form.instance.member, form.cleaned_data["organisation_name"]) == (
        member,
        "Ærø Kommune",
    )
    make_attendance(minutes.meeting, name="ÅSE MØLLER", organisation_name="ærø  kommune")

    assert writing.is_listed(minutes, form.instance)
