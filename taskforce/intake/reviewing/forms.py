"""The form of a whole review: every decision on one page."""

from hashlib import sha256
from typing import Any

from django import forms

from taskforce.core.acts import Conflict, Refused
from taskforce.core.forms import VersionedForm
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import rows
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm, digest
from taskforce.intake.reviewing.candidates import BLANK
from taskforce.intake.reviewing.review import Review, typed_in

SENT = "sent"  # beside the rows that are kept: what was sent last


class ReviewForm(VersionedForm[Intake]):
    """Everything decided on one page, with the version that it started from."""

    # The group whose button was pressed, and after a colon what is decided of all in it
    accept = forms.CharField(required=False, max_length=40)
    change = forms.CharField(required=False, max_length=40)  # what to do with a row (`rows`)
    number = forms.IntegerField(required=False, min_value=1, max_value=32767)  # for another meeting
    next = forms.CharField(required=False, max_length=20)  # where to go when it is saved
    aabn = forms.CharField(required=False, max_length=40)  # what to open then (`window`)

    class Meta:
        model = Intake
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = typed_in(self.data) if self.is_bound else {}
        self.seen = {key: row.pop("seen", "") for key, row in self.sent.items()}
        changed = {key: row for key, row in self.sent.items() if digest(row) != self.seen[key]}
        self.review = Review(self.instance, changed)
        for field in BLANK:
            self.fields[f"lines_{field}"] = forms.CharField(required=False)
        self.lines: dict[str, str] = {}  # that could not be added, by field
        self.accepted = self.unready = 0
        self.changed = ""  # the key of the row that was made or changed

    def clean(self) -> dict[str, Any]:
        group, _colon, decision = self.cleaned_data.get("accept", "").partition(":")
        if group and decision:
            self.accepted = self.review.decide_all(group, decision)
        elif group:
            self.accepted, self.unready = self.review.accept_all(group)
        try:
            self._change()
        except Refused as refused:
            self.add_error(None, refused.sentence)
        self.instance.decisions = {**self.review.decisions, SENT: self._sent()}
        return self.cleaned_data

    def _sent(self) -> dict[str, str]:
        """Return what tells that the same page is sent twice, and where the first time led."""
        sent = {name: value for name, value in self.data.items() if name != "csrfmiddlewaretoken"}
        words = repr(sorted(sent.items())).encode(errors="replace")
        return {"digest": sha256(words).hexdigest(), "changed": self.changed}

    def save_current(self) -> Intake:
        """Save; what is sent twice is saved once, and the second time leads where the first did.

        Raises Conflict only where somebody else filled in a field otherwise.
        """
        try:
            return super().save_current()
        except Conflict as conflict:
            before = conflict.current.decisions.get(SENT, {})
            if before.get("digest") == self.instance.decisions[SENT]["digest"]:
                self.instance, self.changed = conflict.current, before["changed"]
                return self.instance
            theirs = Review(conflict.current).by_key
            lacks_rows = not theirs.keys() <= self.review.by_key.keys()
            if not self.cleaned_data["version"] or lacks_rows or self._others(theirs):
                raise
            self.cleaned_data["version"] = conflict.current.version
            return super().save_current()

    def _others(self, theirs: dict[str, CandidateForm]) -> list[tuple[str, str]]:
        """Return the title of each row that both have changed, and how somebody else did."""
        return [
            (form.title, "\n".join(differences))
            for form in self.review.forms
            if (key := form.candidate.key) in theirs  # either may have rows that the other has not
            and self.seen.get(key) != theirs[key].seen
            and (differences := _differences(form, theirs[key]))
        ]

    def _change(self) -> None:
        """Carry out what the buttons ask for. What is typed as lines is added by any of them."""
        asked: str = self.cleaned_data.get("change", "")
        self.lines = {field: self.cleaned_data.get(f"lines_{field}", "") for field in BLANK}
        for field in BLANK:
            if self.lines[field] or asked == f"add:{field}":
                self._show(rows.add(self.review, field, self.lines[field]))
                del self.lines[field]
        if asked and not asked.startswith("add:"):
            self._show(rows.change(self.review, asked))
        if number := self.cleaned_data.get("number"):
            self._show(rows.renumber(self.review, number))

    def _show(self, changed: rows.Changed) -> None:
        typed, self.changed = changed
        self.review = Review(self.instance, typed)

    def show_conflict(self, current: Intake) -> None:
        """Show beside what was typed here what somebody else saved first."""
        super().show_conflict(current)
        self.theirs = self._others(Review(current).by_key)


def _differences(ours: CandidateForm, theirs: CandidateForm) -> list[str]:
    """Return each field that somebody else filled in otherwise, with what they typed."""
    return [
        f"{field.label}: {theirs.shown(name) or '–'}"
        for name, field in ours.fields.items()
        if name != "order" and ours.raw(name) != theirs.raw(name)
    ]
