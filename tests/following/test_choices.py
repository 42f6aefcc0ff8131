"""The page on which a member chooses what they hear of, and how often."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from taskforce.core import unasked
from taskforce.core.models import How, MailChoice
from taskforce.following import acts
from taskforce.following.forms import field_of
from taskforce.following.kinds import DEFAULT, Kind
from taskforce.following.models import Follow, Rhythm
from taskforce.following.things import NEWSLETTER, named, searched
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_barrier, make_call, make_case, make_initiative, make_member

PAGE = "/min-side/beskeder/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def visitor(member: Member, log_in: LogIn) -> Client:
    return log_in(member)


def sent(visitor: Client, **changed: Any) -> dict[str, Any]:
    """Return what the page's form sends, with what somebody changed in it."""
    form = visitor.get(PAGE).context["form"]
    standing = {name: form[name].initial for name in form.fields}
    return {name: value for name, value in standing.items() if value} | changed


def test_kinds_are_disjoint_so_that_one_table_holds_them():
    assert not {*Kind.values} & {*unasked.Kind.values}


def test_page_shows_the_defaults_and_saving_them_writes_nothing(visitor: Client):
    form = visitor.get(PAGE).context["form"]
    assert {kind: form[kind].initial for kind in Kind} == DEFAULT
    assert {form[kind].initial for kind in unasked.Kind} == {How.AT_ONCE}

    assert visitor.post(PAGE, sent(visitor)).url == PAGE

    assert not MailChoice.objects.exists()
    assert not Rhythm.objects.exists()


def test_one_choice_changes_nothing_else(visitor: Client, member: Member):
    visitor.post(PAGE, sent(visitor, **{Kind.NEWS: How.DAILY}))
    visitor.post(PAGE, sent(visitor, reminders=How.NEVER))

    assert unasked.chosen_by(member.user_id) == {"news": "daily", "reminders": "never"}


def test_what_asks_something_of_a_member_is_in_no_digest(visitor: Client):
    answer = visitor.post(PAGE, sent(visitor, invitations=How.WEEKLY))
    assert answer.context["form"].errors.keys() == {"invitations"}
    assert not MailChoice.objects.exists()


def test_page_shows_what_a_link_in_a_mail_stopped(visitor: Client, member: Member):
    unasked.stop(unasked.Subscription(unasked.Kind.REMINDERS, unasked.Reader(member.user_id)))
    assert visitor.get(PAGE).context["form"]["reminders"].initial == How.NEVER

    visitor.post(PAGE, sent(visitor, reminders=How.AT_ONCE))
    assert unasked.chosen_by(member.user_id) == {"reminders": "at_once"}


def test_rows_tell_why_and_how_often(visitor: Client, member: Member):
    barrier = make_barrier("Smal dør")
    acts.follow(reader=member.user, **named(barrier))
    acts.follow(reader=member.user, **searched("klausul"))
    acts.follow(reader=member.user, **NEWSLETTER)
    rows = visitor.get(PAGE).context["followed"]
    assert [(row.title, row.why) for row in rows] == [
        ("Smal dør", "Som for alle: hver uge"),
        ("Søgning: klausul", "Som for alle: hver uge"),
        ("Nyhedsbrevet", "Det kommer en gang om ugen, når der er nyt."),
    ]
    assert [bool(row.field) for row in rows] == [True, True, False]

    theme = acts.follow(reader=member.user, **named(barrier.theme))
    acts.set_how(follow=theme, how=How.DAILY)
    assert visitor.get(PAGE).context["followed"][0].why == "Som temaet siger: hver dag"

    acts.unfollow(reader=member.user, **named(barrier.theme))
    acts.choose(user=member.user, kind=Kind.BARRIERS, how=How.NEVER)
    row = visitor.get(PAGE).context["followed"][0]
    assert row.why == "Som du har valgt for den slags: aldrig"


@pytest.mark.parametrize("make", [make_call, make_case, make_initiative])
def test_rows_tell_of_the_theme_of_the_barriers_that_a_thing_answers(
    make: Any, visitor: Client, member: Member
):
    barrier = make_barrier()
    thing = make(**({"state": "published"} if make is make_case else {}))
    thing.barriers.add(barrier)
    own = acts.follow(reader=member.user, **named(thing))
    theme = acts.follow(reader=member.user, **named(barrier.theme))
    acts.set_how(follow=theme, how=How.NEVER)

    assert visitor.get(PAGE).context["followed"][0].why == "Som temaet siger: aldrig"

    acts.set_how(follow=own, how=How.DAILY)
    assert visitor.get(PAGE).context["followed"][0].why == "Som du har valgt her: hver dag"


def test_a_thing_has_a_level_of_its_own(visitor: Client, member: Member):
    row, other = (acts.follow(reader=member.user, **named(make_barrier())) for _ in range(2))

    visitor.post(PAGE, sent(visitor, **{field_of(row): How.AT_ONCE}))

    assert [each.how for each in Follow.objects.order_by("pk")] == [How.AT_ONCE, ""]
    visitor.post(PAGE, sent(visitor, **{field_of(row): ""}))
    assert [each.how for each in Follow.objects.order_by("pk")] == ["", ""]
    assert not MailChoice.objects.exists()
    assert other


