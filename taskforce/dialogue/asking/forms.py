"""Forms of questions: ask one, set another day, withdraw it, answer it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.agenda import linking
from taskforce.core.danish import DanishOrder
from taskforce.core.dates import DayField
from taskforce.core.forms import Choices, FingerprintForm, OptionsSelect
from taskforce.core.mailing import NoteForm
from taskforce.dialogue.asking import letters
from taskforce.dialogue.models import MOST_ASKED, Asked, Question
from taskforce.members.models import Organisation


class AskForm(NoteForm, forms.ModelForm[Question]):
    """A question: whom, what, about what, and by when."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Whom do you ask?"),
        help_text=gettext_lazy("Up to five. Nobody but the secretariat sees who is asked."),
        to_field_name="slug",
        widget=Choices,
        error_messages={"required": gettext_lazy("Choose at least one organisation.")},
    )
    about = forms.CharField(
        label=gettext_lazy("What is the question about?"),
        help_text=gettext_lazy("The answers stand on its page too."),
        required=False,
    )
    answer_by = DayField(label=gettext_lazy("Answer by"))
    field_order = ["text", "background", "about", "organisations", "answer_by", "note"]

    class Meta:
        model = Question
        fields = ["text", "background", "answer_by"]
        labels = {"text": gettext_lazy("Question")}
        help_texts = {
            "text": gettext_lazy("One question, such as: What hinders you in buying from …?"),
            "background": gettext_lazy("Why you ask, and what the answers are used for."),
        }
        widgets = {
            "text": forms.Textarea({"rows": 2, "lang": "da"}),
            "background": forms.Textarea({"rows": 4, "lang": "da"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = Organisation.objects.in_taskforce().order_by(DanishOrder("name"))
        fields["organisations"].queryset = offered
        fields["about"].widget = OptionsSelect(_("Nothing in particular"), linking.options())

    def clean_text(self) -> str:
        """Return the question in one line, as it stands in subjects."""
        return " ".join(self.cleaned_data["text"].split())

    def clean_organisations(self) -> list[Organisation]:
        chosen = [*self.cleaned_data["organisations"]]
        if len(chosen) > MOST_ASKED:
            words = _("Choose at most %(most)s; you have chosen %(n)s.")
            raise ValidationError(words % {"most": MOST_ASKED, "n": len(chosen)})
        if lost := letters.nobody_reads_for(chosen):
            words = ngettext(
                "%(names)s has neither members nor a mailbox, so a letter reaches nobody.",
                "%(names)s have neither members nor a mailbox, so a letter reaches nobody.",
                len(lost),
            )
            raise ValidationError(words % {"names": ", ".join(map(str, lost))})
        return chosen

    def clean_about(self) -> Any:
        key: str = self.cleaned_data["about"]
        row = linking.find(key) if key else None
        if key and row is None:
            raise ValidationError(_("Choose something on the list."), "invalid_choice")
        linking.tie(self.instance, row)
        return row

    def clean_answer_by(self) -> Any:
        return _ahead(self.cleaned_data["answer_by"])


class DayForm(NoteForm, FingerprintForm[Question]):
    """Another day to answer by."""

    besides = ("state",)
    answer_by = DayField(label=gettext_lazy("Answer by"))

    class Meta:
        model = Question
        fields = ["answer_by"]

    def clean_answer_by(self) -> Any:
        return _ahead(self.cleaned_data["answer_by"])

    def in_words(self, current: Question) -> str:
        return f"{current.get_state_display()}, {date_format(current.answer_by)}"


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why do you withdraw it?"),
        help_text=gettext_lazy("Everybody who was asked reads it."),
        max_length=300,
        widget=forms.Textarea({"rows": 3, "lang": "da"}),
    )


class AnswerForm(FingerprintForm[Asked]):
    """The answer of an organisation. `is_nothing` tells that the other button was pressed."""

    besides = ("answered_at",)
    is_either = True  # words, or the other button

    class Meta:
        model = Asked
        fields = ["answer"]
        labels = {"answer": gettext_lazy("The answer of your organisation")}
        widgets = {"answer": forms.Textarea({"rows": 10, "lang": "da"})}

    def __init__(self, *args: Any, is_nothing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_nothing = is_nothing

    def clean_answer(self) -> str:
        words: str = self.cleaned_data["answer"]
        if words and self.is_nothing:
            raise ValidationError(_("You have written an answer. Send it, or empty the field."))
        if not words and not self.is_nothing:
            raise ValidationError(_("Write your answer, or say that you have nothing to add."))
        return words

    def in_words(self, current: Asked) -> str:
        return current.answer or _("We have nothing to add")


class NothingForm(forms.Form):
    """Tells whether the button was pressed that says that there is nothing to add."""

    nothing = forms.BooleanField(required=False)

    @property
    def is_pressed(self) -> bool:
        return bool(self["nothing"].value())


def _ahead(day: Any) -> Any:
    if day < timezone.localdate():
        raise ValidationError(_("That day is over."))
    return day
