"""A marked secret in every column that is withheld stands in no byte of any file or answer."""

import io
import zipfile
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from taskforce.open_data.catalogue import DATASETS
from taskforce.open_data.withheld import COLUMNS, MODELS
from tests.world import World

SECRET = "withheld-secret"


def withheld() -> list[tuple[Any, str]]:
    """Return every column of text that no dataset tells, with its model."""
    ours = {label: COLUMNS.get(label) for label in (*COLUMNS, *MODELS)}
    return [
        (model, field.name)
        for label, names in ours.items()
        for model in [apps.get_model(label)]
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        if names is None or field.name in names
    ]


def mark(model: Any, name: str) -> bool:
    """Write the secret into a column of every row; tell whether there are rows that take it."""
    try:
        with transaction.atomic():
            return bool(model._base_manager.update(**{name: SECRET}))
    except DatabaseError:  # a key, or what a trigger keeps
        return False


def test_no_secret_is_in_a_file_or_an_answer(client: Client, world: World):
    marked = [f"{model._meta.label}.{name}" for model, name in withheld() if mark(model, name)]
    files = [f"/data/{name}.{kind}" for name in DATASETS for kind in ("csv", "json")]
    found = {path: client.get(path).content for path in files}
    for name in DATASETS:
        found[f"/api/v1/{name}/"] = client.get(f"/api/v1/{name}/").content
        found[f"/data/{name}/"] = client.get(f"/data/{name}/").content
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/taskforce.zip").content))
    found |= {name: archive.read(name) for name in archive.namelist()}

    assert {"meetings.Meeting.link", "members.User.name", "meetings.Attendance.name"} < {*marked}
    assert len(marked) > 60
    assert b"open-barrier" in found["/data/barriers.csv"]
    assert [path for path, content in found.items() if SECRET.encode() in content] == []
