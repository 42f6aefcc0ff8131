"""The acts that start a consortium, change it and enter its outcome."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from calls.consortia import acts
from calls.consortia.forms import ConsortiumForm, OutcomeForm
from calls.models import Call, Consortium, Outcome
from taskforce.activity.models import Activity, Verb
from taskforce.following.models import Follow
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.factories import make_call, make_member, make_open_consortium
from tests.outbox import sent_to
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

NAME_IS_TAKEN = "Your organisation leads one of that name already."


def new(**typed: Any) -> ConsortiumForm:
    form = ConsortiumForm({"name": "Nyt", "openness": "open", **typed})
    assert form.is_valid(), form.errors
    return form


def changed(consortium: Consortium, **typed: Any) -> ConsortiumForm:
    """Return the form of a consortium, as it was loaded before anything else."""
    sent = {
        "name": consortium.name,
        "openness": consortium.openness,
        "version": consortium.version,
        "suggestions_by": consortium.suggestions_by,
        **typed,
    }
    form = ConsortiumForm(sent, instance=Consortium.objects.get(pk=consortium.pk))
    assert form.is_valid(), form.errors
    return form


def with_outcome(consortium: Consortium, **typed: Any) -> OutcomeForm:
    sent = {"outcome": "granted", "version": consortium.version, **typed}
    form = OutcomeForm(sent, instance=Consortium.objects.get(pk=consortium.pk))
    assert form.is_valid(), form.errors
    return form


def recorded() -> list[str]:
    return [*Activity.objects.order_by("pk").values_list("verb", flat=True)]


def test_start_makes_the_organisation_the_lead_and_the_member_a_follower(call: Call, lead: Member):
    consortium = acts.start(call=call, form=new(), by=lead)

    assert consortium == Consortium.objects.get()
    assert (consortium.call, consortium.lead, consortium.name) == (call, lead.organisation, "Nyt")
    follow = Follow.objects.get()
    assert (follow.user, follow.target_id) == (lead.user, consortium.pk)
    assert recorded() == [Verb.ADDED]


def test_start_refuses_a_name_that_the_lead_has(consortium: Consortium, lead: Member):
    with refused(NAME_IS_TAKEN, field="name"):
        acts.start(call=consortium.call, form=new(name="Vores"), by=lead)

    assert Consortium.objects.get() == consortium
    assert recorded() == []


def test_start_accepts_the_name_of_others_and_of_another_call(consortium: Consortium, lead: Member):
    acts.start(call=consortium.call, form=new(name="Vores"), by=make_member())
    acts.start(call=make_call(), form=new(name="Vores"), by=lead)

    assert Consortium.objects.filter(name="Vores").count() == 3


def test_start_twice_at_once_starts_one(transactional_db: None):
    call, by = make_call(), make_member()

    found = at_once(*(partial(acts.start, call=call, form=new(), by=by) for _time in range(2)))

    assert answers(found) == ["Consortium", "Refused"]
    assert Consortium.objects.count() == Follow.objects.count() == 1


def test_change_saves_a_new_version(consortium: Consortium, lead: Member):
    found = acts.change(form=changed(consortium, description="Ny tekst"), by=lead)

    consortium.refresh_from_db()
    assert found == consortium
    assert (consortium.description, consortium.version) == ("Ny tekst", 2)
    assert recorded() == [Verb.CHANGED]
    assert sent_to() == []


def test_change_of_the_date_notifies_followers_but_the_member(consortium: Consortium, lead: Member):
    follower = make_member()
    for member in (lead, follower):
        following.follow(followed=consortium, member=member)
    later = timezone.localdate() + timedelta(days=40)

    acts.change(form=changed(consortium, suggestions_by=later), by=lead)

    assert sent_to() == [follower.user.email]


def test_change_raises_conflict_if_somebody_saved_first(consortium: Consortium, lead: Member):
    late = changed(consortium, description="For sent")
    Consortium.objects.update(description="Deres", version=2)

    with conflict(consortium):
        acts.change(form=late, by=lead)

    assert Consortium.objects.get().description == "Deres"
    assert recorded() == []


def test_change_refuses_a_name_that_the_lead_has(consortium: Consortium, lead: Member):
    make_open_consortium(consortium.call, lead.organisation, name="Andet")

    with refused(NAME_IS_TAKEN, field="name"):
        acts.change(form=changed(consortium, name="Andet"), by=lead)

    consortium.refresh_from_db()
    assert (consortium.name, consortium.version) == ("Vores", 1)


def test_one_of_two_changes_at_once_gets_a_conflict(transactional_db: None):
    by = make_member()
    consortium = make_open_consortium(make_call(day=date(2090, 1, 1)), by.organisation)
    forms = [changed(consortium, description=text) for text in ("En", "To")]

    found = at_once(*(partial(acts.change, form=form, by=by) for form in forms))

    assert answers(found) == ["Conflict", "Consortium"]


def test_enter_outcome_saves_it_and_shows_it_with_the_call(consortium: Consortium, lead: Member):
    form = with_outcome(consortium, outcome_amount="250000", outcome_link="https://eu.example/")

    found = acts.enter_outcome(form=form, by=lead)

    consortium.refresh_from_db()
    assert found == consortium
    assert (consortium.outcome, consortium.outcome_amount) == (Outcome.GRANTED, 250_000)
    assert (consortium.outcome_link, consortium.version) == ("https://eu.example/", 2)
    assert Call.objects.get().outcome == Outcome.GRANTED
    assert recorded() == [Verb.CHANGED]


def test_enter_outcome_raises_conflict_if_somebody_saved_first(
    consortium: Consortium, lead: Member
):
    late = with_outcome(consortium)
    Consortium.objects.update(outcome="rejected", version=2)

    with conflict(consortium):
        acts.enter_outcome(form=late, by=lead)

    assert Consortium.objects.get().outcome == Outcome.REJECTED
    assert recorded() == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"suggestions_by": "2020-01-01"}, "suggestions_by", "Den dag er gået."),
        (
            {"openness": "hidden", "seeking": "kan tysk"},
            "seeking",
            "Ingen kan læse det, så længe konsortiet ikke vises. Vælg at vise det.",
        ),
    ],
)
def test_form_refuses(db: None, typed: dict[str, str], field: str, sentence: str):
    new = Consortium(call=make_call())
    form = ConsortiumForm({"name": "Nyt", "openness": "open", **typed}, instance=new)

    assert form.errors == {field: [sentence]}


def test_form_keeps_a_past_date_that_was_not_changed(consortium: Consortium):
    Consortium.objects.update(suggestions_by="2020-01-01")
    consortium.refresh_from_db()

    assert changed(consortium).is_valid()


def test_outcome_form_refuses_an_amount_without_an_application(consortium: Consortium):
    sent = {"outcome": "rejected", "outcome_amount": "5", "version": 1}

    form = OutcomeForm(sent, instance=consortium)

    assert form.errors == {
        "outcome_amount": ["Skriv kun et beløb, hvis I har søgt eller fået bevilget penge."]
    }
