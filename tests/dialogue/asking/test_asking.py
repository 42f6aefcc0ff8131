"""The secretariat asks up to five organisations, gives them longer, and withdraws a question."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.dialogue.asking import acts
from taskforce.dialogue.asking.forms import AskForm
from taskforce.dialogue.models import Asked, Question, QuestionState
from taskforce.members.models import Member, Organisation
from tests.factories import (
    make_answer,
    make_barrier,
    make_member,
    make_organisation,
    make_question,
    make_secretary,
    make_user,
)
from tests.racing import at_once

NEW = "/spoergsmaal/nyt/"


def days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def home(db: None) -> Organisation:
    return make_organisation("Roskilde Kommune")


@pytest.fixture
def ida(home: Organisation) -> Member:
    return make_member(home, user=make_user("ida@roskilde.example", name="Ida"))


def typed(*organisations: Organisation, **changes: Any) -> dict[str, Any]:
    sent = {"text": "Hvad hindrer jer i at købe socialt?", "answer_by": days(7)}
    return {**sent, "organisations": [one.slug for one in organisations], **changes}


def test_question_is_asked_and_everybody_of_the_organisation_gets_a_letter(
    as_secretary: Client, secretary: Member, home: Organisation, ida: Member
):
    make_member(home, user=make_user("bo@roskilde.example"))
    make_member(home, user=make_user("gone@roskilde.example"), to_date=timezone.localdate())
    make_member(make_organisation("Other"))
    barrier = make_barrier("Udbud er for store")

    answer = as_secretary.post(
        NEW, typed(home, about=f"barriers.barrier:{barrier.pk}", background="Vi skriver et svar.")
    )

    question = Question.objects.get()
    assert answer.url == question.get_absolute_url()
    assert question.thing(secretary.user) == barrier
    assert [row.organisation_name for row in question.asked.all()] == ["Roskilde Kommune"]
    assert [letter.to for letter in mail.outbox] == [
        ["ida@roskilde.example"],
        ["bo@roskilde.example"],
    ]
    letter = mail.outbox[0]
    assert letter.subject == "Et spørgsmål til jer: Hvad hindrer jer i at købe socialt?"
    for words in ("Vi skriver et svar.", "Udbud er for store", "/spoergsmaal/svar/"):
        assert words in letter.body
    assert "List-Unsubscribe" in letter.extra_headers  # nobody asked for it


def test_letters_are_shown_first_and_nothing_is_kept(
    as_secretary: Client, home: Organisation, ida: Member
):
    page = as_secretary.post(NEW, typed(home, show="on", note="Kort er fint."))

    post = page.context["post"]
    assert [(one.name, one.organisation) for one in post.readers] == [("Ida", "Roskilde Kommune")]
    assert "Kort er fint." in page.content.decode()
    assert not Question.objects.exists()
    assert mail.outbox == []


def test_organisation_without_members_is_asked_by_its_mailbox(as_secretary: Client, db: None):
    home = make_organisation("A", mailbox="a@a.example")

    as_secretary.post(NEW, typed(home))

    assert [letter.to for letter in mail.outbox] == [["a@a.example"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"answer_by": days(-1)}, "answer_by"),
        ({"answer_by": "når I kan"}, "answer_by"),
        ({"organisations": []}, "organisations"),
        ({"organisations": ["nobody"]}, "organisations"),
        ({"about": "barriers.barrier:999"}, "about"),
        ({"about": "members.user:1"}, "about"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    as_secretary: Client, home: Organisation, ida: Member, changes: dict[str, Any], field: str
):
    page = as_secretary.post(NEW, typed(home, background="Blev skrevet.", **changes))

    assert [*page.context["form"].errors] == [field]
    assert "Blev skrevet." in page.content.decode()
    assert not Question.objects.exists()


def test_no_more_than_five_are_asked(as_secretary: Client, db: None):
    six = [make_member().organisation for _ in range(6)]

    page = as_secretary.post(NEW, typed(*six))

    assert page.context["form"].errors["organisations"] == ["Vælg højst 5; du har valgt 6."]
    as_secretary.post(NEW, typed(*six[:5], six[0]))  # one twice is one
    assert Asked.objects.count() == 5


def test_organisation_that_no_letter_reaches_is_not_asked(as_secretary: Client, db: None):
    page = as_secretary.post(NEW, typed(make_organisation("Tom")))

    assert page.context["form"].errors["organisations"] == [
        "Tom har hverken medlemmer eller en postkasse, så et brev når ingen."
    ]


def test_same_question_is_not_asked_twice_while_it_is_open(
    as_secretary: Client, home: Organisation, ida: Member
):
    as_secretary.post(NEW, typed(home))
    page = as_secretary.post(NEW, typed(home))

    assert page.context["form"].errors["organisations"] == [
        "Roskilde Kommune er spurgt om det allerede og kan stadig svare."
    ]
    Question.objects.update(state=QuestionState.CLOSED, ended_at=timezone.now())
    as_secretary.post(NEW, typed(home))
    assert Question.objects.count() == 2


def test_two_secretaries_ask_the_same_once(transactional_db: None):
    home = make_member().organisation
    secretaries = [make_secretary() for _ in range(2)]

    def ask(number: int) -> str:
        form = AskForm(typed(home))
        assert form.is_valid()
        try:
            acts.ask(form=form, by=secretaries[number])
        except Refused:
            return "refused"
        return "asked"

    assert sorted(at_once(lambda: ask(0), lambda: ask(1))) == ["asked", "refused"]
    assert Asked.objects.count() == 1


def test_another_day_is_told_to_those_who_have_not_answered(
    as_secretary: Client, home: Organisation, ida: Member
):
    other = make_member(user=make_user("other@example.org"))
    question = make_question(home, other.organisation)
    make_answer(question, ida)
    page = as_secretary.get(f"{question.get_absolute_url()}frist/")
    sent = {"answer_by": days(20), "seen": page.context["form"]["seen"].value()}

    as_secretary.post(f"{question.get_absolute_url()}frist/", sent)

    question.refresh_from_db()
    assert question.answer_by.isoformat() == days(20)
    assert [letter.to for letter in mail.outbox] == [["other@example.org"]]
    assert mail.outbox[0].subject.startswith("Ny frist for jeres svar: ")


def test_other_day_that_somebody_set_meanwhile_is_shown(as_secretary: Client, home: Organisation):
    question = make_question(home)
    page = as_secretary.get(f"{question.get_absolute_url()}frist/")
    seen = page.context["form"]["seen"].value()
    Question.objects.update(answer_by=timezone.localdate() + timedelta(days=9))

    page = as_secretary.post(
        f"{question.get_absolute_url()}frist/", {"answer_by": days(20), "seen": seen}
    )

    assert page.context["form"].errors
    assert Question.objects.get().answer_by.isoformat() == days(9)


def test_closed_question_opens_again_with_another_day(
    as_secretary: Client, home: Organisation, ida: Member
):
    question = make_question(home)
    as_secretary.post(f"{question.get_absolute_url()}luk/")
    assert Question.objects.get().state == QuestionState.CLOSED
    page = as_secretary.get(f"{question.get_absolute_url()}frist/")
    seen = page.context["form"]["seen"].value()

    as_secretary.post(f"{question.get_absolute_url()}frist/", {"answer_by": days(3), "seen": seen})

    question.refresh_from_db()
    assert (question.state, question.ended_at) == (QuestionState.OPEN, None)


def test_closed_twice_is_closed(as_secretary: Client, home: Organisation):
    question = make_question(home)

    for _ in range(2):
        as_secretary.post(f"{question.get_absolute_url()}luk/")

    assert Question.objects.get().state == QuestionState.CLOSED
    assert mail.outbox == []


def test_withdrawn_question_is_told_to_all_and_read_by_those_asked_alone(
    as_secretary: Client, home: Organisation, ida: Member, log_in: Any
):
    question = make_question(home)
    make_answer(question, ida, "secret-now")
    stranger = make_member()
    path = question.get_absolute_url()
    assert "secret-now" in log_in(stranger).get(path).content.decode()

    refused = as_secretary.post(f"{path}traek-tilbage/", {"reason": ""})
    assert [*refused.context["form"].errors] == ["reason"]
    as_secretary.post(f"{path}traek-tilbage/", {"reason": "Vi ved det nu."})

    (letter,) = mail.outbox
    assert letter.to == ["ida@roskilde.example"]
    assert "Begrundelse: Vi ved det nu." in letter.body
    assert log_in(stranger).get(path).status_code == 404
    assert "Vi ved det nu." in log_in(ida).get(path).content.decode()
    assert [*Asked.objects.visible_to(stranger.user)] == []


def test_withdrawn_question_can_neither_be_extended_nor_closed(
    as_secretary: Client, secretary: Member, home: Organisation
):
    gone = {"state": QuestionState.WITHDRAWN, "ended_at": timezone.now(), "reason": "x"}
    question = make_question(home, **gone)

    for act in ("luk", "frist"):
        sent = {"answer_by": days(3), "seen": ""}
        as_secretary.post(f"{question.get_absolute_url()}{act}/", sent)

    assert Question.objects.get().state == QuestionState.WITHDRAWN
    with pytest.raises(Refused):
        acts.close(question=question, by=secretary)


def test_only_the_secretariat_asks(as_member: Client, client: Client, home: Organisation):
    path = make_question(home).get_absolute_url()
    pages = (NEW, f"{path}frist/", f"{path}luk/", f"{path}traek-tilbage/")

    assert [as_member.post(page).status_code for page in pages] == [403] * 4
    assert [client.post(page).status_code for page in pages] == [302] * 4
    assert Question.objects.get().is_open
