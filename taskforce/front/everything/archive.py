"""Everything as one .zip file, made while it is sent: nowhere does it lie whole."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from taskforce.front.everything import contents
from taskforce.members.models import Viewer

PIECE = 64 * 1024  # bytes


class _Sent(io.RawIOBase):
    """What the archive has written and nobody has fetched yet."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting += piece
        return len(piece)

    def fetch(self) -> bytes:
        piece = bytes(self.waiting)
        self.waiting.clear()
        return piece


def stream(viewer: Viewer, now: datetime, language: str) -> Iterator[bytes]:
    """Yield the archive piece by piece, all of it as the database was at one moment."""
    with transaction.atomic(), override(language):
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _pieces(viewer, now)


def _pieces(viewer: Viewer, now: datetime) -> Iterator[bytes]:
    sent = _Sent()
    listed: list[dict[str, Any]] = []
    gone: list[str] = []
    with ZipFile(sent, "w", ZIP_DEFLATED) as archive:
        for model in contents.models():
            told = _told(model)
            listed.append(told)
            with archive.open(_entry(told["name"], now), "w", force_zip64=True) as out:
                for line in _as_json(contents.values(model, viewer), told):
                    out.write(line)
                    yield sent.fetch()
        for name in _uploads(viewer):
            try:
                file = default_storage.open(name)
            except FileNotFoundError:
                gone.append(name)
                continue
            with file, archive.open(_entry(f"filer/{name}", now), "w", force_zip64=True) as out:
                for piece in _read(file):
                    out.write(piece)
                    yield sent.fetch()
        archive.writestr(_entry("README.md", now), _readme(listed, gone, now))
    yield sent.fetch()


def _told(model: type[Model]) -> dict[str, Any]:
    """Return what the README tells of a model's file; its rows are counted as they are written."""
    columns = [
        {
            "name": field.name,
            "what": field.verbose_name,
            "points_at": f" → `{_place(field.related_model)}`" if field.related_model else "",
        }
        for field in contents.columns(model)
    ]
    what = model._meta.verbose_name_plural
    return {"name": _place(model), "what": what, "columns": columns, "count": 0}


def _place(model: type[Model]) -> str:
    return f"data/{model._meta.label_lower}.json"


def _entry(name: str, now: datetime) -> ZipInfo:
    entry = ZipInfo(name, timezone.localtime(now).timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


def _as_json(values: Iterator[dict[str, Any]], counted: dict[str, Any]) -> Iterator[bytes]:
    """Yield rows as a list in JSON, a row a line; count them."""
    yield b"["
    for row in values:
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
        yield (",\n" if counted["count"] else "\n").encode() + text.encode()
        counted["count"] += 1
    yield b"\n]\n"


def _uploads(viewer: Viewer) -> Iterator[str]:
    for model in contents.models():
        yield from contents.files(model, viewer)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _readme(listed: list[dict[str, Any]], gone: list[str], now: datetime) -> str:
    context = {
        "files": listed,
        "gone": gone,
        "now": now,
        "withheld": sorted({str(why) for why in contents.WITHHELD.values()}),
    }
    return render_to_string("front/everything/readme.txt", context)
