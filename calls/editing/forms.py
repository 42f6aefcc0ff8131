"""Forms to add a call, and to edit it."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from calls.deadlines import today
from calls.models import KINDS, Call, CallDeadline
from calls.reader import TopicReference, find
from calls.reader.topic import CLOSING
from calls.reader.values import rich
from initiatives.models import Initiative
from initiatives.models.initiative import UNDER_WAY
from taskforce.core.amounts import AmountField, EuroField
from taskforce.core.dates import ClockField, DayField
from taskforce.core.forms import Choices, VersionedForm

MOST_DEADLINES = 8
FREE_ROWS = 2
RULES = ["participants_min", "participants_max", "countries_min", "kinds_required"]
PAYS_FOR = _("Say in a line or two what it pays for.")


class PasteForm(forms.Form):
    """A pasted link or text; `topic` is the topic that it names."""

    pasted = forms.CharField(
        label=_("Link or topic identifier"),
        help_text=_(
            "Paste the link from the EU portal, however long it is, or an identifier such as "
            "SMP-COSME-2022-SEE-01."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        max_length=10_000,
    )
    topic: TopicReference

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        found = find(pasted)
        if found is None or len(found.identifier) > 80:
            raise ValidationError(
                _("We see no EU topic in this. Paste the whole link, or fill the call in by hand.")
            )
        self.topic = found
        return pasted


class TopicForm(forms.Form):
    """The topic in the address of a page. Anybody can type anything there."""

    emne = forms.CharField(max_length=80, required=False)

    def clean_emne(self) -> TopicReference | None:
        return find(self.cleaned_data["emne"])


class CallForm(VersionedForm[Call]):
    opens_on = DayField(label=_("Opens"), required=False)
    checked_on = DayField(label=_("Rules checked on"), required=False)
    kinds_required = forms.MultipleChoiceField(
        label=_("Kinds of organisation it asks for"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    barriers = forms.ModelMultipleChoiceField(
        Barrier.objects.none(),
        label=_("Barriers it can help with"),
        required=False,
        widget=Choices,
    )
    initiatives = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        label=_("Initiatives it can pay for"),
        required=False,
        widget=Choices,
    )

    ABOUT = ["title", "summary", "topic_id", "link", "programme", "type_of_action", "opens_on"]
    MONEY = ["budget", "grant_min", "grant_max"]
    CHECKED = [*RULES, "rules_link", "checked_on"]
    TIES = ["barriers", "initiatives"]

    class Meta:
        model = Call
        fields = [
            *("title", "summary", "description", "topic_id", "link", "programme"),
            *("type_of_action", "opens_on", "budget", "grant_min", "grant_max"),
            *(*RULES, "rules_link", "checked_on", "barriers", "initiatives"),
        ]
        field_classes = {
            **dict.fromkeys(("budget", "grant_min", "grant_max"), EuroField),
            **dict.fromkeys(("participants_min", "participants_max"), AmountField),
            "countries_min": AmountField,
        }
        widgets = {
            "description": forms.HiddenInput,
            "summary": forms.Textarea(attrs={"rows": 4, "lang": "da"}),
        }
        help_texts = {
            "summary": _("Two or three lines in Danish: what does it pay for, and for whom?"),
            "rules_link": _("The page or document in which you read the rules."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        # Where there is a description by the EU, a summary in Danish may wait.
        fields["summary"].required = not self["description"].value()
        fields["summary"].error_messages["required"] = PAYS_FOR
        fields["barriers"].queryset = Barrier.objects.unmerged().shown().order_by("title")
        # What has ended can be paid for no longer; what was tied before stays.
        tied = Q(calls=self.instance.pk) if self.instance.pk else Q()
        offered = Initiative.objects.filter(Q(state__in=UNDER_WAY) | tied).distinct()
        fields["initiatives"].queryset = offered.order_by("title")

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Yield each heading with its fields."""
        yield _("The call"), [self[name] for name in self.ABOUT]
        yield _("Money"), [self[name] for name in self.MONEY]
        yield _("The call's own rules"), [self[name] for name in self.CHECKED]
        yield _("What it can help"), [self[name] for name in self.TIES]

    def clean_topic_id(self) -> str:
        topic = " ".join((self.cleaned_data["topic_id"] or "").split())
        if self.known:
            raise ValidationError(_("A call with this topic is in the portal already."))
        return topic

    def clean_link(self) -> str:
        """Shorten a link of the EU portal to the topic's page, without the search behind it."""
        link: str = self.cleaned_data["link"]
        found = find(link) if "europa.eu" in link else None
        return found.link if found else link

    def clean_description(self) -> str:
        return rich(self.cleaned_data["description"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not (found.get("summary") or found.get("description") or "summary" in self.errors):
            self.add_error("summary", PAYS_FOR)
        if any(found.get(name) for name in RULES):
            for name in ("rules_link", "checked_on"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Say where the rules stand, and when you looked."))
        checked = found.get("checked_on")
        if checked and checked > today():
            self.add_error("checked_on", _("That day has not come yet."))
        return found

    @property
    def known(self) -> Call | None:
        """Return the call that has this topic already."""
        typed = " ".join(str(self["topic_id"].value() or "").split())
        others = Call.objects.exclude(pk=self.instance.pk)
        return others.filter(topic_id__iexact=typed).first() if typed else None


class DeadlineForm(forms.ModelForm[CallDeadline]):
    day = DayField(label=_("Date"))
    time = ClockField(label=_("Time in Brussels"), required=False, initial=CLOSING)

    class Meta:
        model = CallDeadline
        # A tuple, since Django adds the call to a list, for all later pages, too.
        fields = ("day", "time", "label")


class DeadlineFormSet(forms.BaseInlineFormSet[CallDeadline, Call, DeadlineForm]):
    """The rows of deadlines in a call's form."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        given = [form for form in kept if form.cleaned_data.get("day")]
        seen: set[tuple[Any, str]] = set()
        for form in given:
            key = (form.cleaned_data["day"], form.cleaned_data.get("label") or "")
            if key in seen:
                form.add_error("day", _("This deadline stands here twice."))
            seen.add(key)


def deadline_formset(
    *args: Any, initial: list[dict[str, Any]] | None = None, **kwargs: Any
) -> DeadlineFormSet:
    """Return the rows of deadlines: the initial ones, and two empty ones."""
    made = forms.inlineformset_factory(
        Call,
        CallDeadline,
        form=DeadlineForm,
        formset=DeadlineFormSet,
        extra=len(initial or []) + FREE_ROWS,
        max_num=MOST_DEADLINES,
        absolute_max=MOST_DEADLINES,
        validate_max=True,
        can_delete_extra=False,
    )
    options: dict[str, Any] = {"initial": initial, "prefix": "frister", **kwargs}
    return cast(DeadlineFormSet, made(*args, **options))
