"""Compare a call with what the EU portal says of it today, and take over what somebody accepts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import formats
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from calls.deadlines import in_words
from calls.entering.acts import stages
from calls.following import telling
from calls.models import Call, CallDeadline
from calls.reader import Topic
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.differences import Piece, difference
from taskforce.members.models import Member

SALT = "calls.rereading"
GOOD_FOR = 24 * 60 * 60  # seconds that a comparison may lie open on a desk
DEADLINES = "deadlines"
# Fields of a call, and what a topic calls them.
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
class Change:
    """One thing in which call and portal differ."""

    name: str
    label: str
    old: str
    new: str

    @property
    def pieces(self) -> list[Piece]:
        return difference(self.old, self.new)


def told_by(topic: Topic) -> dict[str, Any]:
    """Return what a topic states; what it does not state changes nothing."""
    found = {name: getattr(topic, source) for name, source in FIELDS.items()}
    stated: dict[str, Any] = {name: value for name, value in found.items() if value}
    if topic.deadlines:
        stated[DEADLINES] = stages(topic)
    return stated


def changes(call: Call, stated: dict[str, Any]) -> list[Change]:
    """Return in what a call differs from what the portal states."""
    return [*_changes(call, stated)]


def _changes(call: Call, stated: dict[str, Any]) -> Iterator[Change]:
    for name in FIELDS:
        if name in stated and getattr(call, name) != stated[name]:
            label = str(Call._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain fields
            yield Change(name, label, _words(getattr(call, name)), _words(stated[name]))
    if DEADLINES in stated:
        old = [(deadline.day, deadline.time) for deadline in call.deadlines.all()]
        new = [(row["day"], row["time"]) for row in stated[DEADLINES]]
        if old != new:
            made = (CallDeadline(call=call, **row) for row in stated[DEADLINES])
            lines = [in_words(deadline.moment) for deadline in made]
            kept = [in_words(deadline.passes_at) for deadline in call.deadlines.all()]
            yield Change(DEADLINES, str(_("deadlines")), "\n".join(kept), "\n".join(lines))


def _words(value: Any) -> str:
    if isinstance(value, date):
        return str(formats.date_format(value, "DATE_FORMAT"))
    if isinstance(value, int):
        return str(number_format(value, force_grouping=True))
    return str(value or "")


class RereadForm(forms.Form):
    """Which changes to take over. It carries what was shown, signed, so that nothing else is."""

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
            raise forms.ValidationError(
                _("The comparison is too old. Read the call again.")
            ) from error


def pack(stated: dict[str, Any]) -> str:
    """Return what the portal states as a signed text."""
    plain = json.loads(json.dumps(stated, cls=DjangoJSONEncoder))
    return signing.dumps(plain, salt=SALT, compress=True)


def unpack(text: str) -> dict[str, Any]:
    """Return what `pack` packed; raises BadSignature where it is not that, or a day old."""
    stated: dict[str, Any] = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    if "opens_on" in stated:
        stated["opens_on"] = date.fromisoformat(stated["opens_on"])
    for row in stated.get(DEADLINES, []):
        row["day"] = date.fromisoformat(row["day"])
        row["time"] = time.fromisoformat(row["time"])
    return stated


@transaction.atomic
def take_over(
    *, call: Call, stated: dict[str, Any], accepted: list[str], version: int, by: Member
) -> bool:
    """Save what was accepted and tell who follows; False where somebody else saved meanwhile."""
    current = Call.objects.select_for_update().get(pk=call.pk)
    if current.version != version:
        return False
    before = telling.facts(current)
    for name in FIELDS:
        if name in accepted and name in stated:
            setattr(current, name, stated[name])
    current.version += 1
    current.full_clean(exclude=["topic_id"])
    current.save()
    if DEADLINES in accepted and DEADLINES in stated:
        _set_deadlines(current, stated[DEADLINES])
    record(Verb.CHANGED, current, by=by.user)
    telling.tell_of_call(current.pk, before=before, by=by)
    return True


def _set_deadlines(call: Call, rows: list[dict[str, Any]]) -> None:
    """Move the deadlines in their order: they stay the same in people's calendars."""
    there = [*call.deadlines.all()]
    for deadline in there[len(rows) :]:
        deadline.delete()
    # Two that change places would stand on the same day for a moment.
    for place, deadline in enumerate(there[: len(rows)]):
        CallDeadline.objects.filter(pk=deadline.pk).update(label=f"-{place}-")
    for place, row in enumerate(rows):
        deadline = there[place] if place < len(there) else CallDeadline(call=call)
        deadline.day, deadline.time, deadline.label = row["day"], row["time"], row["label"]
        deadline.save()
