"""What users, organisations, members and requests to join know of themselves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from taskforce.members.models import (
    JoinRequest,
    Member,
    NameVisibility,
    Organisation,
    Role,
    User,
    Viewer,
    names_shown_to,
    shown_name,
)
from tests.factories import (
    make_join_request,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)


def test_address_that_is_taken_gets_a_number(db):
    first, second = make_organisation("Ny Værk"), make_organisation("Ny værk!")

    assert (first.slug, second.slug) == ("ny-vaerk", "ny-vaerk-2")


def test_user_is_found_by_an_address_in_any_case(db: None):
    user = make_user("Ea@Example.org")

    assert user.email == "ea@example.org"
    assert User.objects.get_by_natural_key("EA@example.ORG") == user
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(None)


def test_clean_writes_an_address_in_lower_case():
    user = User(email="Ea@Example.org", name="Ea")

    user.clean()

    assert user.email == "ea@example.org"


def test_user_without_a_password_cannot_log_in_by_one(db: None):
    assert not make_user().has_usable_password()
    assert User.objects.create_user("bo@example.org", "secret-word").check_password("secret-word")


@pytest.mark.parametrize(("name", "shown"), [("Ea Holm", "Ea Holm"), ("", "ea@example.org")])
def test_user_is_named_by_name_or_address(name: str, shown: str):
    user = User(email="ea@example.org", name=name)

    assert (str(user), user.get_full_name()) == (shown, name)


@pytest.mark.parametrize(
    ("role", "is_active", "has_left", "is_member", "is_secretariat"),
    [
        (Role.MEMBER, True, False, True, False),
        (Role.SECRETARIAT, True, False, True, True),
        (Role.SECRETARIAT, True, True, False, False),
        (Role.SECRETARIAT, False, False, False, False),
    ],
)
def test_role_is_that_of_the_current_membership(
    db: None,
    role: Role,
    is_active: bool,
    has_left: bool,
    is_member: bool,
    is_secretariat: bool,
):
    to_date = timezone.localdate() if has_left else None
    member = make_member(role=role, user=make_user(is_active=is_active), to_date=to_date)
    user = User.objects.get(pk=member.user_id)

    assert (user.member, user.is_secretariat) == (member if is_member else None, is_secretariat)
    assert member.is_current is is_member
    assert Member.objects.current().filter(pk=member.pk).exists() is is_member
    assert Member.objects.secretariat().filter(pk=member.pk).exists() is is_secretariat


EVERYBODY, MEMBERS, NOBODY = NameVisibility.PUBLIC, NameVisibility.MEMBERS, NameVisibility.NOBODY


@pytest.mark.parametrize(
    ("viewer", "visibilities"),
    [
        ("stranger", {EVERYBODY}),
        ("former member", {EVERYBODY}),
        ("member", {EVERYBODY, MEMBERS}),
        ("secretariat", {EVERYBODY, MEMBERS, NOBODY}),
    ],
)
def test_names_are_shown_to_those_their_owners_chose(
    db: None, viewer: str, visibilities: set[NameVisibility]
):
    looking: Viewer = {
        "stranger": AnonymousUser,
        "former member": lambda: make_member(to_date=timezone.localdate()).user,
        "member": lambda: make_member().user,
        "secretariat": lambda: make_secretary().user,
    }[viewer]()
    home = make_organisation()
    for visibility in NameVisibility:
        make_member(home, user=make_user(name=visibility.value), name_visibility=visibility)

    people = home.members.annotate(shown=shown_name(looking, name="user__name"))

    assert set(names_shown_to(looking)) == visibilities
    assert {person.shown for person in people} - {""} == {str(one) for one in visibilities}
    assert {person.name_visibility for person in home.members.visible_to(looking)} == visibilities


def test_rows_are_named_and_lead_to_their_page(db: None):
    member = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ea Holm"))
    request = make_join_request(name="Bo Lund", organisation_name="Huset")

    assert (str(member), member.get_absolute_url()) == (
        "Ea Holm, Odense Kommune",
        "/organisationer/odense-kommune/",
    )
    assert (str(request), request.get_absolute_url()) == (
        "Bo Lund, Huset",
        f"/sekretariat/anmodninger/{request.pk}/",
    )


def test_organisation_in_the_taskforce(db: None):
    inside, partner = make_organisation(), make_organisation(in_taskforce=False)

    assert list(Organisation.objects.in_taskforce()) == [inside]
    assert set(Organisation.objects.visible_to(AnonymousUser())) == {inside, partner}


def test_requests_to_join_are_the_secretariats(db: None):
    request = make_join_request()

    assert list(JoinRequest.objects.visible_to(make_secretary().user)) == [request]
    for viewer in (AnonymousUser(), make_member().user):
        assert not JoinRequest.objects.visible_to(viewer).exists()
