"""Proposed changes: propose, accept and decline them; who is refused, and who wins a race."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meetings.models import ChangeState, Minutes, MinutesEntry, ProposedChange
from meetings.review import changes, reviewing
from meetings.review.forms import AcceptForm, ProposeForm
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_proposed_change, make_secretary
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import attend, make_in_review, publish
from tests.racing import at_once

TEXT = "<p>Vi mødtes i Odense.</p>"
ANSWERED = "Forslaget er allerede besvaret."


@pytest.fixture
def minutes(db: None) -> Minutes:
    return make_in_review()


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


@pytest.fixture
def author(minutes: Minutes) -> Member:
    return attend(minutes)


def propose_form(entry: MinutesEntry, text: str = TEXT, why: str = "") -> Any:
    form = ProposeForm({"text": text, "why": why}, entry=entry)
    assert form.is_valid()
    return form


def accept_form(change: ProposedChange, text: str = TEXT, answer: str = "") -> Any:
    """Return the form that accepts a change, as the page shows it now."""
    row = ProposedChange.objects.select_related("entry__minutes").get(pk=change.pk)
    typed = {"text": text, "version": row.entry.version, "answer": answer}
    form = AcceptForm(typed, change=row)
    assert form.is_valid()
    return form


# Propose


def test_propose_keeps_both_texts(entry: MinutesEntry, author: Member) -> None:
    change = changes.propose(form=propose_form(entry, why="Stedet mangler."), by=author)

    assert ProposedChange.objects.get() == change
    assert (change.entry, change.proposed_by) == (entry, author)
    assert (change.old_text, change.new_text) == ("<p>Vi mødtes.</p>", TEXT)
    assert (change.why, change.state) == ("Stedet mangler.", ChangeState.WAITING)
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.SUBMITTED, author.user)


def test_propose_replaces_ones_own_waiting_proposal_alone(
    entry: MinutesEntry, author: Member
) -> None:
    others = make_proposed_change(entry)
    answered = make_proposed_change(entry, proposed_by=author, state=ChangeState.ACCEPTED)
    first = changes.propose(form=propose_form(entry), by=author)

    second = changes.propose(form=propose_form(entry, "<p>I Aarhus.</p>"), by=author)

    assert second == first
    assert [*ProposedChange.objects.order_by("pk").values_list("pk", "new_text")] == [
        (others.pk, others.new_text),
        (answered.pk, answered.new_text),
        (first.pk, "<p>I Aarhus.</p>"),
    ]
    assert Activity.objects.count() == 1


def test_propose_is_open_until_the_last_day(entry: MinutesEntry, author: Member) -> None:
    Minutes.objects.update(review_ends_on=timezone.localdate())

    assert changes.propose(form=propose_form(entry), by=author).pk


def test_propose_refuses_after_the_last_day(entry: MinutesEntry, author: Member) -> None:
    form = propose_form(entry)
    Minutes.objects.update(review_ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(Refused) as refused:
        changes.propose(form=form, by=author)

    assert str(refused.value) == "Gennemsynet er slut. Skriv til sekretariatet."
    assert not ProposedChange.objects.exists()


def test_propose_refuses_minutes_that_were_published_meanwhile(
    minutes: Minutes, entry: MinutesEntry, author: Member
) -> None:
    form = propose_form(entry)
    publish(minutes)

    with pytest.raises(Refused) as refused:
        changes.propose(form=form, by=author)

    assert str(refused.value) == "Referatet er ikke til gennemsyn."
    assert not ProposedChange.objects.exists()


# Accept and decline


def test_accept_saves_the_passage_in_the_words_of_the_form(
    entry: MinutesEntry, secretary: Member
) -> None:
    change = make_proposed_change(entry, new_text=TEXT)
    other = make_proposed_change(entry)
    form = accept_form(change, "<p>Vi mødtes på Fyn.</p>", "Lidt bredere.")

    answered = changes.accept(change=change, form=form, by=secretary)

    entry.refresh_from_db()
    change.refresh_from_db()
    other.refresh_from_db()
    assert answered == change
    assert (entry.text, entry.version) == ("<p>Vi mødtes på Fyn.</p>", 2)
    assert (change.state, change.answer) == (ChangeState.ACCEPTED, "Lidt bredere.")
    assert (other.state, other.answer) == (ChangeState.WAITING, "")
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.ACCEPTED, secretary.user)


def test_accept_conflicts_where_the_passage_changed_meanwhile(
    entry: MinutesEntry, secretary: Member
) -> None:
    change = make_proposed_change(entry)
    form = accept_form(change)
    MinutesEntry.objects.update(text="<p>Vi mødtes online.</p>", version=2)

    with pytest.raises(Conflict) as conflict:
        changes.accept(change=change, form=form, by=secretary)

    assert conflict.value.current.text == "<p>Vi mødtes online.</p>"
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING
    assert not Activity.objects.exists()


def test_decline_leaves_the_passage_as_it_is(entry: MinutesEntry, secretary: Member) -> None:
    change = make_proposed_change(entry)

    answered = changes.decline(change=change, reason="Det blev sagt sådan.", by=secretary)

    entry.refresh_from_db()
    change.refresh_from_db()
    assert answered == change
    assert (entry.text, entry.version) == ("<p>Vi mødtes.</p>", 1)
    assert (change.state, change.answer) == (ChangeState.DECLINED, "Det blev sagt sådan.")
    assert Activity.objects.get().verb == Verb.DECLINED


def test_changes_are_answered_in_a_draft_too(
    minutes: Minutes, entry: MinutesEntry, secretary: Member
) -> None:
    change = make_proposed_change(entry)
    reviewing.take_back(minutes=minutes, by=secretary)

    changes.accept(change=change, form=accept_form(change), by=secretary)

    entry.refresh_from_db()
    assert entry.text == TEXT


@pytest.mark.parametrize("state", [ChangeState.ACCEPTED, ChangeState.DECLINED])
def test_accept_and_decline_refuse_a_change_that_is_answered(
    entry: MinutesEntry, secretary: Member, state: str
) -> None:
    change = make_proposed_change(entry)
    form = accept_form(change)
    ProposedChange.objects.update(state=state, answer="Nej.")

    for call in (
        lambda: changes.accept(change=change, form=form, by=secretary),
        lambda: changes.decline(change=change, reason="Igen.", by=secretary),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == ANSWERED
    entry.refresh_from_db()
    change.refresh_from_db()
    assert (entry.text, change.answer) == ("<p>Vi mødtes.</p>", "Nej.")


def test_accept_and_decline_refuse_published_minutes(
    minutes: Minutes, entry: MinutesEntry, secretary: Member
) -> None:
    change = make_proposed_change(entry)
    form = accept_form(change)
    publish(minutes)

    for call in (
        lambda: changes.accept(change=change, form=form, by=secretary),
        lambda: changes.decline(change=change, reason="Nej.", by=secretary),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == "Referatet er offentliggjort."
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING


def test_accept_and_decline_at_once_notify_the_author_of_one_answer(mailbox: Mailbox) -> None:
    entry, by = make_in_review().entries.get(), make_secretary()
    change = make_proposed_change(entry, new_text=TEXT)
    form = accept_form(change, answer="Ja tak.")

    accepted, declined = at_once(
        lambda: changes.accept(change=change, form=form, by=by),
        lambda: changes.decline(change=change, reason="Nej tak.", by=by),
    )

    assert {type(accepted), type(declined)} == {ProposedChange, Refused}
    is_accepted = isinstance(accepted, ProposedChange)
    entry.refresh_from_db()
    change.refresh_from_db()
    assert entry.text == (TEXT if is_accepted else "<p>Vi mødtes.</p>")
    assert change.answer == ("Ja tak." if is_accepted else "Nej tak.")
    assert [str(answer) for answer in (accepted, declined) if isinstance(answer, Refused)] == [
        ANSWERED
    ]
    (letter,) = mailbox.letters
    assert letter["to"] == change.proposed_by.user.email
    assert change.answer in body(letter)
    assert "Odense" not in body(letter)
