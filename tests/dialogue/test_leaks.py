"""What happens between an event and its mail: nobody is told words that no page shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barriers.curation import merging, taking_apart
from barriers.models import Barrier
from calls.models import Consortium, Openness
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.dialogue.asking import acts as asking
from taskforce.dialogue.asking.forms import WithdrawForm
from taskforce.dialogue.models import Contribution, PublicTalk
from taskforce.dialogue.talk import contributing, editing, hiding, opening
from taskforce.following import telling
from taskforce.following.models import Follow, Follower, How, whose
from taskforce.following.things import named
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_answer,
    make_barrier,
    make_call,
    make_consortium,
    make_contribution,
    make_member,
    make_question,
    make_secretary,
    make_theme,
)
from tests.following.test_leaks import read_by, run_digests

HOUR = timedelta(hours=1)
WORDS = "Juristerne tør ikke dele udbud op."


@dataclass
class Scene:
    """Words that everybody may read, and what follows of the barrier that they are about."""

    barrier: Barrier
    said: Contribution
    member: Member
    stranger: Follower
    secretary: Member

    @property
    def author(self) -> Member:
        return Member.objects.get(user=self.said.written_by)


@pytest.fixture
def scene(db: None) -> Scene:
    barrier = make_barrier("Store udbud")
    PublicTalk.objects.create(target=barrier)
    said = make_contribution(barrier, text=WORDS, is_public=True, written_at=timezone.now() - HOUR)
    stranger = Follower.objects.create(email="fremmed@example.org", confirmed_at=timezone.now())
    return Scene(barrier, said, make_member(), stranger, make_secretary())


def follow(thing: Any, *readers: Any, how: str) -> None:
    since = timezone.now() - timedelta(days=9)
    for reader in readers:
        Follow.objects.create(**whose(reader), **named(thing), how=how, since=since)


def tell(row: Any, how: str, by: Member | None = None) -> None:
    """Tell that a row was added an hour ago, by letters or by digests."""
    event = record(Verb.ADDED, row, by=by and by.user, at=timezone.now() - HOUR)
    if how == How.AT_ONCE:
        telling.tell(event)
    else:
        run_digests()


def nothing(scene: Scene) -> None:
    pass


def edited(scene: Scene) -> None:
    said = {"text": "Andre ord.", "version": 1, "for_all": True}
    editing.edit(contribution=scene.said, by=scene.author, **said)


def hidden(scene: Scene) -> None:
    hiding.hide(contribution=scene.said, reason="Det nævner en kunde.", by=scene.secretary)


def deleted(scene: Scene) -> None:
    editing.take_away(contribution=scene.said, by=scene.author)


def withdrawn(scene: Scene) -> None:
    make_contribution(scene.barrier, parent=scene.said, text="Enig.", is_public=True)
    editing.take_away(contribution=scene.said, by=scene.author)


def closed_to_others(scene: Scene) -> None:
    opening.close_to_others(about=scene.barrier)


def barrier_hidden(scene: Scene) -> None:
    Barrier.objects.filter(pk=scene.barrier.pk).update(hidden_at=timezone.now())


def merged_into_one_hidden_since(scene: Scene) -> None:
    kept = make_barrier("Udbud")
    PublicTalk.objects.create(target=kept)
    merging.merge(double=scene.barrier, into=kept, by=scene.secretary)
    Barrier.objects.filter(pk=kept.pk).update(hidden_at=timezone.now())


def merged_into_the_talk_of_members(scene: Scene) -> None:
    merging.merge(double=scene.barrier, into=make_barrier("Udbud"), by=scene.secretary)


def member_left(scene: Scene) -> None:
    Member.objects.filter(pk=scene.member.pk).update(to_date=timezone.localdate())


BOTH, NOBODY = {"member", "stranger"}, set[str]()


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (nothing, BOTH),
        (edited, NOBODY),
        (hidden, NOBODY),
        (deleted, NOBODY),
        (withdrawn, NOBODY),
        (closed_to_others, {"member"}),
        (barrier_hidden, NOBODY),
        (merged_into_one_hidden_since, NOBODY),
        (merged_into_the_talk_of_members, {"member"}),
        (member_left, {"stranger"}),
    ],
)
def test_change_between_event_and_mail_counts(
    scene: Scene, change: Callable[[Scene], None], told: set[str], how: str
):
    follow(scene.barrier, scene.member.user, scene.stranger, how=how)
    change(scene)

    mail.outbox.clear()
    tell(scene.said, how, by=scene.author)

    readers: dict[str, Any] = {"member": scene.member.user, "stranger": scene.stranger}
    assert {who for who, reader in readers.items() if WORDS in read_by(reader)} == told


def told_to(browser: Client, scene: Scene) -> str:
    """Return the text of every page, feed and search that could tell the words."""
    of_barrier, of_words = (
        f"?ting=barrier-{scene.barrier.pk}",
        f"?ting=contribution-{scene.said.pk}",
    )
    paths = ["/", "/soeg/?q=juristerne", "/nyhedsbrev/", "/sitemap.xml", "/samtale/spoergsmaal/"]
    paths += [
        f"/feed/{kind}{query}"
        for kind in ("atom/", "json/", "kalender.ics")
        for query in ("", of_barrier)
    ]
    paths += ["/feed/", f"/feed/json/{of_words}", "/feed/json/?liste=barrierer", "/barrierer/"]
    paths += [scene.barrier.get_absolute_url(), f"/samtale/{scene.said.pk}/", "/min-side/"]
    return "".join(browser.get(path, follow=True).content.decode() for path in paths)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (nothing, BOTH),
        (hidden, NOBODY),
        (deleted, NOBODY),
        (withdrawn, NOBODY),
        (closed_to_others, {"member"}),
        (barrier_hidden, NOBODY),
        (merged_into_one_hidden_since, NOBODY),
        (merged_into_the_talk_of_members, {"member"}),
        (member_left, BOTH),  # who left reads what everybody reads
    ],
)
def test_no_page_feed_or_search_tells_it_from_the_same_second(
    scene: Scene, change: Callable[[Scene], None], told: set[str], log_in: LogIn
):
    record(Verb.ADDED, scene.said, by=scene.author.user)
    browsers = {"member": log_in(scene.member), "stranger": Client()}
    change(scene)

    assert {who for who, one in browsers.items() if "Juristerne" in told_to(one, scene)} == told


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY])
def test_who_changes_organisation_hears_no_more_of_the_talk_of_the_old_one(db: None, how: str):
    consortium = make_consortium(make_call(), openness=Openness.OPEN)
    leaves, stays = (make_member(consortium.lead) for _ in range(2))
    follow(consortium, leaves.user, stays.user, how=how)
    said = make_contribution(consortium, text=WORDS)
    Consortium.objects.update(openness=Openness.HIDDEN)
    leaves.organisation = make_member().organisation
    leaves.save()

    tell(said, how)

    assert WORDS in read_by(stays.user)
    assert WORDS not in read_by(leaves.user)


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY])
def test_theme_of_the_moment_of_the_mail_counts(scene: Scene, how: str):
    old, new = scene.barrier.theme, make_theme("Jura")
    follow(old, scene.member.user, how=how)
    follow(new, scene.stranger, how=how)
    Barrier.objects.update(theme=new)

    tell(scene.said, how)

    assert WORDS not in read_by(scene.member.user)
    assert WORDS in read_by(scene.stranger)


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY])
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_answer_to_a_withdrawn_question_is_told_to_nobody(
    scene: Scene, how: str, is_withdrawn: bool
):
    answer = make_answer(make_question(about=scene.barrier), make_member(), "Budgettet.")
    follow(scene.barrier, scene.member.user, scene.stranger, how=how)
    if is_withdrawn:
        form = WithdrawForm({"reason": "Vi ved det nu."})
        assert form.is_valid()
        asking.withdraw(form=form, question=answer.question, by=scene.secretary)

    tell(answer, how)

    assert ("Budgettet." in read_by(scene.member.user)) != is_withdrawn
    assert "Budgettet." not in read_by(scene.stranger)


@pytest.mark.parametrize("change", [nothing, hidden, deleted, withdrawn, barrier_hidden])
def test_letter_that_waits_for_the_mail_server_is_not_sent_any_more(
    transactional_db: None, mailbox: Mailbox, change: Callable[[Scene], None]
):
    barrier, asked = make_barrier("Store udbud"), make_member(name_visibility="members")
    said = {"kind": "question", "text": WORDS, "by": make_member()}
    made = contributing.contribute(about=barrier, asked=[f"p{asked.user_id}"], **said)

    change(Scene(barrier, made, asked, Follower(), make_secretary()))

    assert len(mailbox.letters) == (change is nothing)


def test_event_that_waits_for_the_mail_server_is_read_as_its_page(
    transactional_db: None, mailbox: Mailbox
):
    barrier = make_barrier("Store udbud")
    PublicTalk.objects.create(target=barrier)
    said = make_contribution(barrier, text=WORDS, is_public=True)
    reader = make_member().user
    stranger = Follower.objects.create(email="fremmed@example.org", confirmed_at=timezone.now())
    follow(barrier, reader, stranger, how=How.AT_ONCE)
    tell(said, How.AT_ONCE)

    opening.close_to_others(about=barrier)

    assert [letter["to"] for letter in mailbox.letters] == [reader.email]


def test_who_left_is_named_nowhere(scene: Scene, log_in: LogIn):
    gone = make_member(name_visibility="public")
    scene.said.mentions.create(user=gone.user)
    reader, page = log_in(scene.member), scene.barrier.get_absolute_url()
    assert gone.user.name in reader.get(page).content.decode()
    Member.objects.filter(pk=gone.pk).update(to_date=timezone.localdate())

    add = reverse("dialogue:add", args=["barriere", scene.barrier.pk])
    sent = {"text": "Hvem?", "kind": "question", "asked": [f"p{gone.user_id}"]}
    refused = reader.post(add, sent).content.decode()

    assert "kan ikke læse samtalen" in refused
    for text in (refused, *(one.get(page).content.decode() for one in (reader, Client()))):
        assert gone.user.name not in text
    assert Contribution.objects.count() == 1


def test_words_of_the_members_stay_theirs_through_merges(scene: Scene):
    theirs = make_contribution(scene.barrier, text="Kun for medlemmer.")
    kept = make_barrier("Udbud")

    def read(*barriers: Barrier) -> str:
        pages = (Client().get(one.get_absolute_url(), follow=True) for one in barriers)
        return "".join(page.content.decode() for page in pages)

    merging.merge(double=scene.barrier, into=kept, by=scene.secretary)
    assert WORDS not in read(scene.barrier, kept)
    opening.open_to_all(about=kept, by=scene.secretary)
    assert WORDS in read(kept)
    theirs.refresh_from_db()
    contributing.reply(to=theirs, text="Enig.", by=scene.author, for_all=True)
    taking_apart.take_apart(
        double=Barrier.objects.get(pk=scene.barrier.pk), reason="x", by=scene.secretary
    )

    seen = read(scene.barrier, kept)
    assert WORDS in seen
    assert "Kun for medlemmer." not in seen
    assert "Enig." not in seen
