"""What people type into talk."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import Choices, VersionedForm
from taskforce.dialogue.models import Contribution, ContributionKind
from taskforce.dialogue.models.contribution import LONGEST
from taskforce.dialogue.talk import mentioning


class Asked(forms.MultipleChoiceField):
    """Whom somebody mentions; who is not on the list cannot read the talk, and is named."""

    def validate(self, value: Any) -> None:
        if gone := [key for key in value if not self.valid_value(key)]:
            raise forms.ValidationError(mentioning.cannot_read(gone))
        if len(value) > mentioning.MOST:
            words = _("Mention at most %(most)s; others hear of it by following.")
            raise forms.ValidationError(words, params={"most": mentioning.MOST})


class ReplyForm(forms.Form):
    """Words, for whom they are, and whom they mention, where it is given a list.

    `for_all` carries what the writer was told: whether everybody can read them.
    """

    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "lang": "da"}),
        error_messages={"required": _("Write something.")},
    )
    asked = Asked(
        label=_("Whom do you mention?"),
        help_text=_("They get a mail at once; of an organisation, everybody who speaks for it."),
        required=False,
        widget=Choices,
    )
    for_all = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The button that leads to the list of whom to mention.
    choose = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            field: Any = self.fields["asked"]
            field.choices = mentioning.offered()
        else:
            del self.fields["asked"]

    @classmethod
    def begun(cls, sent: QueryDict) -> Self:
        """Return a form that asks whom to mention, with what was typed in one that does not."""
        typed = {name: sent[name] for name in ("text", "kind", "for_all") if name in sent}
        return cls(initial=typed)

    @property
    def said(self) -> dict[str, Any]:
        """Return what an act takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "choose"}


class ContributionForm(ReplyForm):
    text = forms.CharField(
        label=_("New contribution"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "lang": "da"}),
        error_messages={"required": _("Write something.")},
    )
    kind = forms.ChoiceField(
        label=_("It is"),
        choices=ContributionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is.")},
    )


class EditForm(VersionedForm[Contribution]):
    for_all = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Contribution
        fields = ["text"]
        widgets = {"text": forms.Textarea({"rows": 8, "lang": "da"})}
        error_messages = {"text": {"required": _("Write something.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it hidden?"),
        help_text=_("The reason stands in its place, where its words stood."),
        max_length=300,
        widget=forms.Textarea({"rows": 3, "lang": "da"}),
        error_messages={"required": _("Give the reason.")},
    )
