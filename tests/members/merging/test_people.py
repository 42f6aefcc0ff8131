"""Two accounts of one person become one: work moves, ways to log in do not, a day undoes it."""

import pytest
from django.utils import timezone

from barriers.models import Ballot
from meetings.models import Attendance
from taskforce.core.acts import Refused
from taskforce.members.merging import people
from taskforce.members.models import Invitation, Member, Merge, Role, User
from taskforce.members.people import adding, register
from tests.factories import (
    make_action_point,
    make_attendance,
    make_meeting,
    make_member,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Member:
    user = make_user("ea@example.org", name="Ea Bæk", last_login=timezone.now())
    return make_member(make_organisation("Odense Kommune"), user=user, title="Chef")


@pytest.fixture
def gone() -> Member:
    user = make_user("ea.baek@example.org", name="Ea Bæk Holm", last_login=timezone.now())
    return make_member(make_organisation("Aarhus Kommune"), user=user, title="Indkøber")


def merge(gone: Member, kept: Member, *from_gone: str, by: Member) -> User:
    given = {"gone": gone.user, "kept": kept.user, "from_gone": {*from_gone}, "by": by.user}
    made, _moves = people.merge(**given)
    return made


def test_work_moves_and_columns_are_chosen(gone, kept, secretary):
    meeting = make_meeting(3)
    point = make_action_point(meeting, owner=gone)
    attendance = make_attendance(meeting, member=gone)

    merge(gone, kept, "name", "organisation", by=secretary)

    for row in (point, attendance, kept, kept.user):
        row.refresh_from_db()
    assert (point.owner, attendance.member) == (kept, kept)
    assert (kept.user.name, kept.organisation.name) == ("Ea Bæk Holm", "Aarhus Kommune")
    assert kept.title == "Chef"


def test_double_cannot_log_in_and_shows_nowhere(gone, kept, secretary, client):
    client.force_login(gone.user)

    merge(gone, kept, by=secretary)

    assert client.get("/min-side/").status_code == 302
    assert gone.user not in register.people()
    assert Member.objects.current().filter(user__in=[gone.user, kept.user]).get() == kept


def test_log_in_of_a_double_stays_shut(gone, kept, secretary, as_secretary):
    merge(gone, kept, by=secretary)

    answer = as_secretary.post(f"/sekretariat/personer/{gone.user_id}/aabn-login/")

    assert answer.status_code == 404
    assert not User.objects.get(pk=gone.user_id).is_active


def test_attendance_of_both_at_one_meeting_is_told_as_dropped(gone, kept, secretary):
    meeting = make_meeting(3)
    for one in (gone, kept):
        make_attendance(meeting, member=one)

    _user, moves = people.merge(gone=gone.user, kept=kept.user, from_gone=set(), by=secretary.user)

    assert [move.model for move in moves if move.lost] == ["meetings.Attendance"]
    assert Attendance.objects.filter(meeting=meeting).count() == 1


def test_letter_to_the_double_lets_nobody_in(gone, kept, secretary, client):
    invitation = Invitation.objects.create(member=gone, email=gone.user.email)

    merge(gone, kept, by=secretary)

    page = client.get(f"/velkommen/{invitation.key}/")
    assert page.status_code in (404, 410)


def test_who_is_added_by_the_doubles_address_is_the_kept_one(gone, kept, secretary):
    merge(gone, kept, by=secretary)
    Member.objects.filter(user=kept.user).update(to_date=timezone.localdate())

    assert adding.person("ea.baek@example.org", "Ea") == kept.user


def test_undone_both_are_as_they_were(gone, kept, secretary):
    point = make_action_point(make_meeting(3), owner=gone)
    merge(gone, kept, "name", "title", by=secretary)

    people.take_apart(merge=Merge.objects.get(), by=secretary.user)

    for row in (point, gone, kept, gone.user, kept.user):
        row.refresh_from_db()
    assert point.owner == gone
    assert (gone.user.is_active, gone.to_date, gone.user.merged_into) == (True, None, None)
    assert (kept.user.name, kept.title) == ("Ea Bæk", "Chef")
    assert gone.user in register.people()


def test_is_refused_for_oneself_itself_and_twice(gone, kept, secretary):
    with pytest.raises(Refused):
        merge(secretary, kept, by=secretary)
    with pytest.raises(Refused):
        merge(kept, kept, by=secretary)
    merge(gone, kept, by=secretary)
    with pytest.raises(Refused):
        merge(gone, kept, by=secretary)
    assert not Ballot.objects.exists()


def test_last_secretary_is_not_merged_away(gone, kept, secretary):
    Member.objects.filter(pk=gone.pk).update(role=Role.SECRETARIAT)
    Member.objects.filter(pk=secretary.pk).update(role=Role.MEMBER)
    gone.refresh_from_db()

    with pytest.raises(Refused):
        merge(gone, kept, by=kept)
    merge(gone, kept, "role", by=kept)

    kept.refresh_from_db()
    assert kept.role == Role.SECRETARIAT


def test_what_is_kept_of_a_merge_holds_nothing_to_log_in_with(gone, kept, secretary):
    gone.user.set_password("a-long-secret")
    gone.user.save()

    merge(gone, kept, by=secretary)

    assert gone.user.password not in str(Merge.objects.get().was)


def test_page_tells_two_of_one_name_apart_by_their_addresses(gone, kept, as_secretary):
    page = as_secretary.get(f"/en/sekretariat/personer/{kept.user_id}/flet/?med={gone.user_id}")

    words = "The log-in with ea@example.org stays. The one with ea.baek@example.org is shut."
    assert words in page.content.decode()
