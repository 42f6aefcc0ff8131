"""Forms to add a barrier and to edit it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from taskforce.core.forms import VersionedForm
from taskforce.members.models import Member, Role


class BarrierForm(VersionedForm[Barrier]):
    class Meta:
        model = Barrier
        fields = ["title", "theme", "description"]
        help_texts = {
            "title": _("Say in one sentence what stands in the way."),
            "description": _("What happens, to whom, and what would help?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.empty_label = _("Choose a theme")


class NewBarrierForm(BarrierForm):
    """A new barrier. It stops once at likely doubles that its author has not seen.

    A member adds it for the own organisation, the secretariat for any.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)
    alike: list[dict[str, Any]]

    class Meta(BarrierForm.Meta):
        fields = [*BarrierForm.Meta.fields, "raised_by"]

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike = []
        if by.role == Role.SECRETARIAT:
            self.initial.setdefault("raised_by", by.organisation_id)
        else:
            del self.fields["raised_by"]
            self.instance.raised_by = by.organisation
        self.fields["title"].widget.attrs.update({"autocomplete": "off", "lang": "da"})
        self.fields["description"].widget.attrs.update({"rows": 4, "lang": "da"})

    def stops_at(self, likely: list[dict[str, Any]]) -> bool:
        """Return whether the author has not seen some of these, and show them if so."""
        shown = {*self.cleaned_data["seen"].split(",")}
        if all(str(row["pk"]) in shown for row in likely):
            return False
        self.alike = likely
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = ",".join(str(row["pk"]) for row in likely)
        self.data = data
        return True


class SimilarForm(forms.Form):
    """The title that is being typed, as a script sends it."""

    titel = forms.CharField(max_length=160)
