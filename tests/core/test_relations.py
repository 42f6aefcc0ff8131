"""Rows of a higher floor, read through the relation to a row here."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from barriers.models import Barrier, Statement
from calls.models import Call
from initiatives.models import Initiative
from meetings.models import AgendaItem, Meeting, MinutesEntry
from taskforce.core.relations import count_of, known, pointing_at, related, visible
from taskforce.members.models import Organisation
from tests.factories import (
    make_barrier,
    make_initiative,
    make_organisation,
    make_secretary,
    make_statement,
)


def test_pointing_at_finds_foreign_keys_of_every_app():
    found = {(model._meta.label, field) for model, field in pointing_at(Meeting)}

    assert {
        ("meetings.AgendaItem", "meeting"),
        ("meetings.Minutes", "meeting"),
        ("barriers.Barrier", "raised_at"),
        ("calls.Call", "shared_at"),
        ("news.NewsItem", "shared_at"),
        ("intake.Intake", "meeting"),
    } <= found


def test_pointing_at_finds_relations_without_a_name_back_and_join_tables():
    assert (Call.told_again_at.through, "meeting") in [*pointing_at(Meeting)]
    assert (Statement, "entry") in [*pointing_at(MinutesEntry)]
    assert all(field != "pk" for _model, field in pointing_at(AgendaItem))


def test_rows_know_what_they_belong_to_without_asking(db: None, django_assert_num_queries: Any):
    barrier = make_barrier()
    make_statement(barrier)

    (row,) = known([*Statement.objects.all()], barrier=barrier)

    with django_assert_num_queries(0):
        assert row.barrier is barrier


def test_related_leaves_out_what_the_viewer_may_not_see(db: None):
    home = make_organisation()
    shown = make_barrier("Shown", raised_by=home)
    hidden = make_barrier("Hidden", raised_by=home, hidden_at=timezone.now())
    make_barrier("Another's")

    assert list(related(home, "barriers", AnonymousUser())) == [shown]
    assert set(related(home, "barriers", make_secretary().user)) == {shown, hidden}


def test_visible_reads_every_row_that_the_viewer_may_see(db: None):
    shown = make_barrier("Shown")
    hidden = make_barrier("Hidden", hidden_at=timezone.now())

    assert list(visible(Organisation, "barriers", AnonymousUser())) == [shown]
    assert set(visible(Organisation, "barriers", make_secretary().user)) == {shown, hidden}


def test_relation_that_does_not_exist_is_an_error(db: None):
    with pytest.raises(AttributeError):
        related(make_organisation(), "nothing", AnonymousUser())
    assert not Barrier.objects.exists()


def test_count_of_counts_each_row_once_by_any_of_its_fields(db: None):
    leads, joins = make_organisation("Leads"), make_organisation("Joins")
    both = make_initiative(lead=leads)
    for organisation in (leads, joins):
        both.participants.add(organisation)
    make_initiative(lead=leads)
    number = count_of(Initiative.objects.all(), "lead", "participants")

    counted = Organisation.objects.annotate(number=number).values_list("name", "number")

    assert dict(counted) == {"Leads": 2, "Joins": 1}
