"""The secretariat's list of organisations: what is unusual stands first, with its reason."""

from typing import Any

import django_filters
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core.danish import DanishOrder
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Kind, Member, Organisation
from taskforce.members.models.organisation import HIDDEN, SHOWN_UNCONFIRMED

WITHOUT_PEOPLE = Q(in_taskforce=True, has_people=False)
UNCONFIRMED = Q(unanswered__gte=SHOWN_UNCONFIRMED)
UNREACHED = Q(is_found=True, has_contact=False, mailbox="")
UNUSUAL = {
    "uden-personer": (gettext_lazy("Member without people"), WITHOUT_PEOPLE),
    "uden-kontakt": (gettext_lazy("Buyers reach nobody there"), UNREACHED),
    "ubekraeftet": (gettext_lazy("Profile not confirmed"), UNCONFIRMED),
}
NO_PROFILE = Q(line="")
CHOICES = {
    **UNUSUAL,
    "uden-profil": (gettext_lazy("Profile not begun"), NO_PROFILE),
}


def organisations() -> QuerySet[Organisation]:
    """Return every organisation, with what tells which are unusual; those stand first."""
    people = Member.objects.current().filter(organisation=OuterRef("pk"))
    contacts = Member.objects.current().filter(pk=OuterRef("contact"))
    rows = Organisation.objects.annotate(has_people=Exists(people), has_contact=Exists(contacts))
    unusual = Case(When(WITHOUT_PEOPLE | UNREACHED | UNCONFIRMED, then=Value(0)), default=Value(1))
    return rows.order_by(unusual, DanishOrder("name"), "pk")


def ready(row: Any) -> dict[str, Any]:
    """Return an organisation with the reasons why it stands first, and what it is."""
    reasons = {
        "uden-personer": row.in_taskforce and not row.has_people,
        "uden-kontakt": row.is_found and not row.has_contact and not row.mailbox,
        "ubekraeftet": row.is_unconfirmed,
    }
    found = [str(UNUSUAL[name][0]) for name, holds in reasons.items() if holds]
    if row.unanswered >= HIDDEN:
        found.append(_("What it tells is hidden"))
    return {"row": row, "reasons": found}


class RegisterFilter(WordsFilter):
    slags = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"),
        field_name="kind",
        choices=Kind.choices,
        empty_label=gettext_lazy("All types"),
    )
    medlem = django_filters.ChoiceFilter(
        label=gettext_lazy("Membership"),
        choices=[
            ("ja", gettext_lazy("Members of the taskforce")),
            ("nej", gettext_lazy("Others")),
        ],
        empty_label=gettext_lazy("Members and others"),
        method="of_membership",
    )
    mangler = django_filters.ChoiceFilter(
        label=gettext_lazy("Missing"),
        choices=[(name, label) for name, (label, _found) in CHOICES.items()],
        empty_label=gettext_lazy("Nothing in particular"),
        method="lacking",
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Any]:
        """Search former and short names too, and parts of a name."""
        found = rows.search(words)
        parts = rows.filter(Q(name__icontains=words) | Q(former_names__icontains=words))
        either: QuerySet[Any] = rows.filter(
            Q(pk__in=found.values("pk")) | Q(pk__in=parts.values("pk"))
        )
        return either

    def of_membership(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.filter(in_taskforce=value == "ja")  # type: ignore[no-any-return]

    def lacking(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.filter(CHOICES[value][1])  # type: ignore[no-any-return]
