"""Organisations that may fit into a consortium, each with the reason why it is proposed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.utils.translation import gettext as _

from barriers.models import Barrier, Statement, Support
from calls.models import Consortium
from initiatives.models import Case, Initiative
from taskforce.core.danish import DanishForms, search_query
from taskforce.members.models import Organisation, Tag, Viewer
from taskforce.members.models.organisation import HIDDEN

MOST = 6
SAYS_SOMETHING = re.compile(r"[^\W\d_]{5,}")  # shorter words are in every text

Reason = tuple[int, str]  # key of an organisation, and why it is proposed


@dataclass(frozen=True)
class Fit:
    organisation: Organisation
    reasons: list[str]


def fitting(consortium: Consortium, viewer: Viewer) -> list[Fit]:
    """Return who may fit, those with most reasons first; nobody who is a partner already.

    The reasons are what the viewer may read elsewhere in the portal.
    """
    if not consortium.is_forming:
        return []
    reasons: dict[int, list[str]] = defaultdict(list)
    for key, words in _reasons(consortium, viewer):
        if words not in reasons[key]:
            reasons[key].append(words)
    there = {consortium.lead_id, *consortium.partners.values_list("organisation", flat=True)}
    found = Organisation.objects.visible_to(viewer).in_directory().filter(pk__in={*reasons} - there)
    fits = [Fit(each, reasons[each.pk]) for each in found]
    return sorted(fits, key=lambda fit: -len(fit.reasons))[:MOST]


def _reasons(consortium: Consortium, viewer: Viewer) -> Iterator[Reason]:
    barriers = Barrier.objects.visible_to(viewer).filter(calls=consortium.call)
    yield from _by_barriers(barriers, viewer)
    initiatives = Initiative.objects.visible_to(viewer).filter(calls=consortium.call)
    for title, lead, joined in initiatives.values_list("title", "lead", "participants"):
        words = _("Takes part in “%(title)s”") % {"title": title}
        yield from ((key, words) for key in {lead, joined} if key)
    yield from _by_words(consortium.seeking)


def _by_barriers(barriers: Any, viewer: Viewer) -> Iterator[Reason]:
    """Yield who has said something about a barrier that the call helps with, or solved some."""
    said = Statement.objects.visible_to(viewer).filter(barrier__in=barriers)
    for rows in (said, Support.objects.filter(barrier__in=barriers)):
        for key, title in rows.values_list("organisation", "barrier__title"):
            yield key, _("Meets “%(title)s”") % {"title": title}
    for key, title in barriers.values_list("raised_by", "title"):
        yield key, _("Meets “%(title)s”") % {"title": title}
    cases = Case.objects.published().filter(barriers__in=barriers).distinct()
    for title, author, partner in cases.values_list("title", "written_by", "partners"):
        words = _("Has the good example “%(title)s”") % {"title": title}
        yield from ((key, words) for key in {author, partner} if key)


def _by_words(seeking: str) -> Iterator[Reason]:
    """Yield whose own words, or tags of what it offers, are among those of what is sought."""
    words = SAYS_SOMETHING.findall(seeking)[:40]
    if not words:
        return
    wanted = search_query(" or ".join(words))
    told = Organisation.objects.filter(search=wanted, unanswered__lt=HIDDEN)
    for key in told.values_list("pk", flat=True)[: 10 * MOST]:
        yield key, _("What it tells of itself is like what you seek")
    tags = Tag.objects.annotate(search=SearchVector(DanishForms("name"), config="danish"))
    offered = tags.filter(search=wanted, offered_by__unanswered__lt=HIDDEN)
    for key, name in offered.values_list("offered_by", "name"):
        yield key, _("Offers: %(tag)s") % {"tag": name}
