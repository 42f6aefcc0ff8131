"""What the secretariat decides before a person is erased."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import Choices
from taskforce.front.erasing.places import Place


class EraseForm(forms.Form):
    """In which texts other words stand for the name, and that one is sure."""

    texts = forms.MultipleChoiceField(
        label=_("Replace the name in these texts"), required=False, widget=Choices
    )
    is_sure = forms.BooleanField(
        label=_("Erase the person. It cannot be undone."),
        error_messages={"required": _("Tick here to say that you are sure.")},
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["texts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        choices = [(place.key, _in_words(place)) for place in places if place.can_be_replaced]
        field.choices = choices
        field.initial = [key for key, _words in choices]
        if not choices:
            del self.fields["texts"]

    def clean(self) -> dict[str, Any]:
        return {"texts": [], **(super().clean() or self.cleaned_data)}


def _in_words(place: Place) -> str:
    words = (place.kind[:1].upper() + place.kind[1:], place.before, place.found, place.after)
    return format_html('<span>{}: <span lang="da">{}<mark>{}</mark>{}</span></span>', *words)
