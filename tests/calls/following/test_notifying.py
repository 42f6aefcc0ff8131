"""Followers are notified of changed dates and rules."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from calls.following import notifying
from calls.following.reminding import of_deadlines
from calls.models import Call, CallDeadline, Openness
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.following import telling
from taskforce.following.reminding import remind_due
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.calls.following.moving import DEADLINE, move, subjects
from tests.conftest import LogIn
from tests.factories import make_member, make_open_consortium


def edit(secretary: Member, call: Call, **fields: Any) -> None:
    """Save a call's form with other values, at the version that it has."""
    browser = Client()
    browser.force_login(secretary.user)  # anew: a session does not last as long as a test
    deadline = call.deadlines.get()
    typed = {
        "title": call.title,
        "summary": call.summary,
        "version": str(Call.objects.get(pk=call.pk).version),
        "frister-TOTAL_FORMS": "1",
        "frister-INITIAL_FORMS": "1",
        "frister-0-id": str(deadline.pk),
        "frister-0-day": deadline.day.isoformat(),
        "frister-0-time": "17:00",
        **fields,
    }
    answer = browser.post(f"{call.get_absolute_url()}ret/", typed)
    assert (answer.status_code, answer.get("Location")) == (302, call.get_absolute_url())


def test_followers_get_one_mail_about_changed_dates_and_rules(
    call: Call, member: Member, secretary: Member
):
    following.follow(followed=call, member=member)
    rules = {"rules_link": "https://eu.example/", "checked_on": "2020-01-01", "countries_min": "3"}

    edit(secretary, call, **{"frister-0-day": "2030-05-20"}, **rules)

    (letter,) = mail.outbox
    assert letter.to == [member.user.email]
    assert "20. maj 2030 kl. 17.00" in letter.body
    assert "før: 15. maj 2030 kl. 17.00" in letter.body
    assert "Mindste antal lande: 3" in letter.body
    mail.outbox.clear()

    edit(secretary, call, **rules)  # the same again
    edit(secretary, call, title="Andet navn", **rules)
    assert subjects() == []


def test_follower_of_call_and_consortia_gets_one_mail(
    call: Call, member: Member, secretary: Member
):
    following.follow(followed=call, member=member)
    for lead in (member, make_member()):
        following.follow(followed=make_open_consortium(call, lead.organisation), member=member)

    edit(secretary, call, **{"frister-0-day": "2030-05-20"})

    assert len(subjects()) == 1


