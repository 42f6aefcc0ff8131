"""The way of a case from draft to publication, and initiatives that members join."""

import pytest

from initiatives import casework
from initiatives.models import Case, CaseState, Participation
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_barrier,
    make_case,
    make_initiative,
    make_member,
    make_organisation,
)

STORY = {
    "title": "Frokost",
    "story": "Det begyndte med et udbud.",
    "achieved": "Job",
    "number": "3",
    "unit": "job",
    "place": "Odense",
    "case_partners-TOTAL_FORMS": "1",
    "case_partners-INITIAL_FORMS": "0",
}


def test_from_draft_to_publication(as_member, as_secretary, client, member):
    barrier, buyer = make_barrier(), make_organisation("Køber")
    partner = {"case_partners-0-organisation": buyer.pk, "case_partners-0-role": "Køber"}

    as_member.post("/eksempler/ny/", STORY | partner | {"barriers": [barrier.pk]})
    case = Case.objects.get()
    assert (case.state, case.written_by) == (CaseState.DRAFT, member.organisation)
    assert [(p.organisation, p.role) for p in case.case_partners.all()] == [(buyer, "Køber")]
    assert client.get("/eksempler/frokost/").status_code == 404
    assert as_secretary.get("/eksempler/frokost/").status_code == 404  # still the author's own

    as_member.post("/eksempler/frokost/indsend/")
    assert as_secretary.get("/eksempler/frokost/").status_code == 200
    assert client.get("/eksempler/frokost/").status_code == 404

    as_secretary.post("/eksempler/frokost/offentliggoer/")
    assert client.get("/eksempler/frokost/").status_code == 200
    assert [row["title"] for row in client.get("/eksempler/").context["rows"]] == ["Frokost"]
    assert case.barriers.get() == barrier


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"story": ""}, "story"), ({"number": "many"}, "number")],
)
def test_bad_case_is_said_at_its_field_and_keeps_what_was_typed(as_member, typed, field):
    page = as_member.post("/eksempler/ny/", STORY | {"place": "Lang vej 7"} | typed)

    assert list(page.context["form"].errors) == [field]
    assert "Lang vej 7" in page.content.decode()
    assert not Case.objects.exists()


def test_number_goes_with_what_it_counts(as_member):
    page = as_member.post("/en/eksempler/ny/", STORY | {"unit": ""})

    assert "Say what the number counts" in str(page.context["form"].errors)


def test_bad_partner_keeps_the_case_from_being_saved(as_member):
    page = as_member.post("/eksempler/ny/", STORY | {"case_partners-0-organisation": "0"})

    assert "organisation" in page.context["partners"].errors[0]
    assert "Det begyndte med et udbud." in page.content.decode()
    assert not Case.objects.exists()


def test_author_is_told_what_is_missing(as_secretary, mailbox: Mailbox):
    author = make_member()
    case = make_case(
        "Frokost", state=CaseState.SUBMITTED, written_by=author.organisation, contact=author
    )

    as_secretary.post("/eksempler/frokost/send-tilbage/", {"reason": "Hvor mange job?"})

    case.refresh_from_db()
    assert case.state == CaseState.DRAFT
    (letter,) = mailbox.letters
    assert letter["to"] == author.user.email
    assert "Hvor mange job?" in letter.get_content()
    assert "/eksempler/frokost/" in letter.get_content()


def test_sending_back_takes_a_reason(as_secretary):
    make_case("Frokost", state=CaseState.SUBMITTED)

    page = as_secretary.post("/eksempler/frokost/send-tilbage/", {"reason": ""})

    assert list(page.context["form"].errors) == ["reason"]


def test_acts_are_refused_from_the_wrong_state(member, secretary):
    draft = make_case(state=CaseState.DRAFT)
    published = make_case(state=CaseState.PUBLISHED)

    assert not casework.publish(case=draft, by=secretary)
    assert not casework.send_back(case=draft, reason="x", by=secretary)
    assert not casework.submit(case=published, by=member)
    assert casework.submit(case=draft, by=member)
    assert not casework.submit(case=draft, by=member)


def test_others_do_not_open_a_draft(as_member, log_in: LogIn):
    make_case("Frokost", state=CaseState.DRAFT)

    assert as_member.get("/eksempler/frokost/").status_code == 404
    assert as_member.get("/eksempler/frokost/ret/").status_code == 404
    assert as_member.post("/eksempler/frokost/indsend/").status_code == 404


def test_published_case_is_the_secretariats_to_change(as_member, as_secretary, member):
    make_case("Frokost", written_by=member.organisation)

    assert as_member.get("/eksempler/frokost/ret/").status_code == 404
    assert as_secretary.get("/eksempler/frokost/ret/").status_code == 200


def test_second_writer_of_a_case_loses_nothing(as_member, member):
    case = make_case("Frokost", state=CaseState.DRAFT, written_by=member.organisation, version=2)

    page = as_member.post("/eksempler/frokost/ret/", STORY | {"version": 1, "story": "Min egen"})

    assert "It began with a tender." in [text for _label, text in page.context["form"].theirs]
    assert "Min egen" in page.content.decode()
    case.refresh_from_db()
    assert case.story == "It began with a tender."


def test_organisation_joins_an_initiative_once_and_leaves(as_member, member):
    initiative = make_initiative("Guide", state="running")

    for _ in range(2):
        assert as_member.post("/indsatser/guide/deltag/").url == "/indsatser/guide/"
    assert Participation.objects.get().organisation == member.organisation
    assert as_member.get("/indsatser/guide/").context["takes_part"]

    as_member.post("/indsatser/guide/forlad/")
    assert not initiative.participations.exists()


def test_nobody_joins_what_is_done(as_member):
    make_initiative("Guide", state="done")

    assert as_member.post("/indsatser/guide/deltag/").status_code == 404


def test_initiatives_are_filtered_by_state_and_words(client, db):
    make_initiative("Guide til indkøb", state="running")
    make_initiative("Besøgsdag", state="proposed")

    def titles(query: str) -> list[str]:
        return [row["title"] for row in client.get(f"/indsatser/?{query}").context["rows"]]

    assert titles("") == ["Besøgsdag", "Guide til indkøb"]
    assert titles("status=running") == ["Guide til indkøb"]
    assert titles("q=indkøbene") == ["Guide til indkøb"]
