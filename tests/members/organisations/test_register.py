"""The secretariat's list: what is unusual first, a new organisation, and the list of tags."""

from typing import Any

import pytest

from taskforce.members.models import Organisation, Tag
from tests.factories import make_inquiry, make_listed, make_member, make_organisation

LIST, TAGS = "/sekretariat/organisationer/", "/sekretariat/stikord/"
NEW = f"{LIST}ny/"


def names(page: Any) -> list[str]:
    return [found["row"].name for found in page.context["rows"]]


@pytest.fixture
def some(db: None) -> None:
    """Make an ordinary member, and four that are unusual, each in its way."""
    make_member(make_organisation("Ab Almindelig", line="x", former_names=["AAL"]))
    make_member(make_organisation("Bb Partner", in_taskforce=False, line="x"))
    make_organisation("Xx Tom", line="x")
    make_member(make_listed("Yy Uden kontakt"))
    make_member(make_listed("Zz Ubekræftet", unanswered=2, mailbox="z@example.org"))
    make_member(make_listed("Øø Skjult", unanswered=3, mailbox="z@example.org"))


def test_unusual_stands_first_with_its_reason(some: None, as_secretary: Any):
    page = as_secretary.get(LIST)

    found = {row["row"].name: row["reasons"] for row in page.context["rows"]}
    assert list(found) == [
        *("Xx Tom", "Yy Uden kontakt", "Zz Ubekræftet", "Øø Skjult"),
        *("Ab Almindelig", "Bb Partner", "Sekretariatet"),
    ]
    assert found["Xx Tom"] == ["Medlem uden personer"]
    assert found["Yy Uden kontakt"] == ["Købere når ingen dér"]
    assert found["Zz Ubekræftet"] == ["Profilen er ikke bekræftet"]
    assert found["Øø Skjult"] == ["Profilen er ikke bekræftet", "Det, den fortæller, er skjult"]
    assert found["Ab Almindelig"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=almindelig", ["Ab Almindelig"]),
        ("q=mindel", ["Ab Almindelig"]),
        ("q=aal", ["Ab Almindelig"]),
        ("medlem=nej", ["Bb Partner"]),
        ("mangler=uden-personer", ["Xx Tom"]),
        ("mangler=uden-kontakt", ["Yy Uden kontakt"]),
        ("mangler=ubekraeftet", ["Zz Ubekræftet", "Øø Skjult"]),
        ("mangler=uden-profil", ["Sekretariatet"]),
        ("slags=social_enterprise&q=uden", ["Yy Uden kontakt"]),
        ("slags=foundation", []),
    ],
)
def test_list_is_searched_and_filtered(some: None, as_secretary: Any, query: str, found: list[str]):
    assert names(as_secretary.get(f"{LIST}?{query}")) == found


def test_list_counts_requests_and_their_answers(as_secretary: Any):
    first, second = make_listed("A"), make_listed("B")
    inquiry = make_inquiry(first, second)
    make_inquiry(first, confirmed_at=None)
    assert as_secretary.get(LIST).context["inquiries"].silent == 2

    inquiry.asked.filter(organisation=first).update(answer="yes", answered_at=inquiry.confirmed_at)
    counted = as_secretary.get(LIST).context["inquiries"]
    assert (counted.sent, counted.asked, counted.yes, counted.no, counted.silent) == (1, 2, 1, 0, 1)


def test_add_makes_an_organisation_and_leads_to_its_profile(as_secretary: Any):
    page = as_secretary.post(NEW, {"name": "Nyt Værk", "kind": "company", "municipality": "461"})

    made = Organisation.objects.get(name="Nyt Værk")
    assert page.url == f"/organisationer/{made.slug}/ret/"
    assert (made.in_taskforce, made.municipality) == (False, "461")


@pytest.mark.parametrize("name", ["Odense Kommunne", "Kommune Odense", "OK Odense"])
def test_add_shows_likely_doubles_first(as_secretary: Any, name: str):
    make_organisation("Odense Kommune", former_names=["Odense OK"])
    typed = {"name": name, "kind": "municipality"}

    page = as_secretary.post(NEW, typed)
    assert list(page.context["form"].errors) == ["is_another"]
    assert "/organisationer/odense-kommune/" in page.content.decode()
    assert not Organisation.objects.filter(name=name).exists()

    as_secretary.post(NEW, {**typed, "is_another": "on"})
    assert Organisation.objects.filter(name=name).exists()


def test_add_refuses_the_same_name_spelled_otherwise(as_secretary: Any):
    make_organisation("Aabenraa Kommune")

    page = as_secretary.post(
        NEW, {"name": "ÅBENRÅ  kommune", "kind": "municipality", "is_another": "on"}
    )

    assert page.context["form"].errors["name"] == [
        "Organisationen findes allerede i portalen som ”Aabenraa Kommune”."
    ]


@pytest.mark.parametrize("path", [NEW, TAGS])
def test_members_and_strangers_stay_outside(db: None, client: Any, as_member: Any, path: str):
    assert client.get(path).status_code == 302
    assert as_member.get(path).status_code == 403
    assert as_member.post(path, {"name": "Brød"}).status_code == 403
    assert not Tag.objects.exists()


def test_tag_is_added_renamed_and_deleted(as_secretary: Any):
    as_secretary.post(TAGS, {"name": " Brød  "})
    tag = Tag.objects.get()
    baker = make_listed("Bageren", [tag])

    as_secretary.post(f"{TAGS}{tag.pk}/", {"name": "Rugbrød"})
    assert [str(each) for each in baker.offers.all()] == ["Rugbrød"]
    page = as_secretary.get(TAGS).content.decode()
    assert "1 tilbyder det" in " ".join(page.split())

    assert as_secretary.get(f"{TAGS}{tag.pk}/slet/").status_code == 200
    assert Tag.objects.exists()
    as_secretary.post(f"{TAGS}{tag.pk}/slet/")
    assert not Tag.objects.exists()
    assert "Det stod på 1 profil." in as_secretary.get(TAGS).content.decode()


@pytest.mark.parametrize("typed", ["", "BRØD", "broed", "x" * 61])
def test_tag_that_is_empty_long_or_there_is_refused(as_secretary: Any, typed: str):
    Tag.objects.create(name="Brød")

    page = as_secretary.post(TAGS, {"name": typed})

    assert list(page.context["form"].errors) == ["name"]
    assert Tag.objects.count() == 1


def test_profile_asks_for_tags_where_there_are_any(as_secretary: Any):
    make_organisation("Bageren")
    assert "offers" not in as_secretary.get("/organisationer/bageren/ret/").context["form"].fields

    Tag.objects.create(name="Brød")
    assert "offers" in as_secretary.get("/organisationer/bageren/ret/").context["form"].fields
