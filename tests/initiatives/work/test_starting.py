"""Start an initiative against barriers, and change its plan without losing a word."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from barriers.models import Barrier, BarrierState
from initiatives.models import Initiative, Milestone, Participation
from initiatives.work import ending, starting
from initiatives.work.forms import InitiativeForm, MilestoneFormSet, StartForm
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_barrier,
    make_initiative,
    make_member,
    make_milestone,
    make_organisation,
    make_secretary,
    make_theme,
)
from tests.initiatives.work.starts import days_ahead, filled_in, rows, start, today
from tests.racing import at_once
from tests.refusing import answers, conflict

START = "/indsatser/ny/"


@pytest.fixture
def led(member: Member) -> Initiative:
    """An initiative that the member's organisation leads."""
    return make_initiative(
        "Guide",
        lead=member.organisation,
        state="running",
        starts_on=today(),
        review_on=today() + timedelta(days=9),
    )


def edited(initiative: Initiative, *barriers: Barrier, **typed: object) -> dict[str, object]:
    """Return the form of an initiative as it is sent when nothing was changed but `typed`."""
    return {
        "title": initiative.title,
        "goal": initiative.goal,
        "measure": initiative.measure,
        "against": [barrier.pk for barrier in barriers or initiative.barriers.all()],
        "starts_on": str(initiative.starts_on or ""),
        "due_on": str(initiative.due_on or ""),
        "review_on": str(initiative.review_on or ""),
        "reach": initiative.reach,
        "version": initiative.version,
        **rows(),
        **typed,
    }


# Starting


def test_member_starts_an_initiative_with_a_whole_plan(as_member, member, client):
    first, second, other = make_barrier("En"), make_barrier("To"), make_organisation("Anden")
    planned = rows({"title": "Vi mødes", "due_on": days_ahead(20)}, {"title": "", "due_on": ""})

    answer = as_member.post(START, filled_in(first, second, named=[other.pk]) | planned)

    made = Initiative.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.lead, made.contact, made.state) == (member.organisation, member, "running")
    assert {*made.barriers.all()} == {first, second}
    assert [(each.title, str(each.due_on)) for each in made.milestones.all()] == [
        ("Vi mødes", days_ahead(20))
    ]
    assert made.participations.get().organisation == other
    page = client.get(answer.url).content.decode()
    for words in ("En guide", "Flere køber socialt.", "Ti flere kommuner.", "Vi mødes", "Anden"):
        assert words in page


def test_barriers_in_the_address_are_ticked(as_member):
    first, second, other = make_barrier("Et krav"), make_barrier("Penge"), make_barrier("Tid")

    page = as_member.get(f"{START}?barriere={first.slug}&barriere={second.slug}&barriere=x%00")

    assert set(page.context["form"].initial["against"]) == {first.pk, second.pk}
    assert [pk for pk, _label in page.context["form"].fields["against"].choices] == [
        first.pk,
        second.pk,
        other.pk,
    ]


def test_form_offers_visible_unsolved_barriers_only(as_member, as_secretary):
    hidden = make_barrier("Skjult", hidden_at="2026-01-01T00:00Z")
    make_barrier("Løst", state=BarrierState.RESOLVED, resolved_on=today())
    seen = make_barrier("Åben", rank=1, points=3)

    def offered(browser: Client) -> list[str]:
        form = browser.get(f"/en{START}").context["form"]
        return [label for _pk, label in form.fields["against"].choices]

    assert offered(as_member) == ["No. 1: Åben"]
    assert offered(as_secretary) == ["No. 1: Åben", "Skjult"]
    page = as_member.post(START, filled_in(hidden))
    assert list(page.context["form"].errors) == ["against"]
    assert seen.initiatives.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"goal": ""}, "goal"),
        ({"measure": ""}, "measure"),
        ({"against": []}, "against"),
        ({"against": ["0"]}, "against"),
        ({"against": ["x\0"]}, "against"),
        ({"due_on": days_ahead(-1)}, "due_on"),
        ({"due_on": "snart"}, "due_on"),
        ({"review_on": ""}, "review_on"),
        ({"review_on": days_ahead(-1)}, "review_on"),
        ({"state": "done"}, "state"),
        ({"reach": "x"}, "reach"),
        ({"named": ["0"]}, "named"),
    ],
)
def test_form_marks_bad_input_and_keeps_what_was_typed(as_member, typed, field):
    make_organisation("Anden")
    sent = filled_in(make_barrier(), goal="Min lange tekst")
    planned = rows({"title": "Vi mødes", "due_on": days_ahead(20)})

    page = as_member.post(START, sent | planned | typed)

    assert list(page.context["form"].errors) == [field]
    text = page.content.decode()
    assert typed.get("goal", "Min lange tekst") in text
    assert "Vi mødes" in text
    assert 'id="fejl"' in text
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"title": "Vi mødes", "due_on": ""}, "due_on"),
        ({"title": "", "due_on": days_ahead(3)}, "title"),
        ({"title": "Vi mødes", "due_on": "31-02-2027"}, "due_on"),
    ],
)
def test_half_a_milestone_is_refused_with_the_whole_form(as_member, row, field):
    page = as_member.post(START, filled_in(make_barrier()) | rows(row))

    assert list(page.context["milestones"].errors[0]) == [field]
    assert "Flere køber socialt." in page.content.decode()
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        rows(*({"title": f"Nr. {n}", "due_on": days_ahead(n)} for n in range(1, 22))),
        {"milestones-TOTAL_FORMS": "x", "milestones-INITIAL_FORMS": "9"},
    ],
)
def test_nonsense_about_the_rows_is_refused(as_member, sent):
    plain = {name: value for name, value in filled_in(make_barrier()).items() if "-" not in name}

    page = as_member.post(START, plain | sent)

    assert page.status_code == 200
    assert page.context["milestones"].non_form_errors()
    assert not Initiative.objects.exists()


