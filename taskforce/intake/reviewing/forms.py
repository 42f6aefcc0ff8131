"""The form of a whole review: every decision on one page."""

from typing import Any

from django import forms

from taskforce.core.forms import VersionedForm
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.review import Review, typed_in


class ReviewForm(VersionedForm[Intake]):
    """Everything decided on one page, with the version that it started from."""

    accept = forms.CharField(required=False, max_length=20)  # the group whose button was pressed
    next = forms.CharField(required=False, max_length=20)  # where to go when it is saved

    class Meta:
        model = Intake
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = Review(self.instance, typed_in(self.data) if self.is_bound else None)
        self.accepted = self.unready = 0

    def clean(self) -> dict[str, Any]:
        if group := self.cleaned_data.get("accept"):
            self.accepted, self.unready = self.review.accept_all(group)
        self.instance.decisions = self.review.decisions
        return self.cleaned_data

    def show_conflict(self, current: Intake) -> None:
        """Show beside what was typed here what somebody else saved first."""
        super().show_conflict(current)
        theirs = Review(current)
        self.theirs = [
            (form.title, "\n".join(differences))
            for form, other in zip(self.review.forms, theirs.forms, strict=True)
            if (differences := _differences(form, other))
        ]


def _differences(ours: CandidateForm, theirs: CandidateForm) -> list[str]:
    """Return each field that somebody else filled in otherwise, with what they typed."""
    return [
        f"{field.label}: {theirs.shown(name) or '–'}"
        for name, field in ours.fields.items()
        if ours.raw(name) != theirs.raw(name)
    ]
