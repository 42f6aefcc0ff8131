"""What people press to follow something, and how they choose how often they are told."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from taskforce.core import unasked
from taskforce.core.dates import DayField
from taskforce.core.models import How
from taskforce.following import acts, things
from taskforce.following.kinds import DEFAULT, FOLLOWED, NEW, Kind
from taskforce.following.models import Follow, Rhythm, Weekday
from taskforce.following.things import NEWSLETTER, Named, named, searched
from taskforce.members.models import User, Viewer


class WayBackField(forms.CharField):
    """The page that a button stood on, as a path of ours, however long; "" for any other."""

    def clean(self, value: Any) -> str:
        path = str(self.to_python(value))
        place, _mark, _query = path.partition("?")
        is_ours = place.startswith("/") and url_has_allowed_host_and_scheme(place, None)
        return path if is_ours else ""


class WhatForm(forms.Form):
    """What is to be followed: a thing, words of a search, or the newsletter.

    `back` is the page that the button stood on.
    """

    ting = forms.CharField(required=False, max_length=60)
    ord = forms.CharField(required=False, max_length=200)
    tilbage = WayBackField(required=False)

    what: Named
    thing: models.Model | None = None
    back: str = ""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        self.back = typed["tilbage"]
        self.what = self._what(typed.get("ting", ""), typed.get("ord", ""))
        return typed

    def _what(self, token: str, words: str) -> Named:
        if token == things.NEWSLETTER_NAME:
            return NEWSLETTER
        if words and not token:
            return searched(words)
        self.thing = things.found(token, self.viewer)
        if self.thing is None:
            raise ValidationError("There is nothing of that name.")
        return named(self.thing)


ALL = "all"
FORM_ID = "valg"  # of the form that the rows beside it belong to
ONCE_OR_NEVER = ((How.AT_ONCE, How.AT_ONCE.label), (How.NEVER, How.NEVER.label))
LOUD = (How.AT_ONCE, How.DAILY)


def field_of(follow: Follow) -> str:
    """Return the name of the field that says how often to be told of what is followed."""
    return f"how_{follow.pk}"


class FollowedForm(forms.Form):
    """How often to be told of each thing that somebody follows, and which to follow no longer."""

    stop = forms.CharField(required=False)

    def __init__(self, *args: Any, follows: Sequence[Follow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follows = follows
        for follow in follows:
            self.fields[field_of(follow)] = _level([("", _("As usual")), *How.choices], follow.how)
            self.fields[field_of(follow)].widget.attrs["form"] = FORM_ID

    @transaction.atomic
    def save(self) -> None:
        """Keep what was chosen anew, and end what is to be followed no longer."""
        for follow in self.follows:
            if self.cleaned_data["stop"] in (ALL, str(follow.pk)):
                acts.end(follow=follow)
            elif field_of(follow) in self.data:
                self._set_how(follow, self.cleaned_data[field_of(follow)])

    def _set_how(self, follow: Follow, how: str) -> None:
        if how != follow.how:
            acts.set_how(follow=follow, how=How(how) if how else None)


class ChoicesForm(FollowedForm):
    """Everything that a member chooses about mail. What stays as it was is not written down."""

    alt = forms.CharField(required=False)  # the button that gathers everything in one letter
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int, choices=Weekday)
    hour = forms.TypedChoiceField(
        label=_("Hour"), coerce=int, choices=[(hour, f"{hour}.00") for hour in range(24)]
    )
    paused_until = DayField(
        label=_("Pause until"),
        help_text=_("Until that day you hear only of what asks something of you."),
        required=False,
    )
    only_asked = forms.BooleanField(
        label=_("Send me only what asks something of me"), required=False
    )

    def __init__(self, *args: Any, user: User, rhythm: Rhythm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.rhythm = user, rhythm
        chosen = unasked.chosen_by(user.pk)
        for kind in unasked.Kind:
            self.fields[kind] = _level(ONCE_OR_NEVER, chosen.get(kind, How.AT_ONCE), kind.label)
        for event in Kind:
            self.fields[event] = _level(How.choices, chosen.get(event, DEFAULT[event]), event.label)
        is_ahead = rhythm.is_paused(timezone.localdate())
        self.initial.update(
            weekday=rhythm.weekday,
            hour=rhythm.hour,
            paused_until=rhythm.paused_until if is_ahead else None,
            only_asked=rhythm.only_asked,
        )

    def fields_of(self, kinds: Iterable[str]) -> list[forms.BoundField]:
        return [self[kind] for kind in kinds]

    def asked(self) -> list[forms.BoundField]:
        return self.fields_of(unasked.Kind)

    def followed(self) -> list[forms.BoundField]:
        return self.fields_of(FOLLOWED)

    def news(self) -> list[forms.BoundField]:
        return self.fields_of(NEW)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("alt"):
            gathered = (*FOLLOWED, *NEW, *map(field_of, self.follows))
            typed |= {name: How.WEEKLY for name in gathered if typed.get(name) in LOUD}
        return typed

    @transaction.atomic
    def save(self) -> None:
        super().save()
        typed = self.cleaned_data
        for kind in (*unasked.Kind, *Kind):
            if typed[kind] and typed[kind] != self[kind].initial:
                acts.choose(user=self.user, kind=kind, how=How(typed[kind]))
        self._save_rhythm(typed)

    def _save_rhythm(self, typed: dict[str, Any]) -> None:
        if {"weekday", "hour"} & {*self.changed_data}:
            acts.set_rhythm(user=self.user, weekday=typed["weekday"], hour=typed["hour"])
        if "paused_until" in self.changed_data:
            acts.pause(user=self.user, until=typed["paused_until"])
        if "only_asked" in self.changed_data:
            acts.only_asked(user=self.user, is_wanted=typed["only_asked"])


def _level(choices: Iterable[Any], how: str, label: Any = "") -> forms.ChoiceField:
    """Return a field of how often; a level that is not sent stays as it is."""
    widget = forms.RadioSelect if label else forms.Select
    return forms.ChoiceField(
        label=label, choices=[*choices], initial=how, required=False, widget=widget
    )
