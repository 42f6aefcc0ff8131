"""A planned agenda becomes that of the imported document."""

from typing import Any

import pytest
from django.test import Client

from barriers.models import Theme
from meetings.models import (
    AgendaItem,
    Meeting,
)
from taskforce.intake.importing.agenda import MergedAgenda, merge
from taskforce.intake.importing.undoing import undo_import
from taskforce.members.models import Member
from tests.factories import (
    make_agenda_item,
    make_entry,
    make_meeting,
    make_minutes,
)
from tests.intake.drafts import import_reviewed, reviewed


def test_planned_agenda_becomes_that_of_the_document(
    theme: Theme, secretary: Member, client: Client
):
    planned = make_meeting(7, date="2023-03-01", state="planned")
    gone = make_agenda_item(planned, "Kaffe", details="Med kage")
    kept = make_agenda_item(planned, "Velkomst ", minutes=20, details="Planlagt")
    built_on = make_agenda_item(planned, "Rundvisning")
    entry = make_entry(make_minutes(make_meeting(6)), agenda_item=built_on)
    before = rows_of(planned)
    intake = reviewed(theme)

    client.force_login(secretary.user)
    shown = client.get(f"/sekretariat/indlaes/{intake.pk}/bekraeft/").content.decode()
    import_reviewed(intake, secretary)

    items = list(planned.agenda.all())
    assert [item.title for item in items] == ["Velkomst", "Barrierer", "Rundvisning"]
    assert [item.order for item in items] == [1, 2, 3]
    assert (items[0].pk, items[2].pk) == (kept.pk, built_on.pk)
    assert items[0].details == "Planlagt"
    assert not AgendaItem.objects.filter(pk=gone.pk).exists()
    assert "Kaffe" in shown

    undo_import(intake=intake, by=secretary)

    assert rows_of(planned) == before
    entry.refresh_from_db()
    assert entry.agenda_item == built_on


def rows_of(meeting: Meeting) -> list[dict[str, Any]]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("pk").values())


def test_document_without_an_agenda_keeps_the_planned_one(theme: Theme, secretary: Member):
    planned = make_meeting(7, date="2023-03-01", state="planned")
    make_agenda_item(planned, "Kaffe")
    away = {"decision": "skip"}

    import_reviewed(reviewed(theme, agenda_0=away, agenda_1=away), secretary)

    assert [item.title for item in planned.agenda.all()] == ["Kaffe"]


def test_merge_matches_each_planned_item_once(db: None):
    planned = make_meeting(7, state="planned")
    first, second = (make_agenda_item(planned, "Velkomst") for _ in range(2))

    merged = merge(planned, ["Velkomst", "Barrierer", "velkomst", "Velkomst"])

    assert merged.same == {0: first, 2: second}
    assert (merged.kept, merged.removed) == ([], [])


def test_merge_keeps_items_that_other_rows_point_at(db: None):
    planned = make_meeting(7, state="planned")
    kept, removed = make_agenda_item(planned, "Rundvisning"), make_agenda_item(planned, "Kaffe")
    make_entry(make_minutes(planned), agenda_item=kept)

    merged = merge(planned, ["Barrierer"])

    assert (merged.same, merged.kept, merged.removed) == ({}, [kept], [removed])


@pytest.mark.parametrize("titles", [[], ["Velkomst"]])
def test_merge_without_a_meeting_or_titles_changes_nothing(db: None, titles: list[str]):
    planned = make_meeting(7, state="planned") if not titles else None
    if planned:
        make_agenda_item(planned, "Kaffe")

    assert merge(planned, titles) == MergedAgenda()
