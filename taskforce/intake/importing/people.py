"""Import who was there and who sent apologies."""

from typing import Any

from meetings.models import Attendance, Format
from taskforce.core.danish import spelling
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.intake.reviewing.candidate_forms.base import NEW
from taskforce.intake.reviewing.candidate_forms.people import PersonForm
from taskforce.members.models import Member, NameVisibility, Organisation


def import_people(imported: DocumentImport) -> None:
    """Import everybody who was there, and then everybody who sent apologies."""
    for form in [*imported.review.people(there=True), *imported.review.people(there=False)]:
        row = _attendance(imported, form)
        if form.candidate.field == "attendees":
            imported.people[str(form.candidate.index)] = row


def _attendance(imported: DocumentImport, form: PersonForm) -> Attendance:
    """Create a person's attendance, or change the row of their answer to the invitation."""
    found, status = form.cleaned_data, form.status
    member = _member(found["member"])
    organisation = _organisation(imported, found)
    online = form.is_there and (form.is_online or imported.meeting.format == Format.ONLINE)
    written = found["written"] or (organisation.name if organisation else "")
    if answer := _answer(imported, member, found["name"]):
        more: dict[str, Any] = {}
        if organisation and answer.organisation is None:
            more = {"organisation_id": organisation.pk, "organisation_name": written}
        return imported.log.change(answer, status=status, online=online, **more)
    return imported.log.create(
        Attendance(
            meeting=imported.meeting,
            member=member,
            name=found["name"],
            name_visibility=member.name_visibility if member else NameVisibility.NOBODY,
            organisation=organisation,
            organisation_name=written,
            status=status,
            online=online,
        )
    )


def _member(value: str) -> Member | None:
    return Member.objects.get(pk=int(value.removeprefix("m:"))) if value else None


def _organisation(imported: DocumentImport, found: dict[str, Any]) -> Organisation | None:
    chosen: str = found["organisation"]
    if chosen == NEW:
        return imported.organisation_named(found["written"], found["kind"])
    return imported.known_organisation(chosen)


def _answer(imported: DocumentImport, member: Member | None, name: str) -> Attendance | None:
    """Return the row of somebody who was invited to the meeting or signed up for it."""
    created = imported.log.keys_of(Attendance)
    before = Attendance.objects.filter(meeting=imported.meeting).exclude(pk__in=created)
    if member:
        return before.filter(member=member).first()
    guests, key = before.filter(member=None).order_by("pk"), spelling(name)
    return next((row for row in guests if spelling(row.name) == key), None)
