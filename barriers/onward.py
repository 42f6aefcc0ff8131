"""Where a barrier leads on to: links that higher floors fill in when the portal starts.

`initiatives` lives above this floor, which therefore knows of no address there. Until somebody has
registered one, pages show no link.
"""

from collections.abc import Callable

from barriers.models import Barrier

ToStart = Callable[[Barrier], str]  # the barrier → the address where one starts an initiative
_to_start: list[ToStart] = []


def starts_initiatives(address: ToStart) -> ToStart:
    """Register the page on which an initiative against a barrier is started."""
    _to_start[:] = [address]
    return address


def start_url(barrier: Barrier) -> str:
    """Return where an initiative against the barrier is started; empty where nobody can yet."""
    return _to_start[0](barrier) if _to_start else ""
