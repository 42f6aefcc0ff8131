"""What the API is asked: which datasets there are, a page of rows, one row, its own description."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from taskforce.core.datasets import Dataset
from taskforce.open_data import files, rows
from taskforce.open_data.api.answers import Problem, answers
from taskforce.open_data.api.forms import AskForm, cursor_at
from taskforce.open_data.api.openapi import document
from taskforce.open_data.catalogue import ALL, DATASETS
from taskforce.open_data.models import Published

PAGE = 100  # rows


@answers
def index(request: HttpRequest) -> dict[str, Any]:
    listed = [
        {"name": one.name, "title": str(one.title), "about": str(one.about), "rows": _at(one)}
        for one in ALL
    ]
    openapi = settings.SITE_URL + reverse("api_openapi")
    return {**files.terms(), "openapi": openapi, "datasets": listed}


@answers
def openapi(request: HttpRequest) -> dict[str, Any]:
    return document()


@answers
def page(request: HttpRequest, name: str) -> dict[str, Any]:
    """Return the rows of a dataset, those that changed longest ago first."""
    dataset = _dataset(name)
    form = AskForm(request.GET, dataset=dataset)
    if not form.is_valid():
        faults = [str(fault) for faults in form.errors.values() for fault in faults]
        raise Problem(HTTPStatus.BAD_REQUEST, " ".join(faults))
    rows.keep_up(dataset)
    found = [*_asked(dataset, form)[: PAGE + 1]]
    more = _next(request.GET, dataset, found[PAGE - 1]) if len(found) > PAGE else None
    return {"rows": rows.told(dataset, found[:PAGE]), "next": more}


@answers
def row(request: HttpRequest, name: str, pk: int) -> dict[str, Any]:
    dataset = _dataset(name)
    rows.keep_up(dataset)
    book = Published.objects.filter(dataset=name).told_at(timezone.now())
    (told,) = rows.told(dataset, [get_object_or_404(book, row=pk)])
    return told


def _dataset(name: str) -> Dataset:
    if name not in DATASETS:
        raise Http404
    return DATASETS[name]


def _at(dataset: Dataset) -> str:
    return settings.SITE_URL + reverse("api_rows", args=[dataset.name])


def _asked(dataset: Dataset, form: AskForm) -> Any:
    found = Published.objects.filter(dataset=dataset.name).told_at(timezone.now())
    if since := form.cleaned_data["changed_since"]:
        found = found.filter(changed_at__gte=since)
    if place := form.cleaned_data["cursor"]:
        changed, pk = place
        found = found.filter(Q(changed_at__gt=changed) | Q(changed_at=changed, row__gt=pk))
    return found.order_by("changed_at", "row")


def _next(asked: QueryDict, dataset: Dataset, last: Published) -> str:
    query = asked.copy()
    query["cursor"] = cursor_at(dataset, last)
    return f"{_at(dataset)}?{query.urlencode()}"
