"""Forms for cases and for taking part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Case, CasePartner
from taskforce.forms import VersionedForm


class CaseForm(VersionedForm[Case]):
    barriers = forms.ModelMultipleChoiceField(
        Barrier.objects.none(),
        label=_("Barriers it answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Case
        fields = ["title", "story", "achieved", "number", "unit", "place", "barriers"]
        help_texts = {
            "story": _("Who bought what from whom, how did it begin, and what made it work?"),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["barriers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # for the type checker
        field.queryset = Barrier.objects.unmerged().filter(hidden_at=None).order_by("title")


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing?"),
        help_text=_("It is sent to the author as you write it."),
        widget=forms.Textarea,
        max_length=2000,
    )


PartnerFormSet = forms.inlineformset_factory(
    Case, CasePartner, fields=["organisation", "role"], extra=3, max_num=12, can_delete_extra=False
)
