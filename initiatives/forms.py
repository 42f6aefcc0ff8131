"""Forms for cases and for taking part."""

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Case, CasePartner
from taskforce.forms import VersionedForm
from taskforce.members.models import Organisation


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
        field.queryset = Barrier.objects.unmerged().shown().order_by("title")


class BegunForm(forms.Form):
    """The barrier from whose page somebody came to send in an example."""

    barriere = forms.ModelChoiceField(Barrier.objects.unmerged().shown(), to_field_name="slug")


def begun_from(query: QueryDict) -> dict[str, object]:
    """Return what a new case starts with; nonsense in the address starts with nothing."""
    form = BegunForm(query)
    return {"barriers": [form.cleaned_data["barriere"]]} if form.is_valid() else {}


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing?"),
        help_text=_("It is sent to the author as you write it."),
        widget=forms.Textarea,
        max_length=2000,
    )


class PartnersOfACase(forms.BaseInlineFormSet[CasePartner, Case, forms.ModelForm[CasePartner]]):
    """The partners' rows of a case's form; they share one list of organisations."""

    @cached_property
    def organisations(self) -> list[tuple[object, str]]:
        return [("", "–"), *Organisation.objects.values_list("pk", "name")]

    def add_fields(self, form: forms.ModelForm[CasePartner], index: int | None) -> None:
        super().add_fields(form, index)
        field = form.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        # Left to itself each row would ask the database for the whole list.
        field.choices = self.organisations


PartnerFormSet = forms.inlineformset_factory(
    Case,
    CasePartner,
    formset=PartnersOfACase,
    fields=["organisation", "role"],
    extra=3,
    max_num=12,
    can_delete_extra=False,
)
