"""Signed keys of members' own calendars; a member can renew theirs."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.urls import reverse

from calls.models import CalendarKey
from taskforce.members.models import Member

signer = Signer(salt="calls.calendar")


def address(member: Member) -> str:
    """Return the address of a member's own calendar. Whoever has it reads the calendar."""
    key = CalendarKey.objects.filter(member=member).first()
    number = key.number if key else 1
    return settings.SITE_URL + reverse("calls:own_calendar", args=[_key(member.pk, number)])


def renew(*, member: Member) -> CalendarKey:
    """Give a member's calendar a new address; the old one no longer works."""
    key, _is_new = CalendarKey.objects.get_or_create(member=member)
    CalendarKey.objects.filter(member=member).update(number=F("number") + 1)
    key.refresh_from_db()
    return key


def owner(key: str) -> Member | None:
    """Return the member whose calendar a key opens; None where it opens none."""
    try:
        pk, number = (int(part) for part in signer.unsign(key).split("-"))
    except (BadSignature, ValueError):
        return None
    member = Member.objects.current().select_related("user").filter(pk=pk).first()
    known = CalendarKey.objects.filter(member=pk).first()
    return member if number == (known.number if known else 1) else None


def _key(pk: int, number: int) -> str:
    return signer.sign(f"{pk}-{number}")
