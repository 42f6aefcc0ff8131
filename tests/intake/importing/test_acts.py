"""Importing a document: everything that was accepted in one transaction, or nothing."""

from datetime import date, time
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier, BarrierState, Statement, Theme
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
from taskforce.members.models import Member, NameVisibility, Organisation
from taskforce.news.models import NewsItem
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_meeting,
    make_member,
    make_organisation,
    make_theme,
    make_user,
)
from tests.intake.drafts import import_reviewed, reviewed
from tests.racing import at_once
from tests.refusing import refused

MADE = (Meeting, Attendance, AgendaItem, Minutes, MinutesEntry, Barrier, Statement, Call, NewsItem)


def test_import_creates_the_meeting_with_people_and_agenda(theme: Theme, secretary: Member):
    odense = make_organisation("Odense Kommune")
    ea = make_member(odense, user=make_user(name="Ea Holm"), name_visibility=NameVisibility.MEMBERS)

    meeting = import_reviewed(intake := reviewed(theme), secretary)

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


def test_import_creates_the_minutes_as_a_draft_with_passages(theme: Theme, secretary: Member):
    meeting = import_reviewed(reviewed(theme), secretary)

    minutes = meeting.minutes
    assert minutes.state == "draft"
    first, second, *_others = minutes.entries.all()
    # The item's title stands above it anyhow.
    assert (first.heading, first.text) == ("", "<p>Alle blev budt velkommen.</p>")
    assert first.agenda_item.title == "Velkomst"
    assert second.speaker.name == "Ea Holm"
    assert second.heading == "Odense Kommune"  # and no name in a heading that everybody reads
    assert "<br>" in second.text


def test_import_creates_barrier_statement_action_point_call_news_and_material(
    theme: Theme, secretary: Member
):
    meeting = import_reviewed(reviewed(theme), secretary)

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


def test_import_records_what_was_added(theme: Theme, secretary: Member):
    import_reviewed(reviewed(theme), secretary)

    told = {(record.target_type.model, record.verb) for record in Activity.objects.all()}
    assert told == {
        (kind, "added") for kind in ("minutes", "barrier", "statement", "call", "newsitem")
    }
    assert {record.actor for record in Activity.objects.all()} == {secretary.user}


def test_import_leaves_out_what_nobody_accepted(theme: Theme, secretary: Member):
    nothing = {"decision": ""}
    keys = (
        "attendees_0 attendees_1 absent_0 agenda_0 agenda_1 passages_2 passages_3 passages_4 "
        "passages_5 barriers_0 statements_0 action_points_0 next_meeting_0 calls_0 news_0 "
        "materials_0"
    )
    intake = reviewed(theme, **dict.fromkeys(keys.split(), nothing), start_0={"decision": "skip"})

    meeting = import_reviewed(intake, secretary)

    assert {model: model.objects.count() for model in MADE} == {
        model: 1 if model in (Meeting, Minutes) else 0 for model in MADE
    }
    assert (meeting.starts, meeting.ends) == (None, time(11))


def test_import_of_a_meeting_whose_day_is_unknown(theme: Theme, secretary: Member):
    away = {"decision": "skip"}
    intake = reviewed(theme, date_0={"value": "2023-03"}, start_0=away, end_0=away)

    meeting = import_reviewed(intake, secretary)

    assert (meeting.date, meeting.date_precision) == (date(2023, 3, 1), "month")


@pytest.mark.parametrize("ahead", ["2099-03-04", "2099-03"])
def test_import_refuses_minutes_of_a_meeting_to_come(theme: Theme, secretary: Member, ahead: str):
    away = {"decision": "skip"}
    intake = reviewed(theme, date_0={"value": ahead}, start_0=away, end_0=away)

    with refused("The meeting is still to come by its date, so it has no minutes yet."):
        import_reviewed(intake, secretary)
    assert not Meeting.objects.exists()


