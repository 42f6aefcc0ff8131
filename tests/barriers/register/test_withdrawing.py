"""An organisation withdraws its own barrier, as long as nobody else built on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from barriers.models import Barrier, BarrierState
from barriers.register import withdrawing
from barriers.statements import supporting
from initiatives.models import CaseState
from taskforce.activity.models import TakenBack, Verb
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_contribution,
    make_entry,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_round,
    make_statement,
    make_support,
)
from tests.racing import at_once
from tests.refusing import answers, refused

HERE = "/en/barrierer/udbud/"
PATH = f"{HERE}traek-tilbage/"
OTHERS = "Others have built on it, so it stays. Write to the secretariat."


@pytest.fixture
def barrier(member) -> Barrier:
    return make_barrier("Udbud", raised_by=member.organisation)


def test_withdrawn_barrier_is_gone_and_its_address_says_so(
    as_member, client, as_secretary, barrier
):
    make_statement(barrier, "Our own.", organisation=barrier.raised_by)
    assert PATH in as_member.get(HERE).content.decode()
    assert "Withdraw the barrier?" in as_member.get(PATH).content.decode()

    assert as_member.post(PATH, {"reason": "Wrong list."}).url == "/en/barrierer/"

    for browser in (client, as_member):
        page = browser.get(HERE)
        assert page.status_code == 410
        text = page.content.decode()
        assert "A barrier was withdrawn by the organisation that had added it." in text
        assert "Wrong list." in text
        assert "Udbud" not in text
        assert browser.get("/en/barrierer/").context["rows"] == []
        assert browser.get("/en/soeg/", {"q": "udbud"}).context.get("hits", []) == []
        assert "Udbud" not in browser.get("/feed/").content.decode()
    assert client.get("/barrierer/udbud/").status_code == 410  # in the other language too
    assert "Wrong list." in as_secretary.get(HERE).content.decode()
    as_secretary.post("/barrierer/udbud/vis/")
    assert "Wrong list." not in client.get(HERE).content.decode()
    note = TakenBack.objects.get()
    assert (note.verb, note.target_id, note.told) == (Verb.WITHDRAWN, barrier.pk, 0)


def in_an_open_round(barrier: Barrier) -> None:
    make_round(barrier)


BUILDING: dict[str, Callable[[Barrier], Any]] = {
    "talk": make_contribution,
    "support": make_support,
    "a statement of others": make_statement,
    "a statement in minutes": lambda barrier: make_statement(
        barrier,
        organisation=barrier.raised_by,
        entry=make_entry(make_minutes(published=True)),
    ),
    "an initiative": lambda barrier: make_initiative().barriers.add(barrier),
    "a case": lambda barrier: make_case().barriers.add(barrier),
    "a call": lambda barrier: make_call().barriers.add(barrier),
    "a round": in_an_open_round,
    "a double": lambda barrier: make_barrier(state=BarrierState.MERGED, merged_into=barrier),
    "a part": lambda barrier: make_barrier(split_from=barrier),
}


@pytest.mark.parametrize("building", BUILDING)
def test_refuses_once_others_built_on_it(as_member, member, barrier, building: str):
    BUILDING[building](barrier)

    with refused(OTHERS):
        withdrawing.withdraw(barrier=barrier, reason="Wrong.", by=member)

    page = as_member.get(PATH)
    assert OTHERS in page.content.decode()
    assert as_member.post(PATH, {"reason": "Wrong."}, follow=True).redirect_chain == [(HERE, 302)]
    assert not TakenBack.objects.exists()


UNSEEN: dict[str, Callable[[Barrier], Any]] = {
    "a statement in a draft": lambda barrier: make_statement(
        barrier, entry=make_entry(make_minutes())
    ),
    "a draft case": lambda barrier: make_case(state=CaseState.DRAFT).barriers.add(barrier),
    "a round being prepared": lambda barrier: make_round(barrier, opened_at=None),
    "a hidden part": lambda barrier: make_barrier(split_from=barrier, hidden_at=timezone.now()),
}


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_the_member_may_not_see_is_no_reason(member, barrier, unseen: str):
    UNSEEN[unseen](barrier)

    assert withdrawing.why_not(barrier, member) == ""


def test_refuses_what_was_raised_at_a_meeting_or_is_resolved(member):
    at_meeting = make_barrier(raised_by=member.organisation, raised_at=make_meeting())
    resolved = make_barrier(
        raised_by=member.organisation,
        state=BarrierState.RESOLVED,
        resolved_on=timezone.localdate(),
    )

    with refused(
        "It was raised at a meeting, and stands in its minutes. Write to the secretariat."
    ):
        withdrawing.withdraw(barrier=at_meeting, reason="Wrong.", by=member)
    with refused("It is closed, and the reason stands on its page. Write to the secretariat."):
        withdrawing.withdraw(barrier=resolved, reason="Wrong.", by=member)


def test_nobody_else_withdraws_it_and_nobody_without_a_reason(
    client, as_member, as_secretary, barrier
):
    make_barrier("Andet")

    assert as_member.post("/barrierer/andet/traek-tilbage/", {"reason": "x"}).status_code == 404
    assert as_secretary.post(PATH, {"reason": "x"}).status_code == 404
    assert client.post(PATH, {"reason": "x"}).status_code == 302
    assert as_member.post(PATH, {"reason": ""}).context["form"].errors == {
        "reason": ["Skriv begrundelsen."]
    }
    assert PATH not in as_secretary.get(HERE).content.decode()
    barrier.refresh_from_db()
    assert barrier.hidden_at is None


def test_hidden_barrier_that_nobody_withdrew_answers_as_one_that_never_was(client, db):
    make_barrier("Udbud", hidden_at=timezone.now())

    assert client.get(HERE).status_code == client.get("/en/barrierer/nothing/").status_code == 404


def test_withdrawing_and_support_in_one_moment(transactional_db):
    for _ in range(5):
        owner, other = make_member(), make_member()
        barrier = make_barrier(raised_by=owner.organisation)

        results = at_once(
            lambda: withdrawing.withdraw(barrier=barrier, reason="x", by=owner),  # noqa: B023
            lambda: supporting.support(barrier=barrier, by=other),  # noqa: B023
        )

        assert answers(results) in (["Barrier", "Refused"], ["Refused", "Support"])
        barrier.refresh_from_db()
        assert (barrier.hidden_at is None) == barrier.supports.exists()
