"""Letters at once: to whom, of what, once, and not too many."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from barriers.curation import hiding
from barriers.models import Barrier
from calls.consortia.acts import enter_outcome
from calls.consortia.forms import OutcomeForm
from calls.following import notifying
from calls.models import Call
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import bounces
from taskforce.core.models import MailChoice
from taskforce.following import telling
from taskforce.following.kinds import Kind
from taskforce.following.models import Digest, Follow, Follower, How, Rhythm, Told, whose
from taskforce.following.tasks import tell
from taskforce.following.things import named
from taskforce.members.models import Member
from taskforce.news import publishing
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_mailing,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_open_consortium,
    make_organisation,
    make_statement,
)
from tests.outbox import sent, sent_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def barrier() -> Barrier:
    return make_barrier("Kapital")


def follow(thing: Any, reader: Any, how: str = How.AT_ONCE) -> Follow:
    since = timezone.now() - timedelta(days=30)
    reader = reader.user if isinstance(reader, Member) else reader
    return Follow.objects.create(**whose(reader), **named(thing), how=how, since=since)


def stranger(email: str = "fremmed@example.org") -> Follower:
    return Follower.objects.create(email=email, confirmed_at=timezone.now())


def said(barrier: Barrier, text: str = "Vi mangler kapital.") -> Activity:
    return record(Verb.ADDED, make_statement(barrier, text), by=None)


def test_followers_get_the_new_words_under_one_subject(barrier, member):
    follow(barrier, member)
    follow(barrier, stranger())

    assert telling.tell(said(barrier)) == 2

    letters = mail.outbox[:]
    assert sent() == [(member.user.email, "Kapital"), ("fremmed@example.org", "Kapital")]
    for letter in letters:
        assert "Vi mangler kapital." in letter.body
        assert barrier.get_absolute_url() in letter.body
        assert "fordi du følger ”Kapital”" in letter.body
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter.extra_headers["References"].startswith(f"<barrier-{barrier.pk}@")


def test_an_event_is_told_once(barrier, member):
    follow(barrier, member)
    event = said(barrier)

    assert [telling.tell(event), telling.tell(event)] == [1, 0]
    assert sent_to() == [member.user.email]
    assert Told.objects.count() == 1


def test_those_who_want_it_rarely_or_never_get_no_letter(barrier):
    for how in (How.DAILY, How.WEEKLY, How.NEVER, ""):
        follow(barrier, make_member(), how)

    assert telling.tell(said(barrier)) == 0
    assert not Told.objects.exists()


def test_nobody_is_told_what_they_did(barrier, member):
    follow(barrier, member)

    event = record(Verb.ADDED, make_statement(barrier), by=member.user)

    assert telling.tell(event) == 0


def test_former_members_and_unconfirmed_addresses_hear_nothing(barrier, member):
    Member.objects.update(to_date=timezone.localdate())
    follow(barrier, member)
    follow(barrier, Follower.objects.create(email="ea@example.org"))

    assert telling.tell(said(barrier)) == 0


def test_what_they_may_not_see_by_now_is_not_told(barrier, member, secretary):
    for reader in (member, stranger(), secretary):
        follow(barrier, reader)
    event = said(barrier)
    Barrier.objects.update(hidden_at=timezone.now())

    telling.tell(event)

    assert sent_to() == [secretary.user.email]


def test_hidden_barrier_is_told_without_its_title(barrier, member, secretary):
    for reader in (member, stranger(), secretary):
        follow(barrier, reader)
    Barrier.objects.update(hidden_at=timezone.now())
    event = record(Verb.HIDDEN, barrier, by=None)

    telling.tell(event)

    letters = {letter.to[0]: f"{letter.subject} {letter.body}" for letter in mail.outbox}
    assert ["Kapital" in letters.pop(secretary.user.email)] == [True]
    assert [*letters] == [member.user.email, "fremmed@example.org"]
    for text in letters.values():
        assert "En barriere, du følger, kan ikke længere læses i portalen." in text
        assert "Kapital" not in text
        assert barrier.get_absolute_url() not in text


def test_what_stands_no_more_after_the_minutes_mails_nobody(barrier, member, secretary):
    follow(barrier, member)
    event = record(Verb.RESOLVED, barrier, by=secretary.user)  # and reopened since

    assert telling.tell(event) == 0


def test_the_rest_of_a_burst_waits_for_the_digest(barrier, member):
    follow(barrier, member)

    assert [telling.tell(said(barrier)) for _each in range(6)] == [1, 1, 1, 0, 0, 0]


def test_a_pause_and_what_only_asks_send_nothing(barrier):
    paused, quiet = make_member(), make_member()
    tomorrow = timezone.localdate() + timedelta(days=1)
    Rhythm.objects.create(user=paused.user, paused_until=tomorrow)
    Rhythm.objects.create(user=quiet.user, only_asked=True)
    for reader in (paused, quiet):
        follow(barrier, reader)

    assert telling.tell(said(barrier)) == 0


def test_news_reaches_at_once_who_chose_so(member):
    MailChoice.objects.create(user=member.user, kind=Kind.NEW_BARRIERS, how=How.AT_ONCE)
    make_member()
    barrier = make_barrier("Ny her", description="Det er svært.")

    telling.tell(record(Verb.ADDED, barrier, by=None))

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([member.user.email], "Ny her")
    assert "Det er svært." in letter.body


def test_search_words_find_what_is_new(member):
    since = timezone.now() - timedelta(days=1)
    for words in ("kapitalen", "boliger"):
        Follow.objects.create(user=member.user, words=words, how=How.AT_ONCE, since=since)

    for title in ("Mangel på kapital", "Noget helt andet"):
        telling.tell(record(Verb.ADDED, make_barrier(title), by=None))

    (letter,) = mail.outbox
    assert letter.subject == "Mangel på kapital"
    assert "søgeordene ”kapitalen”" in letter.body


def test_initiative_reaches_who_follows_its_barrier_or_theme(barrier):
    of_barrier, of_theme = make_member(), make_member()
    follow(barrier, of_barrier)
    follow(barrier.theme, of_theme)
    initiative = make_initiative("Fælles salg")
    initiative.barriers.add(barrier)

    telling.tell(record(Verb.ADDED, initiative, by=None))

    assert sent_to() == [of_barrier.user.email, of_theme.user.email]


def test_who_got_the_letter_of_a_changed_call_gets_no_second(member):
    call, other = make_call("Et opslag"), make_member()
    call.initiatives.add(initiative := make_initiative())
    follow(call, member)
    follow(initiative, other)
    by_mail = stranger()
    follow(call, by_mail)
    before, event = notifying.facts(call), record(Verb.CHANGED, call, by=None)
    Call.objects.update(budget=5)
    call = Call.objects.get()
    notifying.notify_about_call(call, before=before, by=make_member(), told=event)
    assert sent_to() == [member.user.email, by_mail.email]

    telling.tell(event)

    (letter,) = mail.outbox
    assert letter.to == [other.user.email]
    assert "Budget: 5 euro" in letter.body


def test_followers_of_a_consortium_hear_what_came_of_it_though_no_act_mails_it(member, secretary):
    consortium = make_open_consortium(make_call(), make_member().organisation)
    follow(consortium, member, "")
    form = OutcomeForm({"outcome": "applied", "version": 1}, instance=consortium)
    assert form.is_valid(), form.errors
    enter_outcome(form=form, by=secretary)

    telling.tell(Activity.objects.get())

    assert sent_to() == [member.user.email]


@pytest.mark.parametrize(("steps", "letters"), [(["submitted"], 0), (["published"], 1)])
def test_example_is_no_longer_published_only_where_it_was(barrier, member, steps, letters):
    case = make_case("Frokost", state="submitted", written_by=member.organisation)
    follow(case, member)
    for kind in steps:
        case.steps.create(kind=kind)

    assert telling.tell(record(Verb.RETURNED, case, by=None)) == letters


def test_what_a_refused_address_missed_waits_for_the_digest(barrier, member):
    follow(barrier, member)
    bounces.note_for_good(member.user.email, "no such user")

    assert telling.tell(said(barrier)) == 0
    assert not Told.objects.exists()


def test_fault_with_one_reader_stops_no_other(barrier, monkeypatch):
    first, second = make_member(), make_member()
    for each in (first, second):
        follow(barrier, each)
    send = telling.send

    def breaks(reader: Any, line: Any) -> None:
        if reader == first.user:
            raise KeyError(reader.pk)
        send(reader, line)

    monkeypatch.setattr(telling, "send", breaks)
    event = said(barrier)
    with pytest.raises(ExceptionGroup):
        telling.tell(event)

    assert sent_to() == [second.user.email]
    assert [row.user for row in Told.objects.all()] == [second.user]


def test_who_got_the_letter_of_the_act_gets_no_second(member):
    minutes = make_minutes(published=True)
    follow(minutes.meeting, member)
    follow(minutes.meeting, stranger())
    event = record(Verb.PUBLISHED, minutes, by=None)
    mailing = make_mailing(
        "Referat", name="minutes_published", about=minutes.meeting.get_absolute_url()
    )
    mailing.copies.create(user=member.user)

    telling.tell(event)

    assert sent_to() == ["fremmed@example.org"]


def test_recording_has_a_job_some_minutes_later(barrier, monkeypatch):
    deferred = []
    monkeypatch.setattr(tell, "configure", lambda **when: deferred.append(when) or tell)
    monkeypatch.setattr(tell, "defer", lambda **what: deferred.append(what))

    event = said(barrier)
    record(Verb.SUPPORTED, barrier, by=None)
    record(Verb.ADDED, barrier, by=None, at=timezone.now() - timedelta(days=2))

    assert deferred == [{"schedule_in": {"seconds": 300}}, {"event": event.pk}]


def test_what_is_found_too_late_waits_for_the_digest(barrier, member, time_machine):
    follow(barrier, member)
    event = said(barrier)
    time_machine.move_to(event.at + timedelta(days=2))

    assert telling.tell(event) == 0


def test_who_was_told_of_a_mistake_is_told_that_it_is_taken_back(barrier, secretary):
    follow(barrier, stranger())
    telling.tell(said(barrier))
    item = make_news("En nyhed")
    told = make_member()
    MailChoice.objects.create(user=told.user, kind=Kind.NEWS, how=How.AT_ONCE)
    telling.tell(record(Verb.PUBLISHED, item, by=None))
    sent()

    publishing.take_back(item=item, reason="Forkert dag.", by=secretary)

    assert sent_to() == [told.user.email]


def test_forgets_what_was_told_long_ago_and_follows_of_nothing(barrier, member, time_machine):
    kept, gone = follow(barrier, member), follow(make_barrier(), member)
    telling.tell(said(barrier))
    Barrier.objects.get(pk=gone.target_id).delete()
    begins = timezone.now()
    for days in range(2):
        ends = begins + timedelta(days=days + 1)
        bounds = {"begins_at": begins + timedelta(days=days), "ends_at": ends}
        Digest.objects.create(user=member.user, how=How.DAILY, **bounds)

    telling.forget()
    assert ([*Follow.objects.all()], Told.objects.count()) == ([kept], 1)

    time_machine.move_to(begins + telling.KEPT + timedelta(days=9))
    telling.forget()

    assert Told.objects.count() == 0
    assert [row.begins_at for row in Digest.objects.all()] == [begins + timedelta(days=1)]


def test_corrected_minutes_are_told_with_what_was_wrong(member):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting, published=True)
    follow(meeting, member)
    told = []
    for number, words in enumerate(("Beløbet var forkert.", "Navnet var forkert."), 1):
        moment = timezone.now() + timedelta(seconds=number)
        minutes.versions.create(number=number, state="published", content={}, frozen_at=moment)
        minutes.corrections.create(version=number, corrected_on=moment.date(), text=words)
        told.append(record(Verb.CORRECTED, minutes, by=None, at=moment))

    for event in told:
        telling.tell(event)

    first, second = (letter.body for letter in mail.outbox)
    assert "Beløbet var forkert." in first
    assert "Navnet" not in first
    assert "Navnet var forkert." in second


def test_who_joined_an_initiative_is_told_by_their_organisation(member):
    initiative, by = make_initiative("Fælles salg"), make_member(make_organisation("Værket"))
    initiative.participations.create(organisation=make_organisation("Før"))
    initiative.participations.create(organisation=by.organisation)
    follow(initiative, member)

    telling.tell(record(Verb.JOINED, initiative, by=by.user))
    telling.tell(record(Verb.JOINED, initiative, by=make_member().user))

    assert "Værket er med i ”Fælles salg”." in mail.outbox[0].body
    assert "En anden organisation er med i ”Fælles salg”." in mail.outbox[1].body


def test_shown_again_is_told_once_to_those_who_read_that_it_was_hidden(barrier, secretary):
    knew, knew_not, by_mail = make_member(), make_member(), stranger()
    for reader in (knew, knew_not, by_mail):
        follow(barrier, reader)
    hiding.hide(barrier=barrier, by=secretary)
    hidden = Activity.objects.get(verb=Verb.HIDDEN)
    for reader in (knew.user, by_mail):
        Told.objects.create(**whose(reader), event=hidden)
    hiding.show(barrier=barrier, by=secretary)
    shown = Activity.objects.get(verb=Verb.SHOWN)

    telling.tell(shown)
    telling.tell(shown)

    assert [letter.to[0] for letter in mail.outbox] == [knew.user.email, by_mail.email]
    assert "Barrieren ”Kapital” kan læses igen." in mail.outbox[0].body


def test_hidden_and_shown_and_hidden_again_names_nothing(barrier, secretary, member):
    follow(barrier, member)
    for act in (hiding.hide, hiding.show, hiding.hide):
        act(barrier=barrier, by=secretary)
    Told.objects.create(user=member.user, event=Activity.objects.filter(verb=Verb.HIDDEN).last())

    telling.tell(Activity.objects.get(verb=Verb.SHOWN))

    assert mail.outbox == []


def test_each_letter_leads_to_all_that_its_reader_follows(barrier, member):
    by_mail = stranger()
    for reader in (member, by_mail):
        follow(barrier, reader)

    telling.tell(said(barrier))

    (to_member, to_stranger) = (letter.body for letter in mail.outbox)
    assert "Det, du følger: http" in to_member
    assert to_member.rstrip().endswith("/min-side/beskeder/")
    found = re.search(r"Det, du følger: \S+?(/det-jeg-foelger/\S+)", to_stranger)
    assert found
    assert "Kapital" in Client().get(found[1]).content.decode()
