"""A stranger's programs read what is published: by its own description, and as feeds."""

from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from tests.world import World


@pytest.fixture
def described(client: Client, db: None) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from filter(None, [part.get("$ref")])
        for inside in part.values():
            yield from references(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from references(inside)


def test_description_is_whole(described: dict[str, Any]):
    found = {*references(described)}
    there = {
        f"#/components/{kind}/{name}"
        for kind, all_of in described["components"].items()
        for name in all_of
    }

    assert found
    assert found - there == set()
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_address_answers_as_it_is_described(client: Client, world: World):
    described: Any = client.get("/api/v1/openapi.json").json()
    rows: dict[str, list[Any]] = {}
    faults = []
    for path, operations in described["paths"].items():
        name = path.strip("/").partition("/")[0]
        address = path.replace("{id}", str(rows[name][0]["id"]) if "{id}" in path else "")
        told = client.get(f"/api/v1{address}").json()
        rows[name] = told.get("rows", [])
        promised = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**promised, "components": described["components"]}
        checks = Draft202012Validator(whole, format_checker=FormatChecker())
        faults += [f"{path}: {fault.message}" for fault in checks.iter_errors(told)]

    assert len(described["paths"]) == 27
    assert faults == []


@pytest.mark.parametrize("query", ["", "?liste=barrierer", "?ting=barrier-{pk}"])
def test_feed_is_read_without_complaint(client: Client, world: World, query: str):
    answer = client.get(f"/feed/atom/{query.format(pk=world.barrier.pk)}")
    read = feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"]}
    )

    assert (read.bozo, read.version) == (False, "atom10")
    assert read.entries
    assert {entry.link.startswith(settings.SITE_URL) for entry in read.entries} == {True}
    assert len({entry.id for entry in read.entries}) == len(read.entries)
