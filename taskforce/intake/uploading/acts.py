"""Upload a document: keep it once, and have the worker read it."""

import hashlib
import unicodedata

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake import tasks
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import Member

PASTED = "tekst.txt"  # the file name of pasted text


@transaction.atomic
def upload(*, file: File[bytes] | None, text: str, by: Member) -> tuple[Intake, bool]:
    """Keep a file or a text and have it read; return it and whether it is new.

    The same content uploaded again is the document that is there already, also where two
    people upload it at the same moment: the unique checksum makes one of them wait.
    """
    content = file or ContentFile(normalised(text).encode())
    intake, is_new = Intake.objects.get_or_create(
        digest=digest(content),
        defaults={"name": file.name or "" if file else "", "added_by": by.user},
    )
    if is_new:
        intake.file.save(intake.name or PASTED, content)
        record(Verb.ADDED, intake, by=by.user)
        tasks.read_document.defer(pk=intake.pk)
    return intake, is_new


@transaction.atomic
def read_again(*, intake: Intake) -> Intake:
    """Have a document read once more; Refused if it is under review or imported."""
    unread = Intake.objects.filter(
        pk=intake.pk,
        state__in=[IntakeState.REFUSED, IntakeState.WAITING, IntakeState.READING],
    )
    if not unread.update(state=IntakeState.WAITING, refusal="", asked_at=timezone.now()):
        raise Refused(_("This document is read already."))
    tasks.read_document.defer(pk=intake.pk)
    return Intake.objects.get(pk=intake.pk)


@transaction.atomic
def discard(*, intake: Intake) -> Intake:
    """Delete a document with its file, and return it; Refused if it is imported."""
    locked = Intake.objects.not_imported().select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        raise Refused(_("The document is taken in. Take it back first."))
    file = locked.file
    locked.delete()
    transaction.on_commit(lambda: file.delete(save=False))
    return locked


def normalised(text: str) -> str:
    """Return pasted text in one form, so that the same words have the same checksum."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def digest(content: File[bytes]) -> str:
    """Return the SHA-256 checksum of a file, in hexadecimal."""
    found = hashlib.sha256()
    for chunk in content.chunks():
        found.update(chunk)
    return found.hexdigest()
