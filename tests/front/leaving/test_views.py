"""Pages by which somebody leaves, hands over or moves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from taskforce.members.models import HandOver, Member, NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_meeting,
    make_member,
    make_organisation,
    make_user,
)


@pytest.fixture
def ea(db: None) -> Member:
    return make_member(make_organisation("Odense"), user=make_user("ea@example.org", name="Ea"))


@pytest.fixture
def bo(ea: Member) -> Member:
    user = make_user("bo@example.org", name="Bo")
    return make_member(ea.organisation, user=user, name_visibility=NameVisibility.MEMBERS)


def page_of(member: Member, act: str = "") -> str:
    return f"/sekretariat/personer/{member.user_id}/{act}"


def ends(member: Member) -> Any:
    return Member.objects.get(pk=member.pk).to_date


def test_page_says_first_what_stands_open_and_who_is_left(as_secretary: Client, ea: Member):
    make_action_point(make_meeting(), "Skriv til fonden", owner=ea)

    page = as_secretary.get(page_of(ea, "slut/"))

    assert [matter.title for matter in page.context["matters"]] == ["Skriv til fonden"]
    assert "Skriv til fonden" in page.content.decode()
    assert "Der er ingen andre fra Odense." in page.content.decode()


def test_secretary_ends_a_membership(as_secretary: Client, ea: Member):
    answer = as_secretary.post(page_of(ea, "slut/"), {"last_day": timezone.localdate()})

    assert (answer.url, ends(ea)) == (page_of(ea), timezone.localdate())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Udfyld feltet."),
        ("1.1.1995", "Den sidste dag ligger før den første."),
        ("x", "Den dag kan vi ikke læse. Skriv den som 1.3.2027 eller 1. marts 2027."),
    ],
)
def test_wrong_day_is_told_at_its_field(as_secretary: Client, ea: Member, day: str, said: str):
    page = as_secretary.post(page_of(ea, "slut/"), {"last_day": day})

    assert page.context["form"].errors == {"last_day": [said]}
    assert ends(ea) is None


def test_member_leaves_by_themselves(log_in: LogIn, ea: Member, mailoutbox: list[EmailMessage]):
    theirs = log_in(ea)
    assert theirs.get("/min-side/meld-mig-ud/").status_code == 200

    answer = theirs.post("/min-side/meld-mig-ud/", {"last_day": timezone.localdate()})

    assert (answer.url, ends(ea)) == ("/min-side/", timezone.localdate())
    assert theirs.get("/min-side/").templates[0].name == "front/former_member.html"
    assert len(mailoutbox) == 2


def test_member_hands_over_to_a_colleague_who_shows_their_name(
    log_in: LogIn, ea: Member, bo: Member
):
    point = make_action_point(make_meeting(), owner=ea, organisation=ea.organisation)
    hidden = make_member(ea.organisation)
    elsewhere = make_member(name_visibility=NameVisibility.PUBLIC)
    theirs = log_in(ea)

    form = theirs.get("/min-side/overdrag/").context["form"]
    assert [*form.fields["to"].queryset] == [bo]
    assert [*form.fields][-1] == f"point.{point.pk}"
    typed = {"to": bo.pk, "first_day": timezone.localdate(), "afterwards": "stays"}
    typed |= {f"point.{point.pk}": "give"}
    for other in (hidden, elsewhere):
        refused = theirs.post("/min-side/overdrag/", typed | {"to": other.pk})
        assert [*refused.context["form"].errors] == ["to"]
    theirs.post("/min-side/overdrag/", typed)

    point.refresh_from_db()
    assert (point.owner, ends(ea)) == (bo, None)


def test_member_without_colleagues_is_told_whom_to_write_to(log_in: LogIn, ea: Member):
    page = log_in(ea).get("/min-side/overdrag/")

    assert page.context["nobody"]
    assert "sekretariat@eksempel.example" in page.content.decode()
    assert "first_day" not in page.content.decode()


def test_secretary_hands_over_for_somebody_to_anybody(as_secretary: Client, ea: Member):
    cy = make_member()
    typed = {"to": cy.pk, "first_day": timezone.localdate(), "afterwards": "leaves"}

    answer = as_secretary.post(page_of(ea, "overdrag/"), typed)

    assert answer.url == page_of(ea)
    assert ends(ea) is not None


def test_work_of_an_organisation_does_not_go_to_another(as_secretary: Client, ea: Member):
    point = make_action_point(make_meeting(), owner=ea, organisation=ea.organisation)
    cy = make_member(user=make_user(name="Cy"))
    typed = {"to": cy.pk, "first_day": timezone.localdate(), "afterwards": "leaves"}

    page = as_secretary.post(page_of(ea, "overdrag/"), typed | {f"point.{point.pk}": "give"})

    assert page.context["form"].errors == {
        f"point.{point.pk}": [
            "Cy er fra en anden organisation, og det her hører til organisationen."
        ]
    }


def test_plan_stands_on_the_persons_page_and_is_called_off(as_secretary: Client, ea: Member):
    last_day = timezone.localdate() + timedelta(days=5)
    as_secretary.post(page_of(ea, "slut/"), {"last_day": last_day})
    assert HandOver.objects.get().member == ea
    assert "Stopper efter" in as_secretary.get(page_of(ea)).content.decode()

    as_secretary.post(page_of(ea, "afblaes/"))

    assert HandOver.objects.count() == 0


def test_plan_of_who_is_shut_out_is_called_off_too(as_secretary: Client, ea: Member):
    last_day = timezone.localdate() + timedelta(days=5)
    as_secretary.post(page_of(ea, "slut/"), {"last_day": last_day})
    as_secretary.post(page_of(ea, "luk-login/"))
    assert f'action="{page_of(ea, "afblaes/")}"' in as_secretary.get(page_of(ea)).content.decode()

    assert as_secretary.post(page_of(ea, "afblaes/")).url == page_of(ea)

    assert HandOver.objects.count() == 0


def test_member_calls_off_their_own_plan(log_in: LogIn, ea: Member):
    last_day = timezone.localdate() + timedelta(days=5)
    theirs = log_in(ea)
    theirs.post("/min-side/meld-mig-ud/", {"last_day": last_day})
    assert "Stopper efter" in theirs.get("/min-side/").content.decode()

    assert theirs.post("/min-side/overdrag/afblaes/").url == "/min-side/"

    assert HandOver.objects.count() == 0


def test_person_moves_to_another_organisation(as_secretary: Client, ea: Member):
    to = make_organisation()

    answer = as_secretary.post(page_of(ea, "flyt/"), {"to": to.pk, "title": "", "why": "moved"})

    assert answer.url == page_of(ea)
    assert Member.objects.current().get(user=ea.user).organisation == to


@pytest.mark.parametrize(
    ("typed", "at"), [({"why": "moved"}, "to"), ({"to": "9999999", "why": "moved"}, "to")]
)
def test_move_without_an_organisation_is_told_at_its_field(
    as_secretary: Client, ea: Member, typed: dict[str, str], at: str
):
    page = as_secretary.post(page_of(ea, "flyt/"), typed)

    assert [*page.context["form"].errors] == [at]


def test_organisation_whose_last_person_left_goes_on_the_desk(as_secretary: Client, ea: Member):
    make_organisation("Nobody was ever here")

    as_secretary.post(page_of(ea, "slut/"), {"last_day": timezone.localdate()})

    (task,) = as_secretary.get("/sekretariat/").context["can_wait"]
    assert (task.title, task.act_url) == ("Odense", "/sekretariat/personer/ny/?af=odense")


@pytest.mark.parametrize("act", ["slut/", "overdrag/", "flyt/", "afblaes/", "behold/"])
def test_who_left_has_no_such_page(as_secretary: Client, ea: Member, act: str):
    Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())

    assert as_secretary.post(page_of(ea, act)).status_code == 404
