"""Forms with which the secretariat keeps the register in order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, Statement, Theme
from barriers.register.forms import BarrierForm
from taskforce.core.forms import VersionedForm


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Everybody reads it on the barrier's page, with the date."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "da"}),
    )


class EndForm(VersionedForm[Barrier]):
    """Why a barrier has ended; `state` says how."""

    state: BarrierState

    class Meta:
        model = Barrier
        fields = ["answer"]


class AnswerForm(EndForm):
    """Why a barrier is resolved."""

    state = BarrierState.RESOLVED
    answer = _reason(_("It is resolved because …"))


class DropForm(EndForm):
    """Why a barrier is no longer relevant."""

    state = BarrierState.DROPPED
    answer = _reason(_("It is no longer relevant because …"))


def _states_to_reopen() -> list[tuple[str, str]]:
    """Return both in the language of the page."""
    states = (BarrierState.OPEN, BarrierState.ADDRESSED)
    return [(state.value, f"{state.label}: {state.meaning}") for state in states]


class ReopenForm(forms.Form):
    state = forms.ChoiceField(
        label=_("From now on it is"),
        choices=_states_to_reopen,
        initial=BarrierState.OPEN,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why is it open again?"),
        help_text=_("It stands in the history on the barrier's page."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "da"}),
    )


class SplitForm(BarrierForm):
    """A new barrier that takes a part of another one."""

    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label=_("Statements that move"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, barrier: Barrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["statements"]
        field.queryset = barrier.statements.select_related("organisation")
        field.label_from_instance = lambda row: f"{row.organisation}: {row.text}"
        self.initial.setdefault("theme", barrier.theme_id)


class MergeForm(forms.Form):
    """The barrier to merge into, and the versions of both that the preview showed."""

    into = forms.ModelChoiceField(
        Barrier.objects.unmerged(), to_field_name="slug", widget=forms.HiddenInput
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    into_version = forms.IntegerField(widget=forms.HiddenInput)


class MergeSearchForm(forms.Form):
    is_either = True  # so that no field is marked "optional"
    q = forms.CharField(
        label=_("Search the register"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "lang": "da"}),
    )


class RethemeForm(forms.Form):
    """Another theme for the barriers that are ticked in the list; `back` is the list's query."""

    barriers = forms.ModelMultipleChoiceField(
        Barrier.objects.unmerged().select_related("theme"),
        error_messages={"required": _("Tick the barriers that get another theme.")},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("New theme"),
        empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme.")},
    )
    back = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
