"""Notify followers of changed dates and rules: one mail for a change and a person."""

from dataclasses import dataclass

from django.utils import formats, timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calls.deadlines import in_words
from calls.following import dates, followers, letters
from calls.following.followers import Following
from calls.models import KINDS, Call, Consortium
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import bounces
from taskforce.core.models import How
from taskforce.following import wishes
from taskforce.following.models import Told, whose
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


def in_short(call: Call) -> str:
    """Return a call's dates and rules in a sentence, without what it does not say."""
    return " · ".join(
        f"{label}: {said}" for label, said in _in_words(call).items() if said != NOTHING
    )


def record_change(pk: int, *, before: Facts, by: Member) -> int:
    """Record that a call was changed, and tell its followers; return to how many letters went.

    Whoever follows it hears of its dates and rules. That other words were put better is recorded,
    and told to nobody.
    """
    call = Call.objects.prefetch_related("deadlines").get(pk=pk)
    after = facts(call)
    if after.words == before.words:
        record(Verb.CORRECTED, call, by=by.user)
        return 0
    told = record(Verb.CHANGED, call, by=by.user)
    return notify_about_call(call, before=before, by=by, told=told)


def notify_about_call(call: Call, *, before: Facts, by: Member, told: Activity) -> int:
    """Write to the followers of a call and of its consortia; return to how many."""
    found = followers.of(call, *Consortium.objects.filter(call=call).select_related("call"))
    return _notify("call_changed", found, before, facts(call), by=by, call=call, told=told)


def notify_about_consortium(
    consortium: Consortium, *, before: Facts, by: Member, told: Activity
) -> int:
    """Write to the followers of a consortium who may read its dates; return to how many."""
    found = [one for one in followers.of(consortium) if letters.may_show_dates(one)]
    after, call = own_facts(consortium), consortium.call
    return _notify("consortium_changed", found, before, after, by=by, call=call, told=told)


def _notify(
    name: str,
    found: list[Following],
    before: Facts,
    after: Facts,
    *,
    by: Member,
    call: Call,
    told: Activity,
) -> int:
    """Write once to each person who wants it at once, whatever they follow of the call.

    They count as told of the activity. Reminders of new dates that are due count as sent.
    """
    changed = [
        (label, before.words[label], words)
        for label, words in after.words.items()
        if before.words[label] != words
    ]
    if not changed:
        return 0
    known = {each.passes_at for each in before.dates}
    new = [each for each in after.dates if each.passes_at not in known]
    notified = {wishes.name_of(by.user)}
    for one in found:
        reader = wishes.name_of(one.reader)
        if reader in notified or one.how != How.AT_ONCE or not letters.may_name(one):
            continue
        notified.add(reader)
        if not bounces.withheld(one.reader.email):
            Told.objects.get_or_create(**whose(one.reader), event=told)
        letters.send(one, name, changed=changed, about=call)
        dates.mark_sent(reader=one.reader, dates=new, now=timezone.now())
    return len(notified) - 1
