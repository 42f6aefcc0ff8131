"""Notify followers of changed dates and rules: one mail for a change and a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calls.deadlines import in_words
from calls.following import dates, letters
from calls.models import KINDS, Call, Consortium, Follow
from taskforce.members.models import Member

NOTHING = "–"


@dataclass(frozen=True)
class Facts:
    """Dates and rules, each by its label, in Danish as in the mail; and the dates as such."""

    words: dict[str, str]
    dates: list[dates.ReminderDate]


def facts(call: Call) -> Facts:
    """Return a call's dates and rules."""
    with translation.override("da"):
        return Facts(_in_words(call), dates.of_call(call))


def own_facts(consortium: Consortium) -> Facts:
    """Return the date that a consortium sets itself: until when it takes suggestions."""
    with translation.override("da"):
        day = consortium.suggestions_by
        words = str(formats.date_format(day, "DATE_FORMAT")) if day else NOTHING
        own = [found for found in dates.of_consortium(consortium) if found.consortium]
        return Facts({_("Suggestions are asked for by"): words}, own)


def _in_words(call: Call) -> dict[str, str]:
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


def notify_about_call(pk: int, *, before: Facts, by: Member) -> int:
    """Write to the followers of a call and of its consortia; return to how many."""
    call = Call.objects.prefetch_related("deadlines").get(pk=pk)
    own = Follow.objects.filter(call=call) | Follow.objects.filter(consortium__call=call)
    return _notify("call_changed", own, before, facts(call), by=by, call=call)


def notify_about_consortium(consortium: Consortium, *, before: Facts, by: Member) -> int:
    """Write to the followers of a consortium who may read its dates; return to how many."""
    own = Follow.objects.filter(consortium=consortium)
    call = consortium.call
    after, shown = own_facts(consortium), letters.may_show_dates
    return _notify("consortium_changed", own, before, after, shown, by=by, call=call)


def _notify(
    name: str,
    follows: Any,
    before: Facts,
    after: Facts,
    is_shown: Callable[[Follow], bool] = letters.may_name,
    *,
    by: Member,
    call: Call,
) -> int:
    """Write once to each person, whatever they follow of the call.

    Reminders of new dates that are due count as sent.
    """
    changed = [
        (label, before.words[label], words)
        for label, words in after.words.items()
        if before.words[label] != words
    ]
    if not changed:
        return 0
    known = {found.passes_at for found in before.dates}
    new = [found for found in after.dates if found.passes_at not in known]
    notified = {by.pk}
    rows = follows.of_current_members().select_related("member__user", "call", "consortium__call")
    for follow in rows:
        if follow.member_id in notified or not is_shown(follow):
            continue
        notified.add(follow.member_id)
        letters.send(follow, name, changed=changed, about=call)
        dates.mark_sent(member=follow.member, dates=new, now=timezone.now())
    return len(notified) - 1
