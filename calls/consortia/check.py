"""Hold a consortium against its call's rules. It is guidance: the call's own text decides."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import EU_NETWORK, KINDS, Call, Consortium, Partner, PartnerState
from taskforce.members.models import Kind

KIND_WORDS = dict(KINDS)


@dataclass(frozen=True)
class Place:
    """What one organisation counts for."""

    key: object  # an organisation counts once, however many places it has
    country: str
    kind: str


@dataclass(frozen=True)
class Line:
    """One rule: whether it is met, and in words how far one is."""

    is_met: bool
    words: str


@dataclass(frozen=True)
class Check:
    """A call's rules, each held against who is in for certain."""

    lines: list[Line]

    @property
    def is_met(self) -> bool:
        return bool(self.lines) and all(line.is_met for line in self.lines)

    @property
    def words(self) -> str:
        """All of it in one line: "1/3 countries, 3/5 participants, lacks EU network"."""
        return ", ".join(line.words for line in self.lines)


def places(
    consortium: Consortium, partners: Iterable[Partner], also: Collection[str] = ()
) -> list[Place]:
    """Return the lead and the confirmed partners, and those of other states that are named."""
    lead, counted = consortium.lead, {PartnerState.CONFIRMED, *also}
    found = {lead.pk: Place(lead.pk, lead.country, consortium.lead_kind or lead.kind)}
    named = []
    for partner in partners:
        if partner.state not in counted:
            continue
        key = partner.organisation_id or f"partner-{partner.pk}"
        place = Place(key, partner.from_country, partner.counts_as)
        if partner.organisation_id is None:
            named.append(place)
        else:
            found.setdefault(partner.organisation_id, place)
    return [*found.values(), *named]


def check(call: Call, there: list[Place]) -> Check:
    """Hold who is there against a call's rules; what a call does not state is no rule."""
    return Check([*_countries(call, there), *_participants(call, there), *_kinds(call, there)])


def _countries(call: Call, there: list[Place]) -> Iterator[Line]:
    if least := call.countries_min:
        found = {place.country.upper() for place in there if place.country}
        count = min(len(found), least)  # more than are asked for say nothing more
        words = ngettext("%(count)s/%(n)s country", "%(count)s/%(n)s countries", least)
        yield Line(count >= least, words % {"count": count, "n": least})


def _participants(call: Call, there: list[Place]) -> Iterator[Line]:
    count, least, most = len(there), call.participants_min, call.participants_max
    if most and count > most:
        told = {"count": count, "most": most}
        yield Line(False, _("%(count)s participants, at most %(most)s") % told)
    elif least and count > least:
        told = {"count": count, "least": least}
        yield Line(True, _("%(count)s participants (at least %(least)s)") % told)
    elif least:
        words = ngettext("%(count)s/%(n)s participant", "%(count)s/%(n)s participants", least)
        yield Line(count == least, words % {"count": count, "n": least})
    elif most:
        told = {"count": count, "most": most}
        yield Line(True, _("%(count)s of at most %(most)s participants") % told)


def _kinds(call: Call, there: list[Place]) -> Iterator[Line]:
    kinds = {place.kind for place in there}
    if EU_NETWORK in kinds:
        kinds.add(Kind.NETWORK)  # it is a network too
    for kind in call.kinds_required:
        told = {"kind": _in_a_sentence(str(KIND_WORDS.get(kind, kind)))}
        is_met = kind in kinds
        yield Line(is_met, (_("has %(kind)s") if is_met else _("lacks %(kind)s")) % told)


def _in_a_sentence(words: str) -> str:
    """Return words as they stand within a sentence; "EU" stays as it is."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