def test_days_are_read_as_danes_write_them(as_member):
    made = start(as_member, make_barrier(), starts_on="1.2.2030", due_on="", review_on="03/04/2031")

    assert (str(made.starts_on), made.due_on, str(made.review_on)) == (
        "2030-02-01",
        None,
        "2031-04-03",
    )


def test_member_puts_no_other_organisation_in_the_lead(as_member, member):
    made = start(as_member, make_barrier(), lead=make_organisation("Anden").pk)

    assert made.lead == member.organisation


def test_secretariat_may_put_another_organisation_in_the_lead(log_in: LogIn, mailbox: Mailbox):
    other = make_member(make_organisation("Anden"))
    make_member(other.organisation, to_date=today())

    made = start(
        log_in(make_secretary()),
        make_barrier(),
        lead=other.organisation_id,
        named=[other.organisation_id],
    )

    assert (made.lead, made.contact) == (other.organisation, None)
    assert not made.participations.exists()
    assert [letter["to"] for letter in mailbox.letters] == [other.user.email]


def test_only_members_of_named_organisations_get_mail(log_in: LogIn, mailbox: Mailbox):
    starter, named = make_member(), make_member(make_organisation("Anden"))
    make_member(named.organisation, to_date=today())
    make_member(starter.organisation)

    start(log_in(starter), make_barrier(), named=[named.organisation_id])

    (letter,) = mailbox.letters
    assert letter["to"] == named.user.email
    assert Initiative.objects.get().get_absolute_url() in letter.get_content()
    assert str(starter.organisation) in letter.get_content()


def test_strangers_and_former_members_start_nothing(client, log_in: LogIn, db):
    barrier = make_barrier()

    assert client.post(START, filled_in(barrier)).status_code == 302
    former = log_in(make_member(to_date=today()))
    assert former.post(START, filled_in(barrier)).status_code == 403
    assert not Initiative.objects.exists()


def test_initiative_called_new_has_an_address_of_its_own(as_member):
    assert start(as_member, make_barrier(), title="Ny").slug.startswith("ny-")


# Barriers follow


def state_of(barrier: Barrier) -> str:
    barrier.refresh_from_db()
    return barrier.state


def test_barrier_is_addressed_while_an_initiative_runs(as_member, member):
    barrier, resolved = make_barrier(), make_barrier(state="resolved", resolved_on=today())
    merged = make_barrier(state="merged", merged_into=barrier)
    first, second = start(as_member, barrier), start(as_member, barrier, title="Nr. 2")
    first.barriers.add(resolved, merged)
    assert state_of(barrier) == BarrierState.ADDRESSED
    assert verbs_of(barrier) == [Verb.CHANGED]

    ending.end(initiative=first, state="done", outcome="Færdig", by=member)
    assert state_of(barrier) == BarrierState.ADDRESSED
    ending.end(initiative=second, state="stopped", outcome="Ingen tid", by=member)

    assert state_of(barrier) == BarrierState.OPEN
    assert verbs_of(barrier) == [Verb.CHANGED, Verb.OPENED]
    assert (state_of(resolved), state_of(merged)) == (BarrierState.RESOLVED, BarrierState.MERGED)
    ending.open_again(initiative=first, by=member)
    assert state_of(barrier) == BarrierState.ADDRESSED
    assert (state_of(resolved), state_of(merged)) == (BarrierState.RESOLVED, BarrierState.MERGED)


