"""What waits for the secretariat: each thing as a task, with the act that settles it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.template.defaultfilters import date as dated
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.cases import pages as case_pages
from initiatives.models import Case, Initiative
from initiatives.work import pages as work_pages
from meetings.agenda import pages as agenda_pages
from meetings.inviting import acts as inviting
from meetings.inviting import pages as inviting_pages
from meetings.models import Meeting, Minutes, MinutesState
from meetings.review import pages as review_pages
from taskforce.dialogue.asking import pages as asking_pages
from taskforce.front.english import pages as english
from taskforce.front.leaving import pages as leaving_pages
from taskforce.front.tasks import Task, by_urgency
from taskforce.intake.models import Intake
from taskforce.intake.uploading import pages as intake_pages
from taskforce.members.models import JoinRequest, Member
from taskforce.news.models import NewsItem
from taskforce.results.report.pages import last_year_waits

ANSWER_WITHIN = 3  # weekdays, as the page to join promises
WRITE_WITHIN = timedelta(days=14)  # after a meeting
SATURDAY = 5
FEW = 3  # new members, of whom each has a line


def waiting(now: datetime) -> dict[str, Any]:
    """Return what waits for the secretariat, by its kind, and as tasks by urgency."""
    today = timezone.localdate(now)
    found: dict[str, Any] = {
        "requests": [*JoinRequest.objects.waiting()],
        "intakes": [
            intake_pages.ready(row) for row in intake_pages.rows(Intake.objects.not_imported())
        ],
        "late": inviting.invited_too_early_for(),
        "not_written_down": [*inviting_pages.not_written_down()],
        "proposals": [*agenda_pages.waiting()],
        "drafts": [*review_pages.at_the_desk()],
        "to_look_at": [*work_pages.past_review(today)],
        "cases": [*case_pages.at_the_desk()],
        "questions": [*asking_pages.at_the_desk()],
        "news": [*NewsItem.objects.unpublished().filter(publish_at=None)],
        "year": last_year_waits(),
        "english": english.waiting(),
    }
    return found | by_urgency(_tasks(found))


def _tasks(found: dict[str, Any]) -> Iterator[Task]:
    yield from map(_initiative, found["to_look_at"])
    yield from map(_unwritten, found["not_written_down"])
    yield from map(_draft, found["drafts"])
    yield from map(_request, found["requests"])
    for meeting, people in found["late"]:
        if len(people) > FEW:
            yield _many_uninvited(meeting, len(people))
        else:
            yield from (_uninvited(meeting, person) for person in people)
    yield from map(_proposal, found["proposals"])
    yield from map(_question, found["questions"])
    yield from map(_case, found["cases"])
    yield from map(_intake, found["intakes"])
    yield from map(_news, found["news"])
    if found["year"]:
        yield _year(found["year"])
    if found["english"][1]:
        yield _english(*found["english"])
    yield from leaving_pages.at_the_desk()


def _initiative(initiative: Initiative) -> Task:
    return Task(
        title=str(initiative),
        url=initiative.get_absolute_url(),
        about=_("%(lead)s has not told how it goes.") % {"lead": initiative.lead},
        act=_("Tell how it goes"),
        act_url=reverse("initiatives:tell", args=[initiative.slug]),
        due=initiative.review_on,
        told=dated(initiative.review_on, "DATE_FORMAT"),
    )


def _unwritten(meeting: Meeting) -> Task:
    about, act = _("Nobody has begun the minutes."), _("Write the minutes")
    return _minutes(meeting, about, act, "meetings:write_minutes")


def _draft(minutes: Minutes) -> Task:
    meeting = minutes.meeting
    if minutes.state != MinutesState.IN_REVIEW:
        about, act = _("The draft is not sent for review yet."), _("Go on writing")
        return _minutes(meeting, about, act, "meetings:write_minutes")
    waiting: int = minutes.waiting  # type: ignore[attr-defined]  # counted by at_the_desk
    words = ngettext("%(n)s proposed change waits.", "%(n)s proposed changes wait.", waiting)
    about = words % {"n": waiting} if waiting else _("In review.")
    return _minutes(meeting, about, _("The review"), "meetings:review", minutes.review_ends_on)


def _minutes(
    meeting: Meeting, about: str, act: str, page: str, review_ends_on: date | None = None
) -> Task:
    return Task(
        title=_("Minutes of %(meeting)s") % {"meeting": meeting},
        url=meeting.get_absolute_url(),
        about=about,
        act=act,
        act_url=reverse(page, args=[meeting.number]),
        due=review_ends_on or meeting.date + WRITE_WITHIN,
        told=_("the meeting was %(when)s") % {"when": meeting.when},
    )


def _request(asked: JoinRequest) -> Task:
    received = timezone.localdate(asked.created_at)
    return Task(
        title=str(asked),
        url=asked.get_absolute_url(),
        about=_("Wants to take part."),
        act=_("Read and answer"),
        act_url=asked.get_absolute_url(),
        due=weekdays_after(received, ANSWER_WITHIN),
        told=_("received %(day)s") % {"day": dated(received, "DATE_FORMAT")},
    )


def weekdays_after(day: date, number: int) -> date:
    """Return the day that is this many weekdays later."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def _uninvited(meeting: Meeting, person: Member) -> Task:
    return Task(
        title=person.user.name,
        url=meeting.get_absolute_url(),
        about=_("%(organisation)s. Not invited to %(meeting)s, %(when)s.")
        % {"organisation": person.organisation, "meeting": meeting, "when": meeting.when},
        act=_("Invite"),
        act_url=reverse("meetings:invite", args=[meeting.number]) + f"?medlem={person.pk}",
        due=meeting.date,
        told=_("new member"),
    )


