"""Pages to start a consortium, change it and enter its outcome."""

import pytest
from django.test import Client

from calls.models import (
    Call,
    Consortium,
    Openness,
    Outcome,
)
from taskforce.following.models import Follow
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_member,
    make_open_consortium,
)

OVER = "Konsortiet har søgt, eller fristen er forbi, så ingen kan være med længere."


def path(consortium: Consortium, end: str = "") -> str:
    return f"{consortium.get_absolute_url()}{end}"


# Start and change


def test_member_starts_a_consortium_and_follows_it(as_member: Client, member: Member, call: Call):
    answer = as_member.post("/opslag/penge/konsortier/nyt/", {"name": "Nyt", "openness": "hidden"})

    consortium = Consortium.objects.get()
    assert answer.url == consortium.get_absolute_url()
    assert consortium.lead == member.organisation
    assert Follow.objects.get().target_id == consortium.pk
    assert as_member.get(answer.url).context["inside"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"openness": "nonsense"}, "openness"),
        ({"suggestions_by": "2020-01-01"}, "suggestions_by"),
        ({"seeking": "kan tysk", "openness": "hidden"}, "seeking"),
        ({"lead_kind": "nonsense"}, "lead_kind"),
    ],
)
def test_form_marks_bad_input_and_keeps_what_was_typed(
    as_member: Client, call: Call, fields: dict[str, str], field: str
):
    typed = {"name": "Nyt", "openness": "open", "description": "Min tekst", **fields}

    page = as_member.post("/opslag/penge/konsortier/nyt/", typed)

    assert field in page.context["form"].errors
    assert "Min tekst" in page.content.decode()
    assert not Consortium.objects.exists()


def test_lead_has_no_two_consortia_of_one_name_but_others_may(
    log_in: LogIn, lead: Member, consortium: Consortium
):
    Consortium.objects.update(openness=Openness.HIDDEN)
    typed = {"name": "Vores", "openness": "open"}

    page = log_in(lead).post("/opslag/penge/konsortier/nyt/", typed)
    assert "name" in page.context["form"].errors

    # A refusal would reveal a hidden consortium.
    assert log_in(make_member()).post("/opslag/penge/konsortier/nyt/", typed).status_code == 302


def test_second_writer_sees_both_texts(log_in: LogIn, lead: Member, consortium: Consortium):
    Consortium.objects.update(description="Deres", version=2)
    typed = {"name": "Vores", "openness": "open", "description": "Min", "version": "1"}

    text = log_in(lead).post(path(consortium, "ret/"), typed).content.decode()

    assert "Deres" in text
    assert "Min" in text
    assert Consortium.objects.get().description == "Deres"


def test_edit_refuses_a_name_that_the_lead_has(log_in: LogIn, lead: Member, consortium: Consortium):
    make_open_consortium(consortium.call, lead.organisation, name="Andet")
    typed = {"name": "Andet", "openness": "open", "version": "1"}

    page = log_in(lead).post(path(consortium, "ret/"), typed)

    assert "name" in page.context["form"].errors


# Outcome


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "rejected", "outcome_amount": "5"}, "outcome_amount"),
        ({"outcome": "granted", "outcome_amount": "-5"}, "outcome_amount"),
        ({"outcome": "granted", "outcome_link": "nonsense"}, "outcome_link"),
    ],
)
def test_form_marks_a_bad_outcome(
    log_in: LogIn, lead: Member, consortium: Consortium, typed: dict[str, str], field: str
):
    page = log_in(lead).post(path(consortium, "udfald/"), {"version": "1", **typed})

    assert field in page.context["form"].errors
    assert Consortium.objects.get().outcome == Outcome.PREPARING


def test_outcome_shows_in_the_thread(
    client: Client, log_in: LogIn, lead: Member, consortium: Consortium
):
    barrier = make_barrier("Dyr")
    consortium.call.barriers.add(barrier)
    typed = {"outcome": "granted", "outcome_amount": "250000", "version": "1"}

    log_in(lead).post(
        path(consortium, "udfald/"), typed | {"outcome_link": "https://eu.example/vundet"}
    )

    assert "250.000 euro" in client.get("/opslag/penge/").content.decode()
    assert "https://eu.example/vundet" in client.get(path(consortium)).content.decode()
    thread = " ".join(client.get(barrier.get_absolute_url()).content.decode().split())
    assert "</a>: Bevilget" in thread
    assert Call.objects.get().outcome == Outcome.GRANTED


def test_consortium_with_an_outcome_seeks_no_partners(
    client: Client, log_in: LogIn, lead: Member, consortium: Consortium
):
    barrier, browser = make_barrier("Dyr"), log_in(lead)
    consortium.call.barriers.add(barrier)
    consortium.seeking = "kan polsk"
    consortium.save()
    assert "kan polsk" in client.get("/opslag/").content.decode()
    assert 'id="tjek"' in browser.get(path(consortium)).content.decode()

    browser.post(
        path(consortium, "udfald/"), {"outcome": "granted", "version": str(consortium.version)}
    )
    page = log_in(make_member()).get(path(consortium, "deltag/"), follow=True)
    assert [str(said) for said in page.context["messages"]] == [OVER]

    again = f"/indsatser/ny/?barriere={barrier.slug}"
    assert again in browser.get("/opslag/penge/").content.decode()
    assert again not in client.get("/opslag/penge/").content.decode()
    for page in ("/opslag/", "/opslag/penge/", path(consortium)):
        assert "kan polsk" not in client.get(page).content.decode()
    assert 'id="tjek"' not in browser.get(path(consortium)).content.decode()


def test_secretariat_enters_an_outcome_and_strangers_do_not(
    log_in: LogIn, secretary: Member, member: Member, consortium: Consortium
):
    Consortium.objects.update(openness=Openness.HIDDEN)
    typed = {"outcome": "rejected", "version": "1"}

    assert log_in(member).post(path(consortium, "udfald/"), typed).status_code == 404
    assert log_in(secretary).post(path(consortium, "udfald/"), typed).status_code == 302
    assert Consortium.objects.get().outcome == Outcome.REJECTED