def verbs_of(barrier: Barrier) -> list[str]:
    told = Activity.objects.filter(target_type__model="barrier", target_id=barrier.pk)
    return [*told.order_by("pk").values_list("verb", flat=True)]


def test_proposed_initiative_addresses_no_barrier(as_member):
    barrier, taken_up = make_barrier(), make_barrier(state=BarrierState.ADDRESSED)

    start(as_member, barrier, taken_up, state="proposed")

    assert (state_of(barrier), state_of(taken_up)) == (BarrierState.OPEN, BarrierState.ADDRESSED)
    assert verbs_of(barrier) == []


def test_barriers_that_an_edit_adds_and_removes_follow(as_member, led):
    before, after = make_barrier(state=BarrierState.ADDRESSED), make_barrier()
    led.barriers.add(before)

    as_member.post("/indsatser/guide/ret/", edited(led, after))

    assert [*led.barriers.all()] == [after]
    assert (state_of(before), state_of(after)) == (BarrierState.OPEN, BarrierState.ADDRESSED)


def test_last_two_initiatives_that_stop_at_once_open_the_barrier(transactional_db):
    barrier, by = make_barrier(state=BarrierState.ADDRESSED), make_member()
    both = [make_initiative(state="running") for _ in range(2)]
    for each in both:
        each.barriers.add(barrier)

    stop = partial(ending.end, state="stopped", outcome="Nej", by=by)
    assert at_once(*(partial(stop, initiative=each) for each in both)) == both
    assert state_of(barrier) == BarrierState.OPEN
    assert verbs_of(barrier) == [Verb.OPENED]


def test_barrier_stays_addressed_where_one_starts_and_one_stops_at_once(transactional_db, log_in):
    theme = make_theme()
    for _ in range(3):
        barrier, by = make_barrier(state=BarrierState.ADDRESSED, theme=theme), make_member()
        old = make_initiative(state="running")
        old.barriers.add(barrier)
        browser = log_in(by)
        stop = partial(ending.end, initiative=old, state="stopped", outcome="Nej", by=by)
        at_once(stop, partial(start, browser, barrier))
        assert state_of(barrier) == BarrierState.ADDRESSED


def test_edit_of_a_barrier_does_not_restore_its_old_state(as_member, as_secretary):
    barrier = make_barrier("Krav")
    page = as_secretary.get("/barrierer/krav/ret/").context["form"]
    start(as_member, barrier)

    typed = {"title": "Krav", "theme": barrier.theme_id, "description": "Min tekst"}
    answer = as_secretary.post("/barrierer/krav/ret/", typed | {"version": page.initial["version"]})

    assert answer.status_code == 200
    assert "Min tekst" in answer.content.decode()
    assert state_of(barrier) == BarrierState.ADDRESSED


# Changing


def test_lead_edits_the_plan_and_its_milestones(as_member, led):
    kept, dropped = make_milestone(led, "Kladde"), make_milestone(led, "Ud")
    barrier = make_barrier()
    planned = rows(
        {"id": kept.pk, "title": "Første kladde", "due_on": kept.due_on},
        {"id": dropped.pk, "title": "Ud", "due_on": dropped.due_on, "DELETE": "on"},
        {"title": "Ny", "due_on": days_ahead(40)},
        there=2,
    )

    answer = as_member.post(
        "/indsatser/guide/ret/", edited(led, barrier, goal="Et nyt mål", **planned)
    )

    assert answer.status_code == 302
    led.refresh_from_db()
    assert (led.goal, led.version) == ("Et nyt mål", 2)
    assert [*led.milestones.values_list("title", flat=True)] == ["Første kladde", "Ny"]


def test_nobody_but_lead_and_secretariat_edits(log_in: LogIn, client, led, as_secretary):
    for browser, status in ((client, 302), (log_in(make_member()), 404), (as_secretary, 200)):
        assert browser.get("/indsatser/guide/ret/").status_code == status
    answer = log_in(make_member()).post("/indsatser/guide/ret/", edited(led, make_barrier()))
    assert answer.status_code == 404


