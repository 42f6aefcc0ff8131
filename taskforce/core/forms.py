"""Forms: how they look, and how two people who edit the same thing do not lose a word."""

from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from taskforce.core.acts import Conflict
from taskforce.core.models import Versioned

Model = TypeVar("Model", bound=Versioned)
Row = TypeVar("Row", bound=models.Model)
BOTH_STAND_HERE = _(
    "Somebody else saved this while you were writing. Your text stands below, theirs above it. "
    "Put together what should stay, and save again."
)
MEANWHILE = _("Somebody else changed this while you were writing. It is now: %(now)s")


class Renderer(TemplatesSetting):
    """Render forms with the portal's own templates."""

    form_template_name = "_partials/form.html"
    field_template_name = "_partials/field.html"


class Options:
    """The options of a select, rendered once for all the forms of a page that offer them."""

    def __init__(self, choices: list[tuple[Any, Any]]) -> None:
        """Take (value, label), or (heading, choices) for a group."""
        parts = (
            format_html('<optgroup label="{}">{}</optgroup>', value, Options(label).html)
            if isinstance(label, list)
            else format_html('<option value="{}">{}</option>', value, label)
            for value, label in choices
        )
        self.html: SafeString = format_html_join("", "{}", ((part,) for part in parts))


class OptionsSelect(forms.Select):
    """A select whose options are rendered already. Django renders each option by a template."""

    def __init__(self, nothing: StrOrPromise, options: Options, **attrs: Any) -> None:
        super().__init__(attrs)
        self.nothing, self.offered = nothing, options

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        html = format_html('<option value="">{}</option>{}', self.nothing, self.offered.html)
        here = format_html(' value="{}"', "" if value is None else value)
        before, found, after = (SafeString(part) for part in html.partition(here))
        chosen = format_html("{} selected", found) if found else ""
        attrs = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}{}{}</select>", attrs, before, chosen, after)


class Choices(forms.CheckboxSelectMultiple):
    """Boxes to tick, those that are ticked first. A long list gets a field that searches it."""

    template_name = "_partials/choices.html"
    LONG = 12

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not any(one["selected"] for one in group[1]))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["is_long"] = len(context["widget"]["optgroups"]) > self.LONG
        return context


class VersionedForm(forms.ModelForm[Model]):
    """A form that carries the version that it started from and never overwrites a newer one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    theirs: list[tuple[str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.theirs = []

    @transaction.atomic
    def save_current(self) -> Model:
        """Save and return the row; raises Conflict if somebody else saved first.

        Raises Http404 if somebody deleted the row.
        """
        rows = type(self.instance)._default_manager.select_for_update()
        current = get_object_or_404(rows, pk=self.instance.pk)
        if current.version != self.cleaned_data["version"]:
            raise Conflict(current)
        self.instance.version = current.version + 1
        return self.save()

    def show_conflict(self, current: Model) -> None:
        """Show what somebody else saved beside what was typed here.

        The form now carries their version: sending it again overwrites it deliberately.
        """
        theirs = forms.models.model_to_dict(current, fields=self.changed_data)
        self.theirs = [
            (str(self.fields[name].label), _in_words(self.fields[name], value))
            for name, value in theirs.items()
        ]
        data = MultiValueDict[str, Any]()
        data.update(self.data)
        data[self.add_prefix("version")] = str(current.version)
        self.data = data
        self.add_error(None, BOTH_STAND_HERE)


def _in_words(field: Any, value: Any) -> str:
    """Return a field's value in words: the name of a related row, not its key."""
    if isinstance(value, list):
        words = dict(field.choices) if not hasattr(field, "queryset") else {}
        value = ", ".join(str(words.get(each, each)) for each in value)
    elif hasattr(field, "queryset"):
        value = field.queryset.filter(pk=value).first()
    elif hasattr(field, "choices"):
        value = dict(field.choices).get(value, value)
    else:
        value = localize(field.prepare_value(value))
    return "–" if value in (None, "") else str(value)


class FingerprintForm(forms.ModelForm[Row]):
    """A form of a row without versions: it carries a fingerprint of what it started from.

    `besides` names columns that it changes and that have no field of their own.
    """

    besides: tuple[str, ...] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.fingerprint(self.instance if self.instance.pk else None)

    def fingerprint(self, row: models.Model | None) -> str:
        """Return a short hash of the form's fields of a row; "" for no row."""
        if row is None:
            return ""
        fields = {
            **forms.models.model_to_dict(row, fields=self._meta.fields),
            **{name: getattr(row, name) for name in self.besides},
        }
        return sha256(repr(sorted(fields.items())).encode()).hexdigest()[:16]

    def must_be_current(self, current: models.Model | None) -> None:
        """Raise Conflict if somebody else changed the row, unless to the very same."""
        is_current = self.fingerprint(current) == self.cleaned_data["seen"]
        if not is_current and not self._says_the_same(current):
            raise Conflict(current)

    def show_conflict(self, current: models.Model | None) -> None:
        """Say what the row is now. Sending the form again then overwrites it deliberately."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("seen")] = self.fingerprint(current)
        self.data = data
        words = self.in_words(current) if current else _("nothing")
        self.add_error(None, ValidationError(MEANWHILE, "meanwhile", {"now": words}))

    def _says_the_same(self, current: models.Model | None) -> bool:
        return current is not None and self.fingerprint(self.instance) == self.fingerprint(current)

    def in_words(self, current: Any) -> str:
        return str(current)


class Trap(forms.Form):
    """`homepage` is a trap for spam: people do not see it, programs fill it in."""

    homepage = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


class SenderForm(Trap):
    """Who writes, where nobody is logged in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes to this address."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
