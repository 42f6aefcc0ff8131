"""To whom a letter goes: all members, those of some kinds, those of a meeting, or those chosen."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.models import AttendanceStatus, Meeting
from taskforce.core.mailing import Reader
from taskforce.core.models import Mailing
from taskforce.members.models import Kind, Member


class To(models.TextChoices):
    ALL = "all", gettext_lazy("All members")
    KIND = "kind", gettext_lazy("Members by kind of organisation")
    MEETING = "meeting", gettext_lazy("Those on a meeting's list")
    CHOSEN = "chosen", gettext_lazy("Those I choose")


class Answered(models.TextChoices):
    """What people on a meeting's list have answered."""

    INVITED = "invited", gettext_lazy("Everybody invited")
    COMING = "coming", gettext_lazy("Those who come")
    WAITING = "waiting", gettext_lazy("Those who have not answered")
    APOLOGIES = "apologies", gettext_lazy("Those who sent apologies")


STATUS = {
    Answered.COMING: Q(attendances__status__in=[AttendanceStatus.COMING, AttendanceStatus.PRESENT]),
    Answered.WAITING: Q(attendances__status=AttendanceStatus.INVITED),
    Answered.APOLOGIES: Q(attendances__status=AttendanceStatus.APOLOGIES),
    Answered.INVITED: Q(),
}


def members(audience: dict[str, Any]) -> QuerySet[Member]:
    """Return the current members whom a letter is for."""
    current = Member.objects.current().select_related("user", "organisation")
    match audience.get("to"):
        case To.KIND:
            current = current.filter(organisation__kind__in=audience["kinds"])
        case To.MEETING:
            listed = Q(attendances__meeting=audience["meeting"])
            current = current.filter(listed & STATUS[Answered(audience["answered"])])
        case To.CHOSEN:
            current = current.filter(pk__in=audience["members"])
    return current.order_by("organisation__name", "user__name")


def readers(mailing: Mailing) -> list[Reader]:
    return [
        Reader(row.user.name, row.user.email, str(row.organisation), row.user_id, row)
        for row in members(mailing.audience)
    ]


def in_words(audience: dict[str, Any]) -> str:
    """Return to whom a letter goes, for a list of letters."""
    match audience.get("to"):
        case To.KIND:
            return ", ".join(str(Kind(kind).label) for kind in audience["kinds"])
        case To.MEETING:
            meeting = Meeting.objects.filter(pk=audience["meeting"]).first() or _("a meeting")
            return f"{meeting}: {Answered(audience['answered']).label}"
        case To.CHOSEN:
            number = len(audience["members"])
            words = ngettext("%(n)s chosen member", "%(n)s chosen members", number)
            return words % {"n": number}
    return str(To.ALL.label)
