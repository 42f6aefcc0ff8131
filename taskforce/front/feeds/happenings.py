"""What feeds tell: events that everybody may read, of everything, of one thing or of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from barriers.models import Barrier
from barriers.register.filters import BarrierFilter
from calls.catalogue.filters import CallFilter
from calls.models import Call
from initiatives.cases.filters import CaseFilter
from initiatives.models import Case, Initiative
from initiatives.work.filters import InitiativeFilter
from meetings.models import Meeting
from taskforce.activity.models import QUIET, Activity
from taskforce.core.text import clean
from taskforce.following import things
from taskforce.following.happenings import Happening, Sight, gather, key_of
from taskforce.news.models import NewsItem

MOST = 30  # entries of a feed
LOOKED_AT = 1500  # records among which they are found, some three years of them
STRANGER = AnonymousUser()


@dataclass(frozen=True)
class Listing:
    """A list whose filters a feed takes: its page, its title, its rows, and its filters."""

    page: str
    title: StrOrPromise
    model: Any
    filters: Any = None


LISTINGS = {
    "barrierer": Listing("barriers:list", _("Barriers"), Barrier, BarrierFilter),
    "indsatser": Listing("initiatives:list", _("Initiatives"), Initiative, InitiativeFilter),
    "eksempler": Listing("initiatives:cases", _("Good examples"), Case, CaseFilter),
    "opslag": Listing("calls:list", _("EU calls"), Call, CallFilter),
    "moeder": Listing("meetings:list", _("Meetings"), Meeting),
    "nyt": Listing("news:list", _("News"), NewsItem),
}


@dataclass(frozen=True)
class Feed:
    """What a feed is of, the page that it belongs to, and its entries, the newest first."""

    title: str
    link: str
    entries: list[Happening]


def asked_for(request: HttpRequest) -> Feed | None:
    """Return the feed of an address; None where there is no such thing or list for everybody."""
    if token := request.GET.get("ting"):
        thing = things.found(token, STRANGER)
        return _of_thing(thing) if thing else None
    if name := request.GET.get("liste"):
        return _of_list(LISTINGS[name], request) if name in LISTINGS else None
    return Feed(str(_("What is new")), reverse("front:front"), _public(lambda happening: True))


def _of_thing(thing: Any) -> Feed:
    key = key_of(thing)
    entries = _public(lambda happening: key in map(key_of, happening.rows))
    return Feed(clean(str(thing)), thing.get_absolute_url(), entries)


def _of_list(listing: Listing, request: HttpRequest) -> Feed:
    """Return what happened to the rows of a list."""
    found = listed(listing, request)
    query = request.GET.copy()
    del query["liste"]

    def is_listed(happening: Happening) -> bool:
        return type(happening.place) is listing.model and happening.place.pk in found

    link = reverse(listing.page, query=query or None)
    return Feed(str(listing.title), link, _public(is_listed))


def listed(listing: Listing, request: HttpRequest) -> set[int]:
    """Return the keys of the rows that a list shows everybody with these filters."""
    rows = listing.model.objects.visible_to(STRANGER)
    if listing.filters:
        request.user = STRANGER
        rows = listing.filters(request.GET, rows, request=request).qs
    return {*rows.order_by().values_list("pk", flat=True)}


def _public(is_wanted: Callable[[Happening], bool]) -> list[Happening]:
    """Return the newest events that are wanted and that a stranger may read now."""
    records = Activity.objects.exclude(verb__in=QUIET).order_by("-at", "-pk")[:LOOKED_AT]
    found = [happening for happening in gather(records) if is_wanted(happening)]
    sight = Sight(STRANGER, found)
    return [happening for happening in found if sight.shows(happening)][:MOST]
