"""What the demo adds: all of it is invented, marked, and made by the acts of members."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from barriers.models import Ballot, Barrier, BarrierState, PrioritisationRound, RoundResult
from calls.models import Call, Consortium, Openness, Outcome, Partner, PartnerState
from initiatives.models import Case, CaseState, Initiative, InitiativeState
from meetings.agenda import schedule
from meetings.models import ActionPoint, Attendance, Format, Meeting, MeetingState, Minutes
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.example import activity
from taskforce.front.desk import pages as desk_page
from taskforce.front.my_page.pages import my_page
from taskforce.members.models import (
    JoinRequest,
    Member,
    NameVisibility,
    Organisation,
    Role,
    User,
)
from tests.example.test_loading import everything

SECRETARY, MEMBER = "sekretariat@eksempel.example", "medlem@eksempel.example"


@pytest.fixture
def played(played_of_module: None, demo: None, db: None) -> None:
    """All of it is there."""


def user(email: str) -> User:
    return User.objects.get(email=email)


def rounds() -> list[PrioritisationRound]:
    """Return the rounds, oldest first."""
    return [*PrioritisationRound.objects.order_by("opens_at")]


# When it runs


def test_adding_twice_changes_nothing_and_keeps_an_edit(played):
    Initiative.objects.filter(state=InitiativeState.PROPOSED).update(goal="Rettet")
    Case.objects.filter(state=CaseState.DRAFT).delete()
    before = everything()

    with pytest.raises(Refused, match=r"^already there, nothing changed$"):
        activity.add()
    assert everything() == before


# All of it is marked, and nothing of it is a real organisation's


def test_every_added_row_that_can_be_marked_is_marked(played):
    counts = {
        model.__name__: model._default_manager.filter(is_example=True).count()
        for model in (Organisation, Meeting, PrioritisationRound, Initiative, Case, Call)
    }
    assert counts == {
        "Organisation": 6,
        "Meeting": 2,
        "PrioritisationRound": 3,
        "Initiative": 3,
        "Case": 3,
        "Call": 1,
    }
    assert Organisation.objects.filter(is_example=False).count() == 22
    assert Meeting.objects.filter(is_example=False).count() == 4
    assert Case.objects.filter(is_example=False).count() == 3
    assert Call.objects.filter(is_example=False).count() == 2
    assert not Initiative.objects.filter(is_example=False).exists()


def test_titles_and_names_say_that_they_are_examples(played):
    for model in (Meeting, PrioritisationRound, Initiative, Case, Call):
        for row in model._default_manager.filter(is_example=True):
            assert row.title.startswith("Eksempel: ")
    for organisation in Organisation.objects.filter(is_example=True):
        assert organisation.name.startswith("Eksempel")
    for person in User.objects.all():
        assert person.name.endswith(" Eksempel")
        assert person.email.endswith("@eksempel.example")
    for consortium in Consortium.objects.filter(call__is_example=True):
        assert consortium.name.startswith("Eksempel: ")
    for partner in Partner.objects.filter(consortium__call__is_example=True):
        assert partner.title.startswith("Eksempel")


def test_no_real_organisation_votes_or_has_members(played):
    real = Organisation.objects.filter(is_example=False)

    assert not Member.objects.filter(organisation__in=real).exists()
    assert not Ballot.objects.filter(voter__organisation__in=real).exists()
    assert User.objects.count() == Member.objects.count() == 7
    for row in (*Initiative.objects.all(), *Consortium.objects.filter(call__is_example=True)):
        assert row.lead.is_example
    for found in Case.objects.filter(is_example=True):
        assert found.written_by.is_example
        assert not found.partners.filter(is_example=False).exists()
    elsewhere = Attendance.objects.exclude(meeting__number=3)
    assert not elsewhere.filter(organisation__in=real).exists()


# People


def test_the_two_of_the_demo_log_in_by_password_and_the_others_have_none(played):
    able = {person.email for person in User.objects.all() if person.has_usable_password()}

    assert able == {SECRETARY, MEMBER}
    assert all(user(email).check_password("taskforce-demo") for email in able)
    assert user(SECRETARY).member.role == Role.SECRETARIAT
    assert user(MEMBER).member.role == Role.MEMBER
    assert user(SECRETARY).member.organisation != user(MEMBER).member.organisation
    assert Member.objects.secretariat().count() == 1


def test_names_have_all_three_visibilities_and_attendance_follows_them(played):
    assert {*Member.objects.values_list("name_visibility", flat=True)} == {*NameVisibility}
    for attendance in Attendance.objects.exclude(member=None).select_related("member"):
        assert attendance.name_visibility == attendance.member.name_visibility


# Prioritisation


def test_first_round_ranks_all_eight_barriers(played):
    assert results(rounds()[0]) == [
        ("kapacitet", 1, 3),
        ("kommunernes-oekonomi", 1, 3),
        ("almene-boliger", 3, 2),
        ("erhvervsorganisationer", 3, 2),
        ("kapital", 3, 2),
        ("konkurser", 6, 1),
        ("politik", 6, 1),
        ("salg-til-kommuner", 6, 1),
    ]


def test_second_round_ranks_the_register(played):
    latest = results(rounds()[1])

    assert latest == [
        ("politik", 1, 5),
        ("kapital", 2, 3),
        ("kapacitet", 3, 2),
        ("kommunernes-oekonomi", 3, 2),
        ("almene-boliger", 5, 0),
        ("erhvervsorganisationer", 5, 0),
        ("konkurser", 5, 0),
        ("salg-til-kommuner", 5, 0),
    ]
    register = Barrier.objects.order_by("rank", "slug").values_list("slug", "rank", "points")
    assert [*register] == [row if row[2] else (row[0], None, None) for row in latest]


def results(found: PrioritisationRound) -> list[tuple[str, int, int]]:
    rows = found.results.order_by("rank", "barrier__slug")
    return [*rows.values_list("barrier__slug", "rank", "points")]


def test_counts_of_the_closed_rounds(played):
    first, second, _open = rounds()

    assert (first.eligible, first.voted, first.abstained) == (6, 5, 0)
    assert (second.eligible, second.voted, second.abstained) == (6, 4, 1)
    assert RoundResult.objects.count() == 16


def test_rounds_and_ballots_have_their_dates(played):
    first, second, third = rounds()

    assert first.closed_at == first.closes_at < second.opens_at
    assert second.closed_at == second.closes_at < third.opens_at
    assert third.closed_at is None
    assert third.is_open(timezone.now())
    assert timedelta(13) < third.closes_at - timezone.now() < timedelta(15)
    for found in (first, second, third):
        assert found.ballot_size == 2
        assert found.barriers.count() == 8
        for ballot in found.ballots.all():
            assert found.opens_at < ballot.cast_at < min(found.closes_at, timezone.now())


def test_activity_of_rounds_has_their_dates(played):
    told = Activity.objects.filter(target_type__model="prioritisationround")
    opened = told.filter(verb=Verb.OPENED).order_by("at").values_list("at", flat=True)
    closed = told.filter(verb=Verb.CLOSED).order_by("at").values_list("at", flat=True)

    assert [*opened] == [each.opens_at for each in rounds()]
    assert [*closed] == [each.closes_at for each in rounds()[:2]]


def test_the_open_round_waits_for_the_demo_member(played):
    waiting = my_page(user(MEMBER).member, timezone.now())["rounds"]

    assert waiting == [(rounds()[2], False)]
    assert rounds()[2].ballots.count() == 2


# Meetings


def test_a_held_meeting_has_a_draft_that_waits_for_the_secretariat(played):
    meeting = Meeting.objects.get(number=5)

    assert [draft.meeting for draft in Minutes.objects.unpublished()] == [meeting]
    assert (meeting.state, meeting.agenda.count()) == (MeetingState.HELD, 5)
    assert meeting.minutes.entries.count() == 6
    assert timedelta(26) < timezone.localdate() - meeting.date < timedelta(34)
    assert not Minutes.objects.visible_to(AnonymousUser()).filter(meeting=meeting).exists()


def test_the_coming_meeting_has_agenda_place_link_and_every_answer(played):
    meeting = Meeting.objects.coming(timezone.localdate()).get()

    assert (meeting.number, meeting.format, meeting.agenda.count()) == (6, Format.HYBRID, 7)
    assert meeting.place
    assert meeting.link.startswith("https://")
    assert meeting.date.weekday() == 1
    assert timedelta(20) < meeting.date - timezone.localdate() < timedelta(28)
    assert {*meeting.attendances.values_list("status", flat=True)} == {
        "coming",
        "apologies",
        "invited",
    }


@pytest.mark.parametrize("number", [5, 6])
def test_agenda_fills_the_meeting_without_gaps(played, number):
    meeting = Meeting.objects.get(number=number)
    items = [*meeting.agenda.all()]
    clocks = schedule.beginnings(meeting, items).values()
    begins = [clock.hour * 60 + clock.minute for clock in clocks]
    ends = [begin + item.minutes for begin, item in zip(begins, items, strict=True)]

    assert begins == [meeting.starts.hour * 60, *ends[:-1]]
    assert ends[-1] == meeting.ends.hour * 60


def test_an_open_action_point_is_the_demo_members(played):
    point = ActionPoint.objects.get(meeting__is_example=True)

    assert point.organisation == user(MEMBER).member.organisation
    assert (point.done_on, point.due_on) == (None, timezone.localdate() + timedelta(days=10))
    assert point.entry.minutes.meeting == point.meeting
    assert point.what.startswith("Eksempel: ")


# Cases, initiatives, calls, and somebody who would like to join


def test_cases_are_published_submitted_and_a_draft_of_the_demo_member(played):
    states = dict(Case.objects.filter(is_example=True).values_list("state", "written_by__name"))

    assert states == {
        CaseState.PUBLISHED: "Eksempel Kommune",
        CaseState.SUBMITTED: "Eksempel Bolig",
        CaseState.DRAFT: "Eksempelværkstedet",
    }
    assert [case.state for case in Case.objects.of_organisation(user(MEMBER))] == [CaseState.DRAFT]


def test_the_running_initiative_ties_barriers_to_a_case_and_a_call(played):
    running = Initiative.objects.get(state=InitiativeState.RUNNING)

    assert {barrier.slug for barrier in running.barriers.all()} == {
        "kapacitet",
        "salg-til-kommuner",
    }
    assert [case.state for case in running.cases.all()] == [CaseState.PUBLISHED]
    assert running.calls.get().is_example
    assert [update.percent for update in running.updates.all()] == [60, 35, 10]
    assert running.participants.count() == 3
    assert [milestone.done_on is not None for milestone in running.milestones.all()] == [
        True,
        True,
        False,
        False,
    ]
    assert not running.is_past_review
    assert Initiative.objects.get(state=InitiativeState.PROPOSED).barriers.get().slug == "politik"


def test_initiatives_are_in_three_columns_and_one_is_due_for_review(played):
    (waiting,) = Initiative.objects.past_review(timezone.localdate())
    done = Initiative.objects.get(state=InitiativeState.DONE)

    assert waiting.state == InitiativeState.PROPOSED
    assert done.outcome
    assert done.ended_on == timezone.localdate() - timedelta(days=55)
    assert [update.percent for update in done.updates.all()] == [100, 50]


def test_barriers_follow_running_initiatives_and_activity_has_the_dates(played):
    addressed = Barrier.objects.filter(state=BarrierState.ADDRESSED)

    assert {barrier.slug for barrier in addressed} == {"kapacitet", "salg-til-kommuner"}
    told = Activity.objects.filter(target_type__model="barrier", verb=Verb.CHANGED)
    assert told.count() == 3
    assert not told.filter(at__gt=timezone.now() - timedelta(days=50)).exists()


def test_the_open_call_closes_at_17_in_brussels_in_five_weeks(played):
    call = Call.objects.open_at(timezone.now()).get()
    closes = call.closes_at.astimezone(ZoneInfo("Europe/Brussels"))

    assert call.is_example
    assert (closes.hour, closes.minute) == (17, 0)
    assert closes.date() == timezone.localdate() + timedelta(days=35)


def test_the_open_consortium_has_a_confirmed_and_an_interested_partner(played):
    consortium = Consortium.objects.get(call__is_example=True, openness=Openness.OPEN)

    assert (consortium.openness, consortium.outcome) == (Openness.OPEN, Outcome.PREPARING)
    assert dict(consortium.partners.values_list("organisation__name", "state")) == {
        "Eksempel Kommune": PartnerState.CONFIRMED,
        "Eksempelværkstedet": PartnerState.INTERESTED,
    }


def test_hidden_consortium_shows_its_lead_what_is_missing(played, client):
    consortium = Consortium.objects.get(openness=Openness.HIDDEN)
    client.force_login(user("medlem@eksempel.example"))

    found = client.get(consortium.get_absolute_url()).context["check"]

    assert found.words == (
        "2/3 lande, 2/3 deltagere, mangler kommune, har socialøkonomisk virksomhed"
    )
    assert not found.is_met


def test_the_secretariats_desk_has_something_of_everything(played):
    desk = desk_page.desk(user(SECRETARY).member, timezone.now())

    assert [len(desk[part]) for part in ("requests", "drafts", "cases", "calls", "rounds")] == (
        [1, 1, 1, 1, 1]
    )
    assert JoinRequest.objects.waiting().get().email == "mai@eksempel.example"
