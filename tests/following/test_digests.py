"""Digests: when they come, of what, and nothing twice or never."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import bounces
from taskforce.core.models import MailChoice
from taskforce.following import digests, telling
from taskforce.following.kinds import Kind
from taskforce.following.models import (
    Digest,
    Follow,
    Follower,
    How,
    Newsletter,
    Rhythm,
    Told,
    whose,
)
from taskforce.following.things import NEWSLETTER, named
from taskforce.members.models import Member
from tests.factories import (
    make_barrier,
    make_call,
    make_contribution,
    make_member,
    make_statement,
)
from tests.outbox import sent, sent_to

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Copenhagen")
# The digest of the defaults comes on Tuesdays at 8: this is after one, and before the next.
START = datetime(2026, 3, 3, 12, tzinfo=HERE)
TUESDAY = datetime(2026, 3, 10, 8, tzinfo=HERE)


@pytest.fixture
def barrier() -> Barrier:
    return make_barrier("Kapital")


def follow(thing: Any, reader: Any, how: str = "") -> Follow:
    reader = reader.user if isinstance(reader, Member) else reader
    since = START - timedelta(days=30)
    return Follow.objects.create(**whose(reader), **named(thing), how=how, since=since)


def said(barrier: Barrier, at: datetime, text: str = "Vi mangler kapital.") -> Activity:
    return record(Verb.ADDED, make_statement(barrier, text), by=None, at=at)


def begin() -> None:
    """Run once, so that everybody's first digest has a beginning."""
    assert digests.run(START) == 0
    assert {*Digest.objects.values_list("events", flat=True)} <= {0}


def test_the_weekly_digest_has_the_new_words_by_thing(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1), "Første ord.")
    said(barrier, START + timedelta(days=2), "Andre ord.")
    record(Verb.ADDED, make_barrier("Boliger"), by=None, at=START + timedelta(days=3))

    assert digests.run(TUESDAY - timedelta(minutes=1)) == 0
    assert digests.run(TUESDAY) == 1

    (letter,) = mail.outbox
    assert letter.subject == "Siden sidst i taskforcen: Boliger"
    body = letter.body
    parts = ["Ny barriere: Boliger\n---", "Nyt fra taskforcen", "”Kapital”\n---"]
    parts += ["Første ord.", "Andre ord."]
    assert [*map(body.index, parts)] == sorted(map(body.index, parts))
    assert Told.objects.count() == 3
    made = Digest.objects.get(user=member.user, how=How.WEEKLY, events=3)
    assert made.ends_at == TUESDAY - digests.SETTLED


def test_a_second_run_sends_nothing_and_no_bounds_overlap(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))

    runs = [digests.run(TUESDAY + timedelta(minutes=minutes)) for minutes in (0, 0, 10, 20)]

    assert runs == [1, 0, 0, 0]
    rows = [*Digest.objects.filter(how=How.WEEKLY).order_by("begins_at")]
    assert [row.ends_at for row in rows[:-1]] == [row.begins_at for row in rows[1:]]


def test_nothing_to_tell_is_no_letter(member):
    begin()

    assert digests.run(TUESDAY) == 0
    assert Digest.objects.filter(how=How.WEEKLY).count() == 2
    assert mail.outbox == []


def test_daily_digests_rest_at_the_weekend(barrier, member):
    follow(barrier, member, How.DAILY)
    begin()
    friday = datetime(2026, 3, 6, 12, tzinfo=HERE)
    digests.run(friday)
    said(barrier, friday)

    days = [friday + timedelta(days=days) - timedelta(hours=4) for days in (1, 2, 3)]
    assert [digests.run(day) for day in days] == [0, 0, 1]
    assert sent() == [(member.user.email, "I dag i taskforcen: Kapital")]


def test_three_days_asleep_make_one_digest(barrier, member):
    follow(barrier, member, How.DAILY)
    begin()
    for days in range(3):
        said(barrier, START + timedelta(days=days, hours=1))

    assert digests.run(START + timedelta(days=3)) == 1
    assert Digest.objects.get(events=3).how == How.DAILY


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_the_hour_stays_when_clocks_change(month: int, day: int, member):
    Rhythm.objects.create(user=member.user, weekday=0, hour=8)
    Rhythm.objects.update(changed_at=None)
    (wished,) = digests.wishes.of([member.user])
    sunday = datetime(2026, month, day, 12, tzinfo=HERE)

    before = digests.due_at(wished, How.WEEKLY, sunday)
    after = digests.next_due(wished, How.WEEKLY, sunday)

    local = [moment.astimezone(HERE) for moment in (before, after)]
    assert [f"{moment:%a %H:%M}" for moment in local] == ["Mon 08:00", "Mon 08:00"]
    assert (local[1].date() - local[0].date()).days == 7
    assert after - before != timedelta(days=7)


