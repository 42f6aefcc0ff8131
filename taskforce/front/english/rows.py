"""What has a summary in English, or lacks one: barriers, good examples and initiatives."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet

from barriers.models import Barrier
from initiatives.models import Case, Initiative
from taskforce.members.models import Viewer

STRANGER = AnonymousUser()
MODELS: tuple[Any, ...] = (Barrier, Case, Initiative)
LONGEST = 19  # digits of a key, and one too many for the database


def barriers() -> Any:
    """Return the barriers that strangers read, those that members gave points first."""
    rows = Barrier.objects.visible_to(STRANGER).unmerged()
    return rows.order_by(F("rank").asc(nulls_last=True), "-support_count", "pk")


def cases() -> QuerySet[Case]:
    return Case.objects.visible_to(STRANGER).published()


def initiatives() -> QuerySet[Initiative]:
    return Initiative.objects.visible_to(STRANGER).order_by("-pk")


def tokens(*, missing: bool) -> list[str]:
    """Return what names the rows that strangers read, those without a summary or all of them."""
    public: tuple[Any, ...] = (barriers(), cases(), initiatives())
    lists = [rows.filter(summary_en="") if missing else rows for rows in public]
    return [
        f"{rows.model._meta.model_name}-{key}"
        for rows in lists
        for key in rows.values_list("pk", flat=True)
    ]


def named(tokens: list[str], viewer: Viewer) -> list[Any]:
    """Return the rows that tokens such as barrier-7 name, as far as the viewer may see them."""
    found: dict[str, Any] = {}
    for model in MODELS:
        name = model._meta.model_name
        keys = [key for kind, _dash, key in (one.partition("-") for one in tokens) if kind == name]
        keys = [key for key in keys if key.isascii() and key.isdigit() and len(key) < LONGEST]
        seen = model._default_manager.visible_to(viewer)
        # Not even no keys are left out, so that a page asks as often whatever stands on it.
        found |= {f"{name}-{row.pk}": row for row in seen.filter(pk__in=keys or ["0"])}
    return [found[token] for token in dict.fromkeys(tokens) if token in found]
