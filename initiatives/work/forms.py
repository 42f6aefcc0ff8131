"""Forms to start an initiative, change its plan, post updates, and end it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState
from barriers.models.barrier import BY_PRIORITY
from initiatives.models import Initiative, InitiativeState, InitiativeUpdate, Milestone
from initiatives.models.initiative import ENDED, UNDER_WAY
from meetings.materials.forms import EXTENSIONS
from taskforce.core.amounts import AmountField
from taskforce.core.dates import DayField
from taskforce.core.forms import Choices, VersionedForm
from taskforce.core.kept_files import LARGEST, KeepsFiles
from taskforce.members.models import Member, Organisation
from taskforce.members.roles import is_secretariat

LOOK_AGAIN = timedelta(days=91)  # the review date that forms suggest: a quarter ahead
MOST_MILESTONES = 20
UNSOLVED = [BarrierState.OPEN, BarrierState.ADDRESSED]
STATES_UNDER_WAY = [(state.value, state.label) for state in UNDER_WAY]


class BarriersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as a class it takes none
    def label_from_instance(self, barrier: Any) -> str:
        if barrier.rank is None:
            return str(barrier)
        return str(_("No. %(rank)s: %(title)s") % {"rank": barrier.rank, "title": barrier})


class InitiativeForm(VersionedForm[Initiative]):
    """The plan of an initiative. `offered` are the barriers that may be chosen."""

    against = BarriersField(
        Barrier.objects.none(),
        label=_("Against which barriers?"),
        widget=Choices,
        error_messages={"required": _("Choose at least one barrier.")},
    )
    named = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Who takes part from the beginning?"),
        help_text=_("We write to their members. Others join by themselves, and anyone can leave."),
        required=False,
        widget=Choices,
    )
    field_order = [
        *("title", "against", "goal", "measure", "lead", "state"),
        *("starts_on", "due_on", "review_on", "reach", "named"),
    ]

    class Meta:
        model = Initiative
        fields = [
            *("title", "goal", "measure", "lead"),
            *("starts_on", "due_on", "review_on", "reach"),
        ]
        field_classes = {"starts_on": DayField, "due_on": DayField, "review_on": DayField}
        labels = {
            "measure": _("How will we know that it worked?"),
            "review_on": _("When do we look at it again?"),
            "reach": _("Who is it for?"),
        }
        help_texts = {
            "title": _("A few words that say what is done."),
            "goal": _("What shall be different when you are done?"),
            "measure": _("A number, or something that anyone can see. It needs not be large."),
            "review_on": _("When the day has passed, we ask you how it goes, by mail."),
        }
        widgets = {
            "title": forms.TextInput({"lang": "da"}),
            "goal": forms.Textarea({"rows": 4, "lang": "da"}),
            "measure": forms.Textarea({"rows": 3, "lang": "da"}),
            "reach": forms.RadioSelect,
        }

    def __init__(
        self, *args: Any, by: Member, milestones: "Milestones | None" = None, **kwargs: Any
    ) -> None:
        """Take the `milestones` that are sent along: a conflict shows those of somebody else."""
        super().__init__(*args, **kwargs)
        self.milestones = milestones
        fields: dict[str, Any] = self.fields
        barriers = Barrier.objects.visible_to(by.user).unmerged().order_by(*BY_PRIORITY)
        own = set(self._barriers().values_list("pk", flat=True))
        offered = barriers.filter(Q(state__in=UNSOLVED) | Q(pk__in=own))
        self.offered = [*offered]
        fields["against"].queryset = offered
        fields["against"].choices = _choices(fields["against"], self.offered)
        # Where a barrier stays that this member does not see, none need be chosen.
        fields["against"].required = not own - {barrier.pk for barrier in self.offered}
        self.initial.setdefault("against", [b.pk for b in self.offered if b.pk in own])
        if not is_secretariat(by.user):
            del fields["lead"]
        fields["review_on"].required = True
        self._offer_organisations(fields, by)

    def _barriers(self) -> Any:
        return self.instance.barriers.all() if self.instance.pk else Barrier.objects.none()

    def _offer_organisations(self, fields: dict[str, Any], by: Member) -> None:
        members = Organisation.objects.in_taskforce()
        there = {self.instance.lead_id or by.organisation_id}
        if self.instance.pk:
            there |= {*self.instance.participations.values_list("organisation", flat=True)}
            fields["named"].label = _("Who else takes part?")
        fields["named"].queryset = members.exclude(pk__in=there)
        found = [*members]
        others = [each for each in found if each.pk not in there]
        fields["named"].choices = _choices(fields["named"], others)
        if "lead" in fields:
            fields["lead"].queryset = members
            fields["lead"].choices = _choices(fields["lead"], found)
        if not others:
            del fields["named"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        starts, due, review = (found.get(name) for name in ("starts_on", "due_on", "review_on"))
        if starts and due and due < starts:
            self.add_error("due_on", _("The initiative is due before it starts."))
        if review and "review_on" in self.changed_data:
            _must_be_ahead(self, "review_on", review)
        found.setdefault("named", [])
        if lead := found.get("lead"):
            found["named"] = [each for each in found["named"] if each != lead]
        return found

    def save(self, commit: bool = True) -> Initiative:
        """Save; of an initiative that exists, only the form's own fields.

        The worker and colleagues may write the other fields at the same time.
        """
        if self.instance.pk is None:
            return super().save(commit)
        own = [name for name in self.fields if name in self._meta.fields]  # type: ignore[operator]
        self.instance.save(update_fields=[*own, "version"])
        return self.instance

    def show_conflict(self, current: Initiative) -> None:
        super().show_conflict(current)
        if "against" in self.changed_data:
            barriers = ", ".join(map(str, self._barriers())) or "–"
            self.theirs.append((str(self.fields["against"].label), barriers))
        if self.milestones is not None:
            self.theirs.extend(self.milestones.theirs())


def _choices(field: Any, rows: list[Any]) -> list[tuple[Any, str]]:
    """Return a field's choices from rows that are loaded, since the field would load them again."""
    return [(row.pk, field.label_from_instance(row)) for row in rows]


