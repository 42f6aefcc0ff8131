"""Names in a document are matched with rows of the portal by likeness."""

import pytest

from barriers.models import Barrier
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import Person
from taskforce.intake.reviewing.matching import MOST, SAME_PERSON, Known, Names
from tests.factories import (
    make_barrier,
    make_call,
    make_member,
    make_organisation,
    make_theme,
    make_user,
)
from tests.intake.drafts import accept, form_of, found, make_draft, make_intake


def test_members_and_organisations_are_matched_by_name(db: None):
    odense = make_organisation("Odense Kommune")
    workshop = make_organisation("Det Sociale Værksted", former_names=["Værkstedet"])
    ea = make_member(odense, user=make_user(name="Ea Holm"))
    make_member(workshop, user=make_user(name="Bo Lundgren"))

    intake = make_intake()

    first, second = form_of(intake, "attendees-0"), form_of(intake, "attendees-1")
    assert (first.raw("member"), first.raw("organisation")) == (f"m:{ea.pk}", f"o:{odense.pk}")
    # "Bo Lund" may be Bo Lundgren: offered first, and not taken for him.
    assert (second.raw("member"), second.raw("organisation")) == ("", f"o:{workshop.pk}")
    assert second.fields["member"].choices[1][1].startswith("Bo Lundgren")
    assert form_of(intake, "absent-0").raw("organisation") == "new"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("odense kommune", True),
        ("Odense Komune", True),
        ("Kommune Odense", True),
        ("OK", True),
        ("Odder Kommune", False),
        ("Odense", False),
        ("", False),
    ],
)
def test_organisations_are_matched_by_likeness(db: None, written: str, known: bool):
    odense = make_organisation("Odense Kommune", former_names=["OK"])
    make_organisation("Slagelse Kommune")

    intake = make_intake(make_draft(attendees=[found(Person("Ea", written), "Ea Holm")]))

    chosen = form_of(intake, "attendees-0").raw("organisation")
    assert (chosen == f"o:{odense.pk}") is known


def test_member_without_a_written_organisation_gets_their_own(db: None):
    home = make_organisation("Odense Kommune")
    make_member(home, user=make_user(name="Ea Holm"))

    intake = make_intake(make_draft(attendees=[found(Person("Ea Holm"), "Ea Holm")]))

    person = form_of(intake, "attendees-0")
    assert (person.raw("organisation"), person.raw("written")) == (f"o:{home.pk}", home.name)


def test_options_are_few_and_hold_what_is_chosen(db: None):
    made = [make_organisation(f"Forening {number}") for number in range(3 * MOST)]
    chosen = make_organisation("Rådhuset")
    names = Known().organisations

    options = names.options("Forening 7", f"o:{chosen.pk}")

    assert options[0] == (f"o:{made[7].pk}", "Forening 7")
    assert options[-1][0] == f"o:{chosen.pk}"
    assert len(options) == MOST + 1


def test_barrier_is_matched_by_likeness(db: None):
    known = make_barrier("Små virksomheder mangler kapital.", theme=make_theme())
    make_barrier()

    barrier = form_of(make_intake(), "barriers-0")

    assert barrier.raw("barrier") == f"b:{known.pk}"
    assert Barrier.objects.count() == 2


def test_call_is_matched_by_topic(intake: Intake):
    known = make_call("Under another name", topic_id="SMP-1")

    line = accept(intake).by_key["calls-0"]
    assert line.raw("call") == f"c:{known.pk}"
    assert not line.errors

    new = accept(intake, calls_0={"call": ""}).by_key["calls-0"]
    assert "topic" in new.errors


def test_call_is_matched_by_link_and_then_by_title(db: None):
    by_link = make_call("One thing", link="https://example.org/call")
    by_title = make_call("Social Impact Call", link="https://example.org/other")
    known = Known()

    assert known.call("Social Impact Call", "", "https://example.org/call") == f"c:{by_link.pk}"
    assert known.call("Social impact call.", "", "") == f"c:{by_title.pk}"
    assert known.call("Something else", "", "") == ""


def test_part_of_a_name_is_likely_and_not_the_same():
    names = Names()
    names.add("m:1", "Stine Lomholt", "")
    names.add("m:2", "Bo Lund")

    (value, likeness), *_others = names.likest("Stine")

    assert (value, likeness) == ("m:1", 85.0)
    assert names.match("Stine", SAME_PERSON) == ""
    assert names.match("stine lomholt", SAME_PERSON) == "m:1"
    assert names.likest("  ") == []


def test_current_name_of_an_organisation_goes_before_a_former_one(db: None):
    former = make_organisation("Huset", former_names=["Værkstedet", "Skuret"])
    current = make_organisation("Værkstedet")

    assert Known().organisation_of_name == {
        "huset": former.pk,
        "skuret": former.pk,
        "værkstedet": current.pk,
    }
