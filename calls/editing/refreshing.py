"""Compare a call with what the EU portal says of it today, and accept changes one by one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import formats
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from calls import fetching
from calls.deadlines import in_words
from calls.editing import portal
from calls.following import notifying
from calls.models import Call, CallDeadline
from calls.reader import Topic, find
from taskforce.core.acts import Conflict, Refused
from taskforce.core.differences import Piece, difference
from taskforce.members.models import Member

SALT = "calls.refreshing"
GOOD_FOR = 24 * 60 * 60  # seconds that a comparison stays valid
TOO_OLD = _("The comparison is too old. Read the call again.")
DEADLINES = "deadlines"
# Fields of a call, and the names that a topic has for them.
FIELDS = {
    "title": "title",
    "programme": "programme",
    "type_of_action": "type_of_action",
    "opens_on": "opens",
    "budget": "budget",
    "grant_min": "grant_min",
    "grant_max": "grant_max",
    "description": "description",
}


@dataclass(frozen=True)
class FieldChange:
    """A field in which call and portal differ."""

    name: str
    label: str
    old: str
    new: str

    @property
    def pieces(self) -> list[Piece]:
        return difference(self.old, self.new)


def ask_about(call: Call) -> dict[str, Any]:
    """Return what the EU portal states about a call; raises Refused where it states nothing."""
    reference = find(call.topic_id or "")
    if reference is None:
        raise Refused(fetching.UNKNOWN)
    return stated_by(portal.ask(reference))


def stated_by(topic: Topic) -> dict[str, Any]:
    """Return the fields that a topic states; a field that it leaves out is not compared."""
    found = {name: getattr(topic, source) for name, source in FIELDS.items()}
    stated: dict[str, Any] = {name: value for name, value in found.items() if value}
    if topic.deadlines:
        stated[DEADLINES] = portal.deadline_rows(topic)
    return stated


def changes(call: Call, stated: dict[str, Any]) -> list[FieldChange]:
    """Return the fields in which a call differs from what the portal states."""
    return [*_changes(call, stated)]


def _changes(call: Call, stated: dict[str, Any]) -> Iterator[FieldChange]:
    for name in FIELDS:
        if name in stated and getattr(call, name) != stated[name]:
            label = str(Call._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain fields
            yield FieldChange(name, label, _in_words(getattr(call, name)), _in_words(stated[name]))
    if DEADLINES in stated:
        old = [(deadline.day, deadline.time) for deadline in call.deadlines.all()]
        new = [(row["day"], row["time"]) for row in stated[DEADLINES]]
        if old != new:
            made = (CallDeadline(call=call, **row) for row in stated[DEADLINES])
            lines = [in_words(deadline.moment) for deadline in made]
            kept = [in_words(deadline.passes_at) for deadline in call.deadlines.all()]
            label = str(_("deadlines"))
            yield FieldChange(DEADLINES, label, "\n".join(kept), "\n".join(lines))


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return str(formats.date_format(value, "DATE_FORMAT"))
    if isinstance(value, int):
        return str(number_format(value, force_grouping=True))
    return str(value or "")


class AcceptForm(forms.Form):
    """The changes to accept, and what was shown: signed, so that nothing else is saved."""

    accepted = forms.MultipleChoiceField(
        label=_("Take over"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stated = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accepted"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        field.choices = [(name, name) for name in (*FIELDS, DEADLINES)]

    def clean_stated(self) -> dict[str, Any]:
        try:
            return unpack(self.cleaned_data["stated"])
        except signing.BadSignature as error:
            raise ValidationError(TOO_OLD) from error

    def show_conflict(self, current: Call) -> None:
        """Say that somebody saved first; the page compares again."""
        words = _("Somebody else saved this meanwhile. Below is what differs now.")
        self.add_error(None, words)


def pack(stated: dict[str, Any]) -> str:
    """Return what the portal states as a signed text."""
    plain = json.loads(json.dumps(stated, cls=DjangoJSONEncoder))
    return signing.dumps(plain, salt=SALT, compress=True)


def unpack(text: str) -> dict[str, Any]:
    """Return what `pack` packed; raises BadSignature for anything else, or after a day."""
    stated: dict[str, Any] = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    if "opens_on" in stated:
        stated["opens_on"] = date.fromisoformat(stated["opens_on"])
    for row in stated.get(DEADLINES, []):
        row["day"] = date.fromisoformat(row["day"])
        row["time"] = time.fromisoformat(row["time"])
    return stated


@transaction.atomic
def accept(
    *, call: Call, stated: dict[str, Any], accepted: list[str], version: int, by: Member
) -> Call:
    """Save the accepted fields, notify the call's followers and return the call.

    Raises Conflict if somebody saved first, Refused where the fields do not fit together.
    """
    current = Call.objects.select_for_update().get(pk=call.pk)
    if current.version != version:
        raise Conflict(current)
    before = notifying.facts(current)
    for name in FIELDS:
        if name in accepted and name in stated:
            setattr(current, name, stated[name])
    current.version += 1
    try:
        current.full_clean(exclude=["topic_id"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    current.save()
    if DEADLINES in accepted and DEADLINES in stated:
        _set_deadlines(current, stated[DEADLINES])
    notifying.record_change(current.pk, before=before, by=by)
    return current


def _set_deadlines(call: Call, rows: list[dict[str, Any]]) -> None:
    """Move the deadlines in their order, so that calendars move them and add none."""
    there = [*call.deadlines.all()]
    for deadline in there[len(rows) :]:
        deadline.delete()
    # Where two deadlines swap days, both are on one day in between; labels keep them apart.
    for place, deadline in enumerate(there[: len(rows)]):
        CallDeadline.objects.filter(pk=deadline.pk).update(label=f"-{place}-")
    for place, row in enumerate(rows):
        deadline = there[place] if place < len(there) else CallDeadline(call=call)
        deadline.day, deadline.time, deadline.label = row["day"], row["time"], row["label"]
        deadline.save()