def test_stop_ends_one_and_keeps_what_else_was_chosen(visitor: Client, member: Member):
    row, other = (acts.follow(reader=member.user, **named(make_barrier())) for _ in range(2))

    visitor.post(PAGE, sent(visitor, stop=row.pk, **{Kind.NEWS: How.NEVER}))

    assert [*Follow.objects.all()] == [other]
    assert unasked.chosen_by(member.user_id) == {"news": "never"}


def test_nobody_ends_or_changes_what_another_follows(visitor: Client):
    theirs = acts.follow(reader=make_member().user, **named(make_barrier()))

    visitor.post(PAGE, sent(visitor, stop=theirs.pk, **{field_of(theirs): How.NEVER}))

    assert Follow.objects.get().how == ""


def test_what_is_hidden_meanwhile_has_no_title_and_can_be_ended(visitor: Client, member: Member):
    barrier = make_barrier("Hemmelig sag")
    row = acts.follow(reader=member.user, **named(barrier))
    barrier.hidden_at = timezone.now()
    barrier.save()

    page = visitor.get(PAGE)
    assert "Hemmelig sag" not in page.content.decode()
    assert "Noget, du ikke kan se lige nu" in page.content.decode()

    visitor.post(PAGE, sent(visitor, stop=row.pk))
    assert not Follow.objects.exists()


def test_everything_is_gathered_in_one_mail_a_week(visitor: Client, member: Member):
    row = acts.follow(reader=member.user, **named(make_barrier()))
    acts.set_how(follow=row, how=How.AT_ONCE)
    acts.choose(user=member.user, kind=Kind.NEWS, how=How.NEVER)
    acts.choose(user=member.user, kind=Kind.NEW_CASES, how=How.DAILY)

    visitor.post(PAGE, sent(visitor, alt="uge"))

    assert Follow.objects.get().how == How.WEEKLY
    assert unasked.chosen_by(member.user_id) == {
        "news": "never",
        "new_cases": "weekly",
        "followed_calls": "weekly",
        "followed_consortia": "weekly",
    }


def test_rhythm_is_kept(visitor: Client):
    ahead = timezone.localdate() + timedelta(days=9)
    fields = {"weekday": "0", "hour": "0", "paused_until": ahead.isoformat(), "only_asked": "on"}
    visitor.post(PAGE, sent(visitor, **fields))

    found = Rhythm.objects.get()
    assert (found.weekday, found.hour, found.paused_until, found.only_asked) == (0, 0, ahead, True)
    assert visitor.get(PAGE).context["form"]["paused_until"].initial == ahead

    without = sent(visitor)
    del without["paused_until"], without["only_asked"]
    visitor.post(PAGE, without | {"weekday": "0", "hour": "0"})
    found.refresh_from_db()
    assert (found.weekday, found.paused_until, found.only_asked) == (0, None, False)


def test_pause_that_is_over_is_not_offered_again(visitor: Client, member: Member):
    Rhythm.objects.create(user=member.user, paused_until="2026-01-01")
    assert visitor.get(PAGE).context["form"]["paused_until"].initial is None
    assert visitor.post(PAGE, sent(visitor)).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hour": "25"}, "hour"),
        ({"hour": "-1"}, "hour"),
        ({"weekday": "7"}, "weekday"),
        ({"weekday": ""}, "weekday"),
        ({"paused_until": "2020-01-01"}, "paused_until"),
        ({"paused_until": "snart"}, "paused_until"),
        ({Kind.NEWS: "hourly"}, "news"),
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_is_saved(wrong, field, visitor: Client):
    answer = visitor.post(PAGE, sent(visitor, **{Kind.NEW_CASES: How.DAILY}) | wrong)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert answer.context["form"][Kind.NEW_CASES].value() == How.DAILY
    assert not MailChoice.objects.exists()
    assert not Rhythm.objects.exists()


def test_kind_that_is_none_is_nothing(visitor: Client):
    assert visitor.post(PAGE, sent(visitor, nonsense=How.NEVER)).status_code == 302
    assert not MailChoice.objects.exists()


def test_former_member_and_stranger_choose_nothing(member: Member, visitor: Client, client: Client):
    assert client.get(PAGE).status_code == 302
    member.to_date = member.from_date
    member.save()
    assert visitor.get(PAGE).status_code == 403


def test_page_asks_as_often_for_much_as_for_little(visitor: Client, member: Member):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            visitor.get(PAGE)
        return len(found)

    for make in (make_barrier, make_initiative):
        acts.follow(reader=member.user, **named(make()))
    queries()  # the first time fills what processes keep
    few = queries()
    for _time in range(5):
        for make in (make_barrier, make_initiative):
            acts.follow(reader=member.user, **named(make()))
    assert queries() == few
