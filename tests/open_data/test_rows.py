"""The book of what was published: when each row first stood there, changed, and was withdrawn."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from barriers.models import BarrierState
from taskforce.members.merging import organisations as merging
from taskforce.open_data import rows
from taskforce.open_data.catalogue import DATASETS
from taskforce.open_data.models import Published
from tests.factories import make_barrier, make_organisation, make_secretary

BARRIERS, ORGANISATIONS = DATASETS["barriers"], DATASETS["organisations"]
MONDAY = "2026-11-30 10:00 +01:00"


def days_later(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


@time_machine.travel(MONDAY, tick=False)
def test_row_tells_when_it_was_published_and_when_it_changed(db):
    barrier = make_barrier("Narrow door")
    (before,) = rows.everything(BARRIERS)
    with days_later(1):
        rows.everything(BARRIERS)
        barrier.title = "Wide door"
        barrier.save()
    with days_later(2):
        (after,) = rows.everything(BARRIERS)

    assert before["created"] == before["changed"] == "2026-11-30T09:00:00Z"
    assert after["created"] == before["created"]
    assert (after["title"], after["changed"]) == ("Wide door", "2026-12-02T09:00:00Z")
    assert after["address"] == f"http://localhost:8000{barrier.get_absolute_url()}"


@time_machine.travel(MONDAY, tick=False)
def test_hidden_row_is_gone_at_once_and_told_by_its_id_for_a_year(db):
    barrier = make_barrier("Narrow door")
    rows.everything(BARRIERS)
    barrier.hidden_at = timezone.now()
    barrier.save()

    assert rows.everything(BARRIERS) == [{"id": barrier.pk, "status": "withdrawn"}]
    with days_later(1):
        gone = {"id": barrier.pk, "status": "withdrawn", "changed": "2026-12-01T09:00:00Z"}
        assert rows.everything(BARRIERS) == [gone]
    with days_later(370):
        assert rows.everything(BARRIERS) == []


def test_row_that_was_never_public_is_never_told(db):
    make_barrier("Hidden", hidden_at=timezone.now())

    assert rows.everything(BARRIERS) == []
    assert not Published.objects.exists()


@time_machine.travel(MONDAY, tick=False)
def test_row_that_shows_again_is_the_same_row(db):
    barrier = make_barrier("Narrow door")
    (before,) = rows.everything(BARRIERS)
    for day, hidden_at in ((1, timezone.now()), (2, None)):
        barrier.hidden_at = hidden_at
        barrier.save()
        with days_later(day):
            rows.everything(BARRIERS)

    (after,) = rows.everything(BARRIERS)
    assert (after["status"], after["created"]) == ("current", before["created"])
    assert after["changed"] == "2026-12-02T09:00:00Z"


def test_merged_barrier_leads_to_the_kept_one_unless_that_is_hidden(db):
    kept, hidden = make_barrier("Kept"), make_barrier("Hidden", hidden_at=timezone.now())
    for title, into in (("One", kept), ("Two", hidden)):
        make_barrier(title, state=BarrierState.MERGED, merged_into=into)

    told = {row["title"]: row["merged_into"] for row in rows.everything(BARRIERS)}
    assert told == {"Kept": None, "One": kept.pk, "Two": None}


@time_machine.travel(MONDAY, tick=False)
def test_merged_organisation_is_withdrawn_and_leads_to_the_kept_one(db):
    secretary = make_secretary()
    gone, kept = make_organisation("Double"), make_organisation("Kept")
    rows.everything(ORGANISATIONS)
    merging.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)

    with days_later(1):
        found = {row["id"]: row for row in rows.everything(ORGANISATIONS)}
    changed = "2026-12-01T09:00:00Z"
    told = {"id": gone.pk, "status": "withdrawn", "changed": changed, "merged_into": kept.pk}
    assert found[gone.pk] == told


@pytest.mark.parametrize(("seconds", "looks"), [(30, False), (61, True)])
def test_book_is_brought_up_to_date_once_a_minute(db, seconds: int, looks: bool):
    now = timezone.now()
    rows.keep_up(BARRIERS, now=now)
    make_barrier("Later")
    rows.keep_up(BARRIERS, now=now + timedelta(seconds=seconds))

    assert Published.objects.exists() is looks
