"""Loading again changes nothing, and what somebody wrote stays."""

from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError

from barriers.models import Barrier
from calls.models import Call
from meetings.models import Meeting, MinutesEntry
from taskforce.core.acts import Refused
from taskforce.example import loading
from taskforce.example.loading import load
from taskforce.members.models import Kind, Organisation
from tests.factories import make_meeting, make_organisation

APPS = ("activity", "members", "meetings", "news", "barriers", "initiatives", "calls")


def everything() -> list[dict[str, Any]]:
    """Return all rows of the portal."""
    return [
        row
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for row in serializers.serialize("python", model._default_manager.order_by("pk"))
    ]


def test_loading_twice_changes_nothing(third):
    before = everything()

    with pytest.raises(Refused, match=r"^already there, nothing changed$"):
        load()
    assert everything() == before
    assert len(before) > 150


def test_loading_again_keeps_edits_and_deletions(third):
    Barrier.objects.filter(slug="politik").update(title="Rettet af en læser")
    MinutesEntry.objects.filter(heading="Truende konkurser").update(text="<p>Rettet</p>")
    Call.objects.filter(topic_id="SMP-COSME-2022-SEE-01").delete()
    before = everything()

    with pytest.raises(Refused, match=r"^already there, nothing changed$"):
        load()
    assert everything() == before


def test_third_meeting_that_somebody_added_is_kept(db):
    make_meeting(3, title="Vores eget")

    with pytest.raises(Refused, match=r"^already there, nothing changed$"):
        load()
    assert [meeting.title for meeting in Meeting.objects.all()] == ["Vores eget"]
    assert not Organisation.objects.exists()


def test_organisations_and_meetings_that_exist_are_kept(db):
    make_organisation("KAB", kind=Kind.COMPANY, description="Vores egne ord")
    make_meeting(1, title="Det første")

    assert load().number == 3
    kab = Organisation.objects.get(name="KAB")
    assert (kab.kind, kab.description) == (Kind.COMPANY, "Vores egne ord")
    assert Meeting.objects.get(number=1).title == "Det første"
    assert Organisation.objects.count() == 22


def test_load_that_fails_halfway_loads_nothing(db, monkeypatch):
    def fail(*args: Any) -> None:
        raise IntegrityError("no room")

    monkeypatch.setattr(loading, "_load_news", fail)

    with pytest.raises(IntegrityError, match="no room"):
        load()
    assert everything() == []
