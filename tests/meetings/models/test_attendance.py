"""Attendance, round-table news and material: who reads them, and who gets mail."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import Attendance, AttendanceStatus, Material, Meeting, RoundTableNews
from taskforce.members.models import NameVisibility, Viewer
from tests.factories import (
    make_attendance,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round_table_news,
    make_user,
)
from tests.meetings.models.viewers import EVERYBODY, make_viewers

MEMBERS = {"elsewhere", "invited", "present", "secretary"}


@pytest.mark.parametrize("status", AttendanceStatus)
@pytest.mark.parametrize("is_published", [True, False])
def test_who_reads_attendance(db: None, status: AttendanceStatus, is_published: bool):
    meeting = make_minutes(published=is_published).meeting
    viewers = make_viewers(meeting)
    row = make_attendance(meeting, status=status)

    def sees(viewer: Viewer) -> bool:
        return row in Attendance.objects.visible_to(viewer)

    is_public = is_published and status == AttendanceStatus.PRESENT
    assert viewers.who(sees) == (EVERYBODY if is_public else MEMBERS)


def test_current_members_and_guests_with_an_email_get_mail(db: None):
    meeting = make_meeting()
    current, former = make_member(), make_member(to_date=timezone.localdate())
    off = make_member(user=make_user(is_active=False))
    rows = [make_attendance(meeting, member=member) for member in (current, former, off)]
    guest = make_attendance(meeting, email="gaest@example.org")
    make_attendance(meeting)

    assert {*Attendance.objects.who_get_mail()} == {rows[0], guest}


def test_rows_are_told_apart_by_answer_and_organisation(db: None):
    meeting = make_meeting()
    odense = make_organisation("Odense")
    by_key = make_attendance(meeting, organisation=odense, organisation_name="", status="invited")
    by_name = make_attendance(meeting, organisation_name="Fonden", status="coming")
    alone = make_attendance(meeting, organisation_name="")

    assert {*Attendance.objects.unanswered()} == {by_key}
    assert {*Attendance.objects.present()} == {alone}
    assert {*Attendance.objects.of_organisations()} == {by_key, by_name}
    assert str(by_name) == "Fonden"


def test_name_shows_as_its_owner_agreed(db: None):
    meeting = make_meeting()
    for visibility in NameVisibility:
        make_attendance(meeting, name=f"navn-{visibility}", name_visibility=visibility)
    viewers = make_viewers(make_meeting())

    def names(viewer: Viewer) -> set[str]:
        found = meeting.attendances.with_shown_name(viewer)
        return {row.shown_name for row in found if row.shown_name}

    assert names(viewers.stranger) == {"navn-public"}
    assert names(viewers.present) == {"navn-public", "navn-members"}
    assert names(viewers.secretary) == {"navn-public", "navn-members", "navn-nobody"}


def test_who_reads_round_table_news(db: None):
    meeting = make_minutes(make_meeting(3), published=True).meeting
    viewers = make_viewers(meeting)
    news = make_round_table_news(meeting, organisation=make_organisation("Fonden"))

    def sees(viewer: Viewer) -> bool:
        return news in RoundTableNews.objects.visible_to(viewer)

    assert viewers.who(sees) == MEMBERS
    assert (str(news), news.get_absolute_url()) == ("Fonden, 3. møde", "/moeder/3/#bordet-rundt")


@pytest.mark.parametrize("is_published", [True, False])
def test_who_reads_material(db: None, is_published: bool):
    meeting = make_minutes(published=is_published).meeting
    viewers = make_viewers(meeting)
    material = Material.objects.create(meeting=meeting, title="Oplæg", link="https://example.org/")

    def sees(viewer: Viewer) -> bool:
        return material in Material.objects.visible_to(viewer)

    assert viewers.who(sees) == (EVERYBODY if is_published else MEMBERS)


def test_material_is_read_at_its_link_or_through_the_portal():
    meeting = Meeting(number=3)
    link = Material(meeting=meeting, title="Oplæg", link="https://example.org/")
    file = Material(pk=7, meeting=meeting, title="Bilag", file="material/2026/x.pdf")

    assert link.get_absolute_url() == "https://example.org/"
    assert file.get_absolute_url() == "/moeder/3/materiale/7/"
    assert (str(link), str(file)) == ("Oplæg", "Bilag")


@pytest.mark.parametrize("fields", [{}, {"link": "https://example.org/", "file": "x.pdf"}])
def test_material_is_a_file_or_a_link(db: None, fields: dict[str, str]):
    with pytest.raises(ValidationError) as error:
        Material(meeting=make_meeting(), title="Oplæg", **fields).full_clean()

    assert error.value.messages == ["Tilføj enten en fil eller et link."]
