"""What the pages of leaving show, and what waits on the desk of it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.template.defaultfilters import date as dated
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.front.leaving import matters, silence
from taskforce.front.tasks import Task
from taskforce.members.models import HandOver, Member, Organisation, Silence, User, Viewer
from taskforce.members.models.people import names_shown_to
from taskforce.members.people import pages as people
from taskforce.members.people import register


def leaving(member: Member) -> dict[str, Any]:
    """Return who leaves, what stands open for them, and whether anybody else is there."""
    others = Member.objects.current().filter(organisation=member.organisation)
    return {
        "seat": member,
        "matters": matters.open_for(member),
        "is_alone": not others.exclude(pk=member.pk).exists(),
    }


def successors(member: Member, viewer: Viewer) -> QuerySet[Member]:
    """Return who may take over: anybody for the secretariat, else colleagues by name."""
    rows = Member.objects.current().exclude(pk=member.pk).select_related("user", "organisation")
    rows = rows.order_by("organisation__name", "user__name", "pk")
    if isinstance(viewer, User) and viewer.is_secretariat:
        return rows
    return rows.filter(
        organisation=member.organisation_id, name_visibility__in=names_shown_to(viewer)
    )


def emptied() -> QuerySet[Organisation]:
    """Return organisations of the taskforce whose last person has left, with the day."""
    here = Member.objects.current().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(in_taskforce=True, members__isnull=False)
    return rows.filter(~Exists(here)).annotate(last_day=Max("members__to_date"))


def at_the_desk() -> Iterator[Task]:
    """Yield what waits: mail that reaches nobody, plans that failed, silence, empty seats."""
    yield from map(_stuck, people.ready([*register.stuck()]))
    overdue = HandOver.objects.filter(last_day__lt=timezone.localdate())
    yield from map(_overdue, overdue.select_related("member__user"))
    yield from map(_silent, silence.proposed())
    yield from map(_emptied, emptied())


def _page(user: User) -> str:
    return reverse("members:person", args=[user.pk])


def _stuck(person: people.Person) -> Task:
    user, seat = person.user, person.seat
    again = person.refused is None
    organisation = seat.organisation if seat else ""
    return Task(
        title=str(user),
        url=_page(user),
        about=f"{organisation}: {person.told}." if again else _refused(person, organisation),
        act=_("Send the letter again") if again else _("Correct the address"),
        act_url=reverse("members:send_again" if again else "members:edit_person", args=[user.pk]),
        sends={"igen": "1"} if again else {},
    )


def _refused(person: people.Person, organisation: object) -> str:
    words = _("%(organisation)s. The mail server takes no mail for the address: “%(said)s”.")
    return words % {"organisation": organisation, "said": person.refused and person.refused.said}


def _overdue(plan: HandOver) -> Task:
    user = plan.member.user
    return Task(
        title=str(user),
        url=_page(user),
        about=_("The membership could not end: nobody else would be left in the secretariat."),
        act=_("Decide"),
        act_url=_page(user),
        due=plan.last_day,
        told=dated(plan.last_day, "DATE_FORMAT"),
    )


def _silent(silent: Silence) -> Task:
    user = silent.member.user
    return Task(
        title=str(user),
        url=_page(user),
        about=_("%(organisation)s. Nobody has seen the person here for a year.")
        % {"organisation": silent.member.organisation},
        act=_("Decide"),
        act_url=_page(user),
        can_wait=True,
    )


def _emptied(organisation: Organisation) -> Task:
    last_day = organisation.last_day  # type: ignore[attr-defined]  # annotated by emptied
    return Task(
        title=str(organisation),
        url=organisation.get_absolute_url(),
        about=_("Nobody is here for the organisation any more."),
        act=_("Add a person"),
        act_url=reverse("members:add_person", query={"af": organisation.slug}),
        told=dated(last_day, "DATE_FORMAT") if last_day else "",
        can_wait=True,
    )
