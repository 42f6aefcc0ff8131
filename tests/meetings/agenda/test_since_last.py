"""The texts that the portal writes for an agenda."""

from datetime import date, timedelta

from django.utils import timezone

from calls.models import Call
from initiatives.models import InitiativeUpdate
from meetings.agenda import since_last
from meetings.models import Meeting, MeetingState, Purpose
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
)
from tests.meetings.agenda.agendas import HERE, form_of
from tests.meetings.planning.plans import days_ahead, make_planned


def test_cancelled_and_later_meetings_leave_nothing(meeting):
    for number, day, state in ((6, -30, MeetingState.CANCELLED), (8, 60, MeetingState.HELD)):
        make_minutes(make_meeting(number, date=days_ahead(day), state=state), published=True)

    assert since_last.last_meeting(meeting) is None


def told(meeting: Meeting, purpose: str = Purpose.SINCE_LAST) -> dict[str, list[str]]:
    return {
        section.heading: [line.words for line in section.lines]
        for section in since_last.sections(meeting, purpose)
    }


def test_lists_what_happened_since_the_last_meeting(meeting, last):
    lately, before = timezone.now() - timedelta(days=3), timezone.now() - timedelta(days=90)
    for title, at in (("Ny barriere", lately), ("Gammel barriere", before)):
        record(Verb.ADDED, make_barrier(title), by=None, at=at)
    record(Verb.ADDED, make_barrier("Skjult", hidden_at=lately), by=None, at=lately)
    record(Verb.PUBLISHED, make_case("Kantinen"), by=None, at=lately)
    record(Verb.JOINED, make_organisation("Ny Fond"), by=None, at=lately)
    make_call("Gammelt opslag", day=days_ahead(-60))
    make_call("Nyt opslag", day=days_ahead(60))
    initiative = make_initiative("Netværk")
    for text, on in (("Vi er i gang", days_ahead(-2)), ("Før", days_ahead(-80))):
        InitiativeUpdate.objects.create(
            initiative=initiative,
            organisation=initiative.lead,
            text=text,
            told_on=on,
            percent=40,
        )

    found = told(meeting)

    deadline = found.pop("Frister for EU-opslag")
    assert found == {
        "Nye i taskforcen": ["Ny Fond"],
        "Nye barrierer": ["Ny barriere"],
        "Indsatsernes fremdrift": ["Netværk (40 %): Vi er i gang"],
        "Nye gode eksempler": ["Kantinen"],
    }
    assert len(deadline) == 1
    assert deadline[0].startswith("Nyt opslag: frist ")


def test_headings_stand_along_the_thread(meeting, last):
    record(Verb.JOINED, make_organisation("Ny Fond"), by=None)
    make_call("Nyt opslag", day=days_ahead(60))
    record(Verb.PUBLISHED, make_case("Kantinen"), by=None)
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None)

    assert [*told(meeting)] == [
        "Nye barrierer",
        "Nye gode eksempler",
        "Frister for EU-opslag",
        "Nye i taskforcen",
    ]


def test_since_a_month_is_since_it_began(meeting):
    lately = timezone.now().replace(day=1, hour=12)
    make_meeting(
        6, date=lately.date(), date_precision="month", state=MeetingState.HELD, starts=None
    )
    Meeting.objects.filter(pk=meeting.pk).update(date=days_ahead(60))
    meeting.refresh_from_db()
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None, at=lately)

    assert told(meeting)["Nye barrierer"] == ["Ny barriere"]


def test_a_day_that_is_past_was_a_meeting(meeting):
    passed = make_meeting(6, date=days_ahead(-3), state=MeetingState.PLANNED)

    assert since_last.last_meeting(meeting) == passed


def test_minutes_prepared_ahead_hide_nothing(meeting, last):
    make_minutes(make_meeting(8, date=days_ahead(30), state=MeetingState.PLANNED))

    assert since_last.last_meeting(make_planned(9, date=days_ahead(60))) == last


def test_lines_that_do_not_fit_are_counted(meeting, last):
    for number in range(since_last.MOST + 2):
        record(Verb.ADDED, make_barrier(f"Barriere {number}"), by=None)

    lines = told(meeting)["Nye barrierer"]

    assert len(lines) == since_last.MOST + 1
    assert lines[-1] == "og 2 mere"


def test_initiatives_are_listed_when_they_begin_and_when_they_end(meeting, last):
    lead = make_organisation("Odense")
    begun = make_initiative("Guide", lead=lead, state="running")
    record(Verb.ADDED, begun, by=None)
    record(Verb.ADDED, make_initiative("Gammel"), by=None, at=timezone.now() - timedelta(days=90))
    for state, percent in (("running", None), ("done", 100)):
        InitiativeUpdate.objects.create(
            initiative=begun, organisation=lead, text="Ti købere", state=state, percent=percent
        )

    assert told(meeting) == {
        "Nye indsatser": ["Guide (Odense): More buy socially."],
        "Indsatsernes fremdrift": [
            "Guide (i gang): Ti købere",
            "Guide (gennemført, 100 %): Ti købere",
        ],
    }


def test_drafts_are_not_listed(meeting, last):
    raised = make_barrier("Fra kladden", raised_at=make_minutes(make_meeting(8)).meeting)
    record(Verb.ADDED, raised, by=None)
    record(Verb.ADDED, make_case("Kladde", state="draft"), by=None)

    assert told(meeting) == {}


