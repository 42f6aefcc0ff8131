"""What leads here from the page of a barrier, and from an initiative to its good example."""

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from barriers.thread import Way, adds_to
from initiatives.models import Initiative
from taskforce.members.models import Viewer
from taskforce.members.roles import is_member


@adds_to("initiatives")
def initiative(barrier: Barrier, viewer: Viewer) -> Way | None:
    if barrier.is_settled or not is_member(viewer):
        return None
    url = f"{reverse('initiatives:start')}?barriere={barrier.slug}"
    return Way(_("Start an initiative"), url)


@adds_to("cases")
def case(barrier: Barrier, viewer: Viewer) -> Way | None:
    url = f"{reverse('initiatives:add_case')}?barriere={barrier.slug}"
    return Way(_("Send in an example"), url) if is_member(viewer) else None


class FromForm(forms.Form):
    """The initiative from whose page somebody came to tell of it."""

    indsats = forms.ModelChoiceField(Initiative.objects.all(), to_field_name="slug")


def came_from(query: QueryDict) -> Initiative | None:
    """Return the initiative that an address names; nonsense there names none."""
    form = FromForm(query)
    return form.cleaned_data["indsats"] if form.is_valid() else None
