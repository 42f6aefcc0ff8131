"""What a member decides about themselves: name, who reads it, their data."""

import pytest
from django.test import Client
from django.utils import timezone

from barriers.rounds import prioritisation
from meetings.models import Attendance, AttendanceStatus
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_attendance,
    make_barrier,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
    make_user,
)


def test_form_starts_from_what_is_kept(as_member: Client, member):
    form = as_member.get("/min-side/om-mig/").context["form"]

    assert form["name"].value() == member.user.name
    assert form["name_visibility"].value() == NameVisibility.NOBODY


def test_saves_and_says_so(as_member: Client, member):
    values = {"name": "Ea Ny", "title": "Indkøber", "name_visibility": "members"}

    page = as_member.post("/en/min-side/om-mig/", values, follow=True)

    assert page.redirect_chain == [("/en/min-side/", 302)]
    assert "Your changes are saved." in page.content.decode()
    member.refresh_from_db()
    kept = (member.user.name, member.title, member.name_visibility)
    assert kept == ("Ea Ny", "Indkøber", NameVisibility.MEMBERS)


@pytest.mark.parametrize(
    ("field", "typed"), [("name", "x" * 121), ("title", "x" * 121), ("name_visibility", "friends")]
)
def test_bad_value_is_said_at_its_field_and_changes_nothing(
    as_member: Client, member, field: str, typed: str
):
    name = member.user.name
    values = {"name": "Ea Ny", "title": "", "name_visibility": "public"}

    page = as_member.post("/min-side/om-mig/", values | {field: typed})

    assert list(page.context["form"].errors) == [field]
    member.refresh_from_db()
    assert (member.user.name, member.name_visibility) == (name, NameVisibility.NOBODY)


def test_form_gives_nobody_another_role_or_organisation(as_member: Client, member):
    values = {"name": "Ea", "name_visibility": "public", "role": "secretariat", "organisation": "1"}

    as_member.post("/min-side/om-mig/", values)

    home = member.organisation
    member.refresh_from_db()
    assert (member.role, member.organisation) == ("member", home)


def test_choice_holds_from_now_on_and_leaves_past_meetings_alone(as_member: Client, member):
    before = make_attendance(make_meeting(3), member=member, name_visibility=NameVisibility.MEMBERS)

    as_member.post("/min-side/om-mig/", {"name": "Ea", "name_visibility": "public"})

    before.refresh_from_db()
    assert before.name_visibility == NameVisibility.MEMBERS


def test_name_comes_off_pages_of_past_meetings(as_member: Client, member, client: Client):
    held = make_meeting(3)
    make_minutes(held, published=True)
    make_attendance(held, member=member, name="Ea Ny", name_visibility=NameVisibility.PUBLIC)
    path = held.get_absolute_url()
    assert "Ea Ny" in client.get(path).content.decode()

    as_member.post("/min-side/tag-mit-navn-af/")

    assert "Ea Ny" not in client.get(path).content.decode()
    assert "Guest organisation" in client.get(path).content.decode()


def test_name_is_hidden_after_one_question(log_in: LogIn, db):
    member = make_member(name_visibility=NameVisibility.PUBLIC)
    browser = log_in(member)

    question = browser.get("/min-side/tag-mit-navn-af/").content.decode()

    member.refresh_from_db()
    assert member.name_visibility == NameVisibility.PUBLIC  # asking hides nothing
    assert "Sekretariatet ser det stadig." in question
    page = browser.post("/min-side/tag-mit-navn-af/", follow=True).content.decode()
    assert "Kun sekretariatet kan stadig se det." in page


def test_what_the_question_says_is_true(log_in: LogIn, secretary, client: Client, db):
    home = make_organisation()
    member = make_member(home, user=make_user(name="Ea Skjult"), name_visibility="public")
    log_in(member).post("/min-side/tag-mit-navn-af/")

    readers = (client, log_in(make_member()), log_in(secretary))
    shown = ["Ea Skjult" in one.get(home.get_absolute_url()).content.decode() for one in readers]

    assert shown == [False, False, True]


def test_former_member_takes_the_name_off_too(log_in: LogIn, client: Client, db):
    former = make_member(to_date=timezone.localdate())
    held = make_meeting(3)
    make_minutes(held, published=True)
    make_attendance(held, member=former, name="Bo", name_visibility=NameVisibility.PUBLIC)

    log_in(former).post("/min-side/tag-mit-navn-af/")

    assert ">Bo<" not in client.get(held.get_absolute_url()).content.decode()


def test_nobody_takes_off_anothers_name(as_member: Client, db):
    other = make_member(name_visibility=NameVisibility.PUBLIC)

    as_member.post("/min-side/tag-mit-navn-af/")

    other.refresh_from_db()
    assert other.name_visibility == NameVisibility.PUBLIC


def test_my_data_holds_every_membership_and_ballot(log_in: LogIn, member):
    earlier = make_member(user=member.user, to_date=timezone.localdate())
    voting = make_round(make_barrier(), title="First round")
    prioritisation.cast(voting_round=voting, by=member, choices=[])

    data = log_in(member).get("/min-side/mine-data/").json()

    organisations = {row["organisation__name"] for row in data["memberships"]}
    assert organisations == {member.organisation.name, earlier.organisation.name}
    assert [row["voter__round__title"] for row in data["ballots_cast"]] == ["First round"]


def test_my_data_holds_no_password_and_no_other_person(as_member: Client, member):
    member.user.set_password("a-password-of-mine")
    member.user.save()
    other = make_member()
    browser = Client()
    browser.force_login(member.user)

    text = browser.get("/min-side/mine-data/").content.decode()

    assert member.user.password not in text
    assert other.user.email not in text


def test_former_member_fetches_their_data(log_in: LogIn, db):
    former = make_member(to_date=timezone.localdate())

    assert log_in(former).get("/min-side/mine-data/").json()["email"] == former.user.email


def test_member_chooses_who_reads_the_name(as_member, member, client):
    values = {"name": "Ea Ny", "title": "Indkøber", "name_visibility": "public"}
    home = member.organisation.get_absolute_url()
    assert "Ea Ny" not in client.get(home).content.decode()

    as_member.post("/min-side/om-mig/", values)

    assert "Ea Ny" in client.get(home).content.decode()
    as_member.post("/min-side/tag-mit-navn-af/")
    assert "Ea Ny" not in client.get(home).content.decode()


def test_profile_without_a_name_is_refused(as_member, member):
    page = as_member.post("/min-side/om-mig/", {"name": " ", "name_visibility": "public"})

    assert list(page.context["form"].errors) == ["name"]
    member.refresh_from_db()
    assert member.name_visibility == NameVisibility.NOBODY


def test_my_data_is_everything_and_mine_alone(as_member, member):
    Attendance.objects.create(
        meeting=make_meeting(3),
        member=member,
        name="Me",
        organisation_name="Home",
        status=AttendanceStatus.PRESENT,
    )
    make_join_request(email=member.user.email, message="Let me in")
    make_join_request(message="Another's")
    record(Verb.ADDED, make_barrier(), by=member.user)

    answer = as_member.get("/min-side/mine-data/")

    assert answer["Content-Disposition"].startswith("attachment")
    data = answer.json()
    assert data["email"] == member.user.email
    assert [row["meeting__number"] for row in data["meetings"]] == [3]
    assert [row["message"] for row in data["requests_to_join"]] == ["Let me in"]
    assert [row["verb"] for row in data["activity"]] == ["added"]
