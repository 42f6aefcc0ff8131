"""What is new to a member since their last visit, on lists and on the page of a thing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following import novelty, visits
from taskforce.following.models import Visit
from taskforce.members.models import Member, User
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_contribution,
    make_entry,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_organisation,
    make_round,
    make_statement,
)

MARK = '<span class="state new">Nyt</span>'
HERE = "Nyt siden dit sidste besøg:"


@pytest.fixture
def reader(member: Member) -> User:
    """Return a member who was here three days ago, and is here now."""
    now = timezone.now()
    member.user.seen_at, member.user.last_visit_at = now, now - timedelta(days=3)
    member.user.save()
    return member.user


def happens(verb: Verb, thing: Model, by: User | None = None, days: int = 1) -> None:
    record(verb, thing, by=by, at=timezone.now() - timedelta(days=days))


def opened(thing: Model, reader: User, hours: int) -> None:
    visits.opened(reader, thing)
    moment = timezone.now() - timedelta(hours=hours)
    Visit.objects.filter(target_id=thing.pk).update(opened_at=moment)


def counted_round() -> Any:
    return make_round(closed_at=timezone.now(), eligible=0, voted=0, abstained=0)


def new_barriers(reader: Any) -> set[str]:
    keys = novelty.among(reader, Barrier, Barrier.objects.values_list("pk", flat=True))
    return {barrier.title for barrier in Barrier.objects.filter(pk__in=keys)}


# On lists


def test_what_others_did_since_the_last_visit_is_new(reader: User) -> None:
    for title, by, days in (("new", None, 1), ("own", reader, 1), ("old", None, 5)):
        happens(Verb.ADDED, make_barrier(title), by, days)
    happens(Verb.SUPPORTED, make_barrier("supported"))
    told = make_barrier("told")
    happens(Verb.ADDED, make_statement(told))

    assert new_barriers(reader) == {"new", "told"}


def test_what_was_opened_since_is_new_no_more_until_something_happens(reader: User) -> None:
    read, told = make_barrier("read"), make_barrier("told")
    for barrier in (read, told):
        happens(Verb.ADDED, barrier)
        opened(barrier, reader, hours=2)
    record(Verb.ADDED, make_statement(told), by=None)

    assert new_barriers(reader) == {"told"}


def test_what_one_does_not_see_makes_nothing_new(reader: User) -> None:
    untold = make_entry(make_minutes(make_meeting()))
    happens(Verb.ADDED, make_statement(make_barrier(), entry=untold))
    assert new_barriers(reader) == set()

    untold.minutes.state = "published"
    untold.minutes.published_at = timezone.now()
    untold.minutes.save()
    assert len(new_barriers(reader)) == 1


def test_nothing_is_new_to_strangers_and_on_a_first_visit(db: None) -> None:
    happens(Verb.ADDED, make_barrier())

    assert new_barriers(AnonymousUser()) == set()
    assert new_barriers(make_member().user) == set()


def test_lists_ask_once_for_what_is_new(reader: User, django_assert_num_queries) -> None:
    barriers = [make_barrier() for _ in range(3)]
    for barrier in barriers:
        happens(Verb.ADDED, make_statement(barrier))
    keys = [barrier.pk for barrier in barriers]
    novelty.among(reader, Barrier, keys)

    with django_assert_num_queries(1):
        assert novelty.among(reader, Barrier, keys) == {*keys}


LISTS = {
    "/barrierer/": (make_barrier, Verb.ADDED),
    "/indsatser/": (make_initiative, Verb.ADDED),
    "/indsatser/?vis=liste": (make_initiative, Verb.ADDED),
    "/eksempler/": (lambda: make_case(state="published"), Verb.PUBLISHED),
    "/opslag/": (make_call, Verb.ADDED),
    "/moeder/": (make_meeting, Verb.ADDED),
    "/nyt/": (make_news, Verb.PUBLISHED),
    "/organisationer/": (make_organisation, Verb.JOINED),
    "/prioritering/": (counted_round, Verb.CLOSED),
}


@pytest.mark.parametrize("path", LISTS)
def test_list_marks_what_is_new_to_a_member_alone(
    path: str, as_member: Client, reader: User, client: Client
) -> None:
    make, verb = LISTS[path]
    make()
    happens(verb, make())

    assert as_member.get(path).content.decode().count(MARK) == 1
    assert client.get(path).content.decode().count(MARK) == 0


# On the thing


def test_page_says_what_is_new_and_marks_it(as_member: Client, reader: User) -> None:
    barrier = make_barrier()
    for text in ("one", "two"):
        happens(Verb.ADDED, make_statement(barrier, text))
    happens(Verb.ADDED, make_statement(barrier, "old"), days=5)

    page = as_member.get(barrier.get_absolute_url()).content.decode()

    assert page.count(HERE) == 1
    assert '<a href="#udsagn">2 udsagn</a>' in page
    assert page.count(MARK) == 2


def test_page_still_says_so_when_it_is_read_again(as_member: Client, reader: User) -> None:
    barrier = make_barrier()
    happens(Verb.ADDED, make_statement(barrier))

    pages = [as_member.get(barrier.get_absolute_url()).content.decode() for _ in range(2)]

    assert [page.count(MARK) for page in pages] == [1, 1]


def test_page_counts_from_the_last_time_it_was_opened(reader: User) -> None:
    barrier = make_barrier()
    happens(Verb.ADDED, make_statement(barrier), days=20)
    opened(barrier, reader, hours=24 * 30)
    found = novelty.on(barrier, reader)
    assert found is not None
    assert [words for words, _anchor in found.words] == ["1 udsagn"]

    opened(barrier, reader, hours=24 * 10)
    assert novelty.on(barrier, reader) is None


def test_page_says_what_was_done_to_the_thing_itself(as_member: Client, reader: User) -> None:
    barrier = make_barrier(state="resolved", resolved_on=timezone.localdate())
    happens(Verb.RESOLVED, barrier)

    page = as_member.get(barrier.get_absolute_url()).content.decode()

    assert page.count(HERE) == 1
    assert "løst" in page.split(HERE)[1].split("</p>")[0]


def test_what_partners_change_in_their_room_is_news_to_nobody_outside(reader: User) -> None:
    call = make_call()
    consortium = make_consortium(call, openness="open")
    happens(Verb.CHANGED, consortium)
    assert novelty.on(call, reader) is None

    happens(Verb.ADDED, consortium)
    found = novelty.on(call, reader)
    assert found is not None
    assert found.rows == {"consortium": {consortium.pk}}


@pytest.mark.parametrize(
    ("make", "verb"),
    [
        (make_news, Verb.PUBLISHED),
        (make_organisation, Verb.JOINED),
        (counted_round, Verb.CLOSED),
        (lambda: make_consortium(make_call(), openness="open"), Verb.ADDED),
    ],
)
def test_every_page_that_can_be_news_says_so(
    make: Any, verb: Verb, as_member: Client, reader: User
) -> None:
    thing, old = make(), make()
    happens(verb, thing)
    happens(verb, old, days=9)

    pages = [as_member.get(row.get_absolute_url()).content.decode() for row in (thing, old)]

    assert [page.count(HERE) for page in pages] == [1, 0]


def test_page_of_an_organisation_says_what_it_said_and_began(
    as_member: Client, reader: User
) -> None:
    organisation = make_organisation()
    happens(Verb.ADDED, make_statement(make_barrier(), organisation=organisation))
    happens(Verb.ADDED, make_barrier(raised_by=organisation))
    happens(Verb.ADDED, make_initiative(lead=organisation))
    case = make_case(state="published")
    case.partners.add(organisation)
    happens(Verb.PUBLISHED, case)

    found = novelty.on(organisation, reader)

    assert found is not None
    assert sorted(found.words) == [
        ("1 barriere", "rejst"),
        ("1 godt eksempel", "eksempler"),
        ("1 indsats", "nu"),
        ("1 udsagn", "sagt"),
    ]
    assert novelty.among(reader, type(organisation), [organisation.pk]) == {organisation.pk}


def test_page_of_a_stranger_says_nothing_and_is_public(client: Client, db: None) -> None:
    barrier = make_barrier()
    happens(Verb.ADDED, make_statement(barrier))

    answer = client.get(barrier.get_absolute_url())

    assert HERE not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "public, no-cache"


THINGS = (make_barrier, make_initiative, make_call, make_meeting, make_news, make_case)


@pytest.mark.parametrize("make", THINGS)
def test_page_of_a_thing_is_kept_as_opened(make: Any, as_member: Client, reader: User) -> None:
    thing = make(state="published") if make is make_case else make()

    as_member.get(thing.get_absolute_url())

    (visit,) = Visit.objects.all()
    assert (visit.user_id, visit.target_type.model_class(), visit.target_id) == (
        reader.pk,
        type(thing),
        thing.pk,
    )


def test_page_that_is_not_there_is_kept_for_nobody(log_in: LogIn, member: Member) -> None:
    hidden = make_case(state="draft")
    gone = make_news(published_at=None)
    browser = log_in(member)

    assert [browser.get(row.get_absolute_url()).status_code for row in (hidden, gone)] == [404] * 2
    assert not Visit.objects.exists()


@pytest.mark.parametrize("make", [make_barrier, make_initiative])
def test_what_others_said_is_new_where_they_said_it(make: Any, reader: User) -> None:
    thing, other = make(), make()
    said = make_contribution(thing)
    happens(Verb.ADDED, said)
    happens(Verb.ADDED, make_contribution(thing, hidden_at=timezone.now()))
    happens(Verb.ADDED, make_contribution(thing), by=reader)

    found = novelty.on(thing, reader)

    assert found is not None
    assert (found.words, found.rows) == ([("1 bidrag", "samtale")], {"contribution": {said.pk}})
    assert novelty.among(reader, type(thing), [thing.pk, other.pk]) == {thing.pk}


def test_what_is_new_in_a_talk_is_marked(as_member: Client, reader: User) -> None:
    barrier = make_barrier()
    happens(Verb.ADDED, make_contribution(barrier))

    page = as_member.get(barrier.get_absolute_url()).content.decode()

    assert page.count(MARK) == 1
    assert '<a href="#samtale">1 bidrag</a>' in page
