"""When a member was here, and what they opened."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.following import visits
from taskforce.following.models import Visit
from taskforce.members.models import Member, User
from tests.conftest import LogIn
from tests.factories import make_barrier, make_member

MINUTE = timedelta(minutes=1)


def ago(minutes: int) -> datetime:
    return timezone.now() - minutes * MINUTE


def be_seen(member: Member, seen: datetime | None, before: datetime | None = None) -> None:
    User.objects.filter(pk=member.user_id).update(seen_at=seen, last_visit_at=before)


def times(member: Member) -> tuple[datetime | None, datetime | None]:
    return User.objects.values_list("seen_at", "last_visit_at").get(pk=member.user_id)


def opened_at(thing: Barrier, moment: datetime) -> None:
    Visit.objects.filter(target_id=thing.pk).update(opened_at=moment)


# When somebody was here


def test_first_page_begins_the_first_visit(as_member: Client, member: Member) -> None:
    as_member.get("/barrierer/")

    seen, before = times(member)
    assert seen is not None
    assert before is None


def test_page_within_half_an_hour_belongs_to_the_visit(as_member: Client, member: Member) -> None:
    before, seen = ago(5000), ago(29)
    be_seen(member, seen, before)

    as_member.get("/barrierer/")

    now_seen, now_before = times(member)
    assert now_seen is not None
    assert now_seen > seen
    assert now_before == before


def test_page_after_half_an_hour_begins_another_visit(as_member: Client, member: Member) -> None:
    seen = ago(31)
    be_seen(member, seen, ago(5000))

    as_member.get("/barrierer/")

    assert times(member)[1] == seen


def test_visit_before_is_the_same_before_and_after_the_first_page(
    as_member: Client, member: Member
) -> None:
    seen = ago(31)
    be_seen(member, seen, ago(5000))
    first = visits.last_visit(User.objects.get(pk=member.user_id))

    as_member.get("/barrierer/")

    assert [first, visits.last_visit(User.objects.get(pk=member.user_id))] == [seen, seen]


def test_what_is_seen_again_at_once_is_not_written(as_member: Client, member: Member) -> None:
    be_seen(member, seen := ago(1))

    as_member.get("/barrierer/")

    assert times(member) == (seen, None)


@pytest.mark.parametrize("path", ["/findes-ikke/", "/barrierer/barrierer.csv", "/barrierer"])
def test_only_pages_count(as_member: Client, member: Member, path: str) -> None:
    as_member.get(path)

    assert times(member) == (None, None)


def test_a_form_that_is_sent_does_not_count(as_member: Client, member: Member) -> None:
    as_member.post("/barrierer/ny/", {"title": ""})

    assert times(member) == (None, None)


def test_page_of_a_stranger_stays_public(client: Client, db: None) -> None:
    answer = client.get("/barrierer/")

    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert not User.objects.exclude(seen_at=None).exists()


# What they opened


def test_opened_keeps_when_and_the_visit_to_it_before(member: Member) -> None:
    barrier = make_barrier()
    visits.opened(member.user, barrier)
    opened_at(barrier, earlier := ago(40))

    visits.opened(member.user, barrier)

    (visit,) = Visit.objects.all()
    assert visit.opened_at > earlier
    assert visit.before == earlier


def test_opened_again_at_once_keeps_the_visit_before(member: Member) -> None:
    barrier = make_barrier()
    visits.opened(member.user, barrier)
    opened_at(barrier, earlier := ago(40))

    visits.opened(member.user, barrier)
    visits.opened(member.user, barrier)

    assert Visit.objects.get().before == earlier


def test_opened_counts_reading_by_members_only(as_member: Client, log_in: LogIn) -> None:
    path = make_barrier().get_absolute_url()
    as_member.head(path)
    log_in(make_member(to_date=timezone.localdate())).get(path)
    assert not Visit.objects.exists()

    as_member.get(path)
    assert Visit.objects.count() == 1


def test_opened_writes_once(member: Member, django_assert_num_queries) -> None:
    barrier = make_barrier()
    visits.opened(member.user, barrier)

    with django_assert_num_queries(1):
        visits.opened(member.user, barrier)


# What was opened since it happened


def happened(thing: Barrier, minutes: int) -> tuple[Activity, Barrier]:
    return record(Verb.CHANGED, thing, by=None, at=ago(minutes)), thing


def test_opened_since_names_what_happened_before_it_was_opened(member: Member) -> None:
    read, unread = make_barrier(), make_barrier()
    before, after, elsewhere = happened(read, 20), happened(read, 5), happened(unread, 20)
    visits.opened(member.user, read)
    opened_at(read, ago(10))

    found = visits.opened_since(member.user, [before, after, elsewhere])

    assert found == {before[0].pk}


def test_opened_since_asks_once_whatever_happened(
    member: Member, django_assert_num_queries
) -> None:
    barriers = [make_barrier() for _ in range(3)]
    events = [happened(barrier, 20) for barrier in barriers]

    with django_assert_num_queries(1):
        visits.opened_since(member.user, events)
    with django_assert_num_queries(0):
        assert visits.opened_since(member.user, []) == set()


def test_forgets_after_half_a_year(member: Member) -> None:
    old, new = make_barrier(), make_barrier()
    for barrier in (old, new):
        visits.opened(member.user, barrier)
    opened_at(old, timezone.now() - timedelta(days=184))

    visits.forget()

    assert [visit.target_id for visit in Visit.objects.all()] == [new.pk]
