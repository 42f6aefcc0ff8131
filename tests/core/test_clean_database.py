"""Whatever writes to the database, what it keeps is clean text."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from barriers.models import Barrier, Theme
from taskforce.core.text import clean
from taskforce.intake.models import Intake
from tests.factories import make_barrier, make_organisation
from tests.intake.drafts import make_intake

DIRTY = "A\u030aben\x0b \x00\uffff\ufffe\ud800vel\u00adf\u00e6rd \u202egnp\u200b 👩\u200d💻"
CLEAN = "Åben\n velfærd gnp 👩\u200d💻"
TEXTS = (models.CharField, models.TextField, models.FileField, models.JSONField)


def text_columns() -> list[models.Field[Any, Any]]:
    """Return every column of ours that holds text."""
    ours = [
        model
        for model in apps.get_models()
        if (settings.BASE / model.__module__.split(".")[0]).is_dir()
    ]
    return [
        field
        for model in ours
        for field in model._meta.local_fields
        if isinstance(getattr(field, "base_field", field), TEXTS)
    ]


def dirty_for(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.JSONField):
        return {DIRTY: [DIRTY, {"a": DIRTY}]}
    if isinstance(field, ArrayField):
        return [DIRTY]
    return DIRTY


def test_every_text_column_is_written_clean(db: None):
    columns = text_columns()
    assert len(columns) > 150
    written = {}
    with connection.cursor() as cursor:
        for field in columns:
            value = field.get_db_prep_save(dirty_for(field), connection)
            cursor.execute("SELECT (%s)::text", [value])
            written[field] = cursor.fetchone()[0]

    for field, text in written.items():
        assert DIRTY[:2] not in text, field
        assert clean(text) == text, field


def test_what_is_stored_is_clean_by_whatever_way_it_came(db: None):
    made = make_barrier(DIRTY)
    assert Barrier.objects.get().title == CLEAN
    Barrier.objects.update(title="x", description=DIRTY)
    assert Barrier.objects.get().description == CLEAN
    Theme.objects.bulk_create([Theme(name=DIRTY, slug="a")])
    assert Theme.objects.get(slug="a").name == CLEAN
    with connection.cursor() as cursor:
        cursor.execute("UPDATE barriers_barrier SET title = %s", [DIRTY])
    made.refresh_from_db()
    assert made.title == CLEAN


def test_texts_within_lists_and_json_are_clean(db: None):
    make_organisation("Åben", former_names=[DIRTY])
    intake = make_intake(decisions={"number-0": {"value": DIRTY, DIRTY: [1, None, True]}})

    assert apps.get_model("members", "Organisation").objects.get().former_names == [CLEAN]
    assert Intake.objects.get(pk=intake.pk).decisions == {
        "number-0": {"value": CLEAN, CLEAN: [1, None, True]}
    }


def test_search_finds_what_is_spelled_otherwise(db: None):
    make_barrier("\u00c5ben")

    assert Barrier.objects.filter(title="A\u030aben").exists()
