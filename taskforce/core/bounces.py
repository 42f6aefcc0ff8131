"""Addresses that mail servers refuse, and what waits until they take mail again.

An address is scored, never an account: a corrected one starts clean. One refusal for good counts at
once; of those for now, which a letter meets once its attempts are used up, it takes three in
fourteen days. Then what can wait is withheld (`unasked.CAN_WAIT`); everything else is still sent,
and what arrives starts the address afresh.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from taskforce.core.models import RefusedAddress, SoftRefusal

WITHIN = timedelta(days=14)
MOST = 3  # refusals for now, within that time


def withheld(address: str) -> bool:
    """Tell whether mail to an address that can wait is withheld."""
    return bool(withheld_among([address]))


def withheld_among(addresses: Iterable[str]) -> set[str]:
    """Return the addresses, in lower case, to which mail that can wait is withheld."""
    rows = RefusedAddress.objects.standing().filter(address__in=_lower(addresses))
    return {*rows.values_list("address", flat=True)}


def known(addresses: Iterable[str]) -> list[str]:
    """Return those of some addresses that were refused before."""
    names = _lower(addresses)
    found = RefusedAddress.objects.standing().filter(address__in=names).values("address")
    for_now = SoftRefusal.objects.filter(address__in=names).values("address")
    return [row["address"] for row in found.union(for_now)]


def note_for_good(address: str, said: str) -> None:
    """Keep what a mail server said that will never take mail for an address."""
    told = {"said": said, "at": timezone.now(), "over_at": None}
    RefusedAddress.objects.update_or_create(address=address.lower(), defaults=told)


def note_for_now(address: str, said: str) -> None:
    """Keep that a letter to an address was tried for a day; the third one counts as for good."""
    name = address.lower()
    SoftRefusal.objects.create(address=name, said=said)
    lately = SoftRefusal.objects.filter(address=name, at__gt=timezone.now() - WITHIN)
    if lately.count() >= MOST:
        note_for_good(name, said)


def start_afresh(addresses: Iterable[str]) -> None:
    """Note that addresses take mail again. Their readers are told when they next log in."""
    names = _lower(addresses)
    SoftRefusal.objects.filter(address__in=names).delete()
    RefusedAddress.objects.standing().filter(address__in=names).update(over_at=timezone.now())


def forget(address: str) -> None:
    """Forget an address that is nobody's any more, or that is to be tried once more."""
    for model in (RefusedAddress, SoftRefusal):
        model._default_manager.filter(address=address.lower()).delete()


def forget_old() -> None:
    """Forget refusals that count no more."""
    SoftRefusal.objects.filter(at__lte=timezone.now() - WITHIN).delete()


def _lower(addresses: Iterable[str]) -> list[str]:
    return [address.lower() for address in addresses]