def test_an_hour_that_the_clock_skips_comes_later_and_one_it_repeats_comes_once(member):
    Rhythm.objects.create(user=member.user, weekday=6, hour=2)
    (wished,) = digests.wishes.of([member.user])
    spring, autumn = datetime(2026, 3, 29, 5, tzinfo=HERE), datetime(2026, 10, 25, 5, tzinfo=HERE)

    due = [digests.due_at(wished, How.WEEKLY, moment) for moment in (spring, autumn)]

    assert [f"{moment.astimezone(HERE):%d %H:%M %z}" for moment in due] == [
        "29 03:00 +0200",
        "25 02:00 +0200",
    ]


def test_a_pause_sends_nothing_and_the_first_after_it_has_all(barrier, member):
    follow(barrier, member)
    Rhythm.objects.create(user=member.user, paused_until=(TUESDAY + timedelta(days=1)).date())
    Rhythm.objects.update(changed_at=START)
    begin()
    said(barrier, START + timedelta(days=1))
    said(barrier, TUESDAY + timedelta(days=1))

    weeks = [TUESDAY, TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=7)]

    assert [digests.run(moment) for moment in weeks] == [0, 0, 1]
    assert Digest.objects.get(events__gt=0).events == 2


def test_only_what_asks_sends_nothing(barrier, member):
    follow(barrier, member)
    Rhythm.objects.create(user=member.user, only_asked=True)
    Rhythm.objects.update(changed_at=START)
    begin()
    said(barrier, START + timedelta(days=1))

    assert digests.run(TUESDAY) == 0


def test_the_weekday_and_hour_of_their_own(barrier, member):
    follow(barrier, member)
    Rhythm.objects.create(user=member.user, weekday=4, hour=15)
    Rhythm.objects.update(changed_at=START)
    begin()
    said(barrier, START + timedelta(days=1))
    friday = datetime(2026, 3, 6, 15, tzinfo=HERE)

    moments = [START + timedelta(days=1), friday - timedelta(minutes=10), friday]

    assert [digests.run(moment) for moment in moments] == [0, 0, 1]


def test_another_weekday_sends_nothing_at_once(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))
    Rhythm.objects.create(user=member.user, weekday=3)
    Rhythm.objects.update(changed_at=datetime(2026, 3, 5, 12, tzinfo=HERE))

    thursday = datetime(2026, 3, 5, 13, tzinfo=HERE)
    assert [digests.run(thursday), digests.run(thursday + timedelta(days=7))] == [0, 1]


def test_strangers_get_what_they_follow_and_no_news(barrier):
    stranger = Follower.objects.create(email="fremmed@example.org", confirmed_at=START)
    follow(barrier, stranger)
    begin()
    said(barrier, START + timedelta(days=1))
    record(Verb.ADDED, make_barrier("Boliger"), by=None, at=START + timedelta(days=1))

    digests.run(TUESDAY)

    (letter,) = mail.outbox
    assert letter.to == ["fremmed@example.org"]
    assert "Kapital" in letter.body
    assert "Boliger" not in letter.body
    assert "Du får denne mail med det, du følger. Følg linket" in letter.body


def test_own_acts_and_hidden_things_are_left_out(barrier, member):
    follow(barrier, member)
    begin()
    own = record(Verb.ADDED, make_statement(barrier), by=member.user, at=START + timedelta(days=1))
    hidden = make_barrier("Boliger", hidden_at=timezone.now())
    gone = record(Verb.ADDED, hidden, by=None, at=START + timedelta(days=1))

    assert digests.run(TUESDAY) == 0
    assert not Told.objects.filter(event__in=[own, gone]).exists()


def test_what_many_letters_left_over_comes_with_the_days_digest(barrier, member, time_machine):
    follow(barrier, member, How.AT_ONCE)
    begin()
    time_machine.move_to(START + timedelta(hours=1), tick=False)
    for _each in range(5):
        telling.tell(said(barrier, timezone.now()))
    assert len(sent()) == 3

    assert digests.run(START + timedelta(days=1)) == 1
    assert Digest.objects.get(events__gt=0).events == 2


def test_a_level_that_changes_meanwhile_loses_nothing(barrier, member):
    chosen = follow(barrier, member, How.WEEKLY)
    begin()
    event = said(barrier, START + timedelta(minutes=30))
    digests.run(START + timedelta(days=2))  # the day's, which leaves it to the week's
    chosen.how = How.DAILY
    chosen.save()

    assert digests.run(START + timedelta(days=3)) == 1
    assert Told.objects.get().event == event


def test_a_refused_address_gets_all_once_it_takes_mail_again(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))
    bounces.note_for_good(member.user.email, "no such user")
    assert digests.run(TUESDAY) == 0
    bounces.start_afresh([member.user.email])

    assert digests.run(TUESDAY + timedelta(days=1)) == 1
    assert sent_to() == [member.user.email]


def test_preview_says_what_would_come_and_when(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))

    (found,) = digests.preview(member.user, START + timedelta(days=2))

    assert (found.how, found.due) == (How.WEEKLY, TUESDAY)
    assert [group.heading for group in found.groups] == ["Kapital"]
    assert found.standing == []
    assert not Told.objects.exists()


def test_preview_leaves_to_the_newsletter_what_that_tells(barrier, member):
    Follow.objects.create(user=member.user, **NEWSLETTER)
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))
    record(Verb.ADDED, make_barrier("Boliger"), by=None, at=START + timedelta(days=1))

    (found,) = digests.preview(member.user, START + timedelta(days=2))

    assert [group.heading for group in found.groups] == ["Kapital"]


