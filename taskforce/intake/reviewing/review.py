"""The review of a document: its forms, what is wrong with them, and what is undecided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState, Minutes, Precision
from taskforce.core.danish import spelling
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import checks
from taskforce.intake.reviewing.candidate_forms import FORMS
from taskforce.intake.reviewing.candidate_forms.base import (
    NEW,
    CandidateForm,
    Context,
    Decision,
)
from taskforce.intake.reviewing.candidate_forms.people import PersonForm
from taskforce.intake.reviewing.candidates import BLANK, GROUP_OF, GROUPS, candidates
from taskforce.intake.reviewing.matching import Known

Typed = dict[str, dict[str, str]]  # fields as they were typed, by the key of their candidate

ALL = "all"  # the value of the button that accepts every group


@dataclass
class CandidateGroup:
    """One section of the review with its forms, the unsure ones first."""

    name: str
    title: Promise | str
    forms: list[CandidateForm]

    @property
    def undecided_count(self) -> int:
        return sum(form.is_undecided for form in self.forms)


def typed_in(sent: Mapping[str, Any]) -> Typed:
    """Return what a browser sent, by candidate. Names of fields are field-index-name."""
    found: Typed = defaultdict(dict)
    for name in sent:
        key, _dash, field = name.rpartition("-")
        if key.partition("-")[0] in GROUP_OF:
            found[key][field] = str(sent[name]).replace("\r\n", "\n")
    return found


class Review:
    """A document under review, with the decisions that are kept, or those just typed."""

    tells_its_faults = True  # what is not decided may have some that do not matter

    def __init__(self, intake: Intake, typed: Typed | None = None) -> None:
        self.intake = intake
        self.known = Known()
        kept: Typed = intake.decisions
        typed = typed or {}
        found = candidates(intake, [*kept, *typed])
        now = {one.key: {**kept.get(one.key, {}), **typed.get(one.key, {})} for one in found}
        context = Context(found, self.known, now)
        self.forms = [
            FORMS[one.field](one, now[one.key], context, kept.get(one.key)) for one in found
        ]
        groups = [*GROUP_OF]
        self.forms.sort(key=lambda form: (groups.index(form.candidate.field), form.rank))
        self._check()

    # What it holds

    @cached_property
    def by_key(self) -> dict[str, CandidateForm]:
        return {form.candidate.key: form for form in self.forms}

    @property
    def decisions(self) -> Typed:
        return {form.candidate.key: form.kept for form in self.forms}

    def groups(self) -> Iterator[CandidateGroup]:
        """Yield the groups that hold something, or that one can add to; unsure ones come first."""
        for name, (title, fields) in GROUPS.items():
            forms = [form for form in self.forms if form.candidate.field in fields]
            if forms or name in BLANK:
                if name != "agenda":  # which is read from above
                    forms.sort(key=lambda form: not form.candidate.is_unsure)
                yield CandidateGroup(name, title, forms)

    def accepted(self, *fields: str) -> list[CandidateForm]:
        return [form for form in self.forms if form.candidate.field in fields and form.is_accepted]

    def people(self, *, there: bool) -> list[PersonForm]:
        """Return the accepted people who were there, or who sent apologies."""
        forms = self.accepted("attendees", "absent")
        return [form for form in forms if isinstance(form, PersonForm) and form.is_there is there]

    def accepted_form(self, key: str) -> CandidateForm | None:
        """Return a candidate's form if it is accepted."""
        form = self.by_key.get(key)
        return form if form and form.is_accepted else None

    def value(self, field: str) -> Any:
        """Return a fact of the meeting, None where it is not accepted or is wrong."""
        form = self.accepted_form(f"{field}-0")
        return form.cleaned_data.get("value") or None if form else None

    @property
    def undecided(self) -> list[CandidateForm]:
        return [form for form in self.forms if form.is_undecided]

    @property
    def faulty(self) -> list[CandidateForm]:
        return [form for form in self.forms if form.has_shown_errors]

    def decide_all(self, group: str, decision: str) -> int:
        """Decide the same of a whole list but for what is left out; return of how many."""
        wanted = [
            form
            for form in self.forms
            if GROUP_OF[form.candidate.field] == group and not form.is_skipped
        ]
        if decision not in dict(wanted[0].decisions if wanted else ()):
            return 0
        self._decide(wanted, decision)
        return len(wanted)

    def accept_all(self, group: str) -> tuple[int, int]:
        """Accept what is undecided in a group; what is left out stays left out.

        Returns how many were accepted, and how many need an answer first.
        """
        wanted = [
            form
            for form in self.undecided
            if group == ALL or GROUP_OF[form.candidate.field] == group
        ]
        ready = [form for form in wanted if not form.errors]
        self._decide(ready, Decision.ACCEPT)
        # One that stays undecided may leave another without what it refers to.
        while unready := [form for form in ready if form.errors]:
            ready = [form for form in ready if not form.errors]
            self._decide(unready, Decision.UNDECIDED)
        return len(ready), len(wanted) - len(ready)

    def _decide(self, forms: list[CandidateForm], decision: str) -> None:
        for form in forms:
            form.data = {**form.data, form.add_prefix("decision"): decision}
        self._check()

    def _check(self) -> None:
        self.__dict__.pop("meeting", None)
        self.__dict__.pop("has_minutes", None)
        for form in self.forms:
            form.full_clean()
        checks.check(self)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting in the portal that the document is of: by number, or planned for the day."""
        if number := self.value("number"):
            return Meeting.objects.filter(number=number).first()
        return self.planned_that_day()

    @cached_property
    def has_minutes(self) -> bool:
        return Minutes.objects.filter(meeting=self.meeting).exists() if self.meeting else False

    def planned_that_day(self) -> Meeting | None:
        """Return the meeting planned for the accepted day."""
        day, is_month = self.value("date") or (None, False)
        planned = Meeting.objects.filter(state=MeetingState.PLANNED, date_precision=Precision.DAY)
        return planned.filter(date=day).first() if day and not is_month else None

    def has_organisation(self, person: str) -> bool:
        """Tell whether a person, given by index, is accepted with an organisation."""
        form = self.accepted_form(f"attendees-{person}")
        return form is not None and bool(form.cleaned_data.get("organisation"))

    @property
    def other_meeting(self) -> Meeting | None:
        """Return the meeting that has the number already, if it is most likely another one."""
        number, day = self.by_key["number-0"].cleaned_data.get("value"), self.typed_day
        rows = Meeting.objects.select_related("minutes")
        found = rows.filter(number=number).first() if number else None
        if found is None or (found.date == day and not hasattr(found, "minutes")):
            return None
        return found

    @property
    def typed_day(self) -> date | None:
        """Return the day of the meeting as it was read or typed, decided or not."""
        value = self.by_key["date-0"].cleaned_data.get("value")
        return value[0] if value else None

    # What is missing before the import, and what the import loses

    def missing(self) -> list[tuple[str, str]]:
        """Return (key, sentence) of what must be accepted first though its form has no error."""
        found = []
        if self.value("date") is None and not self.by_key["date-0"].has_shown_errors:
            found.append(("date-0", _("The date of the meeting is not taken.")))
        if (
            self.value("number") is None
            and self.meeting is None
            and not self.by_key["number-0"].has_shown_errors
        ):
            found.append(("number-0", _("The number of the meeting is not taken.")))
        if self.meeting and self.has_minutes and not self.by_key["number-0"].is_accepted:
            sentence = _("Minutes of the %(meeting)s are in the portal already.")
            found.append(("date-0", sentence % {"meeting": self.meeting}))
        return found

    def loose_ends(self) -> list[str]:
        """Return in sentences what is imported without something that it refers to."""
        passages = self.accepted("passages")
        return [*self._loose_passages(passages), *self._loose_statements(passages)]

    def _loose_statements(self, passages: list[CandidateForm]) -> Iterator[str]:
        """Yield statements without their passage: no publication of minutes holds them back."""
        spans = [form.candidate.span or (0, 0) for form in passages]
        for form in self.accepted("statements"):
            place = form.candidate.span[0] if form.candidate.span else -1
            if not any(start <= place < end for start, end in spans):
                sentence = _("“%(title)s”: its passage is not taken, so it can be read at once.")
                yield sentence % {"title": form.title}

    def _loose_passages(self, forms: Iterable[CandidateForm]) -> Iterator[str]:
        for form in forms:
            for field, other, sentence in (
                ("agenda", "agenda", _("“%(title)s”: its agenda item is not taken.")),
                ("speaker", "attendees", _("“%(title)s”: who speaks is not taken.")),
            ):
                chosen = form.cleaned_data.get(field)
                if chosen and not self.accepted_form(f"{other}-{chosen}"):
                    yield sentence % {"title": form.title}

    def is_ready(self) -> bool:
        """Tell whether the document can be imported."""
        return not (self.missing() or self.faulty)

    def is_new_organisation(self, form: CandidateForm) -> bool:
        """Tell whether a person belongs to an organisation that the portal does not have."""
        found = form.cleaned_data
        written = spelling(found.get("written", ""))
        return found.get("organisation") == NEW and written not in self.known.organisation_of_name
