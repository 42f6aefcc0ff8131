"""What the secretariat types about people."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import FingerprintForm
from taskforce.members.models import Kind, Member, Organisation, Role, User
from taskforce.members.people.doubles import organisations_like, people_like

ROLE_HELP = _("The secretariat reads and edits everything, and lets others in.")


def person_name() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def person_email() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )


class BeginForm(forms.Form):
    """What an address of the page may fill in: somebody who was here before, or an organisation."""

    hvem = forms.ModelChoiceField(User.objects.all(), required=False)
    af = forms.ModelChoiceField(Organisation.objects.all(), to_field_name="slug", required=False)

    @property
    def initial_values(self) -> dict[str, Any]:
        """Return what the form of a new member begins with."""
        self.full_clean()
        user, organisation = self.cleaned_data.get("hvem"), self.cleaned_data.get("af")
        if user is None:
            return {"organisation": organisation}
        seat = user.memberships.order_by("-from_date", "-pk").first()
        before = {"organisation": seat.organisation, "title": seat.title} if seat else {}
        return {"name": user.name, "email": user.email, **before}


class AddForm(forms.Form):
    """A new member: one letter with the way in goes to the address."""

    name = person_name()
    email = person_email()
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        empty_label=_("A new one, named below"),
    )
    new_organisation = forms.CharField(label=_("New organisation"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of the new organisation"),
        choices=[("", _("Choose")), *Kind.choices],
        required=False,
    )
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.MEMBER,
        widget=forms.RadioSelect,
        help_text=ROLE_HELP,
    )
    is_another = forms.BooleanField(
        label=_("It is another one"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "new_organisation", "kind"):
            vars(self.fields[name])["is_either"] = True  # one of them is asked for

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        current = Member.objects.current().select_related("user", "organisation")
        if there := current.filter(user__email=email).first():
            words = gettext("%(name)s, %(organisation)s, is a member with this address already.")
            names = {"name": there.user, "organisation": there.organisation}
            raise forms.ValidationError(words % names)
        return email

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not typed.get("organisation"):
            self._clean_new_organisation(typed.get("new_organisation", ""), typed.get("kind"))
        if not self.errors and not typed.get("is_another"):
            self._ask_about(typed)
        return typed

    def _clean_new_organisation(self, name: str, kind: str | None) -> None:
        if self.has_error("organisation"):
            return
        if not name:
            self.add_error("organisation", _("Choose an organisation, or name a new one."))
        elif same := Organisation.objects.named(name):
            self.cleaned_data["organisation"] = same
        elif not kind:
            self.add_error("kind", _("Say what kind of organisation it is."))

    def _ask_about(self, typed: dict[str, Any]) -> None:
        """Ask whether somebody or something with nearly the same name is the one that is meant."""
        before = Member.objects.filter(user__email=typed["email"]).exists()
        people = [] if before else people_like(typed["name"])
        homes = [] if typed["organisation"] else organisations_like(typed["new_organisation"])
        if not people and not homes:
            return
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.fields["is_another"].widget.is_required = False
        words = gettext("There is already: %(names)s. Is it the same?")
        self.add_error("is_another", words % {"names": _listed([*people, *homes])})


def _listed(rows: Iterable[Member | Organisation]) -> str:
    return "; ".join(map(_told, rows))


def _told(row: Member | Organisation) -> str:
    return f"{row} ({row.user.email})" if isinstance(row, Member) else str(row)


class PersonForm(FingerprintForm[Member]):
    """Name, address, title and role of somebody who is a member today."""

    name = person_name()
    email = person_email()

    class Meta:
        model = Member
        fields = ["name", "email", "title", "role"]
        widgets = {"role": forms.RadioSelect}
        help_texts = {"role": ROLE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.user
        self.initial.update({"name": user.name, "email": user.email})
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101  # for the type checker
        role.choices = Role.choices

    def clean(self) -> dict[str, Any] | None:
        """Put what was typed on the person, too: it is compared with what a colleague saved."""
        typed = super().clean() or self.cleaned_data
        if "email" in typed:
            typed["email"] = self.instance.user.email = typed["email"].lower()
        self.instance.user.name = typed.get("name", self.instance.user.name)
        return typed

    def fingerprint(self, row: Any) -> str:
        """Return a short hash of what the form shows of the person and of the membership."""
        return sha256(repr(_columns(row)).encode()).hexdigest()[:16] if row else ""

    def in_words(self, current: Any) -> str:
        name, email, title, role = _columns(current)
        return ", ".join(filter(None, (name, email, title, str(Role(role).label))))


def _columns(member: Member) -> tuple[str, str, str, str]:
    return member.user.name, member.user.email, member.title, member.role
