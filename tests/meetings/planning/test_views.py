"""Pages to plan a meeting, move it and cancel it: what is saved, who is notified, how often."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meetings.models import Attendance, Meeting, MeetingState, Precision
from taskforce.activity.models import Activity
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import make_attendance, make_meeting, make_member, make_minutes
from tests.meetings.planning.plans import (
    NEW,
    attached,
    body,
    days_ahead,
    invite,
    links,
    make_planned,
    save,
    the_event,
    typed,
    values,
)

PLAN, EDIT, CANCEL = "/moeder/ny/", "/moeder/7/rediger/", "/moeder/7/aflys/"


# Planning


def test_proposes_the_next_number(as_secretary: Client):
    make_meeting(7)

    page = as_secretary.get(PLAN)

    assert page.context["form"]["number"].value() == "8"


def test_plans_a_day(as_secretary: Client, mailbox: Mailbox):
    answer = as_secretary.post(PLAN, NEW)

    meeting = Meeting.objects.get()
    assert answer.url == "/moeder/8/"
    assert (meeting.date, meeting.date_precision) == (days_ahead(30), Precision.DAY)
    assert meeting.hours == "14.00–15.30"
    assert (meeting.format, meeting.place, meeting.state) == ("hybrid", "Odense", "planned")
    assert Activity.objects.get().verb == "added"
    assert mailbox.letters == []


def test_plans_a_month_without_inventing_a_day(as_secretary: Client, client: Client):
    with time_machine.travel(datetime(2022, 11, 20, 12)):
        as_secretary.post(PLAN, {"number": "4", "month": "2023-01", "place": "Odense"})
        pages = [client.get(path).content.decode() for path in ("/", "/moeder/", "/moeder/4/")]
        status = client.get("/moeder/4/kalender.ics").status_code

    meeting = Meeting.objects.get()
    assert (meeting.date, meeting.date_precision) == (date(2023, 1, 1), Precision.MONTH)
    assert (meeting.starts, meeting.ends) == (None, None)
    for text in pages:
        assert "januar 2023" in text.lower()
        assert "1. januar" not in text
    assert status == 404  # a calendar has days only


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "0"}, "number"),
        ({"number": "70000"}, "number"),
        ({"number": "7"}, "number"),  # taken
        ({"day": ""}, "day"),
        ({"day": "2031-02-30"}, "day"),
        ({"day": "snart"}, "day"),
        ({"day": str(days_ahead(-1))}, "day"),
        ({"month": f"{days_ahead(60):%Y-%m}"}, "month"),  # beside a day
        ({"month": "1999-01", "day": ""}, "month"),
        ({"month": f"{days_ahead(60):%Y-%m}", "day": ""}, "starts"),  # a month has no time
        ({"starts": "", "ends": "15:00"}, "starts"),
        ({"starts": "25:00"}, "starts"),
        ({"ends": "13:00"}, "ends"),
        ({"ends": "14:00"}, "ends"),
        ({"format": "by-post"}, "format"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"place": "x" * 201}, "place"),
    ],
)
def test_wrong_input_shows_its_error_at_the_field_and_stays(
    as_secretary: Client, changes: dict[str, str], field: str
):
    make_meeting(7)

    page = as_secretary.post(PLAN, NEW | changes)

    form = page.context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in NEW | changes} == NEW | changes
    assert Meeting.objects.count() == 1


def test_month_chosen_with_a_time_keeps_both_on_the_page(as_secretary: Client):
    month = f"{days_ahead(60):%Y-%m}"

    page = as_secretary.post(PLAN, NEW | {"day": "", "month": month})

    text = page.content.decode()
    assert f'value="{month}" selected' in text
    assert 'value="14:00"' in text
    assert "Hvor kun måneden er kendt" in text or "kun måneden" in text


def test_day_takes_the_place_of_the_month(as_secretary: Client):
    month = days_ahead(60).replace(day=1)
    meeting = make_planned(date=month, date_precision="month", starts=None, ends=None)
    found = typed(meeting, day=days_ahead(61), starts="14:00")

    assert as_secretary.post("/moeder/7/rediger/", found).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.date, meeting.date_precision) == (days_ahead(61), Precision.DAY)


def test_each_error_shows_at_its_own_field(as_secretary: Client):
    make_meeting(7)
    faults = {"number": "7", "month": f"{days_ahead(60):%Y-%m}", "ends": "13:00"}

    form = as_secretary.post(PLAN, NEW | faults).context["form"]

    assert {*form.errors} == {"number", "month", "ends"}
    assert form.errors["number"] == ["Et andet møde har allerede dette nummer."]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("online", [("coming", True), ("coming", True), ("apologies", False)]),
        ("in_person", [("coming", False), ("invited", False), ("apologies", False)]),
    ],
)
def test_answers_fit_how_the_meeting_is_held(
    as_secretary: Client, mailbox: Mailbox, held: str, expected: list[tuple[str, bool]]
):
    meeting = make_planned()
    invite(meeting, *(make_member() for _ in range(3)))
    for row, status, online in zip(
        meeting.attendances.all(),
        ("coming", "coming", "apologies"),
        (False, True, False),
        strict=True,
    ):
        row.status, row.online, row.answered_at = status, online, timezone.now()
        row.save()

    save(as_secretary, typed(meeting, format=held))

    assert [*meeting.attendances.values_list("status", "online")] == expected
    asked = sum("ikke fået svar" in body(letter) for letter in mailbox.letters[3:])
    assert asked == (held == "in_person")


# Editing


def test_new_title_notifies_nobody(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    assert len(mailbox.letters) == 1

    answer = save(as_secretary, typed(meeting, title="Forårsmødet"))

    meeting.refresh_from_db()
    assert answer.url == "/moeder/7/"
    assert (meeting.title, meeting.sequence) == ("Forårsmødet", 0)
    assert len(mailbox.letters) == 1


def test_saving_without_a_change_sends_nothing(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())

    save(as_secretary, typed(meeting))

    meeting.refresh_from_db()
    assert meeting.sequence == 0
    assert len(mailbox.letters) == 1


def test_number_stays_once_it_stands_in_calendars(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())

    save(as_secretary, typed(meeting, number=9, title="Nyt navn"))

    meeting.refresh_from_db()
    assert (meeting.number, meeting.title) == (7, "Nyt navn")


def test_number_may_change_before(as_secretary: Client):
    assert save(as_secretary, typed(make_planned(), number=9)).url == "/moeder/9/"


def test_moving_notifies_everybody_invited_once_of_the_old_and_the_new(
    as_secretary: Client, mailbox: Mailbox
):
    meeting = make_planned(date=date(2031, 3, 4))
    coming, former = make_member(), make_member()
    invite(meeting, coming, former)
    make_attendance(meeting, name="Guest", status="invited")
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))
    first = attached(mailbox.letters[0])

    sent = typed(meeting, day="2031-03-11", starts="09:00", ends="10:00", place="Aarhus")
    save(as_secretary, sent)

    (_, _, letter) = mailbox.letters
    assert letter["to"] == coming.user.email
    assert letter["subject"] == "Ændret: 7. møde, 11. marts 2031"
    told = body(letter)
    assert told.index("11. marts 2031 kl. 09.00–10.00") < told.index("4. marts 2031 kl. 14.00")
    assert told.index("Hvor: Aarhus") < told.index("Hvor: Rådhuset; sal 2, Odense")
    assert len(links(letter)) == 3
    entry = attached(letter)
    assert values(entry, "UID") == values(first, "UID")
    assert (values(first, "SEQUENCE"), values(entry, "SEQUENCE")) == (["0"], ["1"])
    assert values(entry, "METHOD") == ["REQUEST"]
    zone = ZoneInfo("Europe/Copenhagen")
    assert the_event(entry)["dtstart"].dt == datetime(2031, 3, 11, 9, tzinfo=zone)
    assert "DTSTART;TZID=Europe/Copenhagen:20310311T090000" in entry
    assert Meeting.objects.get().sequence == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2031-03-05"},
        {"starts": "13:00"},
        {"ends": "16:00"},
        {"place": "Aarhus"},
        {"link": "https://meet.example.org/other"},
        {"format": "online"},
    ],
)
def test_each_part_of_time_and_place_is_notified(
    as_secretary: Client, mailbox: Mailbox, changes: dict[str, str]
):
    meeting = make_planned(date=date(2031, 3, 4))
    invite(meeting, make_member())

    save(as_secretary, typed(meeting, **changes))

    assert len(mailbox.letters) == 2


def test_moved_to_a_month_the_calendar_frees_the_day(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    month = f"{days_ahead(60):%Y-%m}"

    save(as_secretary, typed(meeting, day="", month=month, starts="", ends=""))

    entry = attached(mailbox.letters[-1])
    assert values(entry, "METHOD") == ["CANCEL"]
    assert the_event(entry)["dtstart"].dt.date() == meeting.date
    assert "kl." not in body(mailbox.letters[-1]).partition("FØR")[0]


def test_nobody_is_notified_before_the_invitations(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    make_member()

    save(as_secretary, typed(meeting, place="Aarhus"))

    assert mailbox.letters == []
    assert Meeting.objects.get().sequence == 1  # those who subscribe to the calendar see it


def test_nobody_is_notified_about_the_past(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    Meeting.objects.update(date=days_ahead(-3))
    meeting.refresh_from_db()

    save(as_secretary, typed(meeting, place="Det var i Aarhus"))

    assert Meeting.objects.get().place == "Det var i Aarhus"
    assert len(mailbox.letters) == 1


def test_second_editor_sees_both_versions_and_loses_nothing(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    mine = typed(meeting, place="Min plads", title="Min titel")
    save(as_secretary, typed(meeting, place="Deres plads", starts="13:00"))
    assert len(mailbox.letters) == 2

    page = save(as_secretary, mine)

    form = page.context["form"]
    assert form.theirs == [("Titel", "–"), ("Starter", "13:00:00"), ("Sted", "Deres plads")]
    assert (form["place"].value(), form["title"].value()) == ("Min plads", "Min titel")
    assert Meeting.objects.get().place == "Deres plads"
    assert len(mailbox.letters) == 2
    # Sent again, with open eyes.
    again = {field.name: field.value() or "" for field in form}
    save(as_secretary, again)
    assert Meeting.objects.get().place == "Min plads"
    assert len(mailbox.letters) == 3
    assert values(attached(mailbox.letters[-1]), "SEQUENCE") == ["2"]


def test_invitations_sent_while_the_form_was_open_are_not_forgotten(
    as_secretary: Client, mailbox: Mailbox
):
    meeting = make_planned()
    open_form = typed(meeting, place="Aarhus")
    invite(meeting, make_member())

    save(as_secretary, open_form)

    assert Meeting.objects.get().invited_at == meeting.invited_at
    assert [letter["subject"].partition(":")[0] for letter in mailbox.letters] == [
        "Indkaldelse",
        "Ændret",
    ]


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
def test_only_planned_meetings_are_edited_and_nothing_typed_is_lost(
    as_secretary: Client, state: MeetingState
):
    meeting = make_planned()
    mine = typed(meeting, place="Min plads")
    Meeting.objects.update(state=state)

    assert as_secretary.get(EDIT).url == "/moeder/7/"
    page = save(as_secretary, mine)

    assert page.context["form"]["place"].value() == "Min plads"
    assert page.context["form"].non_field_errors()
    assert Meeting.objects.get().place == meeting.place


# Cancelling


def test_cancelling_notifies_everybody_invited_why_and_frees_the_time(
    as_secretary: Client, mailbox: Mailbox, client: Client, as_member: Client
):
    meeting = make_planned(date=date(2031, 3, 4))
    invite(meeting, make_member(), make_member())
    first = attached(mailbox.letters[0])

    as_secretary.post(CANCEL, {"reason": "For få <kan> komme."})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    letters = mailbox.letters[2:]
    assert len({letter["to"] for letter in letters}) == 2
    assert letters[0]["subject"] == "Aflyst: 7. møde, 4. marts 2031"
    assert "For få <kan> komme." in body(letters[0])
    entry = attached(letters[0])
    assert values(entry, "METHOD") == ["CANCEL"]
    assert values(entry, "STATUS") == ["CANCELLED"]
    assert values(entry, "SEQUENCE") == ["1"]
    assert values(entry, "UID") == values(first, "UID")
    assert "For få &lt;kan&gt; komme." in as_member.get("/moeder/7/").content.decode()
    assert "For få" not in client.get("/moeder/7/").content.decode()


def test_cancelling_takes_a_reason(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())

    page = as_secretary.post(CANCEL, {"reason": " "})

    assert list(page.context["form"].errors) == ["reason"]
    assert Meeting.objects.get().state == "planned"
    assert len(mailbox.letters) == 1


def test_looking_cancels_nothing(as_secretary: Client):
    make_planned()

    assert as_secretary.get(CANCEL).status_code == 200
    assert Meeting.objects.get().state == "planned"


def test_cancelled_once(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())

    as_secretary.post(CANCEL, {"reason": "Sygdom"})
    again = as_secretary.post(CANCEL, {"reason": "En anden grund"})

    assert again.context["form"]["reason"].value() == "En anden grund"
    assert again.context["form"].non_field_errors()
    assert Meeting.objects.get().cancelled_reason == "Sygdom"
    assert len(mailbox.letters) == 2
    assert as_secretary.get(CANCEL).status_code == 302


def test_meeting_with_minutes_took_place(as_secretary: Client):
    make_minutes(make_planned())

    page = as_secretary.post(CANCEL, {"reason": "Sygdom"})

    assert page.context["form"].non_field_errors()
    assert Meeting.objects.get().state == "planned"


@pytest.mark.parametrize("path", [PLAN, EDIT, CANCEL])
def test_only_the_secretariat_plans(as_member: Client, client: Client, path: str):
    make_planned()

    for browser, status in ((as_member, 403), (client, 302)):
        assert browser.get(path).status_code == status
        assert browser.post(path, NEW | {"reason": "x"}).status_code == status
    assert Meeting.objects.get().state == "planned"


def test_desk_and_list_lead_to_planning(as_secretary: Client, as_member: Client, log_in: LogIn):
    make_planned()

    assert PLAN in as_secretary.get("/sekretariat/").content.decode()
    assert PLAN in as_secretary.get("/moeder/").content.decode()
    assert PLAN not in as_member.get("/moeder/").content.decode()
    assert EDIT in as_secretary.get("/moeder/7/").content.decode()
    assert EDIT not in as_member.get("/moeder/7/").content.decode()
    assert Attendance.objects.count() == 0
