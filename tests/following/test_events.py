"""Every event that is told: in words, about something that its readers may follow."""

from typing import Any

import pytest
from django.utils import translation

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following.events import event_of, told_of
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_initiative,
    make_meeting,
    make_minutes,
    make_news,
    make_organisation,
    make_round,
    make_statement,
)

pytestmark = pytest.mark.django_db


def targets() -> dict[str, Any]:
    """Return a row of every model of which something is told."""
    barrier = make_barrier()
    initiative = make_initiative()
    update = initiative.updates.create(organisation=initiative.lead, text="Vi er i gang.")
    rows = [barrier, make_statement(barrier), make_round(barrier), initiative, update]
    rows += [make_case(), make_call(), make_consortium(make_call())]
    rows += [make_meeting(), make_minutes(), make_news(), make_organisation()]
    return {type(row).__name__: row for row in rows}


def test_every_event_has_a_sentence_in_both_languages_and_a_place():
    rows = targets()
    for (model, verb), told in told_of().items():
        if (row := rows.get(model.__name__)) is None:  # talk, which is tested beside its rows
            assert model._meta.app_label == "dialogue"
            continue
        part, said = told.part(row, record(verb, row, by=None)), set()
        for language in ("en", "da"):
            with translation.override(language):
                said.add(str(told.sentence) % told.names(part))
        place = next(iter(told.about(row)))
        assert place.get_absolute_url().startswith("/"), (model, verb)
        assert all(theme._meta.model_name == "theme" for theme in told.themes(row))
        assert isinstance(told.words(part), str)
        assert len(said) == 2, f"{model.__name__} {verb} reads alike in Danish and English"


def test_what_is_not_told_is_no_event():
    assert event_of(type(make_barrier()), Verb.SUPPORTED) is None
    assert event_of(None, Verb.ADDED) is None


def test_once_gone_names_nothing():
    assert all("%" not in str(told.once_gone) for told in told_of().values())