def _many_uninvited(meeting: Meeting, number: int) -> Task:
    return Task(
        title=str(meeting),
        url=meeting.get_absolute_url(),
        about=_("%(n)s new members are not invited to it.") % {"n": number},
        act=_("See who is invited"),
        act_url=reverse("meetings:invite", args=[meeting.number]),
        due=meeting.date,
        told=meeting.when,
    )


def _proposal(proposal: Any) -> Task:
    meeting = proposal.meeting
    url = reverse("meetings:agenda", args=[meeting.number]) + "#forslag"
    return Task(
        title=str(proposal),
        url=url,
        about=_("Proposed for %(meeting)s by %(organisation)s.")
        % {"meeting": meeting, "organisation": proposal.proposed_by.organisation},
        act=_("See the proposal"),
        act_url=url,
        due=meeting.date,
        told=meeting.when,
    )


def _question(question: Any) -> Task:
    counts = {"n": question.answers, "of": question.of}
    return Task(
        title=str(question),
        url=question.get_absolute_url(),
        about=_("%(n)s of %(of)s have answered") % counts + ".",
        act=_("See who is missing"),
        act_url=question.get_absolute_url(),
        due=question.answer_by,
        told=dated(question.answer_by, "DATE_FORMAT"),
    )


def _case(case: Case) -> Task:
    asks = case.state == "published"
    return Task(
        title=str(case),
        url=case.get_absolute_url(),
        about=(
            _("%(organisation)s asks for a change.")
            if asks
            else _("%(organisation)s has sent in a good example.")
        )
        % {"organisation": case.written_by},
        act=_("Read the request") if asks else _("Read the example"),
        act_url=case.get_absolute_url(),
    )


def _intake(row: dict[str, Any]) -> Task:
    return Task(
        title=row["title"],
        url=row["url"],
        about=f"{row['state_words']}.",
        act=_("Open the document"),
        act_url=row["url"],
    )


def _year(year: int) -> Task:
    return Task(
        title=_("Yearly report %(year)s") % {"year": year},
        url=reverse("results:year", args=[year]),
        about=_("The year is over, and its report is not published."),
        act=_("Write the report"),
        act_url=reverse("results:read_report", args=[year]),
        can_wait=True,
    )


def _english(missing: int, first: list[str]) -> Task:
    page = reverse("front:english")
    words = ngettext(
        "%(n)s text has none, among them: %(first)s.",
        "%(n)s texts have none, among them: %(first)s.",
        missing,
    )
    return Task(
        title=_("Summaries in English"),
        url=page,
        about=words % {"n": missing, "first": ", ".join(first)},
        act=_("Write them"),
        act_url=page,
        can_wait=True,
    )


def _news(item: NewsItem) -> Task:
    return Task(
        title=str(item),
        url=item.get_absolute_url(),
        about=_("A draft of news."),
        act=_("Read and publish"),
        act_url=item.get_absolute_url(),
        can_wait=True,
    )
