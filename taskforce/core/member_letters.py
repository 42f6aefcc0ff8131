"""What a letter that the secretariat wrote says and carries."""

from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from taskforce.core import bounces, mail, mail_headers, outbox, unasked
from taskforce.core.mailing import Inside, Letters, Reader
from taskforce.core.models import Mailing, MailingCopy, MailingFile
from taskforce.core.rich_text import as_text

NAME = "to_members"


def letters(mailing: Mailing, readers: list[Reader]) -> Letters:
    """Return the letters that a mailing is."""
    inside = Inside({"mailing": mailing, "text": as_text(mailing.text)}, rich=mailing.text)
    return Letters(NAME, None, readers, lambda _reader: inside)


def message(mailing: Mailing, reader: Reader) -> mail.Message:
    """Return one of them as a mail, with its files."""
    found = letters(mailing, [reader])
    letter = found.letter(reader, found.inside(reader), "")
    files = [_file(row) for row in mailing.files.order_by("pk")]
    return letter.message(reply_to=[settings.SECRETARIAT_EMAIL], attachments=files)


def _file(row: MailingFile) -> tuple[str, bytes, str]:
    kind = guess_type(row.name)[0] or "application/octet-stream"
    with row.file.open("rb") as file:
        return row.name, file.read(), kind


def write(copy: MailingCopy) -> outbox.Letter | str:
    """Return one copy as the outbox takes it, or why its reader gets none any more."""
    user: Any = copy.user
    if user is None or not user.is_active:
        return _("is no longer a member")
    if user.pk in unasked.stopped(NAME):
        return _("does not want this kind of mail")
    if bounces.withheld(user.email):
        return _("the mail server takes no mail for the address")
    outgoing = message(copy.mailing, Reader(user.name, user.email, user=user.pk))
    # The same in every attempt, so that a program knows a letter that came twice.
    outgoing.extra_headers["Message-ID"] = f"<letter-{copy.pk}@{mail_headers.DOMAIN}>"
    return outbox.pack(outgoing)
