"""Import barriers and statements."""

from barriers import locking
from barriers.models import Barrier, Statement
from taskforce.core.danish import spelling
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.members.models import Organisation


def import_barriers(imported: DocumentImport) -> None:
    """Find or create each accepted barrier."""
    for form in imported.accepted("barriers"):
        raised_by = imported.known_organisation(form.cleaned_data["raised_by"])
        barrier = _barrier(imported, form, raised_by or imported.by.organisation)
        imported.barriers[f"f:{form.candidate.index}"] = barrier


def import_statements(imported: DocumentImport) -> None:
    """Create the statements, each of the organisation of its speaker."""
    for form in imported.accepted("statements"):
        organisation = imported.people[form.cleaned_data["speaker"]].organisation
        assert organisation is not None  # noqa: S101  # the review has checked it
        imported.log.create(
            Statement(
                barrier=_barrier(imported, form, organisation),
                organisation=organisation,
                text=form.cleaned_data["text"],
                entry=imported.entry_of(form),
                made_on=imported.meeting.date,
            )
        )


def _barrier(imported: DocumentImport, form: CandidateForm, raised_by: Organisation) -> Barrier:
    """Return the chosen barrier: one of the portal, one of the document, or a new one."""
    found = form.cleaned_data
    chosen: str = found["barrier"]
    if chosen in imported.barriers:
        return imported.barriers[chosen]
    if chosen.startswith("b:"):
        known = Barrier.objects.get(pk=int(chosen.removeprefix("b:")))
        return locking.lock_current(known)  # it may have been merged since it was chosen
    title = f"t:{spelling(found['name'])}"
    if title not in imported.barriers:
        imported.barriers[title] = imported.log.create(
            Barrier(
                title=found["name"],
                theme_id=int(found["theme"]),
                raised_by=raised_by,
                raised_at=imported.meeting,
                raised_on=imported.meeting.date,
            )
        )
    return imported.barriers[title]
