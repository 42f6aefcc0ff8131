"""What the page for partners abroad shows, and the secretariat's page of summaries."""

from typing import Any

from django.http import HttpRequest

from barriers.models import PrioritisationRound
from initiatives.models import Initiative
from taskforce.core import paging
from taskforce.following.things import token
from taskforce.front.english import rows
from taskforce.front.english.forms import ShownForm, WhichForm, form_of
from taskforce.front.english.rows import STRANGER
from taskforce.members.models import Member
from taskforce.results.counting import IN_ALL, NOTHING, count
from taskforce.results.measures import BY_KEY
from taskforce.results.pages import stated

MOST = 12  # of each kind; the lists that they lead to hold all
RESULTS = (
    *("moeder", "organisationer", "barrierer-rejst", "barrierer-loest"),
    *("indsatser-gennemfoert", "eksempler", "eu-bevilget", "eu-bevilget-beloeb"),
)
FEW = 3  # things that the desk names


def partners() -> dict[str, Any]:
    """Return what has English, the same for everybody: nothing but what strangers read."""
    ranked = rows.barriers().unresolved().exclude(rank=None)
    told = Initiative.objects.visible_to(STRANGER).exclude(summary_en="")
    return {
        "round": PrioritisationRound.objects.visible_to(STRANGER).ranked().first(),
        "ranked": ranked.count(),
        "priorities": ranked.exclude(summary_en="").order_by("rank", "pk")[:MOST],
        "resolved": rows.barriers().filter(state="resolved").exclude(summary_en="")[:MOST],
        "cases": rows.cases().exclude(summary_en="")[:MOST],
        "initiatives": told.select_related("lead").order_by("-pk")[:MOST],
        "figures": figures(),
    }


def figures() -> list[Any]:
    """Return the numbers that the portal counts, without those of which there is nothing."""
    now = count()
    keys = [key for key in RESULTS if now.get((key, IN_ALL), NOTHING).rows]
    return [stated(BY_KEY[key], IN_ALL, now, now, {}) for key in keys]


def writing(request: HttpRequest, member: Member) -> dict[str, Any]:
    """Return the forms of one page: of those that the page showed where they are sent."""
    which = WhichForm(request.GET)
    asked = which.cleaned_data if which.is_valid() else {"vis": "", "ting": ""}
    if request.method == "POST":
        return {"which": which, "vis": asked["vis"], **sent(request, member)}
    one = rows.named([asked["ting"]], member.user)
    listed = [*map(token, one)] or rows.tokens(missing=not asked["vis"])
    page = paging.cut(listed, request)
    shown = rows.named(page.rows, member.user)
    tokens = ShownForm(initial={"rows": " ".join(map(token, shown))})
    forms = [*map(form_of, shown)]
    return {"which": which, "vis": asked["vis"], "page": page, "shown": tokens, "forms": forms}


def sent(request: HttpRequest, member: Member) -> dict[str, Any]:
    """Return the forms that were sent, and which of their rows are gone."""
    shown = ShownForm(request.POST)
    asked = shown.cleaned_data["rows"].split() if shown.is_valid() else []
    there = rows.named(asked, member.user)
    forms = [form_of(row, request.POST) for row in there]
    return {"shown": shown, "forms": forms, "gone": len({*asked}) - len(there)}


def waiting() -> tuple[int, list[str]]:
    """Return how many have no summary in English, and which prioritised barriers are among them."""
    missing = len(rows.tokens(missing=True))
    first = rows.barriers().filter(summary_en="").exclude(rank=None)[:FEW]
    return missing, [str(barrier) for barrier in first]