def test_import_fills_in_a_planned_meeting(theme: Theme, secretary: Member):
    planned = make_meeting(
        7, date="2023-03-01", date_precision="month", state="planned", place="Rådhuset"
    )
    member = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ea Holm"))
    answer = make_attendance(planned, member=member, status=AttendanceStatus.COMING)
    invited = make_attendance(planned, name="bo lund", status=AttendanceStatus.INVITED)
    item = make_agenda_item(planned, "VELKOMST")
    make_meeting(8, state="planned")

    meeting = import_reviewed(reviewed(theme), secretary)

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


def test_import_ties_a_call_of_the_portal_to_the_meeting(
    theme: Theme, secretary: Member, client: Client
):
    first = make_meeting(6)
    known = make_call("Known call", topic_id="SMP-1", shared_at=first, summary="As it was.")
    intake = reviewed(theme)

    meeting = import_reviewed(intake, secretary)

    known.refresh_from_db()
    assert (Call.objects.count(), known.shared_at, known.summary) == (1, first, "As it was.")
    assert "Known call" in client.get(meeting.get_absolute_url()).content.decode()
    page = client.get(known.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert meeting.get_absolute_url() in page

    undo_import(intake=intake, by=secretary)

    assert list(known.told_again_at.all()) == []
    assert Call.objects.count() == 1


@pytest.mark.parametrize("tied", ["told first", "told again"])
def test_import_leaves_a_call_that_is_tied_to_the_meeting_already(
    theme: Theme, secretary: Member, tied: str
):
    planned = make_meeting(7, state="planned")
    known = make_call("Known call", topic_id="SMP-1")
    if tied == "told first":
        known.shared_at = planned
        known.save()
    else:
        known.told_again_at.add(planned)

    intake = reviewed(theme)
    import_reviewed(intake, secretary)

    assert not any(label == "calls.Call_told_again_at" for label, _pk in intake.made["rows"])
    assert list(known.told_again_at.all()) == ([] if tied == "told first" else [planned])


def test_import_keeps_the_organisation_that_somebody_answered_for(theme: Theme, secretary: Member):
    planned = make_meeting(7, state="planned")
    home = make_organisation("Hjemmet")
    answer = make_attendance(
        planned, name="Ea Holm", organisation=home, organisation_name="Hjemmet"
    )

    import_reviewed(reviewed(theme), secretary)

    answer.refresh_from_db()
    assert (answer.organisation, answer.organisation_name) == (home, "Hjemmet")


def test_import_makes_a_barrier_be_raised_by_the_chosen_organisation(
    theme: Theme, secretary: Member
):
    home = make_organisation("Hjemmet")

    chosen = {"theme": str(theme.pk), "raised_by": f"o:{home.pk}"}
    import_reviewed(reviewed(theme, barriers_0=chosen), secretary)

    assert Barrier.objects.get().raised_by == home


def test_import_refuses_a_barrier_that_was_merged_since_it_was_chosen(
    theme: Theme, secretary: Member
):
    kept, merged = make_barrier("Udbud"), make_barrier("Udbud er for store")
    intake = reviewed(theme, statements_0={"barrier": f"b:{merged.pk}"})
    Barrier.objects.filter(pk=merged.pk).update(merged_into=kept, state=BarrierState.MERGED)

    with refused("Something must be mended first."):
        import_reviewed(intake, secretary)


def test_import_uses_a_barrier_and_an_organisation_of_the_portal(theme: Theme, secretary: Member):
    known = make_barrier("Udbud er for store", theme=theme)
    intake = reviewed(theme, statements_0={"barrier": f"b:{known.pk}"})
    make_organisation("værkstedet")  # made since the review was saved
    organisations = {row.name for row in Organisation.objects.all()}

    import_reviewed(intake, secretary)

    assert known.statements.count() == 1
    new = {row.name for row in Organisation.objects.all()} - organisations
    assert new == {"Odense Kommune", "Slagelse Kommune"}


def test_import_makes_one_barrier_of_two_with_the_same_title(theme: Theme, secretary: Member):
    new = {"barrier": "new", "name": "SMÅ virksomheder mangler kapital", "theme": str(theme.pk)}

    import_reviewed(reviewed(theme, statements_0=new), secretary)

    assert Barrier.objects.get().statements.count() == 1


def test_import_that_fails_creates_nothing(theme: Theme, secretary: Member, monkeypatch):
    intake = reviewed(theme)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(acts, "record", refuse)
    with pytest.raises(OperationalError):
        import_reviewed(intake, secretary)

    assert not any(model.objects.exists() for model in MADE)
    assert Intake.objects.get().state == IntakeState.REVIEW


@pytest.mark.parametrize(
    "change",
    [
        {"number_0": {"decision": "skip"}},
        {"date_0": {"decision": ""}},
        {"calls_0": {"summary": ""}},
    ],
)
def test_import_refuses_a_review_with_faults(theme: Theme, secretary: Member, change):
    intake = reviewed(theme, **change)

    with refused("Something must be mended first."):
        import_reviewed(intake, secretary)
    assert not Meeting.objects.exists()


def test_import_refuses_another_version_of_the_review(theme: Theme, secretary: Member):
    intake = reviewed(theme)
    Intake.objects.update(version=intake.version + 1)

    with refused("Somebody else has changed the review in the meantime. This is how it is now."):
        import_reviewed(intake, secretary)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("meanwhile", ["imported", "deleted"])
def test_import_refuses_a_document_that_is_not_under_review(
    theme: Theme, secretary: Member, meanwhile: str
):
    intake = reviewed(theme)
    if meanwhile == "imported":
        Intake.objects.update(state=IntakeState.IMPORTED, taken_at=timezone.now())
    else:
        Intake.objects.all().delete()

    with refused("The document has been imported or deleted in the meantime."):
        acts.import_document(intake=intake, version=intake.version, by=secretary)
    assert not Meeting.objects.exists()


def test_statement_of_somebody_who_answered_for_no_organisation_gets_the_one_of_the_review(
    theme: Theme, secretary: Member
):
    planned = make_meeting(7, state="planned")
    answer = make_attendance(planned, name="Ea Holm", organisation=None)

    import_reviewed(reviewed(theme), secretary)

    answer.refresh_from_db()
    assert answer.organisation.name == "Odense Kommune"
    assert Statement.objects.get().organisation == answer.organisation


@pytest.mark.parametrize("what", ["a member that is gone", "the same meeting made at once"])
def test_import_refuses_what_changed_while_it_ran(
    theme: Theme, secretary: Member, monkeypatch, what: str
):
    intake = reviewed(theme)

    def change_meanwhile(imported: Any) -> None:
        if what == "a member that is gone":
            Member.objects.get(pk=0)
        make_meeting(7)
        make_meeting(7)

    monkeypatch.setattr(acts, "STEPS", (change_meanwhile,))

    with refused(
        "Something in the portal was changed at the same moment. Look again and try again."
    ):
        import_reviewed(intake, secretary)
    assert not Meeting.objects.exists()


def test_one_of_two_imports_at_once_is_refused(transactional_db: None, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    act = partial(acts.import_document, intake=intake, version=intake.version, by=secretary)

    found = at_once(act, act)

    assert sorted(map(str, found)) == [
        "7. møde",
        "Dokumentet er imens indlæst eller slettet.",
    ]
    assert Meeting.objects.filter(number=7).count() == 1


def test_one_of_two_documents_of_a_meeting_at_once_is_refused(
    transactional_db: None, secretary: Member
):
    theme = make_theme("Kapital")
    intakes = [reviewed(theme, calls_0={"decision": ""}) for _ in range(2)]

    found = at_once(
        *(
            partial(acts.import_document, intake=intake, version=intake.version, by=secretary)
            for intake in intakes
        )
    )

    assert {type(one) for one in found} == {Meeting, Refused}
    assert Minutes.objects.count() == 1
