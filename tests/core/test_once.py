"""What is sent twice is done once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from barriers.models import Barrier
from taskforce.core import once
from taskforce.core.models import SentForm
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_barrier, make_member, make_theme
from tests.racing import at_once

PAGE = "/barrierer/ny/"
Form = dict[str, Any]


@pytest.fixture
def typed(db: None) -> Form:
    theme = make_theme()
    return {"title": "Narrow door", "theme": theme.pk, "description": "Too narrow.", "engang": "k1"}


def test_form_carries_a_key_of_its_own(as_member: Client) -> None:
    first, second = (as_member.get(PAGE).content.decode() for _ in range(2))

    assert 'name="engang" value="' in first
    assert first != second


def test_second_sending_lands_where_the_first_did_and_says_the_same(
    as_member: Client, typed: Form
) -> None:
    first = as_member.post(PAGE, typed)
    typed_again = as_member.post(PAGE, typed, follow=True)

    assert [barrier.title for barrier in Barrier.objects.all()] == ["Narrow door"]
    assert typed_again.redirect_chain == [(first.url, 302)]  # type: ignore[attr-defined]
    assert len({*map(str, typed_again.context["messages"])}) == 1


def test_other_contents_in_the_same_form_are_another_sending(
    as_member: Client, typed: Form
) -> None:
    as_member.post(PAGE, typed)
    as_member.post(PAGE, typed | {"title": "Broken lift"})

    assert {barrier.title for barrier in Barrier.objects.all()} == {"Narrow door", "Broken lift"}


def test_somebody_else_with_the_same_key_is_another_sender(db: None, log_in: LogIn) -> None:
    barrier = make_barrier()
    for _ in range(2):
        page = f"/barrierer/{barrier.slug}/udsagn/"
        log_in(make_member()).post(page, {"text": "It is hard.", "engang": "k1"})

    assert barrier.statements.count() == 2


def test_refused_form_may_be_sent_again(as_member: Client, typed: Form) -> None:
    refused = as_member.post(PAGE, typed | {"theme": ""})

    assert refused.status_code == 200
    assert not SentForm.objects.exists()


def test_form_without_a_key_is_answered_as_ever(as_member: Client, typed: Form) -> None:
    del typed["engang"]

    assert as_member.post(PAGE, typed).status_code == 302
    assert not SentForm.objects.exists()


def test_fault_leaves_no_trace(
    as_member: Client, typed: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    as_member.raise_request_exception = False
    monkeypatch.setattr("barriers.register.acts.record", fail)

    assert as_member.post(PAGE, typed).status_code == 500
    assert not Barrier.objects.exists()
    assert not SentForm.objects.exists()


def test_eight_at_the_same_moment_make_one(
    transactional_db: None, log_in: LogIn, typed: Form
) -> None:
    member: Member = make_member()
    clients = [log_in(member) for _ in range(8)]

    def send(client: Client) -> Callable[[], Any]:
        return lambda: client.post(PAGE, typed)

    answers = at_once(*map(send, clients))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert Barrier.objects.count() == 1


def test_forget_deletes_what_is_a_day_old(
    as_member: Client, typed: Form, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-01 12:00Z")
    as_member.post(PAGE, typed)
    time_machine.move_to("2026-03-02 11:59Z")
    once.forget()
    assert SentForm.objects.count() == 1

    time_machine.move_to("2026-03-02 12:01Z")
    once.forget()
    assert SentForm.objects.count() == 0
