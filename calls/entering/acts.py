"""Add calls, change them, and take over what the EU portal says of them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from calls import fetching
from calls.entering.forms import CallForm
from calls.entering.words import why
from calls.following import telling
from calls.models import Call
from calls.reader import Found, NotATopicError, Topic
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


def ask_portal(found: Found) -> tuple[Topic | None, str]:
    """Return what the EU portal says of a topic, or why it says nothing."""
    if not found.has_data:
        return None, _("The EU portal keeps no data that can be read for calls of this kind.")
    try:
        return fetching.fetch(found.identifier), ""
    except (fetching.NotFetchedError, NotATopicError) as error:
        return None, why(error)


def beginning(found: Found, topic: Topic | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a form of a new call and its rows of deadlines begin with."""
    if topic is None:
        return {"topic_id": found.identifier, "link": found.link}, []
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
    }, stages(topic)


def stages(topic: Topic) -> list[dict[str, Any]]:
    """Return a topic's deadlines as rows; those of two stages say which they are, in Danish."""
    two = topic.is_two_stage and len(topic.deadlines) == 2
    with translation.override("da"):
        labels = [_("First stage"), _("Second stage")] if two else [""] * len(topic.deadlines)
    return [
        {"day": moment.date(), "time": moment.time(), "label": label}
        for moment, label in zip(topic.deadlines, labels, strict=True)
    ]


def add(*, form: CallForm, deadlines: Any, by: Member) -> Call | None:
    """Add a call; None where another one took its topic in the same moment."""
    try:
        with transaction.atomic():
            call: Call = form.save()
            deadlines.instance = call
            deadlines.save()
            record(Verb.ADDED, call, by=by.user)
    except IntegrityError:
        return None
    return call


@transaction.atomic
def change(*, form: CallForm, deadlines: Any, by: Member) -> bool:
    """Save what was changed and tell who follows; False where somebody else saved first."""
    locked = Call.objects.select_for_update().get(pk=form.instance.pk)
    before = telling.facts(locked)
    form.instance.outcome = locked.outcome  # consortia may have told of it meanwhile
    if not form.save_unless_changed():
        return False
    deadlines.save()
    record(Verb.CHANGED, form.instance, by=by.user)
    telling.tell_of_call(form.instance.pk, before=before, by=by)
    return True
