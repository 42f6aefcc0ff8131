"""Taking a document back: everything it made goes, until somebody has built on it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier as Gate
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client

from barriers.models import Barrier, Statement
from calls.models import Call, Consortium
from meetings.models import AttendanceStatus, Meeting, MinutesEntry
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake.importing import undoing
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import Member, Organisation
from tests.factories import (
    make_attendance,
    make_case,
    make_initiative,
    make_meeting,
    make_member,
    make_organisation,
    make_round,
    make_statement,
    make_theme,
    make_user,
)
from tests.intake.importing.test_acts import reviewed, take
from tests.meetings.review.reviews import let_everything_stand


def census() -> dict[str, int]:
    """Count every row of ours but for what is there to tell of the import."""
    ours = ("meetings", "barriers", "calls", "initiatives", "news", "members")
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ours
    }


def test_everything_goes_and_the_review_is_open_again(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    before, decided = census(), intake.decisions

    take(intake, secretary)
    assert census() != before
    undoing.undo_import(intake=intake, by=secretary)

    assert census() == before
    intake.refresh_from_db()
    assert (intake.state, intake.meeting, intake.made) == (IntakeState.REVIEW, None, {})
    assert intake.decisions == decided


def test_can_be_taken_in_once_more(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    for _ in range(2):
        take(intake, secretary)
        undoing.undo_import(intake=intake, by=secretary)
        intake.refresh_from_db()

    assert not Meeting.objects.exists()


def test_planned_meeting_is_as_it_was(secretary: Member):
    planned = make_meeting(7, date="2023-03-01", date_precision="month", state="planned")
    member = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ea Holm"))
    answer = make_attendance(planned, member=member, status=AttendanceStatus.COMING)
    bo = make_attendance(planned, name="Bo Lund", status=AttendanceStatus.COMING)
    before = census()

    intake = reviewed(make_theme("Kapital"))
    before["barriers.Theme"] += 1
    take(intake, secretary)
    undoing.undo_import(intake=intake, by=secretary)

    assert census() == before
    planned.refresh_from_db()
    assert (planned.date, planned.date_precision) == (date(2023, 3, 1), "month")
    assert (planned.state, planned.starts, planned.format) == ("planned", None, "")
    for row in (answer, bo):
        row.refresh_from_db()
        assert (row.status, row.online) == (AttendanceStatus.COMING, False)
    assert (bo.organisation, bo.organisation_name) == (None, "Guest organisation")


def test_what_somebody_changed_again_stays_changed(secretary: Member):
    planned = make_meeting(7, state="planned", place="Rådhuset")
    intake = reviewed(make_theme(), place_0={"value": "Biblioteket", "decision": "accept"})
    take(intake, secretary)
    Meeting.objects.filter(pk=planned.pk).update(place="Havnen")

    undoing.undo_import(intake=intake, by=secretary)

    planned.refresh_from_db()
    assert (planned.place, planned.state) == ("Havnen", "planned")


def hang_a_statement() -> Any:
    return make_statement(Barrier.objects.get())


BUILT: dict[str, tuple[Callable[[], Any], str]] = {
    "a statement on its barrier": (hang_a_statement, "udsagn"),
    "a round with its barrier": (lambda: make_round(Barrier.objects.get()), "barriere"),
    "an initiative against its barrier": (
        lambda: make_initiative().barriers.add(Barrier.objects.get()),
        "Initiative",
    ),
    "a case told in its passage": (lambda: make_case(entry=MinutesEntry.objects.first()), "Case"),
    "a sign-up for its next meeting": (
        lambda: make_attendance(Meeting.objects.get(number=8)),
        "Guest organisation",
    ),
    "a consortium for its call": (
        lambda: Consortium.objects.create(
            call=Call.objects.get(), name="Sammen", lead=make_organisation()
        ),
        "Sammen",
    ),
    "a member of its organisation": (
        lambda: make_member(Organisation.objects.get(name="Værkstedet")),
        "Værkstedet",
    ),
    "activity of others": (
        lambda: record(Verb.CHANGED, Barrier.objects.get(), by=make_user()),
        "mangler kapital",
    ),
    "something deleted": (lambda: Statement.objects.all().delete(), "udsagn"),
}


@pytest.mark.parametrize("what", BUILT)
def test_is_refused_once_somebody_built_on_it(secretary: Member, what: str):
    build, named = BUILT[what]
    intake = reviewed(make_theme("Kapital"))
    take(intake, secretary)
    build()
    before = census()

    with pytest.raises(Refused) as refused:
        undoing.undo_import(intake=intake, by=secretary)

    assert named in str(refused.value)
    assert census() == before
    intake.refresh_from_db()
    assert intake.state == IntakeState.IMPORTED


def test_published_minutes_stay(secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    meeting = take(intake, secretary)
    let_everything_stand(meeting.minutes)
    publishing.publish(minutes=meeting.minutes, by=secretary)

    with pytest.raises(Refused, match="offentliggjort"):
        undoing.undo_import(intake=intake, by=secretary)


def test_what_hangs_on_the_planned_meeting_is_in_nobodys_way(secretary: Member):
    planned = make_meeting(7, state="planned")
    intake = reviewed(make_theme("Kapital"))
    take(intake, secretary)
    late = make_attendance(planned, name="Sen Gæst")

    undoing.undo_import(intake=intake, by=secretary)

    assert list(planned.attendances.all()) == [late]


def test_somebody_who_builds_at_the_same_moment_is_not_overrun(transactional_db: None, secretary):
    """Either the statement was first and everything stays, or it finds no barrier any more."""
    intake, gate = reviewed(make_theme("Kapital")), Gate(2)
    take(intake, secretary)
    barrier, organisation = Barrier.objects.get(), make_organisation()

    def undo() -> bool:
        try:
            gate.wait(timeout=10)
            undoing.undo_import(intake=intake, by=secretary)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    def build() -> bool:
        try:
            gate.wait(timeout=10)
            make_statement(barrier, "Mit udsagn", organisation=organisation)
        except Exception:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as threads:
        undone, built = (
            thread.result() for thread in (threads.submit(undo), threads.submit(build))
        )

    assert undone is not built
    assert Statement.objects.filter(text="Mit udsagn").exists() is built


def test_page_takes_back(as_secretary: Client, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    take(intake, secretary)

    page = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)

    assert page.templates[0].name == "intake/review.html"
    assert "Indlæsningen er fortrudt." in page.content.decode()
    again = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)
    assert "En anden har fortrudt indlæsningen imens." in again.content.decode()


def test_page_says_why_not(as_secretary: Client, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    take(intake, secretary)
    hang_a_statement()

    page = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)

    assert "Andre har bygget videre på det siden: udsagn" in page.content.decode()
    assert Intake.objects.get().state == IntakeState.IMPORTED
