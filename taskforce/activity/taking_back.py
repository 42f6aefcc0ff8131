"""Take back what was done by mistake: for a day, and until somebody built on it.

An act that takes something back asks `must_be_open` under its lock, undoes the change, and calls
`note`: that leaves the trace of which the visible note is made, and writes to everybody who had
got mail about the mistake.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.activity.models import Activity, TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.core.acts import Refused

WINDOW = timedelta(hours=24)
# Each returns addresses to which higher floors have mailed what is taken back.
also_told: list[Callable[[models.Model, Verb], Iterable[str]]] = []


def done_at(target: models.Model, verb: Verb) -> datetime | None:
    """Return when a thing was last done to a row, by its activity; None where it never was."""
    kind = ContentType.objects.get_for_model(target)
    done = Activity.objects.filter(target_type=kind, target_id=target.pk, verb=verb)
    return done.order_by("-at").values_list("at", flat=True).first()


def touched_since(moment: datetime, *rows: models.QuerySet[Any], verb: Verb | None = None) -> bool:
    """Tell whether anything was done to these rows after a moment: then somebody built on them.

    Given a verb, whether that was done to them.
    """
    only = {"verb": verb} if verb else {}
    return any(
        Activity.objects.filter(
            target_type=ContentType.objects.get_for_model(some.model),
            target_id__in=some.order_by().values("pk"),
            at__gt=moment,
            **only,
        ).exists()
        for some in rows
    )


def closes_at(moment: datetime) -> datetime:
    """Return until when something that was done at a moment may be taken back."""
    return moment + WINDOW


def why_not(moment: datetime | None, built_on: object = "") -> str:
    """Return in a sentence why a thing cannot be taken back any more; empty where it can.

    `moment` is when it was done; `built_on` says what somebody did with it since, if anything.
    """
    if moment is None or timezone.now() >= closes_at(moment):
        return _("It could be taken back within 24 hours, and they have passed.")
    return str(built_on)


def must_be_open(moment: datetime | None, built_on: object = "") -> None:
    """Refuse where a thing cannot be taken back any more."""
    if sentence := why_not(moment, built_on):
        raise Refused(sentence)


@transaction.atomic
def note(
    target: models.Model,
    verb: Verb,
    *,
    reason: str,
    by: AbstractBaseUser,
    told: Iterable[str] = (),
    url: str = "",
    title: str = "",
) -> TakenBack:
    """Keep that something was taken back, and write to everybody who had got mail about it.

    The note shows at the target (`notes_on`) to whoever sees it there, so title and reason may
    say no more than that. `told` are the addresses that the act's own mail went to.
    """
    found = TakenBack.objects.create(
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        verb=verb,
        title=title or str(target),
        url=kept_address(url or target.get_absolute_url()),  # type: ignore[attr-defined]  # every target has one
        reason=reason,
        by=by,  # type: ignore[misc]  # this floor knows the user model by its setting only
        told=len(readers := sorted({*told}.union(*(ask(target, verb) for ask in also_told)))),
    )
    record(Verb.TAKEN_BACK, target, by=by)
    for reader in readers:
        mail.send(
            "taken_back",
            to=reader,
            about=target,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"note": found},
        )
    return found


def kept_address(url: str) -> str:
    """Return the address by which a note is kept, in whatever language one was at the time."""
    return translate_url(url, settings.LANGUAGE_CODE)


def notes_on(target: models.Model) -> models.QuerySet[TakenBack]:
    """Return what was taken back of a row, the newest first."""
    kind = ContentType.objects.get_for_model(target)
    return TakenBack.objects.filter(target_type=kind, target_id=target.pk)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"),
        help_text=gettext_lazy(
            "The reason stands in the note. Whoever has got mail about it gets it by mail too."
        ),
        widget=forms.Textarea({"rows": 3, "lang": "da"}),
        max_length=300,
        error_messages={"required": gettext_lazy("Give the reason.")},
    )
