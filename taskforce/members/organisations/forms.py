"""Forms of organisations: a new one, its profile, and the list of tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from taskforce.core import countries, places
from taskforce.core.acts import Refused
from taskforce.core.danish import spelling
from taskforce.core.dates import DayField
from taskforce.core.forms import Choices, VersionedForm
from taskforce.core.kept_files import KeepsFiles
from taskforce.core.pictures import TYPES
from taskforce.members.models import Certificate, Member, Organisation, Tag
from taskforce.members.models.organisation import HOLDS
from taskforce.members.organisations import logos
from taskforce.members.organisations.supply import MOST_DIVISIONS, Customer, Division, Effect
from taskforce.members.roles import is_secretariat

MOST_CERTIFICATES = 6
ALIKE = 85  # of 100; names that are so alike may be one organisation
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)  # Danish Business Authority: the sum is divisible by 11
BY_SECRETARIAT = ("name", "former_names", "in_taskforce", "mailbox", "rsv_seen")


def alike(name: str) -> list[Organisation]:
    """Return organisations whose name, today or before, is nearly this one."""
    key = spelling(name)
    return [
        row
        for row in Organisation.objects.only("pk", "name", "former_names", "slug")
        if any(
            fuzz.token_sort_ratio(key, spelling(known)) >= ALIKE
            for known in (row.name, *row.former_names)
        )
    ]


class AddForm(forms.ModelForm[Organisation]):
    """A new organisation. One of nearly the same name is shown first."""

    is_another = forms.BooleanField(
        label=gettext_lazy("It is another organisation"), required=False
    )

    class Meta:
        model = Organisation
        fields = ["name", "kind", "municipality", "in_taskforce"]
        labels = {"in_taskforce": gettext_lazy("It is a member of the taskforce")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Organisation] = []

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not typed.get("is_another"):
            self.alike = alike(typed.get("name", ""))
        if self.alike:
            names = ", ".join(map(str, self.alike))
            words = _("Nearly the same name is here already: %(names)s.") % {"names": names}
            self.add_error("is_another", words)
        return typed

    @property
    def asks_for_another(self) -> bool:
        return bool(self.alike) or "is_another" in self.data


def _many(label: Any, choices: Any, **options: Any) -> Any:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=Choices, **options
    )


class ProfileForm(KeepsFiles, VersionedForm[Organisation]):
    """What an organisation tells of itself, kept by its members; the secretariat keeps its name."""

    is_either = True  # nearly all of it may stay empty, and the page says so

    upload = forms.FileField(
        label=gettext_lazy("Choose a logo"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at least 200 pixels a side. We keep it anew, in a square on white."
        ),
        widget=forms.FileInput({"accept": TYPES}),
    )
    take_logo_away = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    cvr = forms.CharField(
        label=gettext_lazy("CVR number"),
        required=False,
        max_length=20,  # people write DK in front, and spaces between
        help_text=gettext_lazy("Eight digits."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    delivers = _many(
        gettext_lazy("What you deliver"),
        Division.choices,
        help_text=gettext_lazy("Up to five, in the words of public tenders (CPV)."),
    )
    delivers_to = _many(gettext_lazy("Where you deliver"), places.areas)
    customers = _many(gettext_lazy("For whom"), Customer.choices)
    effects = _many(gettext_lazy("What good it does"), Effect.choices)
    says_rsv = forms.BooleanField(
        label=gettext_lazy("We are a registered social enterprise (RSV)"), required=False
    )
    rsv_seen = DayField(
        label=gettext_lazy("Seen as RSV in CVR on"),
        required=False,
        help_text=gettext_lazy("The day on which the secretariat looked it up."),
    )
    is_contact = forms.BooleanField(
        label=gettext_lazy("I am the contact person, and get what is written to us"),
        required=False,
        help_text=gettext_lazy(
            "Your address is never shown, and your name only as you have chosen on your page."
        ),
    )

    class Meta:
        model = Organisation
        fields = [
            *("name", "former_names", "in_taskforce", "kind", "municipality", "country"),
            *("website", "line", "description", "offers", "seeks", "cvr", "logo_alt", "mailbox"),
            *("is_found", "delivers", "delivers_to", "customers", "capacity", "effects"),
        ]
        widgets = {
            "line": forms.TextInput({"lang": "da"}),
            "description": forms.Textarea({"rows": 5, "lang": "da"}),
            "offers": Choices,
            "seeks": Choices,
        }
        labels = {
            "kind": gettext_lazy("Type"),
            "website": gettext_lazy("Website"),
            "line": gettext_lazy("What you do, in one line"),
            "description": gettext_lazy("More about you"),
            "offers": gettext_lazy("What you offer"),
            "seeks": gettext_lazy("What you seek"),
            "logo_alt": gettext_lazy("The logo in words"),
            "mailbox": gettext_lazy("Mailbox without a person"),
            "is_found": gettext_lazy("Buyers may find us, and ask us for an offer"),
            "capacity": gettext_lazy("How much you can deliver"),
            "in_taskforce": gettext_lazy("It is a member of the taskforce"),
        }
        help_texts = {
            "line": gettext_lazy("Such as: Bakes bread for canteens, and trains people."),
            "website": gettext_lazy("Such as https://www.eksempel.example."),
            "logo_alt": gettext_lazy("For those who cannot see it, such as: A loaf in a circle."),
            "mailbox": gettext_lazy(
                "What is written to them goes there where no contact person is. It is never shown."
            ),
            "capacity": gettext_lazy("Such as: Lunch for 200 a day."),
            "is_found": gettext_lazy(
                "Then what you write below shows, and requests come to your contact person."
            ),
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.logo: logos.Logo | None = None
        fields: dict[str, Any] = self.fields
        fields["country"].choices = countries.choices()
        fields["former_names"].show_hidden_initial = False  # the version says what came meanwhile
        self.initial["says_rsv"] = self.instance.rsv_said_on is not None
        self.initial["rsv_seen"] = self.instance.rsv_seen_on
        self.initial["is_contact"] = self.instance.contact_id == by.pk
        for name in () if is_secretariat(by.user) else BY_SECRETARIAT:
            del fields[name]
        if by.organisation_id != self.instance.pk:
            del fields["is_contact"]
        if not self.instance.logo:
            del fields["take_logo_away"]
        for name in () if Tag.objects.exists() else ("offers", "seeks"):
            del fields[name]

    def clean_cvr(self) -> str:
        typed = "".join(self.cleaned_data["cvr"].split()).upper().removeprefix("DK")
        if typed and not (len(typed) == 8 and typed.isascii() and typed.isdigit()):
            raise ValidationError(_("A CVR number has eight digits, like 12345678."))
        return typed

    @property
    def doubtful_cvr(self) -> bool:
        """Whether the check digit says that a number was mistyped; new numbers may go without."""
        number = self.cleaned_data["cvr"]
        return (
            bool(number)
            and sum(weight * int(digit) for weight, digit in zip(CVR_WEIGHTS, number, strict=True))
            % 11
            != 0
        )

    def clean_delivers(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["delivers"]
        if len(chosen) > MOST_DIVISIONS:
            raise ValidationError(
                _("Choose at most %(most)s; you have chosen %(n)s.")
                % {"most": MOST_DIVISIONS, "n": len(chosen)}
            )
        return chosen

    def clean_rsv_seen(self) -> Any:
        day = self.cleaned_data["rsv_seen"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return day

    def clean_upload(self) -> None:
        if upload := self.cleaned_data["upload"]:
            try:
                self.logo = logos.read(upload)
            except Refused as refused:
                raise ValidationError(refused.sentence) from refused

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        has_logo = self.logo or (self.instance.logo and not typed.get("take_logo_away"))
        if has_logo and not typed.get("logo_alt"):
            self.add_error("logo_alt", _("Say in words what the logo shows."))
        if typed.get("is_found") and not typed.get("delivers") and "delivers" not in self.errors:
            self.add_error("delivers", _("Say what you deliver, so that buyers find you."))
        if typed.get("says_rsv") and not typed.get("cvr") and "cvr" not in self.errors:
            self.add_error("cvr", _("A registered social enterprise has a CVR number."))
        return typed

    def save(self, commit: bool = True) -> Organisation:
        """Save; say since when it calls itself RSV, anew where a year has passed."""
        row, typed = self.instance, self.cleaned_data
        if self.logo:
            logos.attach(row, self.logo)
        elif typed.get("take_logo_away"):
            logos.remove(row)
        if not typed["says_rsv"]:
            row.rsv_said_on = None
        elif row.rsv_said_on is None or row.rsv_said_on < timezone.localdate() - HOLDS:
            row.rsv_said_on = timezone.localdate()
        if "rsv_seen" in typed:
            row.rsv_seen_on = typed["rsv_seen"]
        if "is_contact" in typed and (typed["is_contact"] or row.contact_id == self.by.pk):
            row.contact = self.by if typed["is_contact"] else None
        return super().save(commit)


class CertificateForm(forms.ModelForm[Certificate]):
    is_either = True
    given_on = DayField(label=gettext_lazy("Given on"), required=False)

    class Meta:
        model = Certificate
        fields = ["name", "given_on"]
        labels = {"name": gettext_lazy("Certificate")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        day = typed.get("given_on")
        if typed.get("name") and not day and "given_on" not in self.errors:
            self.add_error("given_on", _("Say since when you have it."))
        if day and day > timezone.localdate():
            self.add_error("given_on", _("That day has not come yet."))
        if day and not typed.get("name") and "name" not in self.errors:
            self.add_error("name", _("Say which certificate it is."))
        return typed


class Certificates(forms.BaseFormSet[CertificateForm]):
    """The certificates of an organisation; a row that is emptied is gone."""

    def rows(self, organisation: Organisation) -> list[Certificate]:
        typed = (form.cleaned_data for form in self.forms)
        return [
            Certificate(organisation=organisation, name=row["name"], given_on=row["given_on"])
            for row in typed
            if row.get("name")
        ]


CertificateFormSet: Any = forms.formset_factory(
    CertificateForm,
    formset=Certificates,
    extra=2,
    max_num=MOST_CERTIFICATES,
    absolute_max=MOST_CERTIFICATES,
)


def certificates_of(organisation: Organisation, data: Any = None) -> Certificates:
    rows = organisation.certificates.values("name", "given_on")
    made: Certificates = CertificateFormSet(
        data, initial=[*rows[:MOST_CERTIFICATES]], prefix="certifikat"
    )
    return made


class TagForm(forms.ModelForm[Tag]):
    class Meta:
        model = Tag
        fields = ["name"]
        widgets = {"name": forms.TextInput({"lang": "da"})}
        help_texts = {"name": gettext_lazy("Such as: Bread for canteens.")}
