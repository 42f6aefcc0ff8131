"""The rows of the register of people: one a person, with their latest membership and its state."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.danish import DanishOrder
from taskforce.core.models import RefusedAddress
from taskforce.members.models import Erasure, Invitation, Member, User

PATIENCE = timedelta(days=14)  # after which somebody who was asked in and never came stands out


class State(models.TextChoices):
    """How somebody stands to the taskforce."""

    INVITED = "invited", pgettext_lazy("of a person", "Invited")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")
    DEACTIVATED = "deactivated", _("Deactivated")
    NOWHERE = "nowhere", _("Without organisation")


HERE = (State.INVITED, State.ACTIVE)


def people() -> QuerySet[Any, Any]:
    """Return everybody with `seat`, the key of their latest membership, and their `state`.

    Doubles that were merged and people who were erased are left out.
    """
    seats = Member.objects.filter(user=OuterRef("pk"))
    latest = seats.order_by(F("to_date").desc(nulls_first=True), "-from_date", "-pk")
    asked = Invitation.objects.filter(member=OuterRef("seat"), accepted_at=None)
    here = User.objects.filter(merged_into=None).exclude(pk__in=Erasure.objects.values("person"))
    return here.annotate(
        seat=Subquery(latest.values("pk")[:1]),
        state=Case(
            When(is_active=False, then=Value(State.DEACTIVATED)),
            When(seat=None, then=Value(State.NOWHERE)),
            When(~Exists(seats.filter(to_date=None)), then=Value(State.LEFT)),
            When(Q(last_login=None) | Exists(asked), then=Value(State.INVITED)),
            default=Value(State.ACTIVE),
            output_field=models.CharField(),
        ),
    )


def in_order(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Put first what is unusual: refused addresses, who never came, who has no organisation."""
    asked = Invitation.objects.filter(member=OuterRef("seat"), accepted_at=None)
    lately = asked.filter(sent_at__gt=timezone.now() - PATIENCE, asked_again_at=None)
    gone = Q(state__in=(State.LEFT, State.DEACTIVATED))
    ordered: QuerySet[Any, Any] = rows.annotate(
        unusual=Case(
            When(gone, then=Value(4)),
            When(_is_refused(), then=Value(0)),
            When(Q(state=State.INVITED) & ~Exists(lately), then=Value(1)),
            When(state=State.NOWHERE, then=Value(2)),
            default=Value(3),
            output_field=models.IntegerField(),
        )
    ).order_by("unusual", DanishOrder("name"), "pk")
    return ordered


def _is_refused() -> Exists:
    return Exists(RefusedAddress.objects.standing().filter(address=OuterRef("email")))


def stuck() -> QuerySet[Any, Any]:
    """Return members whom no mail reaches, and who was asked in and cannot come by themselves."""
    asked = Invitation.objects.filter(member=OuterRef("seat"), accepted_at=None)
    over = Q(asked_again_at__isnull=False) | Q(sent_at__lte=timezone.now() - Invitation.WORKS)
    cannot_come = Q(Exists(asked.filter(over)), state=State.INVITED)
    rows = people().filter(Q(_is_refused(), state__in=HERE) | cannot_come)
    return rows.order_by(DanishOrder("name"), "pk")


def named(rows: QuerySet[Any, Any], words: str) -> QuerySet[Any, Any]:
    """Return those of whom each word stands in the name, the address or an organisation's name."""
    for word in words.split():
        homes = Member.objects.filter(user=OuterRef("pk"), organisation__name__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word) | Exists(homes))
    return rows


def seats_of(rows: list[Any]) -> dict[int, Member]:
    """Return the latest memberships of rows of `people`, by key, with all that a page tells."""
    related = ("user", "organisation", "invitation", "hand_over__successor__user", "silence")
    found = Member.objects.select_related(*related)
    return {one.pk: one for one in found.filter(pk__in=[row.seat for row in rows if row.seat])}
