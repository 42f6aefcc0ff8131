"""A barrier's thread through the portal: meeting, priority, initiatives, examples, calls.

The floors above keep the last three. Their forms are named here by address, never imported.
"""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from barriers.models import Barrier
from taskforce.members.models import Viewer
from taskforce.members.roles import is_member, is_secretariat


@dataclass(frozen=True)
class AddLink:
    """A link to the form that adds something to a barrier."""

    label: StrOrPromise
    url: str


def add_links(barrier: Barrier, viewer: Viewer) -> dict[str, AddLink]:
    """Return, by step of the thread, the links with which this viewer may add to it."""
    links = {}
    if is_member(viewer):
        if not barrier.is_settled:
            links["initiatives"] = _add_link(_("Start an initiative"), "initiatives:start", barrier)
        links["cases"] = _add_link(_("Send in an example"), "initiatives:add_case", barrier)
    if is_secretariat(viewer):
        links["calls"] = _add_link(_("Add a call"), "calls:add", barrier)
    return links


def _add_link(label: StrOrPromise, address: str, barrier: Barrier) -> AddLink:
    return AddLink(label, f"{reverse(address)}?barriere={barrier.slug}")


class FromForm(forms.Form):
    """The barrier from whose page somebody came to add something."""

    barriere = forms.ModelChoiceField(Barrier.objects.shown(), to_field_name="slug")


def came_from(query: QueryDict) -> Barrier | None:
    """Return the barrier that an address names, or the one that it was merged into.

    Returns None where the address names none, or one that does not show.
    """
    form = FromForm(query)
    if not form.is_valid():
        return None
    named: Barrier = form.cleaned_data["barriere"]
    kept = Barrier.objects.unmerged().shown().filter(pk=named.merged_into_id or named.pk)
    return kept.first()