def test_what_is_agreed_is_listed_by_organisation(meeting, last):
    odense = make_organisation("Odense")
    owner = make_member(odense, name_visibility=NameVisibility.NOBODY)
    make_action_point(last, "Send liste", organisation=odense, owner=owner, due_on=date(2030, 2, 1))
    make_action_point(last, "Er gjort", done_on=date(2026, 1, 1))
    make_action_point(make_minutes(make_meeting(8)).meeting, "I en kladde")

    assert told(meeting, Purpose.FOLLOW_UP) == {"": ["Odense: Send liste (inden 1. februar 2030)"]}


def test_generated_text_is_edited_and_never_overwritten(as_secretary, meeting, last):
    record(Verb.ADDED, make_barrier("Første <barriere>"), by=None)
    as_secretary.post(f"{HERE}overfoer/", {"offers": ["since_last"]})
    item = meeting.agenda.get()
    assert item.details.count("Første &lt;barriere&gt;") == 1
    assert 'href="/barrierer/' in item.details
    item.details = item.details.replace("<h4>", "<p>Min tekst</p><h4>")
    item.save()
    record(Verb.ADDED, make_barrier("Anden barriere"), by=None)

    page = as_secretary.get(f"{HERE}punkt/{item.pk}/")

    ((heading, lines),) = [
        (section.heading, [line.words for line in section.lines])
        for section in page.context["fresh"]
    ]
    assert (heading, lines) == ("Nye barrierer", ["Anden barriere"])
    typed = form_of(
        meeting,
        title="Siden sidst",
        details=item.details,
        seen=page.context["form"]["seen"].value(),
    )
    shown = as_secretary.post(f"{HERE}punkt/{item.pk}/", {**typed, "add_fresh": "on"})
    item.refresh_from_db()
    assert "Anden" not in item.details  # shown first, saved by the next press
    both = shown.context["form"].data["details"]
    assert both.index("Min tekst") < both.index("Første") < both.index("Anden barriere")
    assert shown.context["fresh"] == []
    as_secretary.post(f"{HERE}punkt/{item.pk}/", {**typed, "details": both})
    item.refresh_from_db()
    assert "Anden barriere" in item.details


def test_generated_text_is_read_on_the_page_as_it_was_edited(client, meeting):
    make_agenda_item(
        meeting, "Siden sidst", purpose=Purpose.SINCE_LAST, details="<ul><li>Nyt</li></ul>"
    )

    page = client.get("/moeder/7/").content.decode()

    assert "<ul><li>Nyt</li></ul>" in page


def test_deadlines_need_a_day(meeting, last):
    Call.objects.create(title="Uden frist", summary="x")

    assert told(meeting) == {}


def test_line_leads_to_its_page_and_is_escaped():
    assert since_last.SummaryLine("Et & to", "/her/").html == '<a href="/her/">Et &amp; to</a>'
    assert since_last.SummaryLine("Et & to").html == "Et &amp; to"


def test_sections_become_html():
    lines = [since_last.SummaryLine("Et"), since_last.SummaryLine("To")]

    html = since_last.as_html(
        [since_last.SummarySection("A & B", lines), since_last.SummarySection("", lines[:1])]
    )

    assert html == "<h4>A &amp; B</h4><ul><li>Et</li><li>To</li></ul><ul><li>Et</li></ul>"


def test_other_items_have_no_text_of_the_portal(meeting, last):
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None)

    for purpose in (Purpose.ITEM, Purpose.APPROVAL, Purpose.ROUND_TABLE):
        assert since_last.sections(meeting, purpose) == []


def test_first_meeting_has_nothing_before_it(meeting):
    record(Verb.ADDED, make_barrier("Ny barriere"), by=None)

    assert since_last.last_meeting(meeting) is None
    assert since_last.sections(meeting, Purpose.SINCE_LAST) == []


def test_latest_of_the_meetings_before_is_the_last(meeting, last):
    make_meeting(5, date=days_ahead(-60))
    make_meeting(8, date=days_ahead(-2))  # its number is higher
    make_meeting(4, date=days_ahead(30))  # its day is later

    assert since_last.last_meeting(meeting) == last


def test_two_meetings_of_one_day_follow_their_numbers(meeting, last):
    make_meeting(5, date=last.date)

    assert since_last.last_meeting(meeting) == last


def test_meeting_of_today_counts_once_its_minutes_are_begun(meeting, last):
    today = make_planned(5, date=days_ahead(0))
    assert since_last.last_meeting(meeting) == last

    make_minutes(today)

    assert since_last.last_meeting(meeting) == today


def test_points_for_everybody_have_no_day_where_none_is_set(meeting, last):
    make_action_point(last, "Læs")

    assert told(meeting, Purpose.FOLLOW_UP) == {"": ["Alle: Læs"]}


def test_agreed_is_listed_up_to_a_hundred(meeting, last):
    for number in range(since_last.MOST_AGREED + 1):
        make_action_point(last, f"{number}")

    lines = told(meeting, Purpose.FOLLOW_UP)[""]

    assert len(lines) == since_last.MOST_AGREED + 1
    assert lines[-1] == "og 1 mere"


def test_lines_that_fit_exactly_are_not_counted(meeting, last):
    for number in range(since_last.MOST):
        record(Verb.ADDED, make_barrier(f"Barriere {number}"), by=None)

    assert len(told(meeting)["Nye barrierer"]) == since_last.MOST


def test_missing_is_what_the_text_does_not_have(meeting, last):
    item = make_agenda_item(meeting, "Aftaler", purpose=Purpose.FOLLOW_UP)
    make_action_point(last, "Send   listen")
    make_action_point(last, "Læs den")

    (section,) = since_last.missing(item, "<p>Alle: Send <b>listen</b></p>")

    assert [line.words for line in section.lines] == ["Alle: Læs den"]
    everything = since_last.as_html(since_last.sections(meeting, Purpose.FOLLOW_UP))
    assert since_last.missing(item, everything) == []
