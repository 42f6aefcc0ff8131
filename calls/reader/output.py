"""A topic as JSON, as `manage.py read_call` prints it."""

from typing import Any

from calls.reader.topic import Topic


def as_json(topic: Topic) -> dict[str, Any]:
    """Return a topic's fields; None where the portal states nothing."""
    return {
        "identifier": topic.identifier,
        "title": topic.title or None,
        "programme": topic.programme or None,
        "opens": topic.opens.isoformat() if topic.opens else None,
        "deadlines": [deadline.isoformat(timespec="minutes") for deadline in topic.deadlines],
        "budget": topic.budget,
        "grant_min": topic.grant_min,
        "grant_max": topic.grant_max,
        "type_of_action": topic.type_of_action or None,
        "status": topic.status or None,
        "link": topic.link,
    }
