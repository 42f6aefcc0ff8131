"""Letters about a case: to its author at each step, to the secretariat where it must act."""

from django.conf import settings

from initiatives.models import Case
from taskforce.core import mail
from taskforce.members.models import Member


def authors(case: Case) -> list[str]:
    """Return the addresses of its author: its contact, or else the organisation's members."""
    if case.contact and case.contact.is_current:
        return [case.contact.user.email]
    colleagues = Member.objects.current().filter(organisation=case.written_by_id)
    return [*colleagues.order_by("pk").values_list("user__email", flat=True)]


def to_author(case: Case, what: str, *, words: str = "", by: Member | None = None) -> None:
    """Write to those who can act for the author, except whoever does this."""
    for address in authors(case):
        if by is None or address != by.user.email:
            mail.send(
                f"case_{what}",
                to=address,
                reply_to=settings.SECRETARIAT_EMAIL,
                about=case,
                context={"case": case, "words": words},
            )


def to_secretariat(case: Case, what: str, *, words: str = "", reply_to: str = "") -> None:
    mail.send(
        f"case_{what}",
        to=settings.SECRETARIAT_EMAIL,
        about=case,
        reply_to=reply_to,
        context={"case": case, "words": words},
    )
