"""Checks across the forms of a review, and against the portal. Each adds errors to the forms."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from meetings.models import MeetingState
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm

if TYPE_CHECKING:
    from taskforce.intake.reviewing.review import Review  # which calls these checks


def check(review: "Review") -> None:
    """Add to the forms what is wrong with them together. Each is cleaned by itself before."""
    _check_meeting(review)
    _check_members(review)
    _check_calls(review)
    for form in review.accepted("statements"):
        _check_speaker(review, form)
    for form in review.accepted("action_points"):
        _check_owner(review, form)
    for form in review.accepted("barriers", "statements"):
        _check_barrier(review, form)


def _check_meeting(review: "Review") -> None:
    number, date = review.by_key["number-0"], review.by_key["date-0"]
    starts = review.value("start") or (review.meeting and review.meeting.starts)
    ends = review.value("end") or (review.meeting and review.meeting.ends)
    if starts and ends and ends <= starts:
        wrong = review.accepted_form("end-0") or review.by_key["start-0"]
        wrong.add_error("value", _("The meeting ends before it starts."))
    if review.value("date") and review.value("date")[1] and (starts or ends):
        date.add_error("value", _("Where only the month is known there is no time."))
    if number.is_accepted and review.meeting:
        if review.has_minutes:
            sentence = _("Minutes of the %(meeting)s are in the portal already.")
            number.add_error("value", sentence % {"meeting": review.meeting})
        elif review.meeting.state == MeetingState.CANCELLED:
            sentence = _("The %(meeting)s is cancelled in the portal.")
            number.add_error("value", sentence % {"meeting": review.meeting})
    elif number.is_accepted and (other := review.planned_that_day()):
        sentence = _("The meeting planned for this day has the number %(number)s.")
        date.add_error("value", sentence % {"number": other.number})


def _check_members(review: "Review") -> None:
    seen: set[str] = set()
    for form in review.accepted("attendees", "absent"):
        member = form.cleaned_data.get("member", "")
        if member and member in seen:
            form.add_error("member", _("This member stands on the list once already."))
        seen.add(member)


def _check_calls(review: "Review") -> None:
    """A new call has a topic of its own; a call of the portal is chosen once."""
    chosen: set[str] = set()
    topics: set[str] = set()
    known = {topic.casefold() for topic in review.known.topics if topic}
    for form in review.accepted("calls"):
        call, topic = (form.cleaned_data.get(name, "") for name in ("call", "topic"))
        topic = topic.casefold()  # the EU writes it in either case
        if call and call in chosen:
            form.add_error("call", _("This call stands on the list once already."))
        elif not call and topic in known:
            form.add_error("topic", _("A call with this topic is in the portal already."))
        elif not call and topic and topic in topics:
            form.add_error("topic", _("Another call here has this topic."))
        chosen.add(call)
        topics |= set() if call else {topic}


def _check_speaker(review: "Review", form: CandidateForm) -> None:
    """A statement is an organisation's, so its speaker must have one."""
    speaker = form.cleaned_data.get("speaker")
    if speaker and not review.has_organisation(speaker):
        form.add_error("speaker", _without_organisation())


def _check_owner(review: "Review", form: CandidateForm) -> None:
    kind, _colon, person = form.cleaned_data.get("organisation", "").partition(":")
    if kind == "a" and not review.has_organisation(person):
        form.add_error("organisation", _without_organisation())


def _check_barrier(review: "Review", form: CandidateForm) -> None:
    kind, _colon, index = form.cleaned_data.get("barrier", "").partition(":")
    if kind == "f" and not review.accepted_form(f"barriers-{index}"):
        form.add_error("barrier", _("This barrier of the document is not taken."))


def _without_organisation() -> str:
    """Return the sentence for somebody who speaks or promises for no organisation."""
    return _("This person is not taken, or has no organisation in the portal.")
