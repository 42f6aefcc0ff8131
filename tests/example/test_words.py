"""The words of the example: our own, without people's names, with links that say where they go."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.html import strip_tags

from meetings.models import Attendance, Meeting
from taskforce.example.loading import DATA

COPIED = 8  # this many words in a row, and it is a copy
MINUTES = settings.BASE.parent / "shared" / "input" / "referat-2022-11-15.txt"
# The minutes that the facts come from are not in the repository: only a digest of each eight words.
DIGESTS = Path(__file__).with_name("minutes-2022-11-15.digests")
READ_AS_MINUTES = settings.BASE / "tests" / "intake" / "reader" / "third_meeting.txt"
FILES = sorted(DATA.glob("*.toml"))
# What the models keep for themselves; everything else that is text is read by people.
APPS = ("members", "meetings", "news", "barriers", "initiatives", "calls")


def words(text: str) -> list[str]:
    """Return the words of a text without its tags and addresses: an address is no sentence."""
    return re.findall(r"\w+", re.sub(r"https?://\S+", " ", strip_tags(text)).casefold())


def digests(text: str) -> set[str]:
    """Return a digest of each eight words in a row."""
    found = words(text)
    runs = (" ".join(found[at : at + COPIED]) for at in range(len(found) - COPIED + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12] for run in runs}


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a file of facts, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def texts_of(path: Path) -> list[str]:
    return [*strings(tomllib.loads(path.read_text(encoding="utf-8")))]


def texts_in_database() -> list[str]:
    """Return every text of every row, but for the names of those who took part."""
    return [
        str(text)
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
        if (model, field.name) != (Attendance, "name")
        for text in model._default_manager.values_list(field.name, flat=True)
        if text
    ]


def prose_of(path: Path) -> list[str]:
    """Return a file's texts without the list of those who took part, and its comments."""
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    facts.pop("attendee", None)
    for item in facts.get("agenda", []):
        item.pop("responsible", None)
    comments = [line for line in path.read_text().splitlines() if line.startswith("#")]
    return [*strings(facts), *comments]


# Nothing is copied


@pytest.fixture(scope="module")
def minutes() -> set[str]:
    return {*DIGESTS.read_text().split()}


@pytest.mark.skipif(not MINUTES.exists(), reason=f"{MINUTES} is not on this machine")
def test_digests_are_those_of_the_minutes(minutes):
    assert digests(MINUTES.read_text(encoding="utf-8")) == minutes


def test_copied_words_have_the_same_digests():
    copied = "<p>Her er <b>ni ord, som står</b> lige efter hinanden.</p>"

    assert len(digests(copied)) == 2
    assert digests(copied) < digests(
        "Først andre ord. Her er ni ord, som står lige efter hinanden!"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_copies_a_sentence_of_the_minutes(path, minutes):
    assert len(minutes) == 2285
    for text in texts_of(path):
        assert not digests(text) & minutes


def test_no_text_in_the_database_copies_a_sentence_of_the_minutes(third, minutes):
    texts = texts_in_database()

    assert len(texts) > 300
    for text in texts:
        assert not digests(text) & minutes


def test_document_that_is_laid_out_as_the_minutes_copies_no_sentence(minutes):
    lines = READ_AS_MINUTES.read_text(encoding="utf-8").splitlines()

    assert len(lines) > 150
    for line in lines:
        assert not digests(line) & minutes


# Nobody is named in prose


def test_no_prose_names_anybody_who_took_part(third):
    names = [*third.attendances.values_list("name", flat=True), "Jørgen Galsøe"]
    parts = {part for name in names for part in name.split()}
    prose = [*texts_in_database(), *(text for path in FILES for text in prose_of(path))]

    assert len(names) == 15
    for text in prose:
        assert not parts & {*re.findall(r"[\w-]+", strip_tags(text))}, text


def test_statements_are_no_quotations_and_nobody_says_i(third):
    for barrier in third.barriers.all():
        for statement in barrier.statements.all():
            assert not re.search(r"[\"”“»«]", statement.text)
            assert not {"jeg", "mig", "min", "mit", "mine"} & {*words(statement.text)}


# Links


def links(third: Meeting) -> set[str]:
    fields = [
        (model, field.name)
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.URLField)
    ]
    kept = [model._default_manager.values_list(name, flat=True) for model, name in fields]
    written = re.findall(r'href="([^"]*)"', " ".join(e.text for e in third.minutes.entries.all()))
    return {link for rows in (*kept, written) for link in rows if link}


def test_links_are_https_and_carry_no_tail(third):
    found = links(third)

    assert len(found) == 12
    for link in found:
        parts = urlsplit(link)
        assert parts.scheme == "https"
        assert (parts.query, parts.fragment) == ("", "")
        assert ";" not in parts.path
