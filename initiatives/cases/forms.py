"""Forms of a case: begin it, write it, send a message about it, ask about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barriers.models import Barrier
from initiatives.cases.partners import Partners
from initiatives.models import Case, Initiative, Procurement
from taskforce.core.amounts import AmountField
from taskforce.core.forms import Choices, SenderForm, VersionedForm
from taskforce.core.pictured import TakesPicture

# A draft may lack these fields; a submitted case may not.
ASKED_FOR = ("achieved", "problem", "done", "outcome", "kind")


class BeginForm(forms.ModelForm[Case]):
    """The title of a new case, from which its address is made."""

    class Meta:
        model = Case
        fields = ["title"]
        labels = {"title": gettext_lazy("What shall the example be called?")}
        help_texts = {
            "title": gettext_lazy(
                "Say who did what, such as: The municipality's canteens buy bread locally."
            )
        }


class CaseForm(TakesPicture, VersionedForm[Case]):
    """A case without its partners: a draft, or whole, as it must be when it is submitted."""

    is_either = True  # headings say which fields may stay empty

    permission = forms.BooleanField(
        label=gettext_lazy(
            "Yes, the taskforce may publish this example. Whoever is named in it or seen in the "
            "picture has agreed."
        ),
        required=False,
    )

    class Meta:
        model = Case
        fields = [
            "title",
            "achieved",
            "kind",
            "place",
            "problem",
            "done",
            "outcome",
            "number",
            "unit",
            "picture_alt",
            "barriers",
            "initiatives",
        ]
        field_classes = {"number": AmountField}
        widgets = {
            "achieved": forms.Textarea({"rows": 2}),
            "problem": forms.Textarea({"rows": 4}),
            "done": forms.Textarea({"rows": 8}),
            "outcome": forms.Textarea({"rows": 4}),
            "picture_alt": forms.Textarea({"rows": 2}),
            "barriers": Choices,
            "initiatives": Choices,
        }
        labels = {
            "problem": gettext_lazy("The problem"),
            "done": gettext_lazy("What was done"),
            "outcome": gettext_lazy("What came of it"),
            "number": gettext_lazy("The number"),
            "unit": gettext_lazy("What it counts"),
        }
        help_texts = {
            "achieved": gettext_lazy("It stands on the list, and where the page is shared."),
            "place": gettext_lazy("Town or region. Leave it empty where it is the whole country."),
            "problem": gettext_lazy("What stood in the way, and for whom? A few sentences."),
            "done": gettext_lazy("Who bought what from whom, and how did they go about it?"),
            "outcome": gettext_lazy("What is better today? What would you do again?"),
            "number": gettext_lazy("Such as 80."),
            "unit": gettext_lazy("Such as: jobs."),
            "picture_alt": gettext_lazy(
                "For those who cannot see it, such as: Two bakers at an oven."
            ),
        }

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by_author: bool,
        whole: bool,
        partners: Partners | None = None,
        **kwargs: Any,
    ) -> None:
        """Set `whole` where the case is being submitted, or is public.

        Only the author's organisation gives permission (`by_author`). A conflict shows the
        `partners` that somebody else saved.
        """
        super().__init__(data, files, **kwargs)
        self.partners = partners
        self.whole = whole
        for name in ASKED_FOR if whole else ():
            self.fields[name].required = True
        self.initial["permission"] = self.instance.permission_at is not None
        if not by_author:
            del self.fields["permission"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  # for the type checker
        kind.choices = [("", _("Choose the closest")), *Procurement.choices]
        self._offer("barriers", Barrier.objects.unmerged().shown().order_by("title"))
        self._offer("initiatives", Initiative.objects.order_by("title"))

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # for the type checker
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if self.whole:
            self._must_be_whole(typed)
        return typed

    def _must_be_whole(self, typed: dict[str, Any]) -> None:
        if typed.get("number") is None and typed.get("unit"):
            self.add_error("number", _("Which number? Or leave what it counts empty, too."))
        if typed.get("number") is not None and not typed.get("unit"):
            self.add_error("unit", _("Say what the number counts."))
        if "permission" in self.fields and not typed.get("permission"):
            self.add_error(
                "permission", _("Without your permission the example cannot be published.")
            )

    def show_conflict(self, current: Case) -> None:
        super().show_conflict(current)
        if self.partners is not None:
            self.theirs.extend(self.partners.theirs(current))


class MessageForm(forms.Form):
    """A message of the secretariat to the author of a case, or the other way round."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("They are sent by mail as you write them."),
        widget=forms.Textarea,
        max_length=2000,
    )


class PublishForm(forms.Form):
    """The version of a case that was read before it is published."""

    version = forms.IntegerField()


class MemberAskForm(forms.Form):
    """A question of somebody who is logged in."""

    question = forms.CharField(
        label=gettext_lazy("Your question"), max_length=4000, widget=forms.Textarea
    )


class AskForm(MemberAskForm, SenderForm):
    """A question of somebody outside."""