def _must_be_ahead(form: forms.BaseForm, name: str, day: date) -> None:
    if day < timezone.localdate():
        form.add_error(name, _("That day has passed."))


class StartForm(InitiativeForm):
    """A new initiative. `asked` are the slugs of the barriers that the address names."""

    class Meta(InitiativeForm.Meta):
        fields = [*InitiativeForm.Meta.fields, "state"]
        labels = {**InitiativeForm.Meta.labels, "state": _("Has it begun?")}
        widgets = {**InitiativeForm.Meta.widgets, "state": forms.RadioSelect}

    def __init__(self, *args: Any, by: Member, asked: list[str], **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [
            (InitiativeState.RUNNING.value, _("Yes, it is running")),
            (InitiativeState.PROPOSED.value, _("No, it is proposed")),
        ]
        today = timezone.localdate()
        self.initial.update(
            against=[barrier.pk for barrier in self.offered if barrier.slug in asked],
            lead=by.organisation_id,
            state=InitiativeState.RUNNING,
            starts_on=today,
            review_on=today + LOOK_AGAIN,
        )


class MilestoneForm(forms.ModelForm[Milestone]):
    class Meta:
        model = Milestone
        fields = ["title", "due_on"]
        field_classes = {"due_on": DayField}
        widgets = {"title": forms.TextInput({"lang": "da"})}


class Milestones(forms.BaseInlineFormSet[Milestone, Initiative, forms.ModelForm[Milestone]]):
    """The rows of an initiative's milestones; empty rows are ignored."""

    def save_existing(self, form: Any, obj: Milestone, commit: bool = True) -> Milestone:
        # Not `done_on`, which somebody may be setting on the page at this moment.
        obj.save(update_fields=form.changed_data)
        return obj

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this milestone")

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django has it
        if form.instance.pk is None:
            # A milestone that somebody else removed meanwhile is saved as a new one.
            form.fields["id"].disabled, form.fields["id"].required = True, False
        return form

    def save_new_objects(self, commit: bool = True) -> list[Milestone]:
        gone = [form for form in self.initial_forms if form.instance.pk is None]
        kept = [form for form in gone if form not in self.deleted_forms]
        return [*super().save_new_objects(commit), *(self.save_new(form) for form in kept)]

    def theirs(self) -> list[tuple[str, str]]:
        """Return the milestones that somebody else saved, with their label, for a conflict."""
        if not self.has_changed():
            return []
        rows = Milestone.objects.filter(initiative=self.instance)
        lines = [f"{date_format(row.due_on)}: {row.title}" for row in rows]
        return [(str(Milestone._meta.verbose_name_plural).capitalize(), "\n".join(lines) or "–")]


MilestoneFormSet: type[Milestones] = forms.inlineformset_factory(  # type: ignore[assignment]  # of the class that is given
    Initiative,
    Milestone,
    form=MilestoneForm,
    formset=Milestones,
    extra=3,
    max_num=MOST_MILESTONES,
    absolute_max=MOST_MILESTONES,
    validate_max=True,
    can_delete_extra=False,
)


class ProgressForm(KeepsFiles, forms.ModelForm[InitiativeUpdate]):
    """An update, and the state and review date to set with it; empty fields change nothing.

    Participants (`leads` is false) tell what they did; how far it all is remains the lead's.
    """

    OF_LEAD = ("percent", "new_state", "review_on")

    percent = AmountField(
        label=_("How far, in percent?"),
        help_text=_("Your own judgement, from 0 to 100."),
        required=False,
        unit=r"%|pct\.?|procent|percent",
        max_value=100,
    )
    new_state = forms.ChoiceField(label=_("State"), required=False)
    review_on = DayField(label=_("When do we look at it again?"), required=False)

    class Meta:
        model = InitiativeUpdate
        fields = ["text", "percent", "link", "file"]
        labels = {"text": _("How does it go?")}
        help_texts = {
            "text": _("What happened, and what comes next? Everybody can read it."),
            "link": _("To something that one can read or see."),
            "file": _("Or a file of at most 20 MB. Everybody can fetch it."),
        }
        widgets = {"text": forms.Textarea({"rows": 6, "lang": "da"})}

    def __init__(
        self, *args: Any, initiative: Initiative, leads: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["file"].validators.append(FileExtensionValidator(EXTENSIONS))
        if not leads:
            for name in self.OF_LEAD:
                del fields[name]
            return
        as_it_is = _("As it is: %(state)s") % {"state": initiative.get_state_display()}
        others = [choice for choice in STATES_UNDER_WAY if choice[0] != initiative.state]
        fields["new_state"].choices = [("", as_it_is), *others]
        if initiative.is_past_review:
            fields["review_on"].initial = timezone.localdate() + LOOK_AGAIN
        elif initiative.review_on:
            day = date_format(initiative.review_on)
            fields["review_on"].help_text = _("Empty: on %(day)s, as planned.") % {"day": day}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("The file is over 20 MB. Give a link to it instead."))
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("link") and found.get("file"):
            self.add_error("link", _("Give either a file or a link."))
        if found.get("review_on"):
            _must_be_ahead(self, "review_on", found["review_on"])
        return found


class EndForm(forms.Form):
    """How an initiative ended, with its outcome."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(state.value, state.label) for state in ENDED],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        help_text=_("Also when it was not what you hoped for: others learn from it."),
        widget=forms.Textarea({"rows": 6, "lang": "da"}),
        max_length=4000,
    )