def test_second_writer_sees_both_texts_and_loses_nothing(as_member, led):
    milestone, barrier = make_milestone(led, "Kladde"), make_barrier("Krav")
    row = {"id": milestone.pk, "title": "Kladde", "due_on": milestone.due_on}
    first = edited(led, barrier, goal="Den førstes", **rows(row | {"title": "Hans"}, there=1))
    second = edited(led, barrier, goal="Den andens", **rows(row | {"title": "Min"}, there=1))
    as_member.post("/indsatser/guide/ret/", first)

    page = as_member.post("/indsatser/guide/ret/", second)

    theirs = " ".join(text for _label, text in page.context["form"].theirs)
    assert "Den førstes" in theirs
    assert "Hans" in theirs
    text = page.content.decode()
    assert "Den andens" in text
    assert 'value="Min"' in text
    assert [*led.milestones.values_list("title", flat=True)] == ["Hans"]
    again = second | {"version": page.context["form"]["version"].value()}
    assert as_member.post("/indsatser/guide/ret/", again).status_code == 302
    assert [*led.milestones.values_list("title", flat=True)] == ["Min"]


def test_conflict_shows_choices_by_their_labels(as_secretary, led):
    old, new = make_organisation("Gammel"), make_organisation("Ny leder")
    Initiative.objects.update(lead=new, version=2)

    page = as_secretary.post(
        "/en/indsatser/guide/ret/", edited(led, make_barrier(), lead=old.pk, reach="taskforce")
    )

    assert dict(page.context["form"].theirs) == {
        "Lead": "Ny leder",
        "Who is it for?": "A group that others can join",
        "Against which barriers?": "–",
    }


def test_one_of_two_edits_at_once_gets_a_conflict(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation, review_on=today() + timedelta(days=9))
    barrier = make_barrier()

    def write(goal: str) -> Initiative:
        found = Initiative.objects.get(pk=led.pk)
        form = InitiativeForm(edited(led, barrier, goal=goal), instance=found, by=by)
        planned = MilestoneFormSet(rows(), instance=found)
        assert form.is_valid() & planned.is_valid()
        return starting.change(form=form, milestones=planned, by=by)

    assert answers(at_once(lambda: write("En"), lambda: write("To"))) == ["Conflict", "Initiative"]
    led.refresh_from_db()
    assert led.version == 2


def test_edit_keeps_a_barrier_that_the_editor_does_not_see(as_member, led):
    hidden, seen = make_barrier(hidden_at="2026-01-01T00:00Z"), make_barrier()
    led.barriers.add(hidden, seen)

    assert as_member.post("/indsatser/guide/ret/", edited(led, seen)).status_code == 302
    assert {*led.barriers.all()} == {hidden, seen}
    assert (
        as_member.post(
            "/indsatser/guide/ret/", edited(led, version=2) | {"against": []}
        ).status_code
        == 302
    )
    assert {*led.barriers.all()} == {hidden}


def test_past_review_date_may_stay_but_not_be_set(as_member, led):
    Initiative.objects.update(review_on=today() - timedelta(days=3))
    led.refresh_from_db()
    barrier = make_barrier()

    assert as_member.post("/indsatser/guide/ret/", edited(led, barrier)).status_code == 302
    page = as_member.post(
        "/indsatser/guide/ret/", edited(led, barrier, version=2, review_on=days_ahead(-1))
    )
    assert list(page.context["form"].errors) == ["review_on"]


def test_new_lead_takes_over_without_the_old_contact(log_in: LogIn, mailbox: Mailbox):
    old, new = make_member(name_visibility=NameVisibility.PUBLIC), make_member()
    led = make_initiative(
        "Guide", lead=old.organisation, contact=old, review_on=today() + timedelta(days=5)
    )
    Participation.objects.create(initiative=led, organisation=new.organisation)

    log_in(make_secretary()).post(
        "/indsatser/guide/ret/", edited(led, make_barrier(), lead=new.organisation_id)
    )

    led.refresh_from_db()
    assert (led.lead, led.contact) == (new.organisation, None)
    assert not led.participations.exists()
    assert [letter["to"] for letter in mailbox.letters] == [new.user.email]
    assert log_in(old).get("/indsatser/guide/ret/").status_code == 404
    assert log_in(new).get("/indsatser/guide/ret/").status_code == 200


def test_ended_initiative_is_not_edited(as_member, member):
    make_initiative("Guide", lead=member.organisation, state="done")

    assert as_member.get("/indsatser/guide/ret/").url == "/indsatser/guide/"


