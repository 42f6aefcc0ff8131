"""Of a person who is erased nothing stays by which they are known, and what they did counts on."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from barriers.models import Ballot
from meetings.models import Attendance, MinutesEntry
from taskforce.core.acts import Refused
from taskforce.core.models import Mailing, MailingCopy
from taskforce.following.models import Follow, Follower
from taskforce.front.erasing import acts, evidence
from taskforce.front.erasing.places import places_of
from taskforce.members.models import Erasure, Invitation, Member, Role, User
from tests.factories import (
    count_with,
    make_attendance,
    make_barrier,
    make_contribution,
    make_entry,
    make_initiative,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
    make_statement,
    make_user,
    make_voter,
)

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Ea Zackenberg", "ea.zackenberg@example.org"


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def ea() -> Member:
    user = make_user(EMAIL, name=NAME, last_login=timezone.now())
    return make_member(make_organisation("Odense Kommune"), user=user, title="Zackenbergs stol")


def erase(ea: Member, by: Member, *texts: str) -> Erasure:
    return acts.erase(user=ea.user, texts={*texts}, by=by.user)


def everything() -> str:
    """Return the whole database as text."""
    return "".join(
        serializers.serialize("json", model._base_manager.all()) for model in apps.get_models()
    )


def test_nothing_in_the_database_names_the_person(ea, secretary):
    meeting = make_meeting(3)
    make_attendance(meeting, member=ea, name=NAME, name_visibility="public")
    make_join_request(name=NAME, email=EMAIL)
    Invitation.objects.create(member=ea, email=EMAIL)
    barrier = make_barrier(description=f"<p>Det siger {NAME}.</p>")
    make_statement(barrier, f"{NAME.upper()}s ord")
    Follower.objects.create(email=EMAIL)
    Follow.objects.create(user=ea.user, words=NAME)
    mailing = Mailing.objects.create(name="letter", subject="Til jer", text=f"<p>Kære {NAME}</p>")
    MailingCopy.objects.create(mailing=mailing, user=ea.user, name=NAME, email=EMAIL)
    initiative = make_initiative(lead=ea.organisation, contact=ea, goal=f"Spørg {NAME}!")
    ea.user.set_password("a-long-secret")
    ea.user.save()

    erase(ea, secretary, *(place.key for place in places_of(NAME)))

    left = everything().lower()
    assert "zackenberg" not in left
    initiative.refresh_from_db()
    assert initiative.contact is None
    barrier.refresh_from_db()
    assert barrier.description == "<p>Det siger en deltager.</p>"
    assert not Member.objects.current().filter(user=ea.user).exists()
    assert not User.objects.get(pk=ea.user_id).has_usable_password()


def test_names_in_a_talk_are_found_and_replaced(ea, secretary):
    said = make_contribution(make_barrier(), text=f"{NAME} ved det.")

    (place,) = places_of(NAME)
    erase(ea, secretary, place.key)

    said.refresh_from_db()
    assert said.text == "en deltager ved det."


def test_ballots_and_meetings_still_count(ea, secretary):
    meeting, barrier = make_meeting(3), make_barrier()
    make_attendance(meeting, member=ea, name=NAME)
    voting = make_round(barrier)
    make_voter(voting, ea)
    count_with(voting, barrier)
    before = Ballot.objects.count()

    erase(ea, secretary)

    assert Ballot.objects.count() == before
    attendance = Attendance.objects.get(meeting=meeting)
    assert (attendance.name, attendance.member) == (acts.NAMELESS, ea)


def test_texts_are_listed_and_changed_only_where_one_says_so(ea, secretary):
    one, other = (make_barrier(description=f"<p>{NAME} {n}</p>") for n in (1, 2))
    entry = make_entry(make_minutes(published=True), f"<p>{NAME} bød velkommen.</p>")
    places = {place.row: place for place in places_of(NAME)}

    erase(ea, secretary, places[one].key, places[entry].key)

    for row in (one, other):
        row.refresh_from_db()
    assert (one.description, other.description) == ("<p>en deltager 1</p>", f"<p>{NAME} 2</p>")
    # Published minutes are corrected, and say that they were.
    assert not places[entry].can_be_replaced
    assert NAME in MinutesEntry.objects.get(pk=entry.pk).text


@pytest.mark.parametrize("name", ["Bo", "Ib Å", "", "100 %", "_"])
def test_short_and_odd_names_find_only_themselves(name: str):
    make_barrier(description="<p>Boligerne på Ibsens vej, 100 kr., snake_case.</p>")

    assert places_of(name) == []


def test_who_is_erased_is_logged_out_at_once(ea, secretary, client):
    client.force_login(ea.user)

    erase(ea, secretary)

    assert client.get("/min-side/").status_code == 302


def test_is_refused_for_oneself_the_last_secretary_and_twice(ea, secretary):
    User.objects.filter(pk=secretary.user_id).update(last_login=timezone.now())
    with pytest.raises(Refused):
        erase(secretary, secretary)
    with pytest.raises(Refused):
        erase(secretary, ea)
    erase(ea, secretary)
    with pytest.raises(Refused) as refused:
        erase(ea, secretary)
    assert refused.value.already
    assert secretary.role == Role.SECRETARIAT


@pytest.mark.django_db(transaction=True)
def test_older_backup_that_is_restored_erases_again(ea, secretary, var):
    row = User.objects.filter(pk=ea.user_id).values().get()
    erase(ea, secretary)
    assert EMAIL not in evidence.path().read_text()

    User.objects.filter(pk=ea.user_id).update(**row)  # as a backup of the day before has it
    Erasure.objects.all().delete()

    assert acts.repeat() == 1
    assert "zackenberg" not in everything().lower()
    assert acts.repeat() == 0


def test_nobody_else_is_erased_by_the_evidence(ea, secretary):
    erase(ea, secretary)
    evidence.write(Erasure.objects.get())
    another = make_member(user=make_user("another@example.org"))

    assert acts.repeat() == 0
    another.user.refresh_from_db()
    assert another.user.is_active
