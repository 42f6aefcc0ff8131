"""An answer to the secretariat is carried into the talk: once, for members, marked from where."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from barriers.models import BarrierState
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.dialogue.models import Asked, Contribution, PublicTalk
from taskforce.dialogue.talk import carrying
from taskforce.following.models import Follow
from tests.factories import (
    make_answer,
    make_barrier,
    make_call,
    make_contribution,
    make_initiative,
    make_member,
    make_organisation,
    make_question,
    make_secretary,
    make_user,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db
ENDED = {"state": BarrierState.DROPPED, "resolved_on": date(2026, 3, 1)}


@pytest.fixture
def barrier(db: None):
    return make_barrier("Store udbud")


@pytest.fixture
def answer(barrier) -> Asked:
    ida = make_member(
        make_organisation("Roskilde Kommune"),
        user=make_user(name="Ida Holm"),
        name_visibility="members",
    )
    return make_answer(make_question(about=barrier, text="Hvad hindrer jer?"), ida, "Juristerne.")


def carry(answer: Asked) -> str:
    return reverse("dialogue:carry", args=[answer.question.slug, answer.pk])


def test_answer_stands_in_the_talk_and_says_from_where(as_secretary, as_member, barrier, answer):
    PublicTalk.objects.create(target=barrier)
    for page in (barrier.get_absolute_url(), answer.question.get_absolute_url()):
        assert carry(answer) in as_secretary.get(page).content.decode()

    led = as_secretary.post(carry(answer))

    made = Contribution.objects.get()
    assert led.url == made.get_absolute_url()
    assert (made.target, made.of_answer, made.kind) == (barrier, answer, "experience")
    assert (made.text, made.organisation_name) == ("Juristerne.", "Roskilde Kommune")
    (entry,) = as_member.get(barrier.get_absolute_url()).context["talk"].entries
    assert entry.contribution.person == "Ida Holm"
    assert entry.contribution.of_answer.question == answer.question
    page = as_member.get(barrier.get_absolute_url()).content.decode()
    said = page.partition(f'id="{made.anchor}"')[2]
    assert f'<a href="{answer.question.get_absolute_url()}" lang="da">Hvad hindrer jer?</a>' in said
    assert carry(answer) not in as_secretary.get(barrier.get_absolute_url()).content.decode()
    assert "Juristerne." not in Client().get(barrier.get_absolute_url()).content.decode()


def test_who_answered_follows_it_and_may_take_it_back(as_secretary, answer, log_in):
    as_secretary.post(carry(answer))

    made, ida = Contribution.objects.get(), answer.answered_by
    assert [row.user for row in Follow.objects.all()] == [ida.user]
    assert Activity.objects.get(verb=Verb.ADDED).actor != ida.user
    log_in(ida).post(reverse("dialogue:take_away", args=[made.pk]))
    assert not Contribution.objects.exists()


def test_answer_of_a_mailbox_stands_for_its_organisation_alone(as_secretary, as_member, answer):
    Asked.objects.update(answered_by=None)

    as_secretary.post(carry(answer))

    assert Contribution.objects.get().written_by is None
    assert not Follow.objects.exists()
    assert "Juristerne." in as_member.get("/barrierer/store-udbud/").content.decode()


def test_answer_about_a_merged_barrier_stands_with_the_kept_one(as_secretary, barrier, answer):
    kept = make_barrier("Udbud")
    barrier.state, barrier.merged_into = BarrierState.MERGED, kept
    barrier.save()

    as_secretary.post(carry(answer))

    assert Contribution.objects.get().target == kept


def test_pressed_twice_it_stands_once(as_secretary, answer):
    for _ in range(2):
        page = as_secretary.post(carry(answer), follow=True)

    assert Contribution.objects.count() == 1
    assert [str(one) for one in page.context["messages"]] == ["Svaret står allerede i samtalen."]


def test_pressed_by_two_at_once_it_stands_once(transactional_db):
    one = make_member()
    answer = make_answer(make_question(about=make_barrier()), one)
    secretaries = make_secretary(), make_secretary()

    at_once(*(lambda by=by: carrying.carry(answer=answer, by=by) for by in secretaries))

    assert Contribution.objects.count() == 1


def test_answer_about_an_initiative_stands_there(secretary):
    thing = make_initiative()
    answer = make_answer(make_question(about=thing), make_member())

    assert carrying.takes_answers(answer.question.about)
    assert carrying.carry(answer=answer, by=secretary).target == thing


@pytest.mark.parametrize(
    "about",
    [
        pytest.param(lambda: None, id="nothing"),
        pytest.param(make_call, id="a call"),
        pytest.param(lambda: make_barrier(**ENDED), id="a closed talk"),
    ],
)
def test_no_talk_takes_the_answer(secretary, about):
    answer = make_answer(make_question(about=about()), make_member())

    assert not carrying.takes_answers(answer.question.about)
    with pytest.raises(Refused):
        carrying.carry(answer=answer, by=secretary)


def test_only_the_secretariat_carries_and_only_words(as_secretary, as_member, client, answer):
    assert client.post(carry(answer)).status_code == 302
    assert as_member.post(carry(answer)).status_code == 403
    assert as_secretary.get(carry(answer)).status_code == 405
    nothing = make_answer(answer.question, make_member(), "")
    assert as_secretary.post(carry(nothing)).status_code == 404
    assert carry(answer) not in as_member.get("/barrierer/store-udbud/").content.decode()
    assert not Contribution.objects.exists()


def test_withdrawn_question_takes_its_words_out_of_the_talk(
    as_secretary, as_member, answer, barrier
):
    as_secretary.post(carry(answer))
    made = Contribution.objects.get()
    make_contribution(barrier, parent=made, text="Hos os også.")

    path = f"{answer.question.get_absolute_url()}traek-tilbage/"
    as_secretary.post(path, {"reason": "Vi ved det nu."})

    page = as_member.get(barrier.get_absolute_url()).content.decode()
    assert "Juristerne." not in page
    assert "Hvad hindrer jer?" not in page
    assert "Hos os også." in page
    assert (
        carry(answer) not in as_secretary.get(answer.question.get_absolute_url()).content.decode()
    )
    assert as_secretary.post(carry(answer)).url == answer.question.get_absolute_url()
