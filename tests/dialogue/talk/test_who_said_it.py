"""Who said it: people as they agreed, organisations as on the day, whatever becomes of them."""

import pytest
from django.core import mail

from taskforce.activity.models import Activity
from taskforce.core import unasked
from taskforce.core.models import How
from taskforce.dialogue.models import Contribution, Mention
from taskforce.dialogue.talk import contributing, editing, hiding
from taskforce.following.models import Follow, Told
from taskforce.following.things import named
from taskforce.front.erasing import acts as erasing
from taskforce.members.merging import organisations, people
from tests.factories import (
    make_barrier,
    make_contribution,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def barrier(db: None):
    return make_barrier("Store udbud")


def page(client) -> str:
    return str(client.get("/barrierer/store-udbud/").content.decode())


@pytest.mark.parametrize(
    ("agreed", "is_shown"), [("public", True), ("members", True), ("nobody", False)]
)
def test_name_shows_as_its_owner_agreed(as_member, barrier, agreed, is_shown):
    who = make_member(user=make_user(name="Ea Lund"), name_visibility=agreed)
    make_contribution(barrier, who)
    make_contribution(barrier).mentions.create(user=who.user)

    assert page(as_member).count("Ea Lund") == 2 * is_shown
    assert page(as_member).count(who.organisation.name) >= 2


def test_who_left_leaves_words_and_organisation(as_member, barrier):
    who = make_member(user=make_user(name="Ea Lund"), name_visibility="public")
    make_contribution(barrier, who)
    who.to_date = who.from_date
    who.save()

    assert who.organisation.name in page(as_member)
    assert "Har I prøvet det?" in page(as_member)
    assert "Ea Lund" not in page(as_member)


def test_who_speaks_for_another_organisation_now_edits_nothing_of_the_old(as_member, member):
    made = make_contribution(make_barrier(), member)
    member.organisation = make_organisation()
    member.save()

    as_member.post(f"/samtale/{made.pk}/ret/", {"text": "Rettet.", "version": 1})

    made.refresh_from_db()
    assert made.text == "Har I prøvet det?"


def test_organisation_stands_as_on_the_day(as_member, barrier):
    gone, kept = make_organisation("Værket"), make_organisation("Værkstedet")
    made = make_contribution(barrier, make_member(gone))
    named_there = make_contribution(barrier)
    for one in (gone, kept):
        Mention.objects.create(contribution=named_there, organisation=one)

    organisations.merge(gone=gone, kept=kept, from_gone=set(), by=make_secretary().user)

    made.refresh_from_db()
    assert (made.organisation, made.organisation_name) == (kept, "Værket")
    assert [each.organisation for each in named_there.mentions.all()] == [kept]
    assert "Værket</a>" in page(as_member)


def test_two_accounts_of_one_person_said_it_all(barrier):
    gone, kept = make_member(), make_member()
    made = make_contribution(barrier, gone)

    people.merge(gone=gone.user, kept=kept.user, from_gone=set(), by=make_secretary().user)

    made.refresh_from_db()
    assert made.written_by == kept.user


def test_who_is_erased_leaves_words_and_no_name(as_member, barrier):
    who = make_member(user=make_user(name="Ea Lund"), name_visibility="public")
    made = make_contribution(barrier, who)
    other = make_contribution(barrier, text="Spørg Ea Lund om det.")
    other.mentions.create(user=who.user)

    place = f"dialogue.contribution.{other.pk}.text"
    erasing.erase(user=who.user, texts={place}, by=make_secretary().user)

    assert "Ea Lund" not in page(as_member)
    assert made.text in page(as_member)
    assert not Mention.objects.exists()


def test_who_takes_part_follows_the_talk_until_it_is_deleted(barrier):
    by, other = make_member(), make_member()
    first = contributing.contribute(about=barrier, kind="question", text="Hvem?", by=by)
    contributing.reply(to=first, text="Os.", by=other)
    assert {row.user for row in Follow.objects.filter(**named(first))} == {by.user, other.user}

    alone = contributing.contribute(about=barrier, kind="question", text="Hvor?", by=by)
    editing.take_away(contribution=alone, by=by)

    assert Follow.objects.count() == 2


def test_who_is_mentioned_is_told_once(barrier):
    asked = make_member(name_visibility="members")

    contributing.contribute(
        about=barrier,
        kind="question",
        text="Hvem?",
        by=make_member(),
        asked=[f"p{asked.user_id}", f"o{asked.organisation_id}"],
    )

    assert Told.objects.get().user == asked.user
    assert Told.objects.get().event == Activity.objects.get()


def test_search_finds_what_stands_and_what_the_reader_may_read(client, as_member, secretary):
    barrier = make_barrier("Store udbud")
    made = make_contribution(barrier, text="Gulerødder i kantinen")

    def found(browser) -> list[str]:
        return [hit.url for hit in browser.get("/soeg/?q=kantine").context["hits"]]

    assert found(as_member) == [f"/samtale/{made.pk}/"]
    assert found(client) == []

    hiding.hide(contribution=made, reason="Det nævner en kunde.", by=secretary)

    assert found(as_member) == []
    assert Contribution.objects.count() == 1


def test_who_stopped_mail_about_mentions_hears_of_it_by_following(barrier):
    asked = make_member(name_visibility="members")
    unasked.choose(user=asked.user_id, kind=unasked.Kind.MENTIONS, how=How.NEVER)

    contributing.contribute(
        about=barrier, kind="question", text="Hvem?", by=make_member(), asked=[f"p{asked.user_id}"]
    )

    assert mail.outbox == []
    assert not Told.objects.exists()
