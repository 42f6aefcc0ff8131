"""What the page of the check shows: every doubt, with forms to fix or to waive it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from meetings.checking.doubts import Doubt, Draft, doubts_in
from meetings.checking.fixing import Fix, Fixes
from meetings.checking.forms import RestForm, WaiverForm
from meetings.models import Minutes, ReviewScope
from meetings.review import reviewing
from meetings.review.forms import StartForm
from taskforce.core.mailing import noted, rehearse
from taskforce.members.models import Member

LONG = 25  # doubts: where there are more, some have their forms and the others are links to them
AT_ONCE = 10  # doubts that have their forms then
OPEN = "aabn"  # the name in the address of the doubt, by its anchor, at which the forms begin


def check(
    minutes: Minutes,
    by: Member,
    *,
    start: StartForm | None = None,
    waiver: WaiverForm | None = None,
    rest: RestForm | None = None,
    unfixed: tuple[str, Fix] | None = None,
    opened: str = "",
) -> dict[str, Any]:
    """Return everything on the page; what was sent and refused is shown again.

    `unfixed` is the key of a doubt with its fix. It stays on the page, even where somebody else
    fixed the doubt meanwhile. `opened` is the anchor of the doubt at which the forms begin.
    """
    draft = Draft(minutes, by.user)
    start = start or StartForm()
    fixes, found = Fixes(draft), doubts_in(draft)
    key, refused = unfixed or ("", None)
    if key and key not in {doubt.key for doubt in found}:
        found.insert(
            0, Doubt(key, _("Somebody else has fixed this in the meantime."), draft.writing)
        )
    sent = key or (waiver["doubt"].value() if waiver else "")
    open_doubts = [doubt for doubt in found if not doubt.waived or doubt.key == key]
    shown = _shown(open_doubts, sent, opened)
    open_rows: list[tuple[Doubt, Fix | None, WaiverForm | None]] = []
    for number, doubt in enumerate(open_doubts):
        if number not in shown:
            open_rows.append((doubt, None, None))
            continue
        fix = refused if doubt.key == key else fixes.of(doubt.key)
        open_rows.append((doubt, fix, _waiver_form(doubt, number, waiver)))
    return {
        "meeting": minutes.meeting,
        "open": open_rows,
        "waived": [doubt for doubt in found if doubt.waived],
        "rest": rest or RestForm(auto_id="resten-%s"),
        "start": start,
        "post": None if open_rows else rehearse(_review(minutes, start, by)),
    }


def _shown(doubts: list[Doubt], sent: str, opened: str) -> range:
    """Return the places of the doubts that have their forms; in a short list they all have."""
    if len(doubts) <= LONG:
        return range(len(doubts))
    wanted = (place for place, doubt in enumerate(doubts) if doubt.key == sent)
    asked_for = (place for place, doubt in enumerate(doubts) if doubt.anchor == opened)
    first = next(wanted, next(asked_for, 0))
    return range(first, first + AT_ONCE)


def _review(minutes: Minutes, form: StartForm, by: Member) -> Callable[[], Minutes]:
    """Return the act that opens a review as the form says, or as it began where that is wrong."""
    form.is_valid()
    typed = form.cleaned_data if form.is_bound else {}
    days = typed.get("days") or form.get_initial_for_field(form.fields["days"], "days")
    scope = typed.get("scope") or ReviewScope.DRAFT
    return partial(
        reviewing.start, minutes=minutes, days=days, scope=scope, by=by, note=noted(form)
    )


def _waiver_form(doubt: Doubt, number: int, sent: WaiverForm | None) -> WaiverForm:
    if sent and sent["doubt"].value() == doubt.key:
        return sent
    return WaiverForm(initial={"doubt": doubt.key}, auto_id=f"tvivl-{number}-%s")


def behind(open_doubts: list[Doubt], key: str) -> str:
    """Return where the doubt stands that follows one, as the end of an address."""
    keys = [doubt.key for doubt in open_doubts]
    rest = open_doubts[keys.index(key) + 1 :] if key in keys else []
    anchor = rest[0].anchor if rest else ""
    return f"?{OPEN}={anchor}#{anchor}" if len(open_doubts) > LONG else f"#{anchor}"
