"""Import the facts of the meeting, and plan the next one."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState, Precision
from taskforce.core.acts import Refused
from taskforce.intake.importing.document_import import DocumentImport


def import_meeting(imported: DocumentImport) -> None:
    """Create the meeting, or fill in the one that the portal has."""
    review = imported.review
    day, is_month = review.value("date")
    if day > timezone.localdate():  # a month is kept as its first day
        raise Refused(_("The meeting is still to come by its date, so it has no minutes yet."))
    facts = {
        "date": day,
        "date_precision": Precision.MONTH if is_month else Precision.DAY,
        "starts": review.value("start"),
        "ends": review.value("end"),
        "format": review.value("mode"),
        "place": review.value("place"),
        "state": MeetingState.HELD,
    }
    found = {name: value for name, value in facts.items() if value}
    if review.meeting is None:
        new = Meeting(number=review.value("number"), **found)
        imported.meeting = imported.log.create(new)
    else:
        planned = Meeting.objects.select_for_update().get(pk=review.meeting.pk)
        imported.meeting = imported.log.change(planned, **found)


def import_next_meeting(imported: DocumentImport) -> None:
    """Plan the next meeting, unless the portal has it."""
    number = imported.meeting.number + 1
    for form in imported.accepted("next_meeting"):
        if Meeting.objects.filter(number=number).exists():
            return
        found = form.cleaned_data
        day: date = found["value"][0]
        is_month: bool = found["value"][1]
        imported.log.create(
            Meeting(
                number=number,
                date=day,
                date_precision=Precision.MONTH if is_month else Precision.DAY,
                starts=found["starts"],
                ends=found["ends"],
                place=found["place"],
            )
        )
