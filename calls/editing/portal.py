"""Ask the EU portal about a topic, and put its answer as the form of a call takes it."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from calls import fetching
from calls.reader import Topic, TopicReference, read
from taskforce.core.acts import Refused


def ask(reference: TopicReference) -> Topic:
    """Return what the EU portal says of a topic; raises Refused where it says nothing."""
    if not reference.has_data:
        raise Refused(_("The EU portal keeps no data that can be read for calls of this kind."))
    content = fetching.download(reference.identifier)
    try:
        return read(content, wanted=reference.identifier)
    except Refused as refused:
        # What is wrong with the JSON helps nobody who adds a call.
        raise Refused(_("The EU portal's answer could not be read.")) from refused


def initial_values(
    reference: TopicReference, topic: Topic | None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the initial values of a new call's form, and of its rows of deadlines."""
    if topic is None:
        return {"topic_id": reference.identifier, "link": reference.link}, []
    return {
        "topic_id": topic.identifier,
        "title": topic.title,
        "link": topic.link,
        "description": topic.description,
        "programme": topic.programme,
        "type_of_action": topic.type_of_action,
        "opens_on": topic.opens,
        "budget": topic.budget,
        "grant_min": topic.grant_min,
        "grant_max": topic.grant_max,
    }, deadline_rows(topic)


def deadline_rows(topic: Topic) -> list[dict[str, Any]]:
    """Return a topic's deadlines as rows; those of two stages are labelled, in Danish."""
    two = topic.is_two_stage and len(topic.deadlines) == 2
    with translation.override("da"):
        labels = [_("First stage"), _("Second stage")] if two else [""] * len(topic.deadlines)
    return [
        {"day": moment.date(), "time": moment.time(), "label": label}
        for moment, label in zip(topic.deadlines, labels, strict=True)
    ]
