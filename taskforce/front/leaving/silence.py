"""Members whom nobody has seen for a year: told once, and proposed to the secretariat."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Attendance
from taskforce.activity.models import Activity
from taskforce.core.acts import Refused
from taskforce.front.leaving import letters
from taskforce.members.models import Member, Silence

YEAR = timedelta(days=365)


def silent() -> QuerySet[Member]:
    """Return members who for a year neither logged in, did anything, nor answered or came."""
    since = timezone.now() - YEAR
    places = Attendance.objects.filter(member__user=OuterRef("user"))
    seen = places.filter(Q(answered_at__gt=since) | Q(status="present", meeting__date__gt=since))
    did = Activity.objects.filter(actor=OuterRef("user"), at__gt=since)
    never = Q(user__last_login=None) | Q(user__last_login__lte=since)
    return Member.objects.current().filter(
        never, ~Exists(seen), ~Exists(did), from_date__lte=since.date()
    )


@transaction.atomic
def tell_silent() -> list[Silence]:
    """Write to members who have fallen silent, each once; forget the silence of who is back."""
    quiet = silent()
    Silence.objects.exclude(member__in=quiet).delete()
    found = quiet.filter(silence=None).select_related("user", "organisation")
    told = [Silence(member=member) for member in found.select_for_update(of=("self",))]
    for silence in told:
        silence.save()
        letters.tell_of_silence(silence)
    return told


def proposed() -> QuerySet[Silence]:
    """Return the silences that the secretariat has not decided about."""
    rows = Silence.objects.filter(kept_on=None, member__in=Member.objects.current())
    return rows.select_related("member__user", "member__organisation")


@transaction.atomic
def keep(*, member: Member) -> Silence:
    """Let a silent member stay one, and propose them no more while they are silent."""
    silence = Silence.objects.select_for_update().filter(member=member).first()
    if silence is None or silence.kept_on:
        raise Refused(_("There is nothing to decide."), already=True)
    silence.kept_on = timezone.localdate()
    silence.save(update_fields=["kept_on"])
    return silence
