"""Invented activity around the third meeting, for the demo. All of it is marked as invented.

None of it belongs to a real organisation. Days are counted from the day of loading; activity in
the past is recorded with its date in the past.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from barriers.models import Barrier, PrioritisationRound
from barriers.rounds import counting, opening, prioritisation
from barriers.statements import supporting
from calls.models import Call, CallDeadline, Suggestion
from initiatives.models import (
    Case,
    CaseState,
    Initiative,
    InitiativeState,
    InitiativeUpdate,
    Participation,
    Reach,
)
from initiatives.work import addressing, ending
from meetings.models import (
    ActionPoint,
    AgendaProposal,
    Attendance,
    Meeting,
    Minutes,
    RoundTableNews,
)
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import pictured
from taskforce.core.acts import Refused
from taskforce.core.pictures import read as read_picture
from taskforce.dialogue.models import Asked, Contribution, Question
from taskforce.example import drawing
from taskforce.example.loading import (
    THERE,
    Facts,
    barriers,
    load_agenda,
    load_case_partners,
    load_consortium,
    load_entries,
    organisation,
    read,
)
from taskforce.following import acts as following
from taskforce.following.digests import SETTLED
from taskforce.following.models import Follow, Newsletter
from taskforce.following.newsletter import content, due
from taskforce.following.things import followables, named
from taskforce.members.models import JoinRequest, Member, Organisation, Tag, User

PASSWORD = "taskforce-demo"  # noqa: S105  # `make demo` prints it for everyone to see
TUESDAY = 1
RECORDED = {  # the verb recorded for a case in each state
    CaseState.DRAFT: Verb.ADDED,
    CaseState.SUBMITTED: Verb.SUBMITTED,
    CaseState.PUBLISHED: Verb.PUBLISHED,
}


def refuse_outside_demo() -> None:
    """Raise Refused unless this is a demo: everybody would know log-ins to a real portal."""
    if not settings.DEMO:
        raise Refused(
            "--activity adds invented members with a known password, so it runs only where the "
            "environment says DEMO=1."
        )


@transaction.atomic
def add() -> list[Organisation]:
    """Add everything after `load`, and return the invented organisations; Refused if they exist."""
    refuse_outside_demo()
    if Organisation.objects.filter(is_example=True).exists():
        raise Refused(THERE, already=True)
    facts = read("activity")
    _add_people(facts)
    for adding, rows in (
        (_add_meeting, facts["meeting"]),
        (_add_round, facts["round"]),
        (_add_support, facts["support"]),
        (_add_case, facts["case"]),
        (_add_initiative, facts["initiative"]),
        (_add_call, facts["call"]),
        (_add_talk, facts["talk"]),
        (_add_follow, facts["follow"]),
        (_add_question, facts["question"]),
    ):
        for row in rows:
            adding(row)
    _add_join_request(facts["join_request"])
    _add_newsletter(facts["newsletter"])
    return list(Organisation.objects.filter(is_example=True))


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _noon(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(days), time(12)))


def _member(name: str) -> Member:
    return Member.objects.select_related("user", "organisation").get(user__name=name)


# People


def _add_people(facts: Facts) -> None:
    for each in facts["organisation"]:
        told = {"offers": each.pop("offers", []), "seeks": each.pop("seeks", [])}
        description = "En opdigtet organisation, der viser, hvad portalen kan."
        made = Organisation.objects.create(
            description=description, is_example=True, confirmed_on=_day(0), **each
        )
        for field, names in told.items():
            getattr(made, field).set(Tag.objects.get_or_create(name=name)[0] for name in names)
    for each in facts["person"]:
        password = PASSWORD if each.pop("logs_in", False) else None
        user = User.objects.create_user(each.pop("email"), password, name=each.pop("name"))
        works_for = organisation(each.pop("organisation"))
        # All were members before the first round opened.
        Member.objects.create(user=user, organisation=works_for, from_date=_day(-200), **each)


# Meetings


def _add_meeting(facts: Facts) -> None:
    """Add a meeting with sign-ups and agenda, and a draft of minutes where it has passages."""
    attendances, agenda = facts.pop("attendances"), facts.pop("agenda")
    entries, points = facts.pop("entries", []), facts.pop("action_points", [])
    invited, news = facts.pop("invited", None), facts.pop("news", {})
    proposals = facts.pop("proposals", [])
    number = (Meeting.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    title, day = f"Eksempel: {number}. møde", _next_tuesday(facts.pop("day"))
    meeting = Meeting.objects.create(number=number, title=title, date=day, is_example=True, **facts)
    if invited is not None:
        Meeting.objects.filter(pk=meeting.pk).update(invited_at=_noon(invited))
    for each in attendances:
        _add_attendance(meeting, each)
    for name, text in news.items():
        RoundTableNews.objects.create(meeting=meeting, organisation=organisation(name), text=text)
    load_agenda(meeting, agenda)
    for each in proposals:
        AgendaProposal.objects.create(meeting=meeting, proposed_by=_member(each.pop("by")), **each)
    if entries:
        _add_draft(meeting, entries, points)


def _next_tuesday(days: int) -> date:
    """Return the first Tuesday from a day on, so that no meeting falls on a Sunday."""
    day = _day(days)
    return day + timedelta(days=(TUESDAY - day.weekday()) % 7)


def _add_attendance(meeting: Meeting, facts: Facts) -> None:
    member = _member(facts["name"])
    Attendance.objects.create(
        meeting=meeting,
        member=member,
        name_visibility=member.name_visibility,
        organisation=member.organisation,
        organisation_name=member.organisation.name,
        **facts,
    )


def _add_draft(meeting: Meeting, entries: list[Facts], points: list[Facts]) -> None:
    minutes = Minutes.objects.create(meeting=meeting)
    loaded = load_entries(minutes, entries)
    for point in points:
        ActionPoint.objects.create(
            meeting=meeting,
            entry=loaded[point["entry"]],
            organisation=organisation(point["organisation"]),
            what=point["what"],
            due_on=_day(point["due"]),
        )


# Prioritisation


def _add_round(facts: Facts) -> None:
    """Hold a round by the same acts as members, and then set it back in time."""
    listed = {
        each.slug: each for each in barriers([b["slug"] for b in read("barriers")["barrier"]])
    }
    now = timezone.now()
    held = PrioritisationRound.objects.create(
        title=facts["title"],
        opens_at=now,
        closes_at=now + timedelta(hours=1),
        ballot_size=counting.ballot_size(len(listed)),
        is_example=True,
    )
    opening.list_barriers(held, listed.values())
    held = opening.open_without_letters(voting_round=held)
    for ballot in facts["ballots"]:
        choices = [listed[slug] for slug in ballot["choices"]]
        prioritisation.cast(voting_round=held, by=_member(ballot["by"]), choices=choices)
    _set_back(held, opens_at=_noon(facts["opens"]), closes_at=_noon(facts["closes"]))


def _set_back(held: PrioritisationRound, *, opens_at: datetime, closes_at: datetime) -> None:
    """Give a round and its ballots their dates in the past, and close it if it is over by them."""
    held.opens_at = held.opened_at = opens_at
    held.closes_at = closes_at
    held.save()
    held.ballots.update(cast_at=opens_at + timedelta(days=2))
    _date_activity(held, Verb.OPENED, opens_at)
    if closes_at <= timezone.now():
        prioritisation.close(voting_round=held)
        _date_activity(held, Verb.CLOSED, closes_at)


def _date_activity(held: PrioritisationRound, verb: Verb, then: datetime) -> None:
    kind = ContentType.objects.get_for_model(held)
    Activity.objects.filter(verb=verb, target_type=kind, target_id=held.pk).update(at=then)


def _add_support(facts: Facts) -> None:
    (barrier,) = barriers([facts["barrier"]])
    for name in facts["by"]:
        supporting.support(barrier=barrier, by=_member(name))


# Cases, initiatives and calls


def _add_case(facts: Facts) -> None:
    author, told_at = _member(facts.pop("by")), _noon(facts.pop("told"))
    partners, answers = facts.pop("partners"), facts.pop("barriers")
    state, has_picture = CaseState(facts.pop("state")), facts.pop("picture", False)
    case = Case(
        state=state,
        published_at=told_at if state == CaseState.PUBLISHED else None,
        written_by=author.organisation,
        contact=author,
        is_example=True,
        **facts,
    )
    if state != CaseState.DRAFT:
        case.permission_by, case.permission_at = author, told_at
    if has_picture:
        pictured.attach(case, read_picture(drawing.three_loaves()))
    case.save()
    case.barriers.set(barriers(answers))
    load_case_partners(case, partners)
    record(RECORDED[state], case, by=author.user, at=told_at)


def _add_initiative(facts: Facts) -> None:
    added_by = _member(facts["added_by"])
    leads = added_by.organisation.name == facts["lead"]
    added = Initiative.objects.create(
        title=facts["title"],
        goal=facts["goal"],
        measure=facts["measure"],
        state=facts["state"],
        reach=facts.get("reach", Reach.GROUP),
        lead=organisation(facts["lead"]),
        contact=added_by if leads else None,
        is_example=True,
        **{field: _day(days) for field, days in facts["dates"].items()},
    )
    added.barriers.set(barriers(facts["barriers"]))
    added.cases.set(Case.objects.filter(title__in=facts["cases"]))
    record(Verb.ADDED, added, by=added_by.user, at=_noon(facts["added"]))
    _add_progress(added, facts)
    if added.state == InitiativeState.RUNNING:
        with _as_of(facts["added"]):
            tied = [barrier.pk for barrier in added.barriers.all()]
            addressing.follow(barriers=tied, by=added_by)
    if "ended" in facts:
        with _as_of(facts["ended"]):
            _end(added, facts, added_by)


@contextmanager
def _as_of(days: int) -> Iterator[None]:
    """Date the activity recorded within this block to a day."""
    last = Activity.objects.aggregate(last=Max("pk"))["last"] or 0
    yield
    Activity.objects.filter(pk__gt=last).update(at=_noon(days))


def _add_progress(added: Initiative, facts: Facts) -> None:
    for name in facts["participants"]:
        joined = organisation(name)
        Participation.objects.create(
            initiative=added,
            organisation=joined,
            contact=joined.members.first(),
            joined_on=_day(facts["added"]),
        )
    for each in facts["milestones"]:
        done = _day(each["done"]) if "done" in each else None
        added.milestones.create(title=each["title"], due_on=_day(each["due"]), done_on=done)
    for update in facts["updates"]:
        InitiativeUpdate.objects.create(
            initiative=added,
            organisation=organisation(update["organisation"]),
            told_on=_day(update["told"]),
            text=update["text"],
            percent=update["percent"],
        )


def _end(running: Initiative, facts: Facts, by: Member) -> None:
    """End an initiative by the same act as its lead, and then set it back in time."""
    ending.end(initiative=running, state=InitiativeState.DONE, outcome=facts["outcome"], by=by)
    Initiative.objects.filter(pk=running.pk).update(ended_on=_day(facts["ended"]))
    running.updates.filter(state=InitiativeState.DONE).update(told_on=_day(facts["ended"]))


def _add_call(facts: Facts) -> None:
    opens, closes = facts.pop("opens"), facts.pop("closes")
    consortia, helps_with = facts.pop("consortia"), facts.pop("barriers")
    pays_for = Initiative.objects.filter(title__in=facts.pop("initiatives"))
    checked_on = _day(facts.pop("checked"))
    call = Call.objects.create(
        opens_on=_day(opens), checked_on=checked_on, is_example=True, **facts
    )
    call.barriers.set(barriers(helps_with))
    call.initiatives.set(pays_for)
    CallDeadline.objects.create(call=call, day=_day(closes), time=time(17))
    for consortium in consortia:
        _add_consortium(call, consortium)
    record(Verb.ADDED, call, by=None, at=_noon(opens))


def _add_consortium(call: Call, facts: Facts) -> None:
    """Add a consortium with the suggestions made to it."""
    suggested, due = facts.pop("suggested", []), facts.pop("suggestions", None)
    by = _day(due) if due is not None else None
    consortium = load_consortium(call, {**facts, "suggestions_by": by})
    for each in suggested:
        member = _member(each["by"])
        Suggestion.objects.create(
            consortium=consortium,
            organisation=member.organisation,
            written_by=member,
            text=each["text"],
        )


def _add_talk(facts: Facts) -> None:
    model: Any = Barrier if facts["about"] == "barrier" else Initiative
    about = model.objects.get(title=facts["title"])
    for said in facts["said"]:
        first = _say(about, said, kind=said["kind"])
        for reply in said["replies"]:
            below = _say(about, reply, parent=first)
            if reply.get("is_answer"):
                first.answered_by = below
                first.save()


def _say(about: Model, said: Facts, **place: Any) -> Contribution:
    by = _member(said["by"])
    made = Contribution.objects.create(
        target=about,
        text=said["text"],
        organisation=by.organisation,
        organisation_name=by.organisation.name,
        written_by=by.user,
        written_at=_noon(said["days"]),
        **place,
    )
    record(Verb.ADDED, made, by=by.user, at=_noon(said["days"]))
    return made


def _add_follow(facts: Facts) -> None:
    model = next(one for one in followables() if one._meta.model_name == facts["kind"])
    thing = model._base_manager.get(title=facts["title"])
    made = following.follow(reader=_member(facts["by"]).user, **named(thing))
    Follow.objects.filter(pk=made.pk).update(since=_noon(facts["since"]))


def _add_question(facts: Facts) -> None:
    """Add a question of the secretariat, with the answers that came and those that did not."""
    asked_at = _noon(facts["asked"])
    question = Question.objects.create(
        text=facts["text"],
        background=facts["background"],
        about=Initiative.objects.get(title=facts["initiative"]),
        answer_by=_day(facts["answer_by"]),
        asked_at=asked_at,
    )
    record(Verb.ADDED, question, by=None, at=asked_at)
    for name in facts["missing"]:
        _ask(question, _member(name))
    for said in facts["answers"]:
        by, at = _member(said["by"]), _noon(said["days"])
        given = _ask(question, by, answer=said["text"], answered_by=by, answered_at=at)
        record(Verb.ADDED, given, by=by.user, at=at)


def _ask(question: Question, member: Member, **given: Any) -> Asked:
    home = member.organisation
    return Asked.objects.create(
        question=question, organisation=home, organisation_name=home.name, **given
    )


def _add_newsletter(facts: Facts) -> None:
    """Add the latest Tuesday's newsletter as if it had been sent, to nobody."""
    day = due.latest(timezone.now())
    sent_at = due.moment(day)
    ends_at = sent_at - SETTLED
    begins_at = ends_at - timedelta(days=facts["days"])
    letter = Newsletter.objects.create(
        introduction=facts["introduction"],
        begins_at=begins_at,
        ends_at=ends_at,
        day=day,
        sent_at=sent_at,
    )
    letter.events.set([one.activity for one in content.happened(begins_at, ends_at)])
    record(Verb.PUBLISHED, letter, by=None, at=sent_at)


def _add_join_request(facts: dict[str, Any]) -> None:
    asked_at = _noon(facts.pop("asked"))
    request = JoinRequest.objects.create(created_at=asked_at, **facts)
    record(Verb.SUBMITTED, request, by=None, at=asked_at)