def test_preview_says_what_waits_for_an_answer(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))
    make_contribution(make_barrier(), text="Hvem har prøvet det?", kind="question")

    (found,) = digests.preview(member.user, START + timedelta(days=2))

    assert [section.heading for section in found.standing] == ["Spørgsmål uden svar"]
    assert "Hvem har prøvet det?" in str(found.standing[0].words)


def test_a_thing_that_a_sentence_names_has_no_heading_of_its_own(barrier, member):
    follow(barrier, member)
    begin()
    for hours, words in enumerate(("Første ord.", "Andre ord."), 1):
        said(barrier, START + timedelta(hours=hours), words)
    record(Verb.RESOLVED, barrier, by=None, at=START + timedelta(hours=3))
    Barrier.objects.filter(pk=barrier.pk).update(
        state="resolved", resolved_on=START.date(), answer="Vi fik den."
    )

    digests.run(TUESDAY)

    (letter,) = mail.outbox
    headings = [line for line, below in pairwise(letter.body.splitlines()) if below[:3] == "---"]
    assert len(headings) == 1
    assert headings[0].endswith(" om ”Kapital”")
    assert not re.search(r"^(KAPITAL|Kapital)$", letter.body, re.MULTILINE)


def test_preview_carries_the_introduction_of_what_was_sent_and_of_nothing_else(barrier, member):
    follow(barrier, member)
    begin()
    said(barrier, START + timedelta(days=1))
    sent = START + timedelta(days=1)
    Newsletter.objects.create(
        introduction="<p>Tak</p>", begins_at=START, ends_at=sent, sent_at=sent, day=sent.date()
    )
    Newsletter.objects.create(introduction="<p>Kladde</p>", begins_at=sent)

    (found,) = digests.preview(member.user, START + timedelta(days=2))

    assert found.introduction == "Tak"


def queries_of_a_run(now: datetime) -> int:
    with CaptureQueriesContext(connection) as done:
        digests.run(now)
    return len(done)


def test_a_run_takes_as_many_queries_for_much_as_for_little(barrier, member):
    follow(barrier, member)
    begin()
    counts = []
    for week, much in enumerate((1, 1, 30)):  # the first fetches the types of content
        begins = START + timedelta(days=7 * week)
        for hours in range(much):
            said(barrier, begins + timedelta(hours=hours))
            record(Verb.ADDED, make_barrier(), by=None, at=begins + timedelta(hours=hours))
        counts.append(queries_of_a_run(TUESDAY + timedelta(days=7 * week)))

    assert counts[1] == counts[2]
    assert len(mail.outbox) == 3


def test_each_reader_takes_a_few_queries_more(barrier, member):
    follow(barrier, member)
    begin()
    counts = []
    for week, more in enumerate((0, 0, 1, 4)):
        for _each in range(more):
            follow(barrier, make_member())
        digests.run(START + timedelta(days=7 * week, minutes=1))
        said(barrier, START + timedelta(days=7 * week, hours=1))
        counts.append(queries_of_a_run(TUESDAY + timedelta(days=7 * week)))

    one_more = counts[2] - counts[1]
    assert counts[3] - counts[2] == 4 * one_more
    assert one_more < 30, "for both the day's and the week's digest, and one letter"


def test_news_of_a_kind_that_is_never_wanted_is_left_out(member):
    MailChoice.objects.create(user=member.user, kind=Kind.NEW_BARRIERS, how=How.NEVER)
    begin()
    record(Verb.ADDED, make_barrier(), by=None, at=START + timedelta(hours=1))

    assert digests.run(TUESDAY) == 0


def test_fault_with_one_reader_stops_no_other(barrier, member, monkeypatch):
    other = make_member()
    for each in (member, other):
        follow(barrier, each)
    begin()
    said(barrier, START + timedelta(days=1))
    send = digests._send

    def breaks(reader: Any, *letter: Any) -> None:
        if reader == member.user:
            raise KeyError(reader.pk)
        send(reader, *letter)

    monkeypatch.setattr(digests, "_send", breaks)
    with pytest.raises(ExceptionGroup):
        digests.run(TUESDAY)
    assert sent_to() == [other.user.email]

    monkeypatch.undo()
    assert digests.run(TUESDAY) == 1
    assert sent_to() == [member.user.email]


def test_talk_about_what_was_deleted_stops_no_digest(barrier, member):
    gone = make_barrier("Væk")
    said_there = make_contribution(gone)
    for thing in (barrier, said_there):
        follow(thing, member)
    begin()
    record(Verb.ADDED, said_there, by=None, at=START + timedelta(days=1))
    said(barrier, START + timedelta(days=1))
    gone.delete()

    assert digests.run(TUESDAY) == 1


def test_change_of_a_call_in_a_pause_comes_after_it(member):
    call = make_call("Et opslag")
    follow(call, member, How.AT_ONCE)
    begin()
    record(Verb.CHANGED, call, by=None, at=START + timedelta(days=1))

    assert digests.run(TUESDAY) == 1
