"""Tell those who follow that dates or rules changed: one mail a change and a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calls.deadlines import in_words
from calls.following import letters, moments
from calls.models import KINDS, Call, Consortium, Follow
from taskforce.members.models import Member

NOTHING = "–"


@dataclass(frozen=True)
class Facts:
    """Dates and rules: what each is called and says, in Danish as mail is written; and when."""

    words: dict[str, str]
    moments: list[moments.Moment]


def facts(call: Call) -> Facts:
    """Return a call's dates and rules."""
    with translation.override("da"):
        return Facts(_words(call), moments.of_call(call))


def own_facts(consortium: Consortium) -> Facts:
    """Return what a consortium itself sets: until when it takes suggestions."""
    with translation.override("da"):
        day = consortium.suggestions_by
        told = str(formats.date_format(day, "DATE_FORMAT")) if day else NOTHING
        own = [found for found in moments.of_consortium(consortium) if found.consortium]
        return Facts({_("Suggestions are asked for by"): told}, own)


def _words(call: Call) -> dict[str, str]:
    kinds = dict(KINDS)
    deadlines = (
        f"{in_words(deadline.passes_at)} {deadline.label}".strip()
        for deadline in call.deadlines.all()
    )
    opens = formats.date_format(call.opens_on, "DATE_FORMAT") if call.opens_on else NOTHING
    return {
        _("Deadlines"): ", ".join(deadlines) or NOTHING,
        _("Opens"): str(opens),
        _("Applicants"): _range(call.participants_min, call.participants_max),
        _("Countries, at least"): str(call.countries_min or NOTHING),
        _("Asks for"): ", ".join(str(kinds[kind]) for kind in call.kinds_required) or NOTHING,
        _("Budget"): _euro(call.budget),
        _("Smallest grant"): _euro(call.grant_min),
        _("Largest grant"): _euro(call.grant_max),
    }


def _range(least: int | None, most: int | None) -> str:
    return f"{least or ''}–{most or ''}" if least or most else NOTHING


def _euro(amount: int | None) -> str:
    return f"{number_format(amount, force_grouping=True)} euro" if amount else NOTHING


def tell_of_call(pk: int, *, before: Facts, by: Member) -> int:
    """Write to everybody who follows a call or a consortium of it; return to how many."""
    call = Call.objects.prefetch_related("deadlines").get(pk=pk)
    own = Follow.objects.filter(call=call) | Follow.objects.filter(consortium__call=call)
    return _tell("call_changed", own, before, facts(call), by=by, call=call)


def tell_of_consortium(consortium: Consortium, *, before: Facts, by: Member) -> int:
    """Write to everybody who follows a consortium and may see it; return to how many."""
    own = Follow.objects.filter(consortium=consortium)
    call = consortium.call
    shown = letters.shows_itself
    return _tell("consortium_changed", own, before, own_facts(consortium), shown, by=by, call=call)


def _tell(
    name: str,
    follows: Any,
    before: Facts,
    after: Facts,
    is_shown: Callable[[Follow], bool] = letters.is_shown,
    *,
    by: Member,
    call: Call,
) -> int:
    """Write once to each person, whatever they follow of it; new dates are told by that."""
    words = before.words
    changed = [
        (what, words[what], told) for what, told in after.words.items() if words[what] != told
    ]
    if not changed:
        return 0
    known = {moment.passes_at for moment in before.moments}
    new = [moment for moment in after.moments if moment.passes_at not in known]
    told = {by.pk}
    rows = follows.of_current_members().select_related("member__user", "call", "consortium__call")
    for follow in rows:
        if follow.member_id in told or not is_shown(follow):
            continue
        told.add(follow.member_id)
        letters.write(follow, name, changed=changed, about=call)
        moments.count_as_told(member=follow.member, moments=new, now=timezone.now())
    return len(told) - 1
