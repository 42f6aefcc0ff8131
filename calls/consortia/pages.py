"""What pages of consortia show, as the viewer may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from calls.consortia import check
from calls.consortia.forms import AskForm, SuggestionForm
from calls.deadlines import time_left, today
from calls.models import (
    KINDS,
    CallDeadline,
    Consortium,
    Openness,
    Partner,
    PartnerState,
    Suggestion,
)
from taskforce.core import countries
from taskforce.core.prepared import prepared
from taskforce.dialogue.talk.pages import talk_about
from taskforce.following import novelty
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import membership

KIND_WORDS = dict(KINDS)


@dataclass(frozen=True)
class PartnerRow:
    """A partner in the list of a consortium's page, and what its state allows to do."""

    partner: Partner
    country: str
    kind: str
    answers_itself: bool

    @property
    def asks(self) -> bool:
        return self.partner.state == PartnerState.INTERESTED and self.answers_itself

    @property
    def is_out(self) -> bool:
        return self.partner.state == PartnerState.WITHDRAWN


def detail(found: Consortium, viewer: Viewer, now: Any) -> dict[str, Any]:
    """Return everything on a consortium's page, as the viewer may see it."""
    same = Consortium.objects.filter(pk=found.pk)
    inside, runs = same.inside(viewer).exists(), same.run_by(viewer).exists()
    partners = [*_partners(found, viewer)]
    member = membership(viewer)
    own = _own_partner(found, member)
    shows_itself = inside or found.openness != Openness.HIDDEN or _is_invited(own)
    takes = found.takes_suggestions(today())
    next_at = CallDeadline.objects.filter(call=found.call_id, passes_at__gt=now)
    ahead = next_at.order_by("passes_at").values_list("passes_at", flat=True).first()
    return {
        "consortium": found,
        "new": novelty.on(found, viewer) if shows_itself else None,
        "call": found.call,
        "left": time_left(ahead or found.call.closes_at, now),
        "inside": inside,
        "runs": runs,
        "shows_itself": shows_itself,
        "tells": same.outcome_editable_by(viewer).exists(),
        "is_told": found.is_told,
        "check": check.check(found.call, check.places(found, partners))
        if inside and found.is_forming
        else None,
        "possible": _possible(found, partners) if inside else None,
        "lead_country": countries.name(found.lead.country),
        "rows": [_row(partner) for partner in partners],
        "own": own,
        "is_invited": _is_invited(own),
        "can_ask": _can_ask(found, viewer, member) and not inside,
        "asked": own is not None and own.state == PartnerState.INTERESTED,
        "ask_form": AskForm(),
        "is_asking": takes,
        "takes_suggestions": takes and member is not None,
        "suggestion_form": SuggestionForm(),
        "suggestions": _suggestions(found, viewer),
        "talk": talk_about(found, viewer),
    }


def _partners(found: Consortium, viewer: Viewer) -> QuerySet[Partner]:
    people = Member.objects.current().filter(organisation=OuterRef("organisation"))
    shown = Partner.objects.visible_to(viewer).filter(consortium=found)
    return shown.select_related("organisation").annotate(answers_itself=Exists(people))


def _own_partner(found: Consortium, member: Member | None) -> Partner | None:
    """Return the viewer's own organisation as a partner, in whatever state."""
    if member is None:
        return None
    return found.partners.filter(organisation=member.organisation_id).first()


def _can_ask(found: Consortium, viewer: Viewer, member: Member | None) -> bool:
    """Tell whether the page offers to ask. Strangers see the link, too; it leads to the log-in."""
    return found.seeks_partners and (member is not None or viewer.is_anonymous)


def _is_invited(own: Partner | None) -> bool:
    return own is not None and own.state == PartnerState.INVITED


def _row(partner: Any) -> PartnerRow:
    return PartnerRow(
        partner=partner,
        country=countries.name(partner.from_country) if partner.from_country else "",
        kind=str(KIND_WORDS.get(partner.counts_as, "")),
        answers_itself=partner.answers_itself,
    )


def _possible(found: Consortium, partners: list[Partner]) -> check.Check | None:
    """Return the check as it would be if everybody who waits joined; None where nobody waits."""
    waiting = (PartnerState.INVITED, PartnerState.INTERESTED)
    if not any(partner.state in waiting for partner in partners):
        return None
    return check.check(found.call, check.places(found, partners, also=waiting))


def _suggestions(found: Consortium, viewer: Viewer) -> QuerySet[Suggestion]:
    shown = Suggestion.objects.visible_to(viewer).filter(consortium=found)
    return shown.select_related("organisation")


def waiting_for(member: Member) -> dict[str, Any]:
    """Return a member's consortia and invitations, for the member's own page."""
    viewer = member.user
    return {"invitations": _invitations(viewer, timezone.now()), "own_consortia": _own(member)}


@prepared
def _invitations(viewer: Viewer, now: datetime) -> QuerySet[Consortium]:
    return Consortium.objects.invited(viewer).forming(now).select_related("call", "lead")


@prepared
def _own(member: Member) -> QuerySet[Consortium]:
    mine = Consortium.objects.inside(member.user).filter(_with_own(member))
    return mine.select_related("call")


def _with_own(member: Member) -> Q:
    """Match the consortia of the member's organisation, not those that invited the secretariat."""
    joined = Partner.objects.filter(
        organisation=member.organisation_id, state=PartnerState.CONFIRMED
    )
    return Q(lead=member.organisation_id) | Q(pk__in=joined.values("consortium"))
