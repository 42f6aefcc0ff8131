"""Rows of a list are taken in all together or not at all, and a second time change nothing."""

from typing import Any

import pytest
from django.utils import timezone

from taskforce.core.acts import Conflict, Refused
from taskforce.core.sheet_reading import read_text
from taskforce.members.importing import acts, taking
from taskforce.members.importing.judging import Outcome, judge
from taskforce.members.models import Invitation, Member, MemberImport, Organisation, Role, User
from tests.factories import make_member, make_organisation, make_user
from tests.racing import at_once

pytestmark = pytest.mark.django_db
LIST = """Navn;E-mail;Organisation;Type;Titel
Bo Dahl;bo@example.org;Odense Kommune;Kommune;Chef
Ida Lind;ida@example.org;Havnens Køkken;Socialøkonomisk virksomhed;
Ea Bæk;ea@example.org;Odense Kommune;;Indkøbschef
;nobody@example.org;Odense Kommune;;
"""


@pytest.fixture
def ea() -> Member:
    user = make_user("ea@example.org", name="Ea Bæk", last_login=timezone.now())
    return make_member(make_organisation("Odense Kommune"), user=user, title="Indkøber")


def bring(text: str, by: Member) -> MemberImport:
    return acts.bring(name="liste.csv", lines=read_text(text, most=100), by=by.user)


def take(imported: MemberImport, by: Member, **more: Any) -> MemberImport:
    rows = judge(imported.people, imported.columns)
    ticked = {row.line for row in rows if row.is_ticked}
    given = {"lines": ticked, "alike": set(), "seen": taking.stamp(rows), "letters": True}
    return taking.take_in(imported=imported, by=by.user, **given | more)


def test_ticked_rows_are_taken_in_and_the_rest_is_told(ea, secretary):
    imported = take(bring(LIST, secretary), secretary)

    assert (imported.taken, [*imported.left]) == (3, ["5"])
    bo, ida = (Member.objects.get(user__email=f"{who}@example.org") for who in ("bo", "ida"))
    assert (bo.organisation, bo.title, bo.role) == (ea.organisation, "Chef", Role.MEMBER)
    assert (ida.organisation.name, ida.organisation.kind) == ("Havnens Køkken", "social_enterprise")
    ea.refresh_from_db()
    assert ea.title == "Indkøbschef"
    assert {one.email for one in Invitation.objects.all()} == {"bo@example.org", "ida@example.org"}


def test_second_list_like_the_first_changes_nothing(ea, secretary):
    take(bring(LIST, secretary), secretary)
    Member.objects.update(name_visibility="public")
    before = [[*model.objects.order_by("pk").values()] for model in (User, Member, Organisation)]

    again = bring(LIST, secretary)
    rows = judge(again.people, again.columns)

    assert not [row for row in rows if row.can_be_taken]
    with pytest.raises(Refused):
        take(again, secretary)
    assert before == [
        [*model.objects.order_by("pk").values()] for model in (User, Member, Organisation)
    ]


def test_letters_can_wait(secretary):
    take(bring(LIST, secretary), secretary, letters=False)

    assert Member.objects.filter(user__email="bo@example.org").exists()
    assert not Invitation.objects.exists()


def test_organisation_nearly_of_that_name_is_taken_where_one_says_so(ea, secretary):
    text = (
        "Navn;E-mail;Organisation\nBo;bo@example.org;Odense Komune\nIb;ib@example.org;Odense Komune"
    )

    take(bring(text, secretary), secretary, lines={2, 3}, alike={2})

    bo, ib = (Member.objects.get(user__email=f"{who}@example.org") for who in ("bo", "ib"))
    assert bo.organisation == ea.organisation
    assert ib.organisation.name == "Odense Komune"


def test_another_organisation_ends_the_membership_of_the_first(ea, secretary):
    take(bring("Navn;E-mail;Organisation\nEa Bæk;ea@example.org;Aarhus", secretary), secretary)

    seats = Member.objects.filter(user=ea.user).order_by("pk")
    assert [seat.to_date is None for seat in seats] == [False, True]
    assert seats[1].organisation.name == "Aarhus"
    assert seats[1].title == "Indkøber"


def test_list_is_taken_in_once(ea, secretary):
    imported = bring(LIST, secretary)
    take(imported, secretary)

    with pytest.raises(Refused) as refused:
        take(imported, secretary)
    assert refused.value.already


def test_register_that_changed_meanwhile_is_shown_anew(ea, secretary):
    imported = bring(LIST, secretary)
    seen = taking.stamp(judge(imported.people, imported.columns))
    make_member(user=make_user("bo@example.org", name="Bo Dahl"))

    with pytest.raises(Conflict):
        take(imported, secretary, seen=seen)
    assert not Member.objects.filter(user__email="ida@example.org").exists()


def test_nothing_is_half_done(ea, secretary, monkeypatch):
    imported = bring(LIST, secretary)
    monkeypatch.setattr(taking, "record", lambda *args, **kwargs: 1 / 0)  # of the changed one

    with pytest.raises(ZeroDivisionError):
        take(imported, secretary)
    assert not Member.objects.filter(user__email="bo@example.org").exists()


def test_former_member_is_welcomed_back(ea, secretary):
    Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())

    take(bring(LIST, secretary), secretary)

    assert Member.objects.get(user=ea.user, to_date=None).organisation == ea.organisation


def test_lists_are_forgotten_after_a_month(secretary):
    kept, old = bring(LIST, secretary), bring(LIST, secretary)
    MemberImport.objects.filter(pk=old.pk).update(added_at=timezone.now() - MemberImport.KEPT)

    assert acts.forget_old_lists() == 1
    assert MemberImport.objects.get() == kept


@pytest.mark.django_db(transaction=True)
def test_of_two_secretaries_at_once_one_takes_it_in(secretary):
    imported = bring(LIST, secretary)

    answers = at_once(*[lambda: take(imported, secretary)] * 2)

    assert sum(isinstance(answer, Refused | Conflict) for answer in answers) == 1
    assert Member.objects.filter(user__email="bo@example.org").count() == 1
    assert Outcome.NEW
