"""What the page to merge doubles shows."""

from typing import Any

from django.http import QueryDict

from barriers.curation import merging
from barriers.curation.forms import MergeSearchForm
from barriers.models import Barrier
from barriers.register import similar
from taskforce.members.models import Viewer


def merge(double: Barrier, query: QueryDict, viewer: Viewer) -> dict[str, Any]:
    """Return both barriers side by side, or a search for the other one where none is chosen."""
    into = Barrier.objects.unmerged().exclude(pk=double.pk).filter(slug=query["into"]).first()
    if into is None:
        search = MergeSearchForm(query)
        words = search.cleaned_data["q"] if search.is_valid() else ""
        rows = similar.candidates(words or double.title, viewer, besides=double)
        return {"barrier": double, "search": search, "rows": rows, "refused": ""}
    return {
        "barrier": double,
        "into": into,
        "moving": merging.preview(double, into),
        "why_not": merging.why_not(double, into),
        "refused": "",
    }
