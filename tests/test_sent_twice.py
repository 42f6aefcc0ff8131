"""A form that is sent twice at the same moment makes one of it; two people's forms make two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from calls.models import Call, Consortium, Suggestion
from initiatives.models import Case, Initiative, InitiativeUpdate
from meetings.models import Material
from taskforce.dialogue.models import Contribution
from taskforce.members.models import Member
from taskforce.results.models import Figure, Goal
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_initiative,
    make_meeting,
    make_member,
    make_open_consortium,
    make_secretary,
)
from tests.initiatives.work.starts import filled_in
from tests.racing import at_once

Form = dict[str, Any]
Setting = tuple[str, Callable[[], Form], Any]


def a_case(by: Member) -> Setting:
    return "/eksempler/ny/", lambda: {"title": "Frokost"}, Case


def an_initiative(by: Member) -> Setting:
    barrier = make_barrier()
    lead = by.organisation.pk
    return "/indsatser/ny/", lambda: filled_in(barrier, lead=lead), Initiative


def an_update(by: Member) -> Setting:
    make_initiative("Guide", lead=by.organisation)
    return "/indsatser/guide/fremdrift/", lambda: {"text": "Seks er med"}, InitiativeUpdate


def a_consortium(by: Member) -> Setting:
    page = f"{make_call().get_absolute_url()}konsortier/nyt/"
    return page, lambda: {"name": "Nyt", "openness": "open"}, Consortium


def a_suggestion(by: Member) -> Setting:
    consortium = make_open_consortium(make_call(), make_member().organisation)
    page = f"{consortium.get_absolute_url()}forslag/"
    return page, lambda: {"text": "Tag køkkenet med"}, Suggestion


def a_call(by: Member) -> Setting:
    typed = {"title": "Penge", "summary": "Til arbejdet", "budget": "4 mio."}
    day = timezone.localdate() + timedelta(days=9)
    rows = {"frister-TOTAL_FORMS": "1", "frister-INITIAL_FORMS": "0", "frister-0-day": day}
    return "/opslag/ny/udfyld/", lambda: {**typed, **rows}, Call


def a_material(by: Member) -> Setting:
    make_meeting(3)

    def typed() -> Form:
        return {"title": "Oplæg", "file": SimpleUploadedFile("a.txt", b"text")}

    return "/moeder/3/materiale/ny/", typed, Material


def a_contribution(by: Member) -> Setting:
    page = reverse("dialogue:add", args=["barriere", make_barrier().pk])
    return page, lambda: {"kind": "question", "text": "Har I prøvet det?"}, Contribution


def a_figure(by: Member) -> Setting:
    typed = {"what": "Job", "number": "80", "unit": "job", "known": "counted"}
    typed |= {"from_on": "1/1-2025", "to_on": "31/12-2025", "source": "Årsrapport"}
    page = "/sekretariat/resultater/tal/nyt/"
    return page, lambda: {**typed, "source_on": "1/3-2026", "publish": "on"}, Figure


def a_goal(by: Member) -> Setting:
    typed = {"what": "Flere job", "unit": "job", "number": "100", "due_on": "31/12-2027"}
    return "/sekretariat/resultater/maal/nyt/", lambda: typed, Goal


@pytest.fixture
def by(transactional_db: None, tmp_path: Any, settings: Any) -> Member:
    settings.MEDIA_ROOT = tmp_path
    return make_secretary()


@pytest.mark.parametrize(
    "made",
    [
        *(a_case, an_initiative, an_update, a_consortium, a_suggestion, a_call, a_material),
        *(a_contribution, a_figure, a_goal),
    ],
)
def test_form_sent_twice_makes_one_and_lands_there(
    by: Member, log_in: LogIn, made: Callable[[Member], Setting]
):
    page, typed, model = made(by)
    before = model.objects.count()

    answers = at_once(*(send(log_in(by), page, {**typed(), "engang": "k1"}) for _ in range(2)))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("made", [a_case, an_initiative])
def test_two_people_give_the_same_title_at_the_same_moment(
    by: Member, log_in: LogIn, made: Callable[[Member], Setting]
):
    page, typed, model = made(by)
    browsers = [log_in(who) for who in (by, make_member())]

    answers = at_once(*(send(browser, page, typed()) for browser in browsers))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert model.objects.count() == 2
    assert len({*model.objects.values_list("slug", flat=True)}) == 2


def send(browser: Client, page: str, typed: Form) -> Callable[[], Any]:
    return lambda: browser.post(page, typed)
