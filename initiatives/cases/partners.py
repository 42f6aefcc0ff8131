"""The partners of a case, as rows of its form that are saved all at once."""

from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Case, CasePartner, PartnerRole
from taskforce.core.danish import spelling
from taskforce.members.models import Organisation

MOST = 12
SPARE = 2  # empty rows in view after those that are filled in; the others are folded away


class PartnerForm(forms.Form):
    """A partner and its role. A name that an organisation of the portal has means that one."""

    who = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "organisationer", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", "–"), *PartnerRole.choices],
        required=False,
    )
    part = forms.CharField(
        label=gettext_lazy("What they did, in a few words"), max_length=120, required=False
    )
    is_either = True  # a row is filled in or empty; its fields are not optional one by one

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        who, role, part = (typed.get(name) for name in ("who", "role", "part"))
        if self.whole and who and not role and "role" not in self.errors:
            self.add_error("role", _("Choose what they were."))
        if part and not who and "who" not in self.errors:
            self.add_error("who", _("Say who it was, or empty the row."))
        return typed


class Partners(forms.BaseFormSet[PartnerForm]):
    """All partners of a case. While somebody is still writing, half a row may wait."""

    whole: bool

    def __init__(
        self, data: Any = None, *, case: Case | None = None, whole: bool = True, **kwargs: Any
    ) -> None:
        self.case, self.whole = case, whole
        rows = case.case_partners.select_related("organisation") if case else []
        initial = [
            {"who": row.organisation.name if row.organisation else row.name, "role": row.role}
            | {"part": row.part}
            for row in rows
        ]
        self.extra = MOST - len(initial)
        # Otherwise Django drops an extra row that has not changed since it was saved.
        each = {"whole": whole, "empty_permitted": False}
        super().__init__(data, initial=initial, prefix="partner", form_kwargs=each, **kwargs)

    @cached_property
    def known(self) -> dict[str, Organisation]:
        """Return organisations by all their names, in one spelling; former names give way."""
        found: dict[str, Organisation] = {}
        rows = [*Organisation.objects.only("name", "former_names")]
        for row in rows:
            found[spelling(row.name)] = row
        for row in rows:
            for name in row.former_names:
                found.setdefault(spelling(name), row)
        return found

    @property
    def in_view(self) -> list[PartnerForm]:
        """Return the rows down to the last that is filled in, and a few empty ones."""
        filled = [place for place, form in enumerate(self.forms, 1) if form["who"].value()]
        return self.forms[: max([*filled, 0]) + SPARE]

    @property
    def folded(self) -> list[PartnerForm]:
        return self.forms[len(self.in_view) :]

    @property
    def names(self) -> list[str]:
        """Return the names to choose from."""
        return [row.name for key, row in self.known.items() if key == spelling(row.name)]

    @cached_property
    def found(self) -> list[CasePartner]:
        """Return the typed partners, unsaved and without their case."""
        return [
            self._partner(**form.cleaned_data)
            for form in self.forms
            if form.cleaned_data.get("who")
        ]

    def _partner(self, who: str, role: str, part: str) -> CasePartner:
        organisation = self.known.get(spelling(who))
        name = "" if organisation else who
        return CasePartner(organisation=organisation, name=name, role=role, part=part)

    def clean(self) -> None:
        if any(self.errors):
            return
        keys = [partner.organisation_id or spelling(partner.name) for partner in self.found]
        if len(keys) != len({*keys}):
            raise forms.ValidationError(_("An organisation stands here twice."))
        if self.whole and not self.found:
            raise forms.ValidationError(_("Name at least one partner, and what they were."))

    def replace(self, case: Case) -> None:
        """Save these partners in place of the former ones, under the lock of the case."""
        before = case.case_partners.values_list("organisation", "name", "role", "part")
        if [*before] == [(p.organisation_id, p.name, p.role, p.part) for p in self.found]:
            return
        case.case_partners.all().delete()
        for partner in self.found:
            partner.case = case
        CasePartner.objects.bulk_create(self.found)

    def theirs(self, case: Case) -> list[tuple[str, str]]:
        """Return the partners that somebody else saved, with their label, for a conflict."""
        if not self.has_changed():
            return []
        rows = case.case_partners.select_related("organisation")
        lines = [f"{row.organisation or row.name}: {row.get_role_display()}" for row in rows]
        return [(_("Partners"), "\n".join(lines) or "–")]


PartnerFormSet = cast(
    type[Partners],
    forms.formset_factory(
        PartnerForm, formset=Partners, max_num=MOST, validate_max=True, absolute_max=MOST
    ),
)
