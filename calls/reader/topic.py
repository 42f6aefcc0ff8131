"""Read the JSON of one topic of the EU's Funding & Tenders Portal."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from calls.reader.links import PLAIN, find, of
from calls.reader.values import BRUSSELS, amount, day, each, mapping, number, rich, text
from taskforce.core.acts import Refused

BIGGEST = 5 * 1024 * 1024  # bytes; a topic is some 50 kB
CLOSING = time(17)  # in Brussels; the hour is never in the data
STATUSES = {31094501: "forthcoming", 31094502: "open", 31094503: "closed"}
# A topic of several actions has the status of the one that can still be applied to.
BY_WEIGHT = ("open", "forthcoming", "closed")
NO_TOPIC = "The document tells of no EU topic."


@dataclass(frozen=True)
class Topic:
    """A topic; a field is None or empty where the portal states nothing."""

    identifier: str
    title: str
    programme: str
    opens: date | None
    deadlines: list[datetime]  # 17:00 in Brussels, the first to pass first
    budget: int | None  # whole euro, of all years and all actions of this topic
    grant_min: int | None
    grant_max: int | None
    type_of_action: str
    status: str  # "forthcoming", "open", "closed" or ""
    link: str
    description: str  # clean HTML, in English
    is_two_stage: bool


def read(content: bytes, *, wanted: str = "") -> Topic:
    """Read a document; raises Refused with a sentence in English where it is no topic.

    `wanted` is the identifier that was asked for, where the document itself names none.
    """
    details = _details(_parsed(content))
    named = text(details.get("identifier")) or wanted
    identifier = named.upper() if named == named.lower() else named
    if not identifier:
        raise Refused("The document names no topic identifier.")
    actions = [mapping(action) for action in each(details.get("actions"))]
    own = _own_rows(details, identifier)
    return Topic(
        identifier=identifier,
        title=text(details.get("title")),
        programme=_programme(details),
        opens=min(
            _days(actions, "plannedOpeningDate") or _days(own, "plannedOpeningDate"), default=None
        ),
        deadlines=_deadlines(actions, own),
        budget=_total(own),
        grant_min=min(_amounts(own, "minContribution"), default=None),
        grant_max=max(_amounts(own, "maxContribution"), default=None),
        type_of_action=_types(actions),
        status=_status(actions),
        link=of(identifier).link,
        description=rich(details.get("description")),
        is_two_stage=_is_two_stage(actions, own),
    )


def _parsed(content: bytes) -> Any:
    if len(content) > BIGGEST:
        raise Refused("The document is larger than an EU topic ever is.")
    if not content.strip():
        raise Refused("The document is empty.")
    try:
        # Numbers stay exact, and those that JSON does not know (NaN) state nothing.
        return json.loads(
            _decoded(content),
            parse_float=Decimal,
            parse_int=lambda figures: int(figures) if len(figures) < 20 else None,
            parse_constant=lambda _name: None,
        )
    except (ValueError, RecursionError) as error:
        raise Refused("The document is not JSON, as the EU portal writes topics.") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _details(document: Any) -> dict[str, Any]:
    """Return the object that describes the topic, with or without the object around it."""
    if isinstance(document, list) and len(document) == 1:
        document = document[0]
    if not isinstance(document, dict):
        raise Refused(NO_TOPIC)
    for name, value in document.items():
        if name.lower() == "topicdetails" and isinstance(value, dict | list):
            inner = next(each(value), None)
            if isinstance(inner, dict) and inner:
                return inner
            raise Refused(NO_TOPIC)
    if "identifier" in document and ("title" in document or "actions" in document):
        return document
    raise Refused(NO_TOPIC)


def _programme(details: dict[str, Any]) -> str:
    for found in each(details.get("frameworkProgramme")):
        if isinstance(found, str):
            return text(found)
        for name in ("abbreviation", "description"):
            if words := text(mapping(found).get(name)):
                return words
    return ""


# Several actions of one topic


def _days(rows: list[dict[str, Any]], *names: str) -> list[date]:
    found = (day(value) for row in rows for name in names for value in each(row.get(name)))
    return sorted({known for known in found if known})


def _deadlines(actions: list[dict[str, Any]], own: list[dict[str, Any]]) -> list[datetime]:
    names = ("deadlineDates", "deadlineDate")
    days = _days(actions, *names) or _days(own, *names)
    return [datetime.combine(passes, CLOSING, BRUSSELS) for passes in days]


def _types(actions: list[dict[str, Any]]) -> str:
    types = (kind for action in actions for kind in each(action.get("types")))
    named = (text(kind) or text(mapping(kind).get("typeOfAction")) for kind in types)
    return "; ".join(dict.fromkeys(filter(None, named)))


def _status(actions: list[dict[str, Any]]) -> str:
    found = {_status_of(status) for action in actions for status in each(action.get("status"))}
    return next((word for word in BY_WEIGHT if word in found), "")


def _status_of(status: Any) -> str:
    fields = mapping(status)
    if known := STATUSES.get(number(fields.get("id", status)) or 0):
        return known
    named = (status, fields.get("abbreviation"), fields.get("description"))
    words = {text(value).lower() for value in named}
    return next((word for word in BY_WEIGHT if word in words), "")


def _is_two_stage(actions: list[dict[str, Any]], own: list[dict[str, Any]]) -> bool:
    models = [text(row.get("deadlineModel")) for row in own]
    for action in actions:
        for procedure in each(action.get("submissionProcedure")):
            models += [text(procedure), text(mapping(procedure).get("abbreviation"))]
    return any(re.search(r"\btwo[- ]?stage", words, re.IGNORECASE) for words in models)


# The budget map, which lists the other topics of a call too


def _own_rows(details: dict[str, Any], identifier: str) -> list[dict[str, Any]]:
    """Return this topic's rows of the budget map, each once.

    A row's action begins with the identifier of its topic. Where no row names a topic, and there
    is only one group of rows, that group is this topic's.
    """
    groups = [*_groups(details)]
    rows = [(key, row) for key, group in groups for row in group]
    starts = re.compile(rf"\W*{re.escape(identifier)}(?![\w-]*\w)", re.IGNORECASE)
    tests: tuple[Callable[[str, dict[str, Any]], Any], ...] = (
        lambda _key, row: starts.match(text(row.get("action"))),
        lambda key, _row: starts.match(key),
    )
    for is_own in tests:
        if own := [row for key, row in rows if is_own(key, row)]:
            return _once(own)
    others = any(_names_a_topic(text(row.get("action"))) for _key, row in rows)
    others = others or any(_names_a_topic(key) for key, _group in groups)
    if not others:
        keyed = [group for key, group in groups if key == str(details.get("ccm2Id"))]
        if keyed or len(groups) == 1:
            return _once((keyed or [groups[0][1]])[0])
    return []


def _groups(details: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    overview = details.get("budgetOverviewJSONItem")
    if isinstance(overview, str):
        try:
            overview = _parsed(overview.encode(errors="replace"))
        except Refused:
            return
    found = mapping(overview).get("budgetTopicActionMap")
    named = found.items() if isinstance(found, dict) else [("", found)]
    for key, value in named:
        if rows := [row for row in each(value) if isinstance(row, dict)]:
            yield key, rows


def _names_a_topic(words: str) -> bool:
    return bool(PLAIN.search(words)) and find(words) is not None


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without repetitions."""
    return [row for place, row in enumerate(rows) if row not in rows[:place]]


def _total(own: list[dict[str, Any]]) -> int | None:
    years = (
        value
        for row in own
        for by_year in each(row.get("budgetYearMap"))
        for value in (by_year.values() if isinstance(by_year, dict) else [by_year])
    )
    return sum(amount(value) or 0 for value in years) or None


def _amounts(own: list[dict[str, Any]], name: str) -> list[int]:
    found = (amount(row.get(name)) for row in own)
    return [known for known in found if known]
