"""The description of the API (OpenAPI 3.1), made from the descriptions of the datasets."""

from typing import Any

from django.conf import settings

from taskforce.core.datasets import Dataset
from taskforce.open_data import schema
from taskforce.open_data.catalogue import ALL, LICENCE, LICENCE_TITLE, PUBLISHER

ABOUT = (
    "Read-only. Columns may be added; none is removed or renamed without a year's notice. "
    "At most 60 requests a minute. The whole of each dataset is a file under /data/."
)
TEXT, ADDRESS = {"type": "string"}, {"type": "string", "format": "uri"}
SINCE = "Only rows that changed at or after this day or moment, withdrawn ones too."


def document() -> dict[str, Any]:
    rows = {one.name: schema.json_schema(one) for one in ALL}
    paths = {path: found for one in ALL for path, found in _paths(one).items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{PUBLISHER}: open data",
            "version": "1",
            "description": ABOUT,
            "license": {"name": LICENCE_TITLE, "identifier": LICENCE},
            "contact": {"email": settings.SECRETARIAT_EMAIL},
        },
        "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
        "paths": {"/": _index(), **paths},
        "components": {
            "schemas": {**rows, "Problem": _problem()},
            "parameters": {
                "changed_since": _parameter("changed_since", SINCE),
                "cursor": _parameter("cursor", "Where to go on, from `next` of the page before."),
            },
        },
    }


def _parameter(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": {"type": "string"}}


def _index() -> dict[str, Any]:
    dataset = _object(name=TEXT, title=TEXT, about=TEXT, rows=ADDRESS)
    told = _object(
        licence=_object(name=TEXT, title=TEXT, path=ADDRESS),
        attribution=TEXT,
        contact=TEXT,
        openapi=ADDRESS,
        datasets={"type": "array", "items": dataset},
    )
    return {"get": _operation("datasets", "The datasets, and under which terms", told)}


def _object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that always has these properties."""
    return {"type": "object", "required": [*properties], "properties": properties}


def _paths(dataset: Dataset) -> dict[str, Any]:
    one = {"$ref": f"#/components/schemas/{dataset.name}"}
    many = {
        "type": "object",
        "required": ["rows", "next"],
        "properties": {
            "rows": {"type": "array", "items": one},
            "next": {"type": ["string", "null"], "format": "uri"},
        },
    }
    asked = [{"$ref": f"#/components/parameters/{name}"} for name in ("changed_since", "cursor")]
    by_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    title = str(dataset.title)
    listing = _operation(dataset.name, title, many, parameters=asked)
    single = _operation(f"{dataset.name}_row", f"{title}: one row", one, parameters=[by_id])
    return {
        f"/{dataset.name}/": {"get": {**listing, "description": str(dataset.about)}},
        f"/{dataset.name}/{{id}}/": {"get": single},
    }


def _operation(name: str, summary: str, told: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        **more,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": told}}},
            **{code: _refusal(why) for code, why in REFUSALS.items()},
        },
    }


REFUSALS = {
    "400": "The query cannot be read",
    "404": "There is nothing at this address",
    "429": "Too many requests; Retry-After says for how many seconds to wait",
}


def _refusal(why: str) -> dict[str, Any]:
    told = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": why, "content": {"application/problem+json": told}}


def _problem() -> dict[str, Any]:
    return _object(title=TEXT, status={"type": "integer"}, detail=TEXT)
