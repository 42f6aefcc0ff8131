"""How views answer an act that refuses."""

import json
from typing import Any

import pytest
from django import forms
from django.contrib.messages import ERROR, SUCCESS, get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from taskforce.core.acts import Conflict, Refused
from taskforce.core.refusals import on_page, refusals, shown_in


class NameForm(forms.Form):
    name = forms.CharField()

    def show_conflict(self, current: Any) -> None:
        self.add_error(None, f"It is now: {current}")


@pytest.fixture
def request_sent(rf: RequestFactory) -> HttpRequest:
    return with_messages(rf.post("/"))


def with_messages(request: HttpRequest) -> HttpRequest:
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: HttpRequest) -> list[tuple[int, str]]:
    return [(message.level, message.message) for message in get_messages(request)]


def refusing(refused: Exception) -> Any:
    @refusals(on_page("barriers:detail"))
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        raise refused

    return view


def test_refusal_leads_to_the_page_and_says_why(request_sent: HttpRequest) -> None:
    response = refusing(Refused("It is closed."))(request_sent, slug="price")

    assert (response.status_code, response["Location"]) == (302, "/barrierer/price/")
    assert said(request_sent) == [(ERROR, "It is closed.")]


def test_refusal_of_what_stands_already_is_no_error(request_sent: HttpRequest) -> None:
    refusing(Refused("You did that before.", already=True))(request_sent, slug="price")

    assert said(request_sent) == [(SUCCESS, "You did that before.")]


def test_script_gets_the_sentence_as_json(rf: RequestFactory) -> None:
    request = with_messages(rf.post("/", headers={"Accept": "application/json"}))

    response = refusing(Refused("It is closed."))(request, slug="price")

    assert response.status_code == 409
    assert json.loads(response.content) == {"said": "It is closed."}
    assert said(request) == []


def test_answered_act_is_left_alone(request_sent: HttpRequest) -> None:
    @refusals(on_page("barriers:detail"))
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        return HttpResponse(slug)

    assert view(request_sent, slug="price").content == b"price"


def test_fault_is_no_refusal(request_sent: HttpRequest) -> None:
    with pytest.raises(ZeroDivisionError):
        refusing(ZeroDivisionError())(request_sent, slug="price")


def test_form_shows_a_refusal_at_its_field() -> None:
    form = NameForm({"name": "Anna"})

    with shown_in(form):
        raise Refused("Taken.", field="name")

    assert form.errors == {"name": ["Taken."]}


def test_form_shows_a_refusal_of_no_field_at_its_head() -> None:
    form = NameForm({"name": "Anna"})

    with shown_in(form):
        raise Refused("Too late.")

    assert form.errors == {"__all__": ["Too late."]}


def test_form_shows_a_conflict() -> None:
    form = NameForm({"name": "Anna"})

    with shown_in(form):
        raise Conflict("Bodil")

    assert form.errors == {"__all__": ["It is now: Bodil"]}


def test_form_shows_only_the_kind_that_it_is_given() -> None:
    form = NameForm({"name": "Anna"})

    with shown_in(form, Conflict):
        raise Conflict("Bodil")
    with pytest.raises(Refused), shown_in(form, Conflict):
        raise Refused("It is closed.")

    assert form.errors == {"__all__": ["It is now: Bodil"]}


def test_form_leaves_what_stands_already_to_the_decorator() -> None:
    form = NameForm({"name": "Anna"})

    with pytest.raises(Refused), shown_in(form):
        raise Refused("You did that before.", already=True)

    assert form.errors == {}


def test_form_lets_a_fault_through() -> None:
    with pytest.raises(ZeroDivisionError), shown_in(NameForm({"name": "Anna"})):
        raise ZeroDivisionError
