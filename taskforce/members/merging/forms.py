"""With whom to merge, and whose columns are kept."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

GONE, KEPT = "gone", "kept"


class OtherForm(forms.Form):
    """Which one is the double, of all the others."""

    med: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        QuerySet(), label=_("The double"), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, others: QuerySet[Any], label: Any = str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["med"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = others
        field.label_from_instance = label  # type: ignore[method-assign]


class SidesForm(forms.Form):
    """Whose each column is kept. `sides` are (name, label, of the double, of the kept one)."""

    def __init__(self, *args: Any, sides: list[tuple[str, str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, gone, kept in sides:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(KEPT, kept or _("nothing")), (GONE, gone or _("nothing"))],
                widget=forms.RadioSelect,
                initial=KEPT if kept else GONE,
            )

    @property
    def from_gone(self) -> set[str]:
        return {name for name, side in self.cleaned_data.items() if side == GONE}
