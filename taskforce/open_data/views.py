"""What may be taken: the page that lists the datasets, a page of each, and the files."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from taskforce.core.datasets import Dataset
from taskforce.open_data import files, pages, rows
from taskforce.open_data.api.answers import for_every_site
from taskforce.open_data.catalogue import ALL, DATASETS


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "open_data/index.html", pages.index())


@require_safe
def dataset(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "open_data/dataset.html", pages.detail(_dataset(name)))


@require_safe
def file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Return a dataset as a file, the same one for everybody who asks."""
    asked = _dataset(name)
    if kind not in files.FORMATS:
        raise Http404
    told = rows.everything(asked)
    media_type, made = files.FORMATS[kind]
    answer = HttpResponse(made(asked, told), content_type=media_type)
    return _as_file(answer, f"{name}.{kind}", told, rows.last_change(asked))


@require_safe
def package(request: HttpRequest) -> HttpResponse:
    told = {one.name: rows.everything(one) for one in ALL}
    changes = [change for one in ALL if (change := rows.last_change(one))]
    answer = HttpResponse(files.package(told), content_type="application/zip")
    return _as_file(answer, files.PACKAGE, told, max(changes, default=None))


def _dataset(name: str) -> Dataset:
    if name not in DATASETS:
        raise Http404
    return DATASETS[name]


def _as_file(answer: HttpResponse, name: str, told: Any, changed: datetime | None) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    # Of what is told, since a workbook holds the second at which it was made.
    answer["ETag"] = f'"{hashlib.sha256(json.dumps([name, told]).encode()).hexdigest()[:32]}"'
    if changed:
        answer["Last-Modified"] = http_date(changed.timestamp())
    return for_every_site(answer)
