"""The form of each kind of candidate, by the field of the reader's draft that it comes from."""

from taskforce.intake.reviewing.candidate_forms.barriers import BarrierForm, StatementForm
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.candidate_forms.meeting import (
    DateForm,
    EndForm,
    FormatForm,
    NextMeetingForm,
    NumberForm,
    PlaceForm,
    StartForm,
)
from taskforce.intake.reviewing.candidate_forms.minutes import (
    ActionPointForm,
    AgendaItemForm,
    PassageForm,
)
from taskforce.intake.reviewing.candidate_forms.people import AbsenteeForm, AttendeeForm
from taskforce.intake.reviewing.candidate_forms.shared import CallForm, MaterialForm, NewsForm

FORMS: dict[str, type[CandidateForm]] = {
    "number": NumberForm,
    "date": DateForm,
    "start": StartForm,
    "end": EndForm,
    "mode": FormatForm,
    "place": PlaceForm,
    "attendees": AttendeeForm,
    "absent": AbsenteeForm,
    "agenda": AgendaItemForm,
    "passages": PassageForm,
    "barriers": BarrierForm,
    "statements": StatementForm,
    "action_points": ActionPointForm,
    "next_meeting": NextMeetingForm,
    "calls": CallForm,
    "news": NewsForm,
    "materials": MaterialForm,
}
