"""Say something about a thing, and reply: once, where the talk goes on, and not too much."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from barriers.models import Barrier, BarrierState
from calls.models import Openness
from initiatives.models import InitiativeState
from taskforce.activity.models import Activity, Verb
from taskforce.dialogue.models import Contribution, PublicTalk
from taskforce.dialogue.talk import contributing
from tests.factories import (
    make_barrier,
    make_call,
    make_consortium,
    make_contribution,
    make_initiative,
    make_member,
    make_organisation,
)
from tests.refusing import refused

pytestmark = pytest.mark.django_db
MERGED = "It is merged into another one meanwhile, and the talk goes on there."
TOO_MANY = (
    "You have written 20 contributions within an hour. "
    "What you wrote stands here: wait a little, and send it then."
)
CLOSED = "The talk is closed, since what it is about has come to an end."


def say(about, by, text="Har I prøvet det?", **given) -> Contribution:
    with_kind = {"kind": "question", **given}
    return contributing.contribute(about=about, text=text, by=by, **with_kind)


def test_contribution_keeps_who_said_it_for_whom_and_what_they_were_called():
    barrier, by = make_barrier(), make_member(organisation=make_organisation("Værket"))

    made = say(barrier, by)
    by.organisation.name = "Værkstedet"
    by.organisation.save()

    made.refresh_from_db()
    assert (made.target, made.kind, made.text) == (barrier, "question", "Har I prøvet det?")
    assert (made.organisation, made.organisation_name) == (by.organisation, "Værket")
    assert (made.written_by, made.is_public) == (by.user, False)
    record = Activity.objects.get(verb=Verb.ADDED)
    assert (record.actor, record.target_id) == (by.user, made.pk)


def test_reply_to_a_reply_stands_under_the_first():
    first = make_contribution(make_barrier())
    below = make_contribution(first.target, parent=first)

    made = contributing.reply(to=below, text="Ja.", by=make_member())

    assert (made.parent, made.kind, made.target) == (first, "", first.target)


def test_what_is_sent_twice_counts_once():
    barrier, by = make_barrier(), make_member()

    assert say(barrier, by) == say(barrier, by)
    assert say(barrier, by, text="Noget andet.") != say(barrier, by)
    assert Contribution.objects.count() == 2


def test_the_same_words_count_again_after_an_hour():
    barrier, by = make_barrier(), make_member()
    long_ago = timezone.now() - timedelta(hours=2)
    make_contribution(barrier, by, written_at=long_ago)

    say(barrier, by)

    assert Contribution.objects.count() == 2


def test_nobody_says_more_than_twenty_things_an_hour():
    barrier, by = make_barrier(), make_member()
    for number in range(20):
        say(barrier, by, text=f"Nummer {number}")

    with refused(TOO_MANY):
        say(barrier, by, text="Nummer 21")

    assert say(barrier, make_member(), text="En anden")
    assert Contribution.objects.count() == 21


def closed_things():
    ended = {"ended_on": timezone.localdate(), "outcome": "Det gik."}
    yield make_barrier(state=BarrierState.RESOLVED, resolved_on=timezone.localdate(), answer="Nu.")
    yield make_barrier(hidden_at=timezone.now())
    yield make_initiative(state=InitiativeState.DONE, **ended)
    call = make_call()
    yield make_consortium(call, openness=Openness.HIDDEN)
    yield make_consortium(call, openness=Openness.OPEN, outcome="applied")
    over = make_call(day=timezone.localdate() - timedelta(days=1))
    yield make_consortium(over, openness=Openness.OPEN)


def test_refuses_where_the_talk_is_closed():
    by = make_member()
    for thing in closed_things():
        first = make_contribution(thing)
        with refused(CLOSED):
            say(thing, by)
        with refused(CLOSED):
            contributing.reply(to=first, text="Ja.", by=by)


def test_says_where_the_talk_goes_on_after_a_merge():
    kept = make_barrier()
    gone = make_barrier(state=BarrierState.MERGED, merged_into=kept)

    with refused(MERGED):
        say(Barrier.objects.get(pk=gone.pk), make_member())


@pytest.mark.parametrize(
    ("gone", "why"),
    [
        ({"hidden_at": timezone.now()}, "The secretariat has hidden the contribution."),
        ({"withdrawn_at": timezone.now(), "text": ""}, "The contribution was withdrawn."),
    ],
)
def test_nobody_replies_to_words_that_do_not_stand(gone, why):
    first = make_contribution(make_barrier(), **gone)

    with refused(why):
        contributing.reply(to=first, text="Ja.", by=make_member())


def test_nobody_replies_under_hidden_words():
    first = make_contribution(make_barrier(), hidden_at=timezone.now())
    below = make_contribution(first.target, parent=first)

    with refused("The secretariat has hidden the contribution."):
        contributing.reply(to=below, text="Ja.", by=make_member())


def test_nobody_replies_to_what_was_deleted():
    first = make_contribution(make_barrier())
    Contribution.objects.filter(pk=first.pk).delete()

    with refused("The contribution was deleted meanwhile."):
        contributing.reply(to=first, text="Ja.", by=make_member())


@pytest.mark.parametrize(
    ("is_open", "told", "is_public"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_words_are_public_only_where_their_writer_was_told_so(is_open, told, is_public):
    barrier = make_barrier()
    if is_open:
        PublicTalk.objects.create(target=barrier)

    assert say(barrier, make_member(), for_all=told).is_public == is_public


@pytest.mark.parametrize("above", [True, False])
def test_reply_is_no_more_public_than_what_it_answers(above):
    barrier = make_barrier()
    PublicTalk.objects.create(target=barrier)
    first = make_contribution(barrier, is_public=above)

    made = contributing.reply(to=first, text="Ja.", by=make_member(), for_all=True)

    assert made.is_public == above
    assert mail.outbox == []
