"""Taking an import back: everything that it created is deleted, until others built on it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from barriers.models import Barrier, Statement
from calls.models import Call, Consortium
from meetings.models import Attendance, AttendanceStatus, Meeting, MinutesEntry
from meetings.review import publishing
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake.importing import undoing
from taskforce.intake.models import IntakeState
from taskforce.members.models import Member, Organisation
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_case,
    make_contribution,
    make_initiative,
    make_meeting,
    make_member,
    make_organisation,
    make_round,
    make_statement,
    make_theme,
    make_user,
)
from tests.intake.drafts import census, import_reviewed, reviewed
from tests.meetings.review.reviews import let_everything_stand
from tests.racing import at_once
from tests.refusing import refused


def test_undo_deletes_everything_and_reopens_the_review(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    before, decided = census(), intake.decisions

    import_reviewed(intake, secretary)
    assert census() != before
    undoing.undo_import(intake=intake, by=secretary)

    assert census() == before
    intake.refresh_from_db()
    assert (intake.state, intake.meeting, intake.made) == (IntakeState.REVIEW, None, {})
    assert intake.decisions == decided


def test_document_can_be_imported_again_after_undo(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    for _ in range(2):
        import_reviewed(intake, secretary)
        undoing.undo_import(intake=intake, by=secretary)
        intake.refresh_from_db()

    assert not Meeting.objects.exists()


def test_undo_puts_a_planned_meeting_back(secretary: Member):
    planned = make_meeting(7, date="2023-03-01", date_precision="month", state="planned")
    member = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ea Holm"))
    answer = make_attendance(planned, member=member, status=AttendanceStatus.COMING)
    bo = make_attendance(planned, name="Bo Lund", status=AttendanceStatus.COMING)
    before = census()

    intake = reviewed(make_theme("Kapital"))
    before["barriers.Theme"] += 1
    import_reviewed(intake, secretary)
    undoing.undo_import(intake=intake, by=secretary)

    assert census() == before
    planned.refresh_from_db()
    assert (planned.date, planned.date_precision) == (date(2023, 3, 1), "month")
    assert (planned.state, planned.starts, planned.format) == ("planned", None, "")
    for row in (answer, bo):
        row.refresh_from_db()
        assert (row.status, row.online) == (AttendanceStatus.COMING, False)
    assert (bo.organisation, bo.organisation_name) == (None, "Guest organisation")


def test_undo_keeps_what_somebody_changed_since(secretary: Member):
    planned = make_meeting(7, state="planned", place="Rådhuset")
    intake = reviewed(make_theme(), place_0={"value": "Biblioteket", "decision": "accept"})
    import_reviewed(intake, secretary)
    Meeting.objects.filter(pk=planned.pk).update(place="Havnen")

    undoing.undo_import(intake=intake, by=secretary)

    planned.refresh_from_db()
    assert (planned.place, planned.state) == ("Havnen", "planned")


def test_undo_leaves_a_changed_row_that_somebody_deleted(secretary: Member):
    planned = make_meeting(7, state="planned")
    answer = make_attendance(planned, name="Ea Holm", status=AttendanceStatus.COMING)
    intake = reviewed(make_theme(), statements_0={"decision": ""}, agenda_1={"responsible": ""})
    import_reviewed(intake, secretary)
    answer.delete()

    undoing.undo_import(intake=intake, by=secretary)

    assert not planned.attendances.exists()


def test_undo_leaves_a_row_whose_every_change_was_changed_again(secretary: Member):
    planned = make_meeting(7, state="planned")
    ib = make_attendance(planned, name="Ib Dam", status=AttendanceStatus.COMING)
    intake = reviewed(make_theme())
    import_reviewed(intake, secretary)
    Attendance.objects.filter(pk=ib.pk).update(
        status=AttendanceStatus.INVITED, organisation=None, organisation_name="Selv"
    )

    undoing.undo_import(intake=intake, by=secretary)

    ib.refresh_from_db()
    assert (ib.status, ib.organisation, ib.organisation_name) == (
        AttendanceStatus.INVITED,
        None,
        "Selv",
    )


def test_undo_restores_a_removed_item_without_the_person_who_is_gone(secretary: Member):
    planned = make_meeting(7, state="planned")
    host = make_attendance(planned, name="Vært")
    make_agenda_item(planned, "Kaffe", responsible=host)
    intake = reviewed(make_theme())
    import_reviewed(intake, secretary)
    host.delete()

    undoing.undo_import(intake=intake, by=secretary)

    (item,) = planned.agenda.all()
    assert (item.title, item.responsible) == ("Kaffe", None)


def add_statement() -> Any:
    return make_statement(Barrier.objects.get(), organisation=make_organisation("Huset"))


BUILT_ON = "Others have built on it since: {}."
BUILT: dict[str, tuple[Callable[[], Any], str]] = {
    "a statement on its barrier": (
        add_statement,
        BUILT_ON.format("statement “Huset: Små virksomheder mangler kapital”"),
    ),
    "talk about its barrier": (
        lambda: make_contribution(Barrier.objects.get(), organisation_name="Huset", text="Nej."),
        BUILT_ON.format("contribution “Huset: Nej.”"),
    ),
    "a round with its barrier": (
        lambda: make_round(Barrier.objects.get()),
        BUILT_ON.format("barrier of a round “Små virksomheder mangler kapital”"),
    ),
    "a case told in its passage": (
        lambda: make_case("Frokost", entry=MinutesEntry.objects.first()),
        BUILT_ON.format("case “Frokost”"),
    ),
    "a sign-up for its next meeting": (
        lambda: make_attendance(Meeting.objects.get(number=8)),
        BUILT_ON.format("attendance “Guest organisation”"),
    ),
    "a consortium for its call": (
        lambda: Consortium.objects.create(
            call=Call.objects.get(), name="Sammen", lead=make_organisation()
        ),
        BUILT_ON.format("consortium “Sammen”"),
    ),
    "a member of its organisation": (
        lambda: make_member(
            Organisation.objects.get(name="Værkstedet"), user=make_user(name="Bo Lund")
        ),
        BUILT_ON.format("member “Bo Lund, Værkstedet”"),
    ),
    "activity of others": (
        lambda: record(Verb.CHANGED, Barrier.objects.get(), by=make_user()),
        BUILT_ON.format("barrier “Små virksomheder mangler kapital”"),
    ),
    "something deleted": (
        lambda: Statement.objects.all().delete(),
        "Part of it was deleted since: statement.",
    ),
}


@pytest.mark.parametrize("what", BUILT)
def test_undo_is_refused_once_somebody_built_on_it(secretary: Member, what: str):
    build, sentence = BUILT[what]
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    build()
    before = census()

    with refused(sentence):
        undoing.undo_import(intake=intake, by=secretary)
    assert census() == before
    intake.refresh_from_db()
    assert intake.state == IntakeState.IMPORTED


def test_undo_is_refused_once_an_initiative_addresses_its_barrier(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    initiative = make_initiative()
    initiative.barriers.add(Barrier.objects.get())

    with refused(BUILT_ON.format(f"initiative “{initiative}”")):
        undoing.undo_import(intake=intake, by=secretary)
    assert Barrier.objects.exists()


def test_undo_is_refused_once_the_minutes_are_published(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    meeting = import_reviewed(intake, secretary)
    let_everything_stand(meeting.minutes)
    publishing.publish(minutes=meeting.minutes, by=secretary)

    with refused("The minutes have gone to review or are published."):
        undoing.undo_import(intake=intake, by=secretary)


def test_undo_is_refused_once_somebody_has_taken_it_back(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    undoing.undo_import(intake=intake, by=secretary)

    with refused("Somebody else has undone this import in the meantime."):
        undoing.undo_import(intake=intake, by=secretary)


def test_undo_returns_the_document_and_records_it(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)

    again = undoing.undo_import(intake=intake, by=secretary)

    assert (again, again.state, again.version) == (intake, IntakeState.REVIEW, intake.version + 1)
    latest = Activity.objects.latest("pk")
    assert (latest.verb, latest.target_id, latest.actor) == (
        Verb.RETURNED,
        intake.pk,
        secretary.user,
    )


def test_undo_keeps_a_sign_up_for_the_planned_meeting(secretary: Member):
    planned = make_meeting(7, state="planned")
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    late = make_attendance(planned, name="Sen Gæst")

    undoing.undo_import(intake=intake, by=secretary)

    assert list(planned.attendances.all()) == [late]


def test_undo_and_a_new_statement_at_once_exclude_each_other(transactional_db: None, secretary):
    """Either the statement comes first and everything stays, or it finds no barrier any more."""
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    barrier, organisation = Barrier.objects.get(), make_organisation()

    undone, built = at_once(
        lambda: undoing.undo_import(intake=intake, by=secretary),
        lambda: make_statement(barrier, "Mit udsagn", organisation=organisation),
    )

    statement_came_first = Statement.objects.filter(text="Mit udsagn").exists()
    assert isinstance(undone, Refused) is statement_came_first
    assert isinstance(built, IntegrityError) is not statement_came_first


def test_one_of_two_undos_at_once_is_refused(transactional_db: None, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    undo = partial(undoing.undo_import, intake=intake, by=secretary)

    found = at_once(undo, undo)

    assert sorted(type(one).__name__ for one in found) == ["Intake", "Refused"]
