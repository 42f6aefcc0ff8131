"""Check a consortium against its call's rules. It is guidance: the call's own text decides."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import EU_NETWORK, KINDS, Call, Consortium, Partner, PartnerState
from taskforce.members.models import Kind

KIND_WORDS = dict(KINDS)


@dataclass(frozen=True)
class PartnerPlace:
    """The country and kind that one organisation counts as."""

    key: object  # an organisation counts once, be it lead and partner at the same time
    country: str
    kind: str


@dataclass(frozen=True)
class RuleCheck:
    """One rule: whether it is met, and in words how far the consortium is."""

    is_met: bool
    words: str


@dataclass(frozen=True)
class Check:
    """The rules of a call, each checked."""

    lines: list[RuleCheck]

    @property
    def is_met(self) -> bool:
        return bool(self.lines) and all(line.is_met for line in self.lines)

    @property
    def words(self) -> str:
        """All of it in one line: "1/3 countries, 3/5 participants, lacks EU network"."""
        return ", ".join(line.words for line in self.lines)


def places(
    consortium: Consortium, partners: Iterable[Partner], also: Collection[str] = ()
) -> list[PartnerPlace]:
    """Return the places of the lead, and of partners that are confirmed or in a state of `also`."""
    lead, counted = consortium.lead, {PartnerState.CONFIRMED, *also}
    found = {lead.pk: PartnerPlace(lead.pk, lead.country, consortium.lead_kind or lead.kind)}
    named = []
    for partner in partners:
        if partner.state not in counted:
            continue
        key = partner.organisation_id or f"partner-{partner.pk}"
        place = PartnerPlace(key, partner.from_country, partner.counts_as)
        if partner.organisation_id is None:
            named.append(place)
        else:
            found.setdefault(partner.organisation_id, place)
    return [*found.values(), *named]


def check(call: Call, places: list[PartnerPlace]) -> Check:
    """Check places against the rules that a call states."""
    return Check([*_countries(call, places), *_participants(call, places), *_kinds(call, places)])


def _countries(call: Call, places: list[PartnerPlace]) -> Iterator[RuleCheck]:
    if least := call.countries_min:
        found = {place.country.upper() for place in places if place.country}
        count = min(len(found), least)  # a surplus is not shown
        words = ngettext("%(count)s/%(n)s country", "%(count)s/%(n)s countries", least)
        yield RuleCheck(count >= least, words % {"count": count, "n": least})


def _participants(call: Call, places: list[PartnerPlace]) -> Iterator[RuleCheck]:
    count, least, most = len(places), call.participants_min, call.participants_max
    if most and count > most:
        values = {"count": count, "most": most}
        yield RuleCheck(False, _("%(count)s participants, at most %(most)s") % values)
    elif least and count > least:
        values = {"count": count, "least": least}
        yield RuleCheck(True, _("%(count)s participants (at least %(least)s)") % values)
    elif least:
        words = ngettext("%(count)s/%(n)s participant", "%(count)s/%(n)s participants", least)
        yield RuleCheck(count == least, words % {"count": count, "n": least})
    elif most:
        values = {"count": count, "most": most}
        yield RuleCheck(True, _("%(count)s of at most %(most)s participants") % values)


def _kinds(call: Call, places: list[PartnerPlace]) -> Iterator[RuleCheck]:
    kinds = {place.kind for place in places}
    if EU_NETWORK in kinds:
        kinds.add(Kind.NETWORK)  # it is a network too
    for kind in call.kinds_required:
        values = {"kind": _in_a_sentence(str(KIND_WORDS.get(kind, kind)))}
        is_met = kind in kinds
        yield RuleCheck(is_met, (_("has %(kind)s") if is_met else _("lacks %(kind)s")) % values)


def _in_a_sentence(words: str) -> str:
    """Return words without a capital, as within a sentence; an abbreviation such as EU keeps it."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