def test_new_date_in_a_mail_is_not_reminded_of_at_once(
    call: Call, member: Member, secretary: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    now = move(time_machine, 50)

    near = DEADLINE - timedelta(days=40)
    edit(secretary, call, **{"frister-0-day": near.isoformat()})
    remind_due(of_deadlines, now)

    assert subjects() == ["Ændret: Penge"]


def test_changed_rules_do_not_replace_a_reminder(
    call: Call, member: Member, secretary: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    now = move(time_machine, 14)

    edit(secretary, call, budget="5")
    remind_due(of_deadlines, now)

    assert subjects() == ["Ændret: Penge", "14 dage tilbage: Penge"]


def test_whoever_changes_a_call_gets_no_mail(call: Call, secretary: Member):
    following.follow(followed=call, member=secretary)

    edit(secretary, call, **{"frister-0-day": "2030-05-20"})

    assert subjects() == []


def test_followers_of_a_consortium_get_mail_about_its_own_date(
    call: Call, member: Member, log_in: LogIn
):
    lead, other = make_member(), make_member()
    consortium = make_open_consortium(
        call, lead.organisation, name="Vores", suggestions_by=date(2030, 3, 1)
    )
    following.follow(followed=consortium, member=member)
    following.follow(followed=call, member=other)
    typed = {"name": "Vores", "openness": "open", "suggestions_by": "2030-04-01", "version": "1"}

    log_in(lead).post(f"{consortium.get_absolute_url()}ret/", typed)

    (letter,) = mail.outbox
    assert letter.to == [member.user.email]
    assert "1. april 2030" in letter.body
    assert "før: 1. marts 2030" in letter.body


# The acts


def test_notify_about_call_returns_how_many_people_it_wrote_to(call: Call, member: Member):
    by, former = make_member(), make_member()
    consortium = make_open_consortium(call, make_member().organisation)
    for who in (by, former, member):
        following.follow(followed=call, member=who)
    following.follow(followed=consortium, member=member)
    following.follow(followed=consortium, member=make_member())
    Member.objects.filter(pk=former.pk).update(to_date=timezone.localdate())
    before = notifying.facts(call)
    Call.objects.update(budget=5)

    told = record(Verb.CHANGED, call, by=by.user)

    found = Call.objects.get()
    assert notifying.notify_about_call(found, before=before, by=by, told=told) == 2
    assert len(subjects()) == 2


def test_notify_about_call_without_a_change_writes_to_nobody(call: Call, member: Member):
    following.follow(followed=call, member=member)
    Call.objects.update(title="Andet")

    before, by = notifying.facts(call), make_member()
    told = record(Verb.CHANGED, call, by=by.user)

    assert notifying.notify_about_call(call, before=before, by=by, told=told) == 0
    assert subjects() == []


@pytest.mark.parametrize("changed", [{"budget": 5}, {"summary": "Andre ord"}])
def test_change_of_dates_and_rules_alone_is_told(
    call: Call, member: Member, changed: dict[str, Any]
):
    following.follow(followed=call, member=member)
    before = notifying.facts(call)
    Call.objects.update(**changed)

    told = notifying.record_change(call.pk, before=before, by=make_member())

    (event,) = Activity.objects.all()
    is_rule = "budget" in changed
    assert (told, event.verb) == (int(is_rule), Verb.CHANGED if is_rule else Verb.CORRECTED)
    assert telling.is_news(event) == is_rule


def test_facts_in_short_leave_out_what_a_call_does_not_say(call: Call):
    with translation.override("da"):
        assert notifying.in_short(call) == "Frister: 15. maj 2030 kl. 17.00"


def test_notify_about_consortium_writes_to_those_who_may_read_its_date(call: Call):
    lead, stranger, by = make_member(), make_member(), make_member()
    consortium = make_open_consortium(call, lead.organisation)
    for who in (lead, stranger, by):
        following.follow(followed=consortium, member=who)
    consortium.openness = Openness.HIDDEN
    consortium.save()
    before = notifying.own_facts(consortium)
    consortium.suggestions_by = DEADLINE

    told = record(Verb.CHANGED, consortium, by=by.user)

    assert notifying.notify_about_consortium(consortium, before=before, by=by, told=told) == 1
    assert [letter.to for letter in mail.outbox] == [[lead.user.email]]


def test_facts_of_a_call_are_in_danish(call: Call):
    CallDeadline.objects.create(call=call, day=date(2030, 2, 1), label="1. trin")
    fields = {
        "opens_on": date(2029, 9, 29),
        "participants_min": 3,
        "participants_max": 9,
        "countries_min": 2,
        "kinds_required": ["network", "municipality"],
        "budget": 1_300_000,
        "grant_min": 1000,
        "grant_max": 300_000,
    }
    Call.objects.update(**fields)

    with translation.override("en"):
        found = notifying.facts(Call.objects.get())

    assert found.words == {
        "Frister": "1. februar 2030 1. trin, 15. maj 2030 kl. 17.00",
        "Åbner": "29. september 2029",
        "Ansøgere": "3–9",
        "Mindste antal lande": "2",
        "Kræver": "Netværk eller forening, Kommune",
        "Budget": "1.300.000 euro",
        "Mindste tilskud": "1.000 euro",
        "Største tilskud": "300.000 euro",
    }
    assert len(found.dates) == 2


def test_facts_of_a_call_without_any_have_a_dash(db: None):
    call = Call.objects.create(title="Penge", summary="x")

    assert {*notifying.facts(call).words.values()} == {"–"}


def test_facts_of_a_consortium_are_its_date_alone(call: Call):
    consortium = make_open_consortium(call, make_member().organisation, suggestions_by=DEADLINE)

    found = notifying.own_facts(consortium)

    assert found.words == {"Foreslå punkter senest": "15. maj 2030"}
    assert [one.consortium for one in found.dates] == [consortium]
    consortium.suggestions_by = None
    assert [*notifying.own_facts(consortium).words.values()] == ["–"]
