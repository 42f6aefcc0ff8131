"""The acts by which suggestions are made and answered."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from calls.consortia import suggesting
from calls.consortia.forms import ReplyForm, SuggestionForm
from calls.models import Answer, Consortium, Suggestion
from taskforce.members.models import Member
from tests.factories import make_call, make_member, make_open_consortium, make_organisation
from tests.outbox import sent, sent_to
from tests.racing import at_once
from tests.refusing import answers, refused


@pytest.fixture
def writer(db: None) -> Member:
    return make_member(make_organisation("Odense Kommune"))


@pytest.fixture
def suggestion(consortium: Consortium, writer: Member) -> Suggestion:
    return suggested(consortium, writer)


def suggested(consortium: Consortium, writer: Member) -> Suggestion:
    return Suggestion.objects.create(
        consortium=consortium,
        organisation=writer.organisation,
        written_by=writer,
        text="Begynd med kantiner.",
    )


def typed(text: str = "Begynd med kantiner.") -> SuggestionForm:
    form = SuggestionForm({"text": text})
    assert form.is_valid(), form.errors
    return form


def replied(suggestion: Suggestion, answer: str = "taken") -> ReplyForm:
    sent = {"answer": answer, "reply": "Tak, det gør vi."}
    form = ReplyForm(sent, instance=Suggestion.objects.get(pk=suggestion.pk))
    assert form.is_valid(), form.errors
    return form


def test_suggest_writes_to_the_lead(consortium: Consortium, lead: Member, writer: Member):
    made = suggesting.suggest(consortium=consortium, form=typed(), by=writer)

    assert made == Suggestion.objects.get()
    assert (made.consortium, made.organisation) == (consortium, writer.organisation)
    assert (made.written_by, made.text) == (writer, "Begynd med kantiner.")
    assert made.answer == Answer.WAITING
    assert sent() == [(lead.user.email, "Forslag fra Odense Kommune")]


def test_suggest_by_somebody_of_the_lead_writes_to_colleagues(consortium: Consortium, lead: Member):
    colleague = make_member(lead.organisation)

    suggesting.suggest(consortium=consortium, form=typed(), by=lead)

    assert sent_to() == [colleague.user.email]


def test_suggest_refuses_from_the_day_after_the_last(consortium: Consortium, writer: Member):
    yesterday = timezone.localdate() - timedelta(days=1)
    Consortium.objects.update(suggestions_by=yesterday)

    with refused("The consortium asks for no suggestions any more."):
        suggesting.suggest(consortium=consortium, form=typed(), by=writer)

    assert not Suggestion.objects.exists()
    assert sent() == []


def test_answer_writes_to_who_suggested(
    consortium: Consortium, lead: Member, writer: Member, suggestion: Suggestion
):
    before = timezone.now()

    found = suggesting.answer(form=replied(suggestion), by=lead)

    suggestion.refresh_from_db()
    assert found == suggestion
    assert (suggestion.answer, suggestion.reply) == (Answer.TAKEN, "Tak, det gør vi.")
    assert suggestion.answered_at is not None
    assert before < suggestion.answered_at < timezone.now()
    assert sent() == [(writer.user.email, "Svar på dit forslag til Vores")]


@pytest.mark.parametrize("who", ["former member", "nobody", "the one who answers"])
def test_answer_writes_to_nobody(lead: Member, writer: Member, suggestion: Suggestion, who: str):
    by = lead
    if who == "former member":
        Member.objects.filter(pk=writer.pk).update(to_date=timezone.localdate())
    elif who == "nobody":
        Suggestion.objects.update(written_by=None)
    else:
        by = writer

    suggesting.answer(form=replied(suggestion), by=by)

    assert sent() == []


def test_answer_refuses_a_second_answer(lead: Member, suggestion: Suggestion):
    late = replied(suggestion, "left")
    suggesting.answer(form=replied(suggestion), by=lead)
    sent()

    with refused("Somebody else has answered this suggestion already."):
        suggesting.answer(form=late, by=lead)

    suggestion.refresh_from_db()
    assert suggestion.answer == Answer.TAKEN
    assert sent() == []


def test_answer_twice_at_once_answers_once(transactional_db: None):
    lead, writer = make_member(), make_member()
    suggestion = suggested(make_open_consortium(make_call(), lead.organisation), writer)
    forms = [replied(suggestion, answer) for answer in ("taken", "left")]

    found = at_once(*(partial(suggesting.answer, form=form, by=lead) for form in forms))

    assert answers(found) == ["Refused", "Suggestion"]
