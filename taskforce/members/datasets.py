"""Open data on organisations. No person is in them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.members.models import Organisation, Viewer


def organisations(viewer: Viewer) -> QuerySet[Organisation]:
    rows = Organisation.objects.visible_to(viewer).order_by("pk")
    return rows.prefetch_related("offers", "seeks", "certificates")


def merged() -> QuerySet[Organisation]:
    """Return the doubles that were merged, which show nowhere else."""
    return Organisation.with_merged.exclude(merged_into=None)


def _told(read: Callable[[Organisation], Any], *, to_buyers: bool = False) -> Any:
    """Read what an organisation tells of itself, as far as its page shows it."""

    def value(one: Organisation) -> Any:
        shows = one.is_open_to_buyers if to_buyers else one.tells
        return read(one) if shows else None

    return value


def _profile(name: str, **more: Any) -> Column:
    return Column(name, name, value=_told(lambda one: getattr(one, name)), **more)


def _for_buyers(name: str, **more: Any) -> Column:
    return Column(name, name, value=_told(lambda one: getattr(one, name), to_buyers=True), **more)


ORGANISATIONS = Dataset(
    name="organisations",
    title=_("Organisations"),
    about=_("A row is a member of the taskforce, or an organisation that is named in it."),
    model=Organisation,
    rows_for=organisations,
    gone=merged,
    columns=[
        Column("name"),
        Column("kind"),
        Column("country", means=_("country, by its two letters")),
        Column("website"),
        Column("description", by_others=True),
        Column("former_names"),
        Column("in_taskforce"),
        _profile("line", by_others=True, means=_("what it does, in one line")),
        _profile("municipality", means=_("municipality, by its number")),
        _profile("cvr"),
        Column(
            "offers",
            value=_told(lambda one: [str(tag) for tag in one.offers.all()]),
            tells=["offers.name"],
            kind=Kind.LIST,
            means=_("what it offers"),
        ),
        Column(
            "seeks",
            value=_told(lambda one: [str(tag) for tag in one.seeks.all()]),
            tells=["seeks.name"],
            kind=Kind.LIST,
            means=_("what it seeks"),
        ),
        Column(
            "found_by_buyers",
            "is_found",
            value=lambda one: one.is_open_to_buyers,
            means=_("whether buyers may find it"),
        ),
        _for_buyers("delivers", means=_("what it delivers, by divisions of CPV")),
        _for_buyers("delivers_to", means=_("where it delivers, by numbers of places")),
        _for_buyers("customers", means=_("for whom it works")),
        _for_buyers("capacity", by_others=True, means=_("how much it can deliver")),
        _for_buyers("effects", means=_("its effect")),
        Column(
            "certificates",
            value=_told(lambda one: [str(held) for held in one.certificates.all()], to_buyers=True),
            tells=["certificates.name"],
            kind=Kind.LIST,
            means=_("certificates that it says it has"),
        ),
        _profile("rsv_said_on", means=_("registered social enterprise, as it said on this day")),
        _profile(
            "rsv_seen_on", means=_("registered social enterprise, as seen in CVR on this day")
        ),
        Column("is_example"),
    ],
)
