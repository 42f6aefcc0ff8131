"""What leads from an initiative to the form of its good example."""

from django import forms
from django.http import QueryDict

from initiatives.models import Initiative


class FromForm(forms.Form):
    """The initiative from whose page somebody came to add an example of it."""

    indsats = forms.ModelChoiceField(Initiative.objects.all(), to_field_name="slug")


def came_from(query: QueryDict) -> Initiative | None:
    """Return the initiative that an address names; None where it names none."""
    form = FromForm(query)
    return form.cleaned_data["indsats"] if form.is_valid() else None
