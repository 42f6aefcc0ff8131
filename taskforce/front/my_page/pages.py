"""What a member's own page shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import date as dated
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import PrioritisationRound, Voter
from barriers.rounds import voting
from calls.consortia import pages as consortium_pages
from calls.models import Consortium
from initiatives.cases import pages as case_pages
from initiatives.models import Case
from initiatives.work import pages as work_pages
from meetings.inviting import pages as inviting_pages
from meetings.inviting.answers import choices
from meetings.inviting.forms import OWN
from meetings.models import ActionPoint, Meeting, Minutes
from meetings.review import pages as review_pages
from taskforce.activity import reading
from taskforce.activity.reading import Entry
from taskforce.core import parts
from taskforce.core.models import RefusedAddress
from taskforce.core.prepared import prepared
from taskforce.dialogue.asking import pages as asking_pages
from taskforce.dialogue.models import Asked
from taskforce.following import pages as following_pages
from taskforce.front.tasks import Task, by_urgency
from taskforce.members.models import Member
from taskforce.members.roles import is_secretariat
from taskforce.members.stand_ins import anybody

LATEST = 6  # things that happened


def my_page(member: Member, now: datetime) -> dict[str, Any]:
    """Return what waits for a member, and what happened lately."""
    viewer = member.user
    today = timezone.localdate(now)
    found: dict[str, Any] = {
        "member": member,
        "refused": next(iter(_refused(viewer.email)), None),
        **inviting_pages.waiting_for(member),
        "to_review": review_pages.waiting_for(member),
        "questions": asking_pages.waiting_for(member),
        "rounds": voting.outstanding(member),
        "action_points": _action_points(member),
        "initiatives": work_pages.of_own(member, today),
        **consortium_pages.waiting_for(member),
        "followed": following_pages.things_followed(viewer),
        "cases": case_pages.under_way(viewer),
        "latest": _latest(member),
    }
    return found | by_urgency(_tasks(found)) | {"takes_part": _takes_part(found)}


def _latest(member: Member) -> Sequence[Entry]:
    """Return what happened lately; the secretariat reads drafts, whose changes no stamp tells."""
    if is_secretariat(member.user):
        return reading.latest(member.user, limit=LATEST)
    return _latest_for(member.role)


@parts.kept
def _latest_for(role: str) -> Sequence[Entry]:
    """Return what happened lately, as everybody of a role reads it."""
    return tuple(reading.latest(anybody(role), limit=LATEST))


@prepared
def _refused(address: str) -> QuerySet[RefusedAddress]:
    return RefusedAddress.objects.standing().filter(address=address)


@prepared
def _action_points(member: Member) -> QuerySet[ActionPoint]:
    waiting = ActionPoint.objects.published().waiting_for(member.organisation)
    return waiting.select_related("meeting", "organisation")


def _takes_part(found: dict[str, Any]) -> bool:
    """Tell whether the list of what a member takes part in holds anything besides the tasks."""
    has_answered = found["meeting"] and found["meeting"] not in found["to_answer"]
    has_voted = any(cast for _round, cast in found["rounds"])
    lists = ("initiatives", "own_consortia", "cases")
    return bool(has_answered or has_voted or any(found[name] for name in lists))


def _tasks(found: dict[str, Any]) -> Iterator[Task]:
    for meeting in found["to_answer"]:
        yield _invitation(meeting, found["own_rows"].get(meeting.pk, OWN))
    yield from (_ballot(round_) for round_, cast in found["rounds"] if not cast)
    yield from map(_question, found["questions"])
    yield from map(_review, found["to_review"])
    yield from map(_round_table, found["to_write_for"])
    yield from map(_action_point, found["action_points"])
    yield from (
        _initiative(row) for row in found["initiatives"] if row["leads"] and row["is_past_review"]
    )
    yield from map(_consortium, found["invitations"])
    yield from (_case(case) for case in found["cases"] if case.state == "asked")


def _invitation(meeting: Meeting, row: str) -> Task:
    return Task(
        title=_("Are you coming to %(meeting)s?") % {"meeting": meeting},
        url=meeting.get_absolute_url(),
        about=f"{meeting.when}. {meeting.place}".strip(". "),
        act=_("Answer the invitation"),
        act_url=reverse("meetings:answer", args=[meeting.number]),
        due=meeting.date,
        sends={"person": row},
        answers=[(answer.value, str(answer.brief)) for answer in choices(meeting)],
    )


def _ballot(voting_round: PrioritisationRound) -> Task:
    per_member = voting_round.per == Voter.MEMBER
    return Task(
        title=str(voting_round),
        url=voting_round.get_absolute_url(),
        about=(
            _("You have not voted yet.")
            if per_member
            else _("Your organisation has not voted yet.")
        ),
        act=_("Fill in the ballot"),
        act_url=reverse("barriers:vote", args=[voting_round.slug]),
        due=timezone.localdate(voting_round.closes_at),
        told=dated(timezone.localtime(voting_round.closes_at), "DATETIME_FORMAT"),
    )


def _review(minutes: Minutes) -> Task:
    return Task(
        title=_("Look through the minutes of %(meeting)s") % {"meeting": minutes.meeting},
        url=minutes.meeting.get_absolute_url(),
        about=_("What is wrong can be put right before they are published."),
        act=_("Look through"),
        act_url=reverse("meetings:review", args=[minutes.meeting.number]),
        due=minutes.review_ends_on,
        told=dated(minutes.review_ends_on, "DATE_FORMAT"),
    )


def _question(asked: Asked) -> Task:
    question = asked.question
    return Task(
        title=str(question),
        url=question.get_absolute_url(),
        about=_("The secretariat asks your organisation."),
        act=_("Answer the question"),
        act_url=reverse("dialogue:answer", args=[question.slug]),
        due=question.answer_by,
        told=dated(question.answer_by, "DATE_FORMAT"),
    )


def _round_table(meeting: Meeting) -> Task:
    return Task(
        title=_("Write your news for the round table"),
        url=f"{meeting.get_absolute_url()}#bordet-rundt",
        about=_("Your organisation has written nothing for %(meeting)s.") % {"meeting": meeting},
        act=_("Write"),
        act_url=reverse("meetings:write_news", args=[meeting.number]),
        due=meeting.date,
        told=meeting.when,
    )


def _action_point(point: ActionPoint) -> Task:
    return Task(
        title=str(point),
        url=point.get_absolute_url(),
        about=f"{point.organisation or _('Everybody')} · {point.meeting}",
        # What is for everybody, the secretariat marks as done.
        act=_("Mark as done") if point.organisation else "",
        act_url=reverse("meetings:finish", args=[point.pk]),
        due=point.due_on,
        told=dated(point.due_on, "DATE_FORMAT") if point.due_on else _("no deadline"),
        can_wait=point.due_on is None,
    )


def _initiative(row: dict[str, Any]) -> Task:
    return Task(
        title=row["title"],
        url=row["url"],
        about=_("Your organisation leads it. The others wait to hear how it goes."),
        act=_("Tell how it goes"),
        act_url=reverse("initiatives:tell", args=[row["slug"]]),
        due=row["review_on"],
        told=dated(row["review_on"], "DATE_FORMAT"),
    )


def _consortium(consortium: Consortium) -> Task:
    return Task(
        title=str(consortium),
        url=consortium.get_absolute_url(),
        about=_("%(lead)s invites you to apply together for %(call)s.")
        % {"lead": consortium.lead, "call": consortium.call},
        act=_("Answer"),
        act_url=consortium.get_absolute_url(),
    )


def _case(case: Case) -> Task:
    return Task(
        title=str(case),
        url=case.get_absolute_url(),
        about=_("The secretariat asks for changes before it can be published."),
        act=_("Change the example"),
        act_url=reverse("initiatives:edit_case", args=[case.slug]),
    )
