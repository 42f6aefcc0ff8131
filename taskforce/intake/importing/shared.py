"""Import what was shared at the meeting: EU calls, news and materials."""

from calls.models import Call, CallDeadline
from meetings.models import Material
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.news.models import NewsItem


def import_calls(imported: DocumentImport) -> None:
    """Create new calls with their deadline; tie calls of the portal to the meeting."""
    for form in imported.accepted("calls"):
        found = form.cleaned_data
        if found["call"]:
            _tie(imported, Call.objects.get(pk=int(found["call"].removeprefix("c:"))))
            continue
        call = imported.log.create(
            Call(
                title=found["name"],
                summary=found["summary"],
                link=found["link"],
                topic_id=found["topic"],
                shared_at=imported.meeting,
            )
        )
        if found["due_on"]:
            deadline = CallDeadline(call=call, day=found["due_on"], time=found["due_at"])
            imported.log.create(deadline)


def _tie(imported: DocumentImport, call: Call) -> None:
    """Tie a call to the meeting where it was told again; the call itself stays as it is."""
    again = Call.told_again_at.through
    here = {"call_id": call.pk, "meeting_id": imported.meeting.pk}
    if call.shared_at_id != imported.meeting.pk and not again.objects.filter(**here).exists():
        imported.log.create(again(**here))


def import_news(imported: DocumentImport) -> None:
    for form in imported.accepted("news"):
        found = form.cleaned_data
        imported.log.create(
            NewsItem(
                title=found["name"],
                kind=found["kind"],
                summary=found["summary"],
                link=found["link"],
                shared_at=imported.meeting,
            )
        )


def import_materials(imported: DocumentImport) -> None:
    for form in imported.accepted("materials"):
        found = form.cleaned_data
        material = Material(meeting=imported.meeting, title=found["name"], link=found["link"])
        imported.log.create(material)