def test_milestone_of_another_initiative_is_not_changed(as_member, led):
    other = make_milestone(make_initiative(), "Andres")
    row = {"id": other.pk, "title": "Mit nu", "due_on": days_ahead(3)}

    page = as_member.post(
        "/indsatser/guide/ret/", edited(led, make_barrier(), **rows(row, there=1))
    )

    assert page.status_code == 302
    assert {(each.initiative, each.title) for each in Milestone.objects.all()} == {
        (other.initiative, "Andres"),
        (led, "Mit nu"),
    }


def test_milestone_that_somebody_removed_is_saved_as_a_new_one(as_member, led):
    milestone = make_milestone(led, "Kladde")
    row = {"id": milestone.pk, "title": "Min kladde", "due_on": milestone.due_on}
    sent = edited(led, make_barrier(), **rows(row, there=1))
    milestone.delete()
    Initiative.objects.update(version=2)

    page = as_member.post("/indsatser/guide/ret/", sent)

    assert page.context["form"].theirs
    assert 'value="Min kladde"' in page.content.decode()
    again = sent | {"version": page.context["form"]["version"].value()}
    assert as_member.post("/indsatser/guide/ret/", again).status_code == 302
    assert led.milestones.get().title == "Min kladde"


# The acts


def begun(by: Member, *barriers: Barrier, **typed: object) -> Initiative:
    """Start an initiative by its act."""
    form = StartForm(filled_in(*barriers, **typed), by=by, asked=[])
    planned = MilestoneFormSet(rows({"title": "Vi mødes", "due_on": days_ahead(9)}))
    planned.instance = form.instance
    assert form.is_valid() & planned.is_valid(), (form.errors, planned.errors)
    return starting.start(form=form, milestones=planned, by=by)


def changed(initiative: Initiative, by: Member, *barriers: Barrier, **typed: object) -> Initiative:
    """Change the plan of an initiative by its act."""
    sent = edited(initiative, *barriers, **typed)
    found = Initiative.objects.get(pk=initiative.pk)
    planned = MilestoneFormSet(sent, instance=found)
    form = InitiativeForm(sent, instance=found, by=by, milestones=planned)
    assert form.is_valid() & planned.is_valid(), (form.errors, planned.errors)
    return starting.change(form=form, milestones=planned, by=by)


def test_start_saves_plan_milestones_and_participants(member):
    barrier, other = make_barrier(), make_organisation()

    made = begun(member, barrier, named=[other.pk])

    assert made == Initiative.objects.get()
    assert (made.lead, made.contact, made.state) == (member.organisation, member, "running")
    assert ([*made.barriers.all()], made.milestones.get().title) == ([barrier], "Vi mødes")
    assert made.participations.get().organisation == other
    assert state_of(barrier) == BarrierState.ADDRESSED
    recorded = Activity.objects.filter(target_type__model="initiative")
    assert [*recorded.values_list("verb", flat=True)] == [Verb.ADDED]


def test_start_for_another_lead_has_no_contact(secretary):
    other = make_organisation()

    made = begun(secretary, make_barrier(), lead=other.pk)

    assert (made.lead, made.contact) == (other, None)


def test_change_records_the_change_and_lets_barriers_follow(led, member):
    before, after = make_barrier(state=BarrierState.ADDRESSED), make_barrier()
    led.barriers.add(before)

    assert changed(led, member, after, goal="Et nyt mål") == led

    led.refresh_from_db()
    assert (led.goal, led.version, [*led.barriers.all()]) == ("Et nyt mål", 2, [after])
    assert (state_of(before), state_of(after)) == (BarrierState.OPEN, BarrierState.ADDRESSED)
    recorded = Activity.objects.filter(target_type__model="initiative")
    assert [*recorded.values_list("verb", flat=True)] == [Verb.CHANGED]


def test_change_of_a_proposed_initiative_leaves_barriers_alone(led, member):
    Initiative.objects.update(state="proposed")
    barrier = make_barrier()

    changed(led, member, barrier)

    assert state_of(barrier) == BarrierState.OPEN


def test_change_raises_conflict_if_somebody_saved_first(led, member):
    barrier = make_barrier()
    Initiative.objects.update(goal="Deres", version=2)

    with conflict(led):
        changed(led, member, barrier, goal="Mit")

    led.refresh_from_db()
    assert (led.goal, led.version, led.barriers.count()) == ("Deres", 2, 0)
    assert not Activity.objects.exists()
