"""Give a person another organisation: they changed jobs, or it was wrong from the start."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Attendance, Meeting
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.front.leaving import matters
from taskforce.members.models import Invitation, Member, Organisation, User
from taskforce.members.people.last_secretary import a_secretary_stays


@transaction.atomic
def move(*, member: Member, to: Organisation, title: str, was_wrong: bool, by: User) -> Member:
    """Make somebody a member for another organisation; return the membership of now.

    Whoever changed jobs has a new membership from today: what they follow and the coming meetings
    come along, and what they were responsible for stays with the organisation before.
    """
    locked = Member.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    before = locked.filter(pk=member.pk, to_date=None, user__is_active=True).first()
    if before is None:
        raise Refused(_("This person is no member any more."), already=True)
    if before.organisation == to:
        raise Refused(_("This is the organisation already."), field="to")
    now = _corrected(before, to, title) if was_wrong else _begun_anew(before, to, title)
    for place in Attendance.objects.filter(member=before, meeting__in=_coming()):
        place.member, place.organisation, place.organisation_name = now, to, to.name
        place.save(update_fields=["member", "organisation", "organisation_name"])
    record(Verb.CHANGED, now, by=by)
    return now


def _coming() -> QuerySet[Meeting]:
    return Meeting.objects.coming(timezone.localdate())


def _corrected(member: Member, to: Organisation, title: str) -> Member:
    member.organisation, member.title = to, title
    member.save(update_fields=["organisation", "title"])
    return member


def _begun_anew(before: Member, to: Organisation, title: str) -> Member:
    if hasattr(before, "hand_over"):
        raise Refused(_("Something is planned already. Call it off first."))
    before.to_date = max(before.from_date, timezone.localdate())
    with a_secretary_stays():
        before.save(update_fields=["to_date"])
    now = Member.objects.create(
        user=before.user,
        organisation=to,
        title=title,
        role=before.role,
        name_visibility=before.name_visibility,
    )
    Invitation.objects.filter(member=before).update(member=now)
    for matter in matters.open_for(before):
        if not isinstance(matter.row, Attendance):
            matters.give(matter, None)
    return now
