"""Add material to a meeting, change it, and remove it with a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.materials.forms import MaterialForm
from meetings.models import Material, Meeting
from taskforce.activity import taking_back
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def materials_url(meeting: Meeting) -> str:
    """Return where the materials of a meeting stand, and the notes on those that are removed."""
    return f"{meeting.get_absolute_url()}#materiale"


@transaction.atomic
def add(*, form: MaterialForm, by: Member) -> Material:
    material = form.save()
    record(Verb.CHANGED, material.meeting, by=by.user)
    return material


@transaction.atomic
def change(*, form: MaterialForm, by: Member) -> Material:
    """Save another title, link or file. A file that is replaced is deleted, since it was wrong."""
    before = _locked(form.instance)
    material = form.save()
    if before.file and before.file.name != material.file.name:
        _delete_file(before)
    record(Verb.CHANGED, material.meeting, by=by.user)
    return material


@transaction.atomic
def remove(*, material: Material, reason: str, by: Member) -> Meeting:
    """Remove material at any time, with its file; the note names neither, since both were wrong."""
    locked = _locked(material)
    taking_back.note(
        locked,
        Verb.ADDED,
        reason=reason,
        by=by.user,
        title=_("Material"),
        url=materials_url(locked.meeting),
    )
    record(Verb.CHANGED, locked.meeting, by=by.user)
    locked.delete()
    if locked.file:
        _delete_file(locked)
    return locked.meeting


def _locked(material: Material) -> Material:
    rows = Material.objects.select_for_update(of=["self"]).select_related("meeting")
    found = rows.filter(pk=material.pk).first()
    if found is None:
        raise Refused(_("The material is removed."), already=True)
    return found


def _delete_file(material: Material) -> None:
    """Delete a file once nothing in the database names it."""
    file = material.file
    transaction.on_commit(lambda: file.storage.delete(file.name or ""))
