"""What one import has created so far, for the steps that follow."""

from dataclasses import dataclass, field

from barriers.models import Barrier
from meetings.models import AgendaItem, Attendance, Meeting, MinutesEntry
from taskforce.core.danish import spelling
from taskforce.intake.importing.log import ImportLog
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.kinds import kind_of
from taskforce.intake.reviewing.review import Review
from taskforce.members.models import Member, Organisation


@dataclass
class ImportedPassage:
    """A passage that was created, and where its words stand in the document."""

    start: int
    end: int
    entry: MinutesEntry


@dataclass
class DocumentImport:
    """The review that is imported, by whom, and the rows that its candidates have become."""

    review: Review
    by: Member
    log: ImportLog = field(default_factory=ImportLog)
    meeting: Meeting = field(init=False)  # set by the first step
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by name in lower case
    people: dict[str, Attendance] = field(default_factory=dict)  # by index in the draft
    agenda: dict[str, AgendaItem] = field(default_factory=dict)  # by index in the draft
    # By index in the draft as "f:…", and new ones by title as "t:…", too.
    barriers: dict[str, Barrier] = field(default_factory=dict)
    passages: list[ImportedPassage] = field(default_factory=list)

    def accepted(self, *fields: str) -> list[CandidateForm]:
        return self.review.accepted(*fields)

    def entry_of(self, form: CandidateForm) -> MinutesEntry | None:
        """Return the passage in which a candidate stands, if that passage is imported."""
        start = form.candidate.span[0] if form.candidate.span else -1
        inside = (passage for passage in self.passages if passage.start <= start < passage.end)
        passage = next(inside, None)
        return passage.entry if passage else None

    def known_organisation(self, value: str) -> Organisation | None:
        """Return the organisation of a form's value, which is "o:" and its key, or nothing."""
        return Organisation.objects.get(pk=int(value.removeprefix("o:"))) if value else None

    def organisation_named(self, name: str, kind: str = "") -> Organisation:
        """Return the organisation of that name, created now if the portal has none.

        Its kind is the one of whoever is imported first, or what its name says.
        """
        key = spelling(name)
        if key not in self.organisations:
            known = self.review.known.organisation_of_name.get(key)
            self.organisations[key] = (
                Organisation.objects.get(pk=known)
                if known
                else self.log.create(
                    Organisation(name=name, kind=kind or kind_of(name), in_taskforce=False)
                )
            )
        return self.organisations[key]
