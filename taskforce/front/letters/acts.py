"""Write a letter to members, send it, and send what did not arrive once more."""

from datetime import timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import member_letters
from taskforce.core.acts import Refused
from taskforce.core.mailing import Preview, Reader
from taskforce.core.models import Mailing, MailingCopy, MailingFile
from taskforce.core.tasks import send_copy
from taskforce.front.letters import audience
from taskforce.front.letters.forms import LetterForm
from taskforce.members.models import User

TRIED = timedelta(days=2)  # after which a letter that did not arrive is not tried any more


@transaction.atomic
def begin(*, form: LetterForm, by: User) -> Mailing:
    """Keep a draft of a letter."""
    form.instance.name, form.instance.is_draft = member_letters.NAME, True
    form.instance.sent_by, form.instance.audience = by, form.audience
    mailing: Mailing = form.save()
    _keep_files(mailing, form)
    return mailing


@transaction.atomic
def change(*, form: LetterForm) -> Mailing:
    """Save a draft. Raises Refused where it is sent, and Conflict where somebody saved first."""
    locked_draft(form.instance)
    form.instance.audience = form.audience
    mailing = form.save_current()
    for file in mailing.files.filter(pk__in=form.cleaned_data["remove"]):
        file.delete()
        transaction.on_commit(partial(default_storage.delete, str(file.file.name)))
    _keep_files(mailing, form)
    return mailing


def _keep_files(mailing: Mailing, form: LetterForm) -> None:
    for file in form.added:
        MailingFile.objects.create(mailing=mailing, file=file, name=file.name, size=file.size)


@transaction.atomic
def discard(*, mailing: Mailing) -> Mailing:
    """Delete a draft and its files."""
    draft = locked_draft(mailing)
    names = [*draft.files.values_list("file", flat=True)]
    draft.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
    return draft


def locked_draft(mailing: Mailing) -> Mailing:
    """Lock a draft and return it. Raises Refused where it is sent, or deleted."""
    locked = Mailing.objects.select_for_update().filter(pk=mailing.pk).first()
    if locked is None:
        raise Refused(_("The draft is deleted."), already=True)
    must_be_draft(locked)
    return locked


def must_be_draft(mailing: Mailing) -> None:
    """Raise Refused where a letter is sent."""
    if not mailing.is_draft:
        raise Refused(_("The letter is sent already."), already=True)


def shown(mailing: Mailing) -> Preview:
    """Return a draft as its first reader will see it, and who gets it."""
    return member_letters.letters(mailing, audience.readers(mailing)).shown()


@transaction.atomic
def send(*, mailing: Mailing, mark: str, by: User) -> Mailing:
    """Send a draft: a job for each reader, which sends one letter and never twice.

    Raises Refused where the letter or its readers are others than the page showed.
    """
    draft = locked_draft(mailing)
    post = shown(draft)
    if not post.readers:
        raise Refused(_("Nobody gets this letter."))
    if post.mark != mark:
        raise Refused(_("The letter or its readers have changed. Look once more, and send it."))
    draft.is_draft, draft.sent_at, draft.sent_by = False, timezone.now(), by
    draft.save()
    copies = MailingCopy.objects.bulk_create(
        MailingCopy(mailing=draft, user_id=reader.user) for reader in post.readers
    )
    for copy in copies:
        send_copy.defer(copy=copy.pk)
    return draft


def try_out(*, mailing: Mailing, by: User) -> None:
    """Send a draft to who writes it, and to nobody else."""
    trial = member_letters.message(mailing, Reader(by.name, by.email))
    trial.subject = _("Trial: %(subject)s") % {"subject": trial.subject}
    trial.send()


@transaction.atomic
def send_again(*, mailing: Mailing) -> list[int]:
    """Try once more to send the letters that did not arrive; return the keys of their copies."""
    lost = [copy.pk for copy in not_arrived(mailing).select_for_update()]
    if not lost:
        raise Refused(_("Every letter is sent, or on its way."))
    MailingCopy.objects.filter(pk__in=lost).update(refused="")
    for pk in lost:
        send_copy.defer(copy=pk)
    return lost


def not_arrived(mailing: Mailing) -> QuerySet[MailingCopy]:
    """Return the copies that a server refused, or that none took for as long as we try."""
    is_late = Q(mailing__sent_at__lt=timezone.now() - TRIED)
    return mailing.copies.filter(~Q(refused="") | is_late, sent_at=None)
