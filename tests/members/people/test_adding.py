"""Adding a person: a member at once, one letter, and nobody twice."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Kind, Member, Organisation, Role
from taskforce.members.people import adding
from taskforce.members.people.forms import AddForm
from tests.factories import make_member, make_organisation, make_secretary, make_user
from tests.members.people.people_forms import add_form, typed
from tests.racing import at_once
from tests.refusing import answers


def recorded() -> list[tuple[str, str]]:
    rows = Activity.objects.order_by("pk").values_list("verb", "target_type__model")
    return [*rows]


def test_add_makes_a_member_and_sends_one_letter(secretary: Member, mailoutbox: list[EmailMessage]):
    home = make_organisation("Nyborg Kommune")

    member = adding.add(form=add_form(organisation=home.pk, title="Indkøber"), by=secretary.user)

    user = member.user
    assert (user.name, user.email, user.has_usable_password()) == (
        "Ea Holm",
        "ea@example.org",
        False,
    )
    assert (member.organisation, member.title, member.role) == (home, "Indkøber", Role.MEMBER)
    (letter,) = mailoutbox
    assert letter.to == ["ea@example.org"]
    assert f"http://localhost:8000/velkommen/{member.invitation.key}/" in letter.body
    assert (member.invitation.invited_by, member.invitation.accepted_at) == (secretary.user, None)


def test_add_tells_that_an_organisation_joined_with_its_first_person_only(secretary: Member):
    home = make_organisation()

    adding.add(form=add_form(organisation=home.pk), by=secretary.user)
    second = add_form(organisation=home.pk, email="bo@example.org", name="Bo")
    adding.add(form=second, by=secretary.user)

    assert recorded() == [
        (Verb.JOINED, "organisation"),
        (Verb.ADDED, "member"),
        (Verb.ADDED, "member"),
    ]


def test_add_makes_a_new_organisation(secretary: Member):
    form = add_form(organisation="", new_organisation="Nyt Værk", kind=Kind.COMPANY)

    home = adding.add(form=form, by=secretary.user).organisation

    assert (home.name, home.kind, home.in_taskforce) == ("Nyt Værk", Kind.COMPANY, True)


def test_add_uses_an_organisation_of_the_same_name_however_it_is_spelled(secretary: Member):
    home = make_organisation("Nyt Værk")

    form = add_form(organisation="", new_organisation="nyt vaerk")

    assert adding.add(form=form, by=secretary.user).organisation == home
    assert Organisation.objects.filter(name__icontains="nyt").count() == 1


def test_add_makes_a_secretary_where_that_is_chosen(secretary: Member):
    form = add_form(role=Role.SECRETARIAT)

    assert adding.add(form=form, by=secretary.user).role == Role.SECRETARIAT


def test_add_welcomes_back_who_was_here_before_under_their_own_name(secretary: Member):
    former = make_member(
        user=make_user("ea@example.org", name="Ea H.", is_active=False),
        to_date=timezone.localdate(),
    )

    member = adding.add(form=add_form(), by=secretary.user)

    assert (member.user, member.user.name, member.user.is_active) == (former.user, "Ea H.", True)
    assert former.user.memberships.count() == 2


def test_two_secretaries_add_one_person_once(transactional_db: None):
    by, home = make_secretary().user, make_organisation()
    forms = [add_form(organisation=home.pk) for _ in range(2)]

    found = at_once(*(lambda form=form: adding.add(form=form, by=by) for form in forms))

    assert answers(found) == ["Member", "Refused"]
    assert Member.objects.filter(user__email="ea@example.org").count() == 1


def faults(**fields: Any) -> dict[str, list[str]]:
    form = AddForm(typed(**fields))
    return {name: [*map(str, found)] for name, found in form.errors.items()}


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": ""}, "name"),
        ({"email": "no address"}, "email"),
        ({"organisation": ""}, "organisation"),
        ({"organisation": "999999"}, "organisation"),
        ({"organisation": "", "new_organisation": "Nyt"}, "kind"),
        ({"organisation": "", "new_organisation": "Nyt", "kind": "x"}, "kind"),
        ({"role": "owner"}, "role"),
        ({"title": "x" * 121}, "title"),
    ],
)
def test_form_says_at_its_field_what_is_wrong(db: None, fields: dict[str, Any], at: str):
    assert [*faults(**fields)] == [at]


def test_form_tells_who_has_the_address_already(db: None):
    there = make_member(make_organisation("Odense"), user=make_user("ea@example.org", name="Ea"))

    assert faults(email=" EA@Example.org ")["email"] == [
        "Ea, Odense, er allerede medlem med denne e-mail."
    ]
    assert there.is_current


def test_form_asks_about_somebody_of_nearly_the_same_name_and_takes_a_yes(db: None):
    make_member(make_organisation("Odense"), user=make_user("e@x.dk", name="Ea Marie Holm"))

    asked = AddForm(typed())

    assert asked.errors == {
        "is_another": ["Her er allerede: Ea Marie Holm, Odense (e@x.dk). Er det den samme?"]
    }
    assert not asked["is_another"].is_hidden
    assert AddForm(typed(is_another="on")).is_valid()


def test_form_asks_about_an_organisation_of_nearly_the_same_name(db: None):
    make_organisation("Socialt Udviklingsforum")
    new = {"organisation": "", "new_organisation": "Socialt Udviklings Forum", "kind": "network"}

    assert faults(**new)["is_another"] == [
        "Her er allerede: Socialt Udviklingsforum. Er det den samme?"
    ]


def test_form_asks_nothing_about_the_person_who_was_here_with_this_address(db: None):
    make_member(user=make_user("ea@example.org", name="Ea Holm"), to_date=timezone.localdate())

    assert AddForm(typed()).is_valid()
