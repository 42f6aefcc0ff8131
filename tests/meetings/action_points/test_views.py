"""The list of action points: who sees it, and who marks a point as done or opens it again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.action_points import finishing
from meetings.models import ActionPoint
from taskforce.activity.models import Activity
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_user,
)

DAY = timedelta(days=1)


def listed(browser: Client, query: str = "") -> list[str]:
    return [row["what"] for row in browser.get(f"/aftaler/{query}").context["rows"]]


def test_members_see_what_was_agreed_in_published_minutes(as_member, as_secretary, meeting):
    make_action_point(meeting, "udgivet")
    make_action_point(make_minutes(make_meeting(4)).meeting, "kladde")
    make_action_point(make_meeting(5), "uden referat")

    assert listed(as_member) == listed(as_secretary) == ["udgivet"]


def test_open_ones_come_first_and_of_them_what_is_due_first(as_member, meeting):
    today = timezone.localdate()
    make_action_point(meeting, "gjort før", done_on=today - 2 * DAY)
    make_action_point(meeting, "gjort nu", done_on=today)
    make_action_point(meeting, "engang")
    make_action_point(meeting, "i morgen", due_on=today + DAY)
    make_action_point(meeting, "i går", due_on=today - DAY)

    rows = as_member.get("/aftaler/").context["rows"]

    assert [row["what"] for row in rows] == ["i går", "i morgen", "engang", "gjort nu", "gjort før"]
    assert [row["is_overdue"] for row in rows] == [True, False, False, False, False]


def test_filters_stand_in_the_address(as_member, member, meeting):
    today = timezone.localdate()
    make_action_point(meeting, "min", owner=member, due_on=today)
    make_action_point(meeting, "vores", organisation=member.organisation, due_on=today - DAY)
    make_action_point(meeting, "alles", done_on=today, due_on=today - DAY)
    make_action_point(meeting, "deres", organisation=make_organisation())

    assert listed(as_member, "?hvis=mine") == ["min"]
    # A person's point is everybody's too where no organisation took it on.
    assert set(listed(as_member, "?hvis=vores")) == {"min", "vores", "alles"}
    assert listed(as_member, "?status=over-tid") == ["vores"]
    assert listed(as_member, "?status=udfoert") == ["alles"]
    assert set(listed(as_member, "?status=aaben")) == {"min", "vores", "deres"}
    assert listed(as_member, "?hvis=vores&status=over-tid") == ["vores"]


@pytest.mark.parametrize("query", ["?hvis=alt", "?status='", "?side=-1", "?side=x", "?hvis=%00"])
def test_nonsense_in_the_address_breaks_nothing(as_member, point, query):
    assert as_member.get(f"/aftaler/{query}").status_code == 200


def test_each_leads_to_where_it_was_agreed(as_member, meeting):
    entry = make_entry(meeting.minutes)
    make_action_point(meeting, "af et afsnit", entry=entry)
    make_action_point(meeting, "af mødet")

    text = as_member.get("/aftaler/").content.decode()

    assert f'href="/moeder/3/#afsnit-{entry.pk}"' in text
    assert 'href="/moeder/3/#aftalt"' in text


def test_lists_24_at_a_time(as_member, meeting):
    for number in range(26):
        make_action_point(meeting, f"{number}", due_on=date(2022, 1, 1) + number * DAY)

    assert len(listed(as_member)) == 24
    assert listed(as_member, "?side=2") == ["24", "25"]
    assert "?status=aaben&amp;side=2" in as_member.get("/aftaler/?status=aaben").content.decode()


def test_names_show_as_their_owners_agreed(as_member, as_secretary, meeting):
    for visibility in NameVisibility:
        member = make_member(user=make_user(name=f"navn-{visibility}"), name_visibility=visibility)
        make_action_point(meeting, owner=member)
        make_action_point(meeting, done_by=member, done_on=timezone.localdate())

    def shown(browser: Client) -> list[int]:
        text = browser.get("/aftaler/").content.decode()
        return [text.count(f"navn-{visibility}") for visibility in NameVisibility]

    assert shown(as_member) == [2, 2, 0]
    assert shown(as_secretary) == [2, 2, 2]


def test_organisations_member_marks_it_done_with_a_note(as_member, member, point):
    assert f"/aftaler/{point.pk}/udfoert/?hvis=vores" in (
        as_member.get("/aftaler/?hvis=vores").content.decode()
    )
    assert "Skriv et brev" in as_member.get(f"/aftaler/{point.pk}/udfoert/").content.decode()

    answer = as_member.post(
        f"/aftaler/{point.pk}/udfoert/?hvis=vores", {"note": "Sendt."}, follow=True
    )

    assert answer.redirect_chain == [("/aftaler/?hvis=vores", 302)]
    point.refresh_from_db()
    assert (point.done_on, point.done_by, point.note) == (timezone.localdate(), member, "Sendt.")
    text = answer.content.decode()
    assert "Markeret som udført." in text
    assert "Sendt." in text
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor, activity.target_id) == ("closed", member.user, point.pk)


def test_looking_at_the_form_changes_nothing(as_member, point):
    as_member.get(f"/aftaler/{point.pk}/udfoert/")

    point.refresh_from_db()
    assert point.done_on is None
    assert as_member.get(f"/aftaler/{point.pk}/genaabn/").status_code == 405


def test_note_that_is_too_long_shows_its_error_and_stays(as_member, point):
    note = "lang " * 100

    page = as_member.post(f"/aftaler/{point.pk}/udfoert/", {"note": note})

    assert "note" in page.context["form"].errors
    assert note.strip() in page.content.decode()
    point.refresh_from_db()
    assert (point.done_on, point.note) == (None, "")


def test_opens_again_and_keeps_the_note(as_member, member, point):
    finishing.finish(point=point, note="Sendt.", by=member)

    answer = as_member.post(f"/aftaler/{point.pk}/genaabn/?status=udfoert", follow=True)

    assert answer.redirect_chain == [("/aftaler/?status=udfoert", 302)]
    point.refresh_from_db()
    assert (point.done_on, point.done_by, point.note) == (None, None, "Sendt.")
    assert Activity.objects.first().verb == "opened"
    # The next one who finishes it goes on from there.
    assert "Sendt." in as_member.get(f"/aftaler/{point.pk}/udfoert/").content.decode()
    again = as_member.post(f"/aftaler/{point.pk}/genaabn/", follow=True)
    assert "Aftalen er allerede åben." in again.content.decode()
    assert Activity.objects.count() == 2


def test_point_that_is_done_already_says_so_and_keeps_the_typed_note(as_member, member, point):
    finishing.finish(point=point, note="Først.", by=member)

    page = as_member.post(f"/aftaler/{point.pk}/udfoert/", {"note": "Min note."})

    assert "En anden har allerede markeret den som udført." in page.content.decode()
    assert "Min note." in page.content.decode()
    point.refresh_from_db()
    assert point.note == "Først."


@pytest.mark.parametrize("act", ["udfoert", "genaabn"])
def test_strangers_former_members_and_others_may_not(client, log_in, member, point, act):
    path = f"/aftaler/{point.pk}/{act}/"
    if act == "genaabn":
        finishing.finish(point=point, note="", by=member)
    before = ActionPoint.objects.values().get(pk=point.pk)
    former = make_member(member.organisation, to_date=timezone.localdate())

    assert client.post(path).url.startswith("/konto/login")
    assert log_in(former).post(path).status_code == 403
    assert log_in(make_member()).post(path).status_code == 404
    assert ActionPoint.objects.values().get(pk=point.pk) == before


def test_what_is_everybodys_the_secretariat_finishes(as_member, as_secretary, meeting, member):
    everybodys = make_action_point(meeting)
    own = make_action_point(meeting, owner=member)

    may = {row["pk"]: bool(row["may_finish"]) for row in _rows(as_member)}
    assert may == {everybodys.pk: False, own.pk: True}
    assert all(row["may_finish"] for row in _rows(as_secretary))
    assert as_member.post(f"/aftaler/{everybodys.pk}/udfoert/").status_code == 404
    assert as_member.post(f"/aftaler/{own.pk}/udfoert/").status_code == 302
    assert as_secretary.post(f"/aftaler/{everybodys.pk}/udfoert/").status_code == 302
    assert not ActionPoint.objects.open().exists()


def _rows(browser: Client) -> list[dict]:
    return browser.get("/aftaler/").context["rows"]


def test_draft_is_not_finished_by_a_member(as_member, member):
    draft = make_minutes(make_meeting(4)).meeting
    point = make_action_point(draft, organisation=member.organisation)

    assert as_member.post(f"/aftaler/{point.pk}/udfoert/").status_code == 404


def test_public_page_says_what_is_done_and_hides_the_note(client, meeting, member):
    point = make_action_point(meeting, "Skriv et brev")
    finishing.finish(point=point, note="intern-note", by=member)

    text = client.get("/moeder/3/").content.decode()

    assert "udført" in text
    assert "intern-note" not in text


def test_my_page_tells_what_is_overdue(as_member, member, meeting):
    yesterday = timezone.localdate() - DAY
    own = {"organisation": member.organisation}
    make_action_point(meeting, due_on=yesterday, **own)
    make_action_point(meeting, due_on=yesterday)
    make_action_point(meeting, due_on=yesterday, done_on=yesterday, **own)
    make_action_point(meeting, due_on=yesterday, organisation=make_organisation())

    page = as_member.get("/min-side/")

    assert [task.words for task in page.context["tasks"]] == ["Over fristen", "Over fristen"]
    assert page.content.decode().count('<span class="state late">') == 2
    assert len(listed(as_member, "?hvis=vores&status=over-tid")) == 2


def test_asks_as_often_for_20_as_for_200(as_member, member, meeting):
    def add(number: int) -> None:
        for _point in range(number):
            make_action_point(
                meeting, owner=make_member(), organisation=make_organisation(), done_by=member
            )

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_member.get("/aftaler/").status_code == 200
        return len(queries)

    asked()  # the first request of a visit is noted
    add(20)
    few = asked()
    add(180)
    assert asked() == few
