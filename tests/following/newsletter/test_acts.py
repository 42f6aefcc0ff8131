"""The newsletter is introduced, skipped and sent: once, to its followers, and of public news."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from barriers.models import Barrier
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import bounces
from taskforce.core.acts import Conflict, Refused
from taskforce.following import digests
from taskforce.following.models import (
    Digest,
    Follow,
    Follower,
    Newsletter,
    NewsletterCopy,
    Rhythm,
)
from taskforce.following.newsletter import acts, content, due
from taskforce.following.newsletter.forms import IntroductionForm
from taskforce.following.things import NEWSLETTER
from taskforce.members.models import Member
from tests.factories import make_barrier, make_case, make_member, make_statement
from tests.racing import at_once

pytestmark = pytest.mark.django_db
HERE = digests.HERE
TUESDAY = datetime(2026, 3, 10, 8, tzinfo=HERE)
NEXT = datetime(2026, 3, 17, 8, tzinfo=HERE)
DAY = timedelta(days=1)


def follower(email: str = "ida@example.org", **fields: Any) -> Follower:
    fields = {"confirmed_at": TUESDAY - 30 * DAY} | fields
    made = Follower.objects.create(email=email, **fields)
    Follow.objects.create(follower=made, **NEWSLETTER)
    return made


def new_barrier(title: str, at: datetime) -> Barrier:
    barrier = make_barrier(title)
    record(Verb.ADDED, barrier, by=None, at=at)
    return barrier


def begun(**fields: Any) -> Newsletter:
    """Begin the newsletter that goes on the Tuesday."""
    begins = TUESDAY - 7 * DAY - digests.SETTLED
    return Newsletter.objects.create(begins_at=begins, **fields)


def introduced(words: str, version: int = 1) -> Newsletter:
    form = IntroductionForm({"introduction": words, "version": version}, instance=Newsletter())
    assert form.is_valid(), form.errors
    return acts.introduce(form=form)


def titles(letter: Newsletter) -> list[str]:
    return [str(one.target) for one in content.told_in(letter)]


# Sending


def test_goes_on_tuesday_at_eight_to_confirmed_followers_once() -> None:
    begun(introduction="<p>Vi har fået travlt.</p>")
    follower()
    follower("bo@example.org", confirmed_at=None)
    new_barrier("Smalle døre", TUESDAY - 2 * DAY)

    early = acts.send_due(TUESDAY - timedelta(minutes=1))
    letter = acts.send_due(TUESDAY)
    again = acts.send_due(TUESDAY + timedelta(minutes=10))

    assert (early, again) == (None, None)
    assert letter is not None
    assert (letter.copies, str(letter.day)) == (1, "2026-03-10")
    (sent,) = mail.outbox
    assert sent.to == ["ida@example.org"]
    assert sent.subject == "Siden sidst i taskforcen, 10. marts 2026"
    assert "Vi har fået travlt." in sent.body
    assert "Ny barriere: Smalle døre" in sent.body
    assert letter.get_absolute_url() in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way = re.search(r"/mails/stop/\S+", str(sent.body))
    assert way
    assert "Nyhedsbrevet" in Client().get(way[0]).content.decode()


def test_members_who_follow_it_get_it_and_those_who_left_do_not(member: Member) -> None:
    begun()
    new_barrier("Smalle døre", TUESDAY - DAY)
    left = make_member(from_date=date(2020, 1, 1), to_date=date(2026, 3, 9))
    for each in (member, left):
        Follow.objects.create(user=each.user, **NEWSLETTER)

    acts.send_due(TUESDAY)

    assert [each.to for each in mail.outbox] == [[member.user.email]]


@pytest.mark.parametrize("wish", [{"only_asked": True}, {"paused_until": date(2999, 1, 1)}])
def test_member_who_pauses_or_stopped_all_gets_none(member: Member, wish: Any) -> None:
    begun()
    new_barrier("Smalle døre", TUESDAY - DAY)
    other = make_member()
    for each in (member, other):
        Follow.objects.create(user=each.user, **NEWSLETTER)
    Rhythm.objects.create(user=member.user, **wish)

    acts.send_due(TUESDAY)

    assert [each.to for each in mail.outbox] == [[other.user.email]]


def test_tells_what_everybody_sees_at_that_moment_and_no_more() -> None:
    begun()
    new_barrier("Åben", TUESDAY - 3 * DAY)
    hidden = new_barrier("Skjult", TUESDAY - 2 * DAY)
    Barrier.objects.filter(pk=hidden.pk).update(hidden_at=TUESDAY)
    record(Verb.ADDED, make_case("Kladde", state="draft"), by=None, at=TUESDAY - DAY)
    record(Verb.ADDED, make_statement(make_barrier()), by=None, at=TUESDAY - DAY)

    letter = acts.send_due(TUESDAY)

    assert letter is not None
    assert titles(letter) == ["Åben"]


def test_each_newsletter_begins_where_the_last_one_ended() -> None:
    begun()
    moments = [TUESDAY - digests.SETTLED - timedelta(seconds=1), TUESDAY - digests.SETTLED]
    for title, moment in zip(("før", "efter"), moments, strict=True):
        new_barrier(title, moment)

    first, second = acts.send_due(TUESDAY), acts.send_due(NEXT)

    assert first is not None
    assert second is not None
    assert second.begins_at == first.ends_at
    assert (titles(first), titles(second)) == (["før"], ["efter"])


def test_worker_that_slept_sends_one_that_covers_all() -> None:
    begun()
    new_barrier("Smalle døre", TUESDAY + DAY)
    friday = TUESDAY + 3 * DAY

    assert acts.send_due(friday) is not None
    assert acts.send_due(friday + timedelta(minutes=10)) is None
    assert [due.goes_on(acts.upcoming(friday), friday)] == [NEXT.date()]


@pytest.mark.parametrize("tuesday", [datetime(2026, 3, 31, 8), datetime(2026, 10, 27, 8)])
def test_hour_is_the_same_before_and_after_a_clock_change(tuesday: datetime) -> None:
    now = tuesday.replace(tzinfo=HERE)
    Newsletter.objects.create(begins_at=now - 7 * DAY, introduction="<p>Hej</p>")

    assert acts.send_due(now - timedelta(minutes=1)) is None
    assert acts.send_due(now) is not None


def test_week_without_news_and_introduction_sends_nothing_until_next_tuesday() -> None:
    begins = begun().begins_at
    follower()
    assert acts.send_due(TUESDAY) is None
    new_barrier("Smalle døre", TUESDAY + DAY)
    assert acts.send_due(TUESDAY + 2 * DAY) is None
    assert mail.outbox == []

    letter = acts.send_due(NEXT)
    assert letter is not None
    assert (letter.begins_at, titles(letter)) == (begins, ["Smalle døre"])


def test_introduction_alone_goes() -> None:
    begun(introduction="<p>God sommer.</p>")
    follower()

    assert acts.send_due(TUESDAY) is not None
    assert len(mail.outbox) == 1


def test_first_one_begins_at_the_latest_tuesday_and_does_not_go_at_once() -> None:
    new_barrier("Smalle døre", TUESDAY + DAY)

    assert acts.send_due(TUESDAY + 2 * DAY) is None
    letter = acts.send_due(NEXT)
    assert letter is not None
    assert titles(letter) == ["Smalle døre"]


def test_what_was_sent_is_an_activity_of_the_portal() -> None:
    begun(introduction="<p>Hej</p>")

    acts.send_due(TUESDAY)

    (record,) = Activity.objects.all()
    assert (record.verb, record.actor) == (Verb.PUBLISHED, None)


# Skipping


def test_what_is_skipped_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begun()
    new_barrier("Smalle døre", TUESDAY - DAY)
    monkeypatch.setattr(acts.timezone, "now", lambda: TUESDAY - DAY)

    acts.skip(day="2026-03-10")

    assert acts.send_due(TUESDAY) is None
    letter = acts.send_due(NEXT)
    assert letter is not None
    assert titles(letter) == ["Smalle døre"]


def test_skipped_twice_is_skipped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    begun()
    monkeypatch.setattr(acts.timezone, "now", lambda: TUESDAY - DAY)
    acts.skip(day="2026-03-10")

    with pytest.raises(Refused):
        acts.skip(day="2026-03-10")
    assert due.goes_on(acts.upcoming(TUESDAY - DAY), TUESDAY - DAY) == NEXT.date()


def test_skipping_can_be_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    begun(introduction="<p>Hej</p>")
    monkeypatch.setattr(acts.timezone, "now", lambda: TUESDAY - DAY)
    acts.skip(day="2026-03-10")

    acts.skip_no_more()

    assert acts.send_due(TUESDAY) is not None


# Introducing


def test_introduction_is_kept_clean() -> None:
    assert introduced("<p>Hej<script>x</script></p>").introduction == "<p>Hej</p>"


def test_introduce_never_overwrites_what_somebody_else_saved() -> None:
    introduced("Den første.")

    with pytest.raises(Conflict):
        introduced("Den anden.")
    assert Newsletter.objects.get().introduction == "<p>Den første.</p>"


def test_members_read_the_introduction_once_in_their_weekly_digest(member: Member) -> None:
    letter = begun(introduction="<p>Vi har fået travlt.</p>")
    bounds = {"begins_at": letter.begins_at - 7 * DAY, "ends_at": letter.begins_at}
    for how in ("weekly", "daily"):
        Digest.objects.create(user=member.user, how=how, **bounds)

    for tuesday in (TUESDAY, NEXT):
        new_barrier("Ny", tuesday - DAY)
        acts.send_due(tuesday)
        digests.run(tuesday)

    weekly = [each.body for each in mail.outbox]
    assert ["Vi har fået travlt." in body for body in weekly] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once() -> None:
    begun(introduction="<p>Hej</p>")
    follower()

    at_once(*[lambda: acts.send_due(TUESDAY)] * 2)

    assert Newsletter.objects.sent().count() == 1
    assert Newsletter.objects.sent().get().copies == 1


# An address that takes no mail


def test_waits_for_an_address_that_takes_no_mail_and_comes_once_it_does() -> None:
    begun(introduction="<p>Hej</p>")
    for email in ("ida@example.org", "bo@example.org"):
        follower(email)
    bounces.note_for_good("ida@example.org", "no such user")
    letter = acts.send_due(TUESDAY)
    assert letter is not None
    assert [each.to for each in mail.outbox] == [["bo@example.org"]]
    assert acts.send_late(TUESDAY + DAY) == 0

    bounces.start_afresh(["ida@example.org"])

    assert [acts.send_late(TUESDAY + 2 * DAY), acts.send_late(TUESDAY + 2 * DAY)] == [1, 0]
    assert [each.to for each in mail.outbox] == [["bo@example.org"], ["ida@example.org"]]
    letter.refresh_from_db()
    assert letter.copies == 2


def test_late_one_holds_what_everybody_still_reads() -> None:
    begun()
    new_barrier("Smalle døre", TUESDAY - DAY)
    gone = new_barrier("Skjult siden", TUESDAY - DAY)
    follower()
    bounces.note_for_good("ida@example.org", "no such user")
    acts.send_due(TUESDAY)
    Barrier.objects.filter(pk=gone.pk).update(hidden_at=TUESDAY)
    bounces.start_afresh(["ida@example.org"])

    acts.send_late(TUESDAY + DAY)

    (sent,) = mail.outbox
    assert "Smalle døre" in sent.body
    assert "Skjult siden" not in sent.body


@pytest.mark.parametrize("then", ["the next one went", "they follow it no more", "they pause"])
def test_late_one_comes_not_after_it_is_old_or_unwanted(member: Member, then: str) -> None:
    begun(introduction="<p>Hej</p>")
    own = Follow.objects.create(user=member.user, **NEWSLETTER)
    bounces.note_for_good(member.user.email, "no such user")
    acts.send_due(TUESDAY)
    new_barrier("Smalle døre", TUESDAY + DAY)
    if then == "the next one went":
        acts.send_due(NEXT)
        NewsletterCopy.objects.filter(newsletter__day=NEXT.date()).delete()
    elif then == "they pause":
        Rhythm.objects.create(user=member.user, only_asked=True)
    else:
        own.delete()
    bounces.start_afresh([member.user.email])

    assert acts.send_late(NEXT + DAY) == 0
    assert mail.outbox == []


# Beside the digest


def digest_begins(member: Member) -> None:
    ends = TUESDAY - 7 * DAY - digests.SETTLED
    bounds = {"begins_at": ends - 7 * DAY, "ends_at": ends}
    for how in digests.LEVELS:
        Digest.objects.create(user=member.user, how=how, **bounds)


@pytest.mark.parametrize("follows", [True, False])
def test_nobody_reads_the_same_news_in_newsletter_and_digest(member: Member, follows: bool) -> None:
    begun(introduction="<p>Hej alle</p>")
    digest_begins(member)
    new_barrier("Smalle døre", TUESDAY - DAY)
    if follows:
        Follow.objects.create(user=member.user, **NEWSLETTER)

    acts.send_due(TUESDAY)
    digests.run(TUESDAY)

    (letter,) = mail.outbox  # one of the two
    assert ("nyhedsbrevet" in letter.body) == follows
    assert letter.body.count("Smalle døre") == 1
    assert letter.body.count("Hej alle") == 1


def test_digest_has_what_a_newsletter_told_that_did_not_arrive(member: Member) -> None:
    begun()
    digest_begins(member)
    new_barrier("Smalle døre", TUESDAY - DAY)
    Follow.objects.create(user=member.user, **NEWSLETTER)
    pausing = Rhythm.objects.create(user=member.user, paused_until=date(2999, 1, 1))
    acts.send_due(TUESDAY)
    pausing.delete()

    digests.run(TUESDAY)

    (letter,) = mail.outbox
    assert letter.subject == "Siden sidst i taskforcen: Smalle døre"
