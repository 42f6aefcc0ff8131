"""The draft as JSON, for `manage.py read_minutes`, for the score and for the review."""

from dataclasses import asdict
from typing import Any

from taskforce.intake.reader.draft import Found, MinutesDraft, Section


def as_json(draft: MinutesDraft) -> dict[str, Any]:
    """Return the structure in plain types, with every passage and reason under `found`.

    `found` is a list of {field, index, value, span: [start, end], confidence, reason};
    `sections` covers the whole `text`.
    """
    return {
        **plain(draft),
        "refusal": draft.refusal,
        "text": draft.text,
        "sections": [_section(section) for section in draft.sections],
        "found": [_thing(field, index, found) for field, index, found in draft.found()],
    }


def plain(draft: MinutesDraft) -> dict[str, Any]:
    """Return what was found, without where and why."""
    return {
        "number": _value(draft.number),
        "date": _value(draft.date),
        "start": _value(draft.start),
        "end": _value(draft.end),
        "mode": _value(draft.mode),
        "place": _value(draft.place),
        "attendees": [_person(found) for found in draft.attendees],
        "absent": [_person(found) for found in draft.absent],
        "agenda": [_or_none(_value(found)) for found in draft.agenda],
        "next_meeting": _or_none(_value(draft.next_meeting)),
        "calls": [_or_none(_value(found)) for found in draft.calls],
        "links": [found.value for found in draft.links],
        "action_points": [_or_none(_value(found)) for found in draft.action_points],
        "barriers": [_value(found) for found in draft.barriers],
        "statements": [_value(found) for found in draft.statements],
        "news": [_value(found) for found in draft.news],
        "materials": [_value(found) for found in draft.materials],
        "speakers": [
            draft.attendees[section.speaker].value.name
            for section in draft.sections
            if section.kind == "round_table" and section.speaker is not None
        ],
    }


def _value(found: Found[Any] | None) -> Any:
    if found is None:
        return None
    value = found.value
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _or_none(value: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the same with None where a text is empty."""
    return value and {key: None if part == "" else part for key, part in value.items()}


def _person(found: Found[Any]) -> dict[str, Any]:
    return {**_value(found), "organisation": found.value.organisation or None}


def _thing(field: str, index: int, found: Found[Any]) -> dict[str, Any]:
    return {
        "field": field,
        "index": index,
        "value": _value(found),
        "span": [found.span.start, found.span.end],
        "confidence": found.confidence,
        "reason": found.reason,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        **asdict(section),
        "span": [section.span.start, section.span.end],
        "body": [section.body.start, section.body.end],
    }
