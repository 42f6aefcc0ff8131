"""Taking a document in: all that was accepted in one transaction, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier as Gate
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client

from barriers.models import Barrier, Statement, Theme
from calls.models import Call
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Material,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
)
from taskforce.activity.models import Activity
from taskforce.core.acts import Refused
from taskforce.intake.importing import acts
from taskforce.intake.importing.undoing import undo_import
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reviewing.review import typed_in
from taskforce.members.models import Member, NameVisibility, Organisation
from taskforce.news.models import NewsItem
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_theme,
    make_user,
)
from tests.intake.drafts import decisions, make_intake

MADE = (Meeting, Attendance, AgendaItem, Minutes, MinutesEntry, Barrier, Statement, Call, NewsItem)


@pytest.fixture
def theme(db: None) -> Theme:
    return make_theme("Kapital")


def reviewed(theme: Theme, **changes: dict[str, str]) -> Intake:
    """Make a document whose every thing is accepted, with a theme for its barrier."""
    intake = make_intake()
    defaults = {
        "barriers_0": {"theme": str(theme.pk)},
        "statements_0": {"barrier": "f:0"},
    }
    sent = decisions(intake, **(defaults | changes))
    intake.decisions = typed_in(sent)
    intake.save()
    return intake


def take(intake: Intake, by: Member) -> Meeting:
    meeting = acts.import_document(intake=intake, version=intake.version, by=by)
    intake.refresh_from_db()
    return meeting


def test_makes_the_meeting_and_everything_that_was_accepted(theme: Theme, secretary: Member):
    odense = make_organisation("Odense Kommune")
    ea = make_member(odense, user=make_user(name="Ea Holm"), name_visibility=NameVisibility.MEMBERS)

    meeting = take(intake := reviewed(theme), secretary)

    assert (meeting.number, meeting.date, meeting.state) == (7, date(2023, 3, 14), "held")
    assert (meeting.starts, meeting.ends, meeting.format) == (time(10), time(11), "online")
    present, second = meeting.attendances.present()
    assert (present.member, present.organisation, present.online) == (ea, odense, True)
    assert (present.name_visibility, second.name_visibility) == ("members", "nobody")
    assert (second.organisation.name, second.organisation.in_taskforce) == ("Værkstedet", False)
    away = meeting.attendances.get(status=AttendanceStatus.APOLOGIES)
    assert (away.name, away.organisation_name, away.online) == ("Ib Dam", "Slagelse Kommune", False)
    welcome, talk = meeting.agenda.all()
    assert (welcome.title, welcome.starts, welcome.minutes) == ("Velkomst", time(10), 10)
    assert (talk.minutes, talk.responsible) == (50, present)
    assert (intake.state, intake.meeting) == (IntakeState.IMPORTED, meeting)


def test_minutes_are_a_draft_with_their_passages(theme: Theme, secretary: Member):
    meeting = take(reviewed(theme), secretary)

    minutes = meeting.minutes
    assert minutes.state == "draft"
    first, second, *_others = minutes.entries.all()
    assert (first.heading, first.text) == ("Velkomst", "<p>Alle blev budt velkommen.</p>")
    assert first.agenda_item.title == "Velkomst"
    assert second.speaker.name == "Ea Holm"
    assert second.heading == "Odense Kommune"  # and no name in a heading that everybody reads
    assert "<br>" in second.text


def test_barrier_statement_action_call_news_and_material(theme: Theme, secretary: Member):
    meeting = take(reviewed(theme), secretary)

    talk = meeting.minutes.entries.all()[1]
    barrier = Barrier.objects.get()
    assert (barrier.title, barrier.theme) == ("Små virksomheder mangler kapital", theme)
    assert (barrier.raised_by, barrier.raised_at) == (secretary.organisation, meeting)
    statement = barrier.statements.get()
    assert (statement.organisation.name, statement.entry) == ("Odense Kommune", talk)
    assert statement.made_on == meeting.date
    point = ActionPoint.objects.get()
    assert (point.organisation.name, point.due_on) == ("Værkstedet", date(2023, 4, 1))
    assert point.entry is not None
    call = Call.objects.get()
    assert (call.topic_id, call.link, call.shared_at) == (
        "SMP-1",
        "https://example.org/call",
        meeting,
    )
    deadline = call.deadlines.get()
    assert (deadline.day, deadline.time) == (date(2023, 6, 2), time(17))
    assert NewsItem.objects.get().shared_at == meeting
    assert Material.objects.get().link == "https://example.org/slides"
    following = Meeting.objects.get(number=8)
    assert (following.date, following.date_precision) == (date(2023, 5, 1), "month")
    assert following.state == MeetingState.PLANNED


def test_it_is_recorded_what_was_added(theme: Theme, secretary: Member):
    take(reviewed(theme), secretary)

    told = {(record.target_type.model, record.verb) for record in Activity.objects.all()}
    assert told == {
        (kind, "added") for kind in ("minutes", "barrier", "statement", "call", "newsitem")
    }
    assert {record.actor for record in Activity.objects.all()} == {secretary.user}


def test_what_nobody_accepted_is_not_made(theme: Theme, secretary: Member):
    nothing = {"decision": ""}
    keys = (
        "attendees_0 attendees_1 absent_0 agenda_0 agenda_1 passages_2 passages_3 passages_4 "
        "passages_5 barriers_0 statements_0 action_points_0 next_meeting_0 calls_0 news_0 "
        "materials_0"
    )
    intake = reviewed(theme, **dict.fromkeys(keys.split(), nothing), start_0={"decision": "skip"})

    meeting = take(intake, secretary)

    assert {model: model.objects.count() for model in MADE} == {
        model: 1 if model in (Meeting, Minutes) else 0 for model in MADE
    }
    assert (meeting.starts, meeting.ends) == (None, time(11))


def test_meeting_of_a_month(theme: Theme, secretary: Member):
    away = {"decision": "skip"}
    intake = reviewed(theme, date_0={"value": "2023-03"}, start_0=away, end_0=away)

    meeting = take(intake, secretary)

    assert (meeting.date, meeting.date_precision) == (date(2023, 3, 1), "month")


def test_planned_meeting_is_filled_in(theme: Theme, secretary: Member):
    planned = make_meeting(
        7, date="2023-03-01", date_precision="month", state="planned", place="Rådhuset"
    )
    member = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ea Holm"))
    answer = make_attendance(planned, member=member, status=AttendanceStatus.COMING)
    invited = make_attendance(planned, name="bo lund", status=AttendanceStatus.INVITED)
    item = make_agenda_item(planned, "VELKOMST")
    make_meeting(8, state="planned")

    meeting = take(reviewed(theme), secretary)

    assert meeting == planned
    assert (meeting.state, meeting.date_precision, meeting.place) == ("held", "day", "Rådhuset")
    for row in (answer, invited):
        row.refresh_from_db()
        assert row.status == AttendanceStatus.PRESENT
    assert invited.organisation.name == "Værkstedet"
    assert meeting.attendances.count() == 3
    assert [found.title for found in meeting.agenda.all()] == ["Velkomst", "Barrierer"]
    assert meeting.minutes.entries.first().agenda_item == item
    assert Meeting.objects.count() == 2


def test_a_planned_agenda_becomes_the_documents(theme: Theme, secretary: Member, client: Client):
    planned = make_meeting(7, date="2023-03-01", state="planned")
    gone = make_agenda_item(planned, "Kaffe", details="Med kage")
    kept = make_agenda_item(planned, "Velkomst ", minutes=20, details="Planlagt")
    built_on = make_agenda_item(planned, "Rundvisning")
    entry = make_entry(make_minutes(make_meeting(6)), agenda_item=built_on)
    before = rows_of(planned)
    intake = reviewed(theme)

    client.force_login(secretary.user)
    shown = client.get(f"/sekretariat/indlaes/{intake.pk}/bekraeft/").content.decode()
    take(intake, secretary)

    items = list(planned.agenda.all())
    assert [item.title for item in items] == ["Velkomst", "Barrierer", "Rundvisning"]
    assert [item.order for item in items] == [1, 2, 3]
    assert (items[0].pk, items[2].pk) == (kept.pk, built_on.pk)
    assert items[0].details == "Planlagt"
    assert not AgendaItem.objects.filter(pk=gone.pk).exists()
    assert "Kaffe" in shown

    undo_import(intake=intake, by=secretary)

    assert rows_of(planned) == before
    entry.refresh_from_db()
    assert entry.agenda_item == built_on


def rows_of(meeting: Meeting) -> list[dict[str, Any]]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("pk").values())


def test_a_document_without_an_agenda_leaves_the_planned_one(theme: Theme, secretary: Member):
    planned = make_meeting(7, date="2023-03-01", state="planned")
    make_agenda_item(planned, "Kaffe")
    away = {"decision": "skip"}

    take(reviewed(theme, agenda_0=away, agenda_1=away), secretary)

    assert [item.title for item in planned.agenda.all()] == ["Kaffe"]


def test_a_call_of_the_portal_is_tied_to_the_meeting_too(
    theme: Theme, secretary: Member, client: Client
):
    first = make_meeting(6)
    known = make_call("Known call", topic_id="SMP-1", shared_at=first, summary="As it was.")
    intake = reviewed(theme)

    meeting = take(intake, secretary)

    known.refresh_from_db()
    assert (Call.objects.count(), known.shared_at, known.summary) == (1, first, "As it was.")
    assert "Known call" in client.get(meeting.get_absolute_url()).content.decode()
    page = client.get(known.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert meeting.get_absolute_url() in page

    undo_import(intake=intake, by=secretary)

    assert list(known.told_again_at.all()) == []
    assert Call.objects.count() == 1


def test_barrier_and_organisation_of_the_portal_are_used(theme: Theme, secretary: Member):
    known = make_barrier("Udbud er for store", theme=theme)
    intake = reviewed(theme, statements_0={"barrier": f"b:{known.pk}"})
    make_organisation("værkstedet")  # made since the review was saved
    organisations = {row.name for row in Organisation.objects.all()}

    take(intake, secretary)

    assert known.statements.count() == 1
    new = {row.name for row in Organisation.objects.all()} - organisations
    assert new == {"Odense Kommune", "Slagelse Kommune"}


def test_two_new_barriers_of_one_title_are_one(theme: Theme, secretary: Member):
    new = {"barrier": "new", "name": "SMÅ virksomheder mangler kapital", "theme": str(theme.pk)}

    take(reviewed(theme, statements_0=new), secretary)

    assert Barrier.objects.get().statements.count() == 1


def test_nothing_is_made_where_something_fails(theme: Theme, secretary: Member, monkeypatch):
    intake = reviewed(theme)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(acts, "record", refuse)
    with pytest.raises(OperationalError):
        take(intake, secretary)

    assert not any(model.objects.exists() for model in MADE)
    assert Intake.objects.get().state == IntakeState.REVIEW


def test_what_must_be_mended_stops_it(theme: Theme, secretary: Member):
    for intake in (
        reviewed(theme, number_0={"decision": "skip"}),
        reviewed(theme, date_0={"decision": ""}),
        reviewed(theme, calls_0={"summary": ""}),
    ):
        with pytest.raises(Refused, match="rettes"):
            take(intake, secretary)
    assert not Meeting.objects.exists()


def test_review_that_was_changed_since_is_looked_at_again(theme: Theme, secretary: Member):
    intake = reviewed(theme)
    Intake.objects.update(version=intake.version + 1)

    with pytest.raises(Refused, match="imens"):
        take(intake, secretary)


def test_of_two_at_once_one_takes_it(transactional_db: None, secretary: Member):
    intake, gate = reviewed(make_theme("Kapital")), Gate(2)

    def race(_number: int) -> str:
        try:
            gate.wait(timeout=10)
            return str(acts.import_document(intake=intake, version=intake.version, by=secretary))
        except Refused:
            return "not taken"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(race, range(2))) == ["7. møde", "not taken"]
    assert Meeting.objects.filter(number=7).count() == 1


def test_of_two_documents_of_one_meeting_one_is_taken(transactional_db: None, secretary: Member):
    theme, gate = make_theme("Kapital"), Gate(2)
    only = {"decision": ""}
    intakes = [reviewed(theme, calls_0=only) for _ in range(2)]

    def race(intake: Intake) -> bool:
        try:
            gate.wait(timeout=10)
            acts.import_document(intake=intake, version=intake.version, by=secretary)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(race, intakes)) == [False, True]
    assert Minutes.objects.count() == 1


# The page that asks


def test_page_counts_what_will_be_made_and_names_what_is_open(
    theme: Theme, as_secretary: Client, secretary
):
    intake = reviewed(theme, statements_0={"decision": ""}, news_0={"decision": "skip"})

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")

    counts = {str(part.title): len(part.names) for part in page.context["planned"]}
    assert counts == {
        "The meeting": 1,
        "New organisations": 3,
        "Who was there": 2,
        "Who sent apologies": 1,
        "Agenda items": 2,
        "Passages of the minutes, as a draft": 4,
        "New barriers": 1,
        "Action points": 1,
        "New EU calls": 1,
        "Materials": 1,
        "Next meeting": 1,
    }
    assert [line.candidate.key for line in page.context["open"]] == ["statements-0"]
    assert [line.candidate.key for line in page.context["left_out"]] == ["news-0"]
    assert "Udbuddene er for store." in page.content.decode()


def test_looking_makes_nothing(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)

    assert as_secretary.get(f"{intake.get_absolute_url()}bekraeft/").status_code == 200
    assert not Meeting.objects.exists()


def test_page_takes_in_and_leads_on(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)
    sent = {"version": intake.version}

    page = as_secretary.post(f"{intake.get_absolute_url()}bekraeft/", sent, follow=True)

    assert page.templates[0].name == "intake/taken.html"
    assert dict(page.context["made"])["barrierer"] == 1
    assert 'href="/moeder/7/referat/tjek/"' in page.content.decode()
    again = as_secretary.post(f"{intake.get_absolute_url()}bekraeft/", sent, follow=True)
    assert "Dokumentet er indlæst allerede." in again.content.decode()
    assert Minutes.objects.count() == 1


def test_page_without_a_version_makes_nothing(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)

    as_secretary.post(f"{intake.get_absolute_url()}bekraeft/")

    assert not Meeting.objects.exists()


def test_page_says_what_is_in_the_way(theme: Theme, as_secretary: Client):
    make_minutes(make_meeting(7))
    intake = reviewed(theme)

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")
    assert not page.context["is_ready"]
    (fault,) = page.context["faults"]  # it is told once
    assert (fault.field, fault.label) == ("id_number-0-value", "Number of the meeting")
    assert f'href="/en{intake.get_absolute_url()}#id_number-0-value"' in page.content.decode()
    refused = as_secretary.post(
        f"{intake.get_absolute_url()}bekraeft/", {"version": intake.version}, follow=True
    )
    assert "Noget skal rettes først." in refused.content.decode()
    assert "Referatet af 7. møde er i portalen i forvejen." in refused.content.decode()


def test_page_tells_what_loses_its_surroundings(theme: Theme, as_secretary: Client):
    away = {"decision": "skip"}
    intake = reviewed(theme, attendees_0=away, agenda_0=away, statements_0=away)

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")

    assert len(page.context["loose_ends"]) == 2
