"""An organisation answers a question once: after log-in, or by the link in the mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.core.acts import Conflict
from taskforce.dialogue.asking import answering, links
from taskforce.dialogue.asking.forms import AnswerForm
from taskforce.dialogue.models import Asked, Question, QuestionState
from taskforce.members.merging import organisations as merging
from taskforce.members.models import Member, NameVisibility, Organisation
from tests.conftest import LogIn
from tests.factories import (
    make_answer,
    make_barrier,
    make_member,
    make_organisation,
    make_question,
    make_user,
)
from tests.racing import at_once

DAY = timedelta(days=1)


@pytest.fixture
def home(db: None) -> Organisation:
    return make_organisation("Roskilde Kommune")


@pytest.fixture
def ida(home: Organisation) -> Member:
    return make_member(home, user=make_user("ida@roskilde.example", name="Ida"))


@pytest.fixture
def asked(home: Organisation, ida: Member) -> Asked:
    return make_question(home).asked.get()


def page_of(asked: Asked) -> str:
    return f"{asked.question.get_absolute_url()}svar/"


def seen(asked: Asked) -> str:
    """Return the mark of the answer that a form began from."""
    return str(AnswerForm(instance=Asked.objects.get(pk=asked.pk))["seen"].value())


def link_of(asked: Asked, member: Member | None) -> str:
    return links.to_answer(asked, member)


def test_member_answers_for_the_organisation(asked: Asked, ida: Member, log_in: LogIn):
    answer = log_in(ida).post(page_of(asked), {"answer": "Budgettet.", "seen": seen(asked)})

    asked.refresh_from_db()
    assert answer.url == asked.get_absolute_url()
    assert (asked.answer, asked.answered_by) == ("Budgettet.", ida)
    assert asked.answered_at is not None


def test_nothing_to_add_is_an_answer(asked: Asked, ida: Member, log_in: LogIn):
    log_in(ida).post(page_of(asked), {"answer": "", "nothing": "on"})

    asked.refresh_from_db()
    assert (asked.answer, bool(asked.answered_at)) == ("", True)
    page = log_in(ida).get(asked.question.get_absolute_url()).content.decode()
    assert "Vi har ikke noget at tilføje" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"answer": "  "}, "Skriv jeres svar, eller sig, at I ikke har noget at tilføje."),
        (
            {"answer": "Noget", "nothing": "on"},
            "Du har skrevet et svar. Send det, eller ryd feltet.",
        ),
    ],
)
def test_answer_without_words_and_words_beside_nothing_are_asked_about(
    asked: Asked, ida: Member, log_in: LogIn, sent: dict[str, str], sentence: str
):
    page = log_in(ida).post(page_of(asked), sent)

    assert page.context["form"].errors["answer"] == [sentence]
    assert sent["answer"] in page.content.decode()
    assert not Asked.objects.answered().exists()


def test_too_long_an_answer_is_kept_in_its_field(asked: Asked, ida: Member, log_in: LogIn):
    page = log_in(ida).post(page_of(asked), {"answer": "x" * 4001})

    assert [*page.context["form"].errors] == ["answer"]
    assert "x" * 4001 in page.content.decode()


def test_colleague_changes_the_answer_until_the_day(asked: Asked, ida: Member, log_in: LogIn):
    make_answer(asked.question, ida, "Først")
    browser = log_in(make_member(ida.organisation))

    browser.post(page_of(asked), {"answer": "Så", "seen": seen(asked)})
    assert Asked.objects.get().answer == "Så"
    Question.objects.update(answer_by=timezone.localdate() - DAY)

    assert browser.get(page_of(asked)).status_code == 302
    page = browser.post(page_of(asked), {"answer": "For sent", "seen": seen(asked)})
    assert "For sent" in page.content.decode()
    assert Asked.objects.get().answer == "Så"


def test_late_answer_is_taken_until_the_question_is_closed(
    asked: Asked, ida: Member, log_in: LogIn
):
    Question.objects.update(answer_by=timezone.localdate() - DAY)
    log_in(ida).post(page_of(asked), {"answer": "Sent", "seen": seen(asked)})
    assert Asked.objects.get().answer == "Sent"

    other = make_question(ida.organisation, state=QuestionState.CLOSED, ended_at=timezone.now())
    page = log_in(ida).post(page_of(other.asked.get()), {"answer": "For sent"})

    assert "Der kan ikke længere svares på spørgsmålet." in page.content.decode()
    assert "For sent" in page.content.decode()
    assert not other.asked.answered().exists()


def test_who_writes_at_the_same_time_sees_the_colleagues_words(
    asked: Asked, ida: Member, log_in: LogIn
):
    browser = log_in(make_member(ida.organisation))
    before = browser.get(page_of(asked)).context["form"]["seen"].value()
    make_answer(asked.question, ida, "Idas ord")

    page = browser.post(page_of(asked), {"answer": "Mine ord", "seen": before})
    for words in ("Idas ord", "Mine ord"):
        assert words in page.content.decode()
    assert Asked.objects.get().answer == "Idas ord"

    now = page.context["form"]["seen"].value()
    browser.post(page_of(asked), {"answer": "Begges ord", "seen": now})
    assert Asked.objects.get().answer == "Begges ord"


def test_of_two_at_once_one_answers(transactional_db: None):
    home = make_organisation()
    people = [make_member(home) for _ in range(2)]
    pk = make_question(home).asked.get().pk
    mark = seen(Asked.objects.get())

    def answer(number: int) -> str:
        sent = {"answer": f"Ord {number}", "seen": mark}
        form = AnswerForm(sent, instance=Asked.objects.get(pk=pk))
        assert form.is_valid()
        try:
            answering.answer(form=form, by=people[number])
        except Conflict:
            return "conflict"
        return "answered"

    assert sorted(at_once(lambda: answer(0), lambda: answer(1))) == ["answered", "conflict"]


def test_who_is_not_asked_cannot_answer(asked: Asked, as_member: Client, client: Client):
    assert as_member.get(page_of(asked)).status_code == 404
    assert as_member.post(page_of(asked), {"answer": "x"}).status_code == 404
    assert client.get(page_of(asked)).status_code == 302
    assert not Asked.objects.answered().exists()


def test_link_answers_in_the_name_of_its_reader(asked: Asked, ida: Member, client: Client):
    path = link_of(asked, ida)
    for method in (client.get, client.head):
        assert method(path).status_code == 200
    assert not Asked.objects.answered().exists()
    page = client.get(path)
    assert "Du svarer som Ida på vegne af Roskilde Kommune." in page.content.decode()
    assert "no-store" in page["Cache-Control"]

    assert client.post(path, {"answer": "Budgettet.", "seen": seen(asked)}).status_code == 200

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Budgettet.", ida)
    assert "_auth_user_id" not in client.session
    # Their own words they change by it.
    client.post(path, {"answer": "Nyt", "seen": seen(asked)})
    assert Asked.objects.get().answer == "Nyt"


def test_button_of_a_link_takes_the_token_of_its_page(asked: Asked, ida: Member):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_of(asked, ida), {"answer": "x"}).status_code == 403


def test_link_to_the_mailbox_answers_for_nobody_in_particular(client: Client, db: None):
    asked = make_question(make_organisation("A", mailbox="a@a.example")).asked.get()

    client.post(link_of(asked, None), {"answer": "Ord", "seen": seen(asked)})

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Ord", None)


def test_mailbox_of_an_organisation_that_left_answers_no_more(client: Client, db: None):
    asked = make_question(make_organisation("A", mailbox="a@a.example")).asked.get()
    Organisation.objects.update(in_taskforce=False)

    assert client.get(link_of(asked, None)).status_code == 410
    page = client.post(link_of(asked, None), {"answer": "Mine ord", "seen": seen(asked)})

    assert "Mine ord" in page.content.decode()
    assert Asked.objects.get().answered_at is None


def test_link_neither_shows_nor_changes_a_colleagues_words(
    asked: Asked, ida: Member, client: Client
):
    make_answer(asked.question, make_member(ida.organisation), "colleagues-words")

    page = client.get(link_of(asked, ida))
    assert page.status_code == 410
    sent = client.post(link_of(asked, ida), {"answer": "Mine ord", "seen": "x"})

    assert "colleagues-words" not in page.content.decode() + sent.content.decode()
    assert "Mine ord" in sent.content.decode()
    assert Asked.objects.get().answer == "colleagues-words"


def closed(asked: Asked, ida: Member) -> None:
    Question.objects.update(state=QuestionState.CLOSED, ended_at=timezone.now())


def withdrawn(asked: Asked, ida: Member) -> None:
    ended = {"state": QuestionState.WITHDRAWN, "ended_at": timezone.now()}
    Question.objects.update(reason="Vi ved det nu", **ended)


def left(asked: Asked, ida: Member) -> None:
    Member.objects.filter(pk=ida.pk).update(to_date=timezone.localdate())


def moved(asked: Asked, ida: Member) -> None:
    Member.objects.filter(pk=ida.pk).update(organisation=make_organisation())


def answered_in_time(asked: Asked, ida: Member) -> None:
    make_answer(asked.question, ida, "Før")
    Question.objects.update(answer_by=timezone.localdate() - DAY)


@pytest.mark.parametrize("happens", [closed, withdrawn, left, moved, answered_in_time])
def test_link_that_takes_nothing_says_so_and_keeps_what_is_typed(
    asked: Asked, ida: Member, client: Client, happens: Any
):
    happens(asked, ida)
    before = Asked.objects.get().answer

    assert client.get(link_of(asked, ida)).status_code == 410
    assert "Mine ord" in client.post(link_of(asked, ida), {"answer": "Mine ord"}).content.decode()
    assert Asked.objects.get().answer == before


def test_link_that_we_did_not_sign_leads_nowhere(asked: Asked, ida: Member, client: Client):
    good = link_of(asked, ida).split("/")[-2]
    key, _colon, signature = good.partition(":")
    forged = ("nonsense", key, f"{key}1:{signature}", f"{asked.pk + 1}-{ida.pk}:{signature}")

    for one in forged:
        assert client.post(f"/spoergsmaal/svar/{one}/", {"answer": "x"}).status_code == 404
    assert not Asked.objects.answered().exists()


def test_members_read_answers_and_the_secretariat_who_is_missing(
    asked: Asked, ida: Member, as_member: Client, as_secretary: Client, client: Client
):
    Member.objects.filter(pk=ida.pk).update(name_visibility=NameVisibility.NOBODY)
    missing = make_organisation("Mangler Kommune")
    Asked.objects.create(question=asked.question, organisation=missing, organisation_name="x")
    make_answer(asked.question, ida, "Se https://example.org/a")
    path = asked.question.get_absolute_url()

    read = as_member.get(path).content.decode()
    kept = as_secretary.get(path).content.decode()

    assert 'href="https://example.org/a" rel="nofollow"' in read
    assert ("Mangler Kommune" in read, "Mangler Kommune" in kept) == (False, True)
    assert ("Ida" in read, "Ida" in kept) == (False, True)
    assert "Den har hverken medlemmer eller en postkasse længere." in kept
    assert client.get(path).status_code == 302


def test_answers_stand_on_the_page_of_the_thing_for_members(
    home: Organisation, ida: Member, as_member: Client, client: Client
):
    barrier = make_barrier()
    question = make_question(home, about=barrier, text="Hvad hindrer jer?")
    make_answer(question, ida, "Budgettet er for lille")
    path = barrier.get_absolute_url()

    for words in ("Hvad hindrer jer?", "Budgettet er for lille"):
        assert words in as_member.get(path).content.decode()
        assert words not in client.get(path).content.decode()


def test_question_about_what_is_hidden_is_read_by_those_asked_alone(
    home: Organisation, ida: Member, as_member: Client, log_in: LogIn
):
    barrier = make_barrier("hidden-title")
    path = make_question(home, about=barrier).get_absolute_url()
    assert "hidden-title" in as_member.get(path).content.decode()
    barrier.hidden_at = timezone.now()
    barrier.save()

    assert as_member.get(path).status_code == 404
    page = log_in(ida).get(path)
    assert page.status_code == 200
    assert "hidden-title" not in page.content.decode()


def test_merged_organisation_keeps_every_answer_and_answers_for_both(
    asked: Asked, ida: Member, secretary: Member
):
    double = make_member(make_organisation("Odense"))
    make_answer(asked.question, double, "Doublens ord")

    both = {"gone": double.organisation, "kept": asked.organisation}
    merging.merge(**both, from_gone=set(), by=secretary.user)

    rows = Asked.objects.filter(organisation=asked.organisation)
    assert {row.answer for row in rows} == {"Doublens ord", ""}
    assert [*Asked.objects.waiting_for(ida)] == []
    assert [row.organisation_name for row in Asked.objects.answered()] == ["Odense"]


def test_merged_organisation_that_waits_twice_waits_once(asked: Asked, secretary: Member):
    double = make_organisation("Odense")
    Asked.objects.create(question=asked.question, organisation=double, organisation_name="Odense")

    merging.merge(gone=double, kept=asked.organisation, from_gone=set(), by=secretary.user)

    assert [row.pk for row in Asked.objects.unanswered()] == [asked.pk]
