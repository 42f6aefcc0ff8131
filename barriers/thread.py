"""A barrier's way through the portal: meeting, priority, initiatives, examples, calls.

What can be added to the barrier is told by the floors above without this one knowing them: they
register a function under the step when the portal starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django_stubs_ext import StrOrPromise

from barriers.models import Barrier
from taskforce.members.models import Viewer


@dataclass(frozen=True)
class Way:
    """A link to the form that adds something to a barrier."""

    label: StrOrPromise
    url: str


class FromForm(forms.Form):
    """The barrier from whose page somebody came to add something."""

    barriere = forms.ModelChoiceField(Barrier.objects.shown(), to_field_name="slug")


def came_from(query: QueryDict) -> Barrier | None:
    """Return the barrier that an address names, or the one that it was merged into.

    Nonsense there names none.
    """
    form = FromForm(query)
    if not form.is_valid():
        return None
    named: Barrier = form.cleaned_data["barriere"]
    kept = Barrier.objects.unmerged().shown().filter(pk=named.merged_into_id or named.pk)
    return kept.first()


Adding = Callable[[Barrier, Viewer], Way | None]  # None for those who may not
STEPS = ("initiatives", "cases", "calls")
_adding: dict[str, Adding] = {}


def adds_to(step: str) -> Callable[[Adding], Adding]:
    """Register what leads from a barrier's page to the form that adds to one of its steps."""
    assert step in STEPS  # noqa: S101  # a step that no page shows is a slip of the pen

    def register(adding: Adding) -> Adding:
        _adding[step] = adding
        return adding

    return register


def way(step: str, barrier: Barrier, viewer: Viewer) -> Way | None:
    """Return where this viewer adds to one step of a barrier; None where nobody may."""
    return _adding[step](barrier, viewer) if step in _adding else None


def ways(barrier: Barrier, viewer: Viewer) -> dict[str, Way | None]:
    """Return, by step, where this viewer adds to it."""
    return {step: way(step, barrier, viewer) for step in STEPS}
