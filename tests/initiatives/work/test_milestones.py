"""Milestones are marked as reached, and as not reached after all."""

from datetime import timedelta

import pytest
from django.test import Client

from initiatives.models import Initiative, Milestone
from initiatives.work import ending, milestones
from initiatives.work.forms import MilestoneFormSet
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_initiative, make_member, make_milestone, make_secretary
from tests.initiatives.work.starts import rows, today
from tests.racing import at_once
from tests.refusing import refused

HERE = "/indsatser/guide/"
HAS_ENDED = "The initiative has ended in the meantime. Nothing was changed."


@pytest.fixture
def led(member: Member) -> Initiative:
    return make_initiative("Guide", lead=member.organisation, state="proposed")


@pytest.fixture
def milestone(led: Initiative) -> Milestone:
    return make_milestone(led, "Vi mødes")


# The acts


def test_reach_sets_today_and_records_the_change(milestone, member):
    assert milestones.reach(milestone=milestone, by=member) == milestone

    assert milestone.done_on == Milestone.objects.get().done_on == today()
    assert [*Activity.objects.values_list("verb", flat=True)] == [Verb.CHANGED]


def test_reach_keeps_the_day_of_a_milestone_that_was_reached_before(milestone, member):
    yesterday = today() - timedelta(days=1)
    Milestone.objects.update(done_on=yesterday)

    milestones.reach(milestone=milestone, by=member)

    assert Milestone.objects.get().done_on == yesterday
    assert not Activity.objects.exists()


def test_take_back_removes_the_day(milestone, member):
    milestones.reach(milestone=milestone, by=member)

    assert milestones.take_back(milestone=milestone, by=member) == milestone

    assert milestone.done_on is Milestone.objects.get().done_on is None


def test_take_back_of_what_was_not_reached_changes_nothing(milestone, member):
    milestones.take_back(milestone=milestone, by=member)

    assert Milestone.objects.get().done_on is None
    assert not Activity.objects.exists()


def test_acts_change_no_other_milestone(milestone, led, member):
    other = make_milestone(led)

    milestones.reach(milestone=milestone, by=member)

    other.refresh_from_db()
    assert other.done_on is None


@pytest.mark.parametrize("act", [milestones.reach, milestones.take_back])
def test_acts_refuse_where_the_initiative_has_ended(milestone, led, member, act):
    ending.end(initiative=led, state="done", outcome="Færdig", by=member)

    with refused(HAS_ENDED):
        act(milestone=milestone, by=member)


def test_reach_twice_at_once_records_one_change(transactional_db):
    by = make_member()
    milestone = make_milestone(make_initiative(lead=by.organisation))

    def reach() -> Milestone:
        return milestones.reach(milestone=Milestone.objects.get(), by=by)

    assert at_once(reach, reach) == [milestone, milestone]
    assert Activity.objects.count() == 1


# On the page


def test_lead_marks_a_milestone_and_takes_it_back(as_member, milestone):
    path = f"{HERE}milepael/{milestone.pk}/"

    for _ in range(2):
        assert as_member.post(f"{path}naaet/").url == f"{HERE}#milepaele"
    milestone.refresh_from_db()
    assert milestone.done_on == today()
    assert as_member.post(f"{path}ikke-naaet/").url == f"{HERE}#milepaele"

    milestone.refresh_from_db()
    assert milestone.done_on is None
    # Several small changes within an hour are recorded as one.
    assert Activity.objects.filter(verb=Verb.CHANGED).count() == 1


@pytest.mark.parametrize("act", ["naaet", "ikke-naaet"])
def test_nobody_but_lead_and_secretariat_marks_a_milestone(
    client: Client, log_in: LogIn, led, milestone, act
):
    path = f"{HERE}milepael/{milestone.pk}/{act}/"

    assert client.post(path).status_code == 302
    assert log_in(make_member()).post(path).status_code == 404
    assert log_in(make_secretary()).get(path).status_code == 405
    other = make_initiative("Anden", lead=led.lead)
    own = log_in(make_member(led.lead))
    assert own.post(f"{other.get_absolute_url()}milepael/{milestone.pk}/{act}/").status_code == 404
    milestone.refresh_from_db()
    assert milestone.done_on is None


def test_milestones_of_an_ended_initiative_stay(as_member, member, led, milestone):
    ending.end(initiative=led, state="done", outcome="Færdig", by=member)

    assert as_member.post(f"{HERE}milepael/{milestone.pk}/naaet/").url == f"{HERE}#milepaele"
    milestone.refresh_from_db()
    assert milestone.done_on is None


def test_ending_between_finding_and_marking_leads_back_without_a_word(
    as_member, member, led, milestone, monkeypatch
):
    reach = milestones.reach

    def beaten(**given):
        ending.end(initiative=led, state="done", outcome="Færdig", by=member)
        return reach(**given)

    monkeypatch.setattr(milestones, "reach", beaten)

    answer = as_member.post(f"{HERE}milepael/{milestone.pk}/naaet/", follow=True)

    assert answer.redirect_chain == [(f"{HERE}#milepaele", 302)]
    assert [*answer.context["messages"]] == []


def test_saving_the_plan_leaves_a_milestone_reached(as_member, led, milestone):
    """The form of the plan has titles and days, and writes nothing else of a milestone."""
    row = {"id": milestone.pk, "title": "Vi ses", "due_on": milestone.due_on}
    planned = MilestoneFormSet(rows(row, there=1), instance=led)
    assert planned.is_valid()
    as_member.post(f"{HERE}milepael/{milestone.pk}/naaet/")
    planned.save()

    milestone.refresh_from_db()
    assert (milestone.title, milestone.done_on) == ("Vi ses", today())
