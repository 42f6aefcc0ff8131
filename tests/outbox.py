"""Read the mail that an act put in the outbox. Tests keep it in the process."""

from django.core import mail


def sent() -> list[tuple[str, str]]:
    """Return address and subject of each mail, in order, and empty the outbox."""
    found = [(letter.to[0], letter.subject) for letter in mail.outbox]
    mail.outbox.clear()
    return found


def sent_to() -> list[str]:
    """Return the address of each mail, in order, and empty the outbox."""
    return [address for address, _subject in sent()]
