"""Join an initiative, leave it, become a contact, who is named as they agreed."""

from functools import partial

import pytest
from django.core import mail
from django.test import Client

from initiatives.models import Participation
from initiatives.work import participating
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_initiative,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.initiatives.work.starts import today
from tests.racing import at_once
from tests.refusing import refused

HERE = "/indsatser/guide/"


def test_organisation_joins_once_with_its_contact_and_leaves(as_member, member):
    initiative = make_initiative("Guide", state="running")

    for _ in range(2):
        assert as_member.post(f"{HERE}deltag/").url == HERE
    row = Participation.objects.get()
    assert (row.organisation, row.contact) == (member.organisation, member)
    assert as_member.get(HERE).context["takes_part"]
    assert Activity.objects.filter(verb=Verb.JOINED).count() == 1

    as_member.post(f"{HERE}forlad/")
    assert not initiative.participations.exists()
    assert not as_member.get(HERE).context["takes_part"]


def test_join_by_two_colleagues_at_once_joins_once(transactional_db):
    first = make_member()
    second = make_member(first.organisation)
    initiative = make_initiative("Guide")

    join = partial(participating.join, initiative=initiative)
    joined = at_once(partial(join, by=first), partial(join, by=second))

    assert joined == [Participation.objects.get()] * 2
    assert Activity.objects.filter(verb=Verb.JOINED).count() == 1


@pytest.mark.parametrize("act", ["deltag", "forlad", "kontakt"])
def test_ended_initiative_says_that_it_has_ended(as_member, act):
    make_initiative("Guide", state="done")

    page = as_member.post(f"/en{HERE}{act}/", follow=True)

    assert [str(said) for said in page.context["messages"]] == [
        "The initiative has ended in the meantime. Nothing was changed."
    ]
    assert not Participation.objects.exists()


def test_join_and_leave_refuse_where_the_initiative_has_ended(member):
    initiative = make_initiative("Guide", state="stopped")

    for act in (participating.join, participating.leave):
        with refused("The initiative has ended in the meantime. Nothing was changed."):
            act(initiative=initiative, by=member)
    assert not initiative.participations.exists()


def test_lead_takes_part_without_joining(as_member, member):
    initiative = make_initiative("Guide", lead=member.organisation)

    as_member.post(f"{HERE}deltag/")

    assert not initiative.participations.exists()
    text = as_member.get(f"/en{HERE}").content.decode()
    assert "Take part with your organisation" not in text


@pytest.mark.parametrize("act", ["deltag", "forlad", "kontakt"])
def test_strangers_and_former_members_do_not_join(client: Client, log_in: LogIn, db, act):
    initiative = make_initiative("Guide")

    assert client.post(f"{HERE}{act}/").status_code == 302
    former = log_in(make_member(to_date=today()))
    assert former.post(f"{HERE}{act}/").status_code == 403
    assert not initiative.participations.exists()


def person(name: str, visibility: NameVisibility, **fields: object) -> Member:
    user = make_user(name=name)
    return make_member(user=user, name_visibility=visibility, **fields)


def test_contacts_are_named_as_they_agreed(client, as_member, log_in: LogIn):
    initiative = make_initiative("Guide", contact=person("Lea Leder", NameVisibility.MEMBERS))
    people = [
        person("Pia Public", NameVisibility.PUBLIC),
        person("Mia Medlem", NameVisibility.MEMBERS),
        person("Ina Ingen", NameVisibility.NOBODY),
        person("Fie Former", NameVisibility.PUBLIC, to_date=today()),
    ]
    gone = person("Bo Borte", NameVisibility.PUBLIC)
    gone.user.is_active = False
    gone.user.save()
    for each in [*people, gone]:
        Participation.objects.create(
            initiative=initiative, organisation=each.organisation, contact=each
        )

    def named(browser: Client) -> set[str]:
        text = browser.get(HERE).content.decode()
        names = {each.user.name for each in [*people, gone]} | {"Lea Leder"}
        return {name for name in names if name in text}

    assert named(client) == {"Pia Public"}
    assert named(as_member) == {"Pia Public", "Mia Medlem", "Lea Leder"}
    assert named(log_in(make_secretary())) == {
        "Pia Public",
        "Mia Medlem",
        "Ina Ingen",
        "Lea Leder",
    }

    people[0].name_visibility = NameVisibility.NOBODY
    people[0].save()
    assert named(client) == set()


def test_member_becomes_the_contact(as_member, member, log_in: LogIn):
    led = make_initiative("Guide", lead=member.organisation)
    other = make_member(make_organisation("Anden"))
    row = Participation.objects.create(initiative=led, organisation=other.organisation)

    as_member.post(f"{HERE}kontakt/")
    log_in(other).post(f"{HERE}kontakt/")

    led.refresh_from_db()
    row.refresh_from_db()
    assert (led.contact, row.contact) == (member, other)
    assert as_member.get(HERE).context["is_contact"]


def test_page_refuses_a_contact_of_an_organisation_that_takes_no_part(as_member):
    led = make_initiative("Guide")

    page = as_member.post(f"/en{HERE}kontakt/", follow=True)

    led.refresh_from_db()
    assert led.contact is None
    assert "Your organisation takes no part in it." in page.content.decode()


def test_page_says_that_the_whole_taskforce_takes_part(client, db):
    make_initiative("Guide", reach="taskforce")

    assert "The whole taskforce" in client.get(f"/en{HERE}").content.decode()


def test_my_data_has_the_initiatives_that_one_is_the_contact_of(as_member, member):
    make_initiative("Guide", lead=member.organisation, contact=member)
    joined = make_initiative("Besøg")
    Participation.objects.create(
        initiative=joined, organisation=member.organisation, contact=member
    )

    kept = as_member.get("/min-side/mine-data/").json()

    assert [row["title"] for row in kept["initiatives_led"]] == ["Guide"]
    assert [row["initiative__title"] for row in kept["initiatives_joined"]] == ["Besøg"]


# The acts


def test_join_records_who_joined(member):
    initiative = make_initiative("Guide")

    row = participating.join(initiative=initiative, by=member)

    assert row == Participation.objects.get()
    assert (row.initiative, row.organisation, row.contact) == (
        initiative,
        member.organisation,
        member,
    )
    assert [*Activity.objects.values_list("verb", flat=True)] == [Verb.JOINED]


def test_join_again_returns_the_participation_as_it_was(member):
    initiative = make_initiative("Guide")
    first = participating.join(initiative=initiative, by=member)

    again = participating.join(initiative=initiative, by=make_member(member.organisation))

    assert again == first and again.contact == member
    assert Activity.objects.count() == 1


def test_join_refuses_the_lead(member):
    initiative = make_initiative("Guide", lead=member.organisation)

    with refused("Your organisation takes part.", already=True):
        participating.join(initiative=initiative, by=member)


def test_leave_removes_the_own_participation_alone(member):
    initiative, other = make_initiative("Guide"), make_member()
    for each in (member, other):
        participating.join(initiative=initiative, by=each)

    assert participating.leave(initiative=initiative, by=member) == initiative

    assert Participation.objects.get().organisation == other.organisation
    participating.leave(initiative=initiative, by=member)  # a second time does no harm


def test_become_contact_of_a_participant_or_the_lead(member):
    joined, led = make_initiative("Guide"), make_initiative("Egen", lead=member.organisation)
    row = Participation.objects.create(initiative=joined, organisation=member.organisation)

    for initiative in (joined, led):
        assert participating.become_contact(initiative=initiative, by=member) == member

    for found in (row, joined, led):
        found.refresh_from_db()
    assert (row.contact, led.contact, joined.contact) == (member, member, None)


def test_become_contact_refuses_an_organisation_that_takes_no_part(member):
    with refused("Your organisation takes no part in it."):
        participating.become_contact(initiative=make_initiative(), by=member)


def test_add_writes_to_the_members_of_new_participants(member):
    initiative, there = make_initiative("Guide"), make_organisation()
    Participation.objects.create(initiative=initiative, organisation=there)
    make_member(there)
    new = make_member()
    make_member(new.organisation, to_date=today())

    organisations = [there, new.organisation, member.organisation]
    rows = participating.add(initiative=initiative, organisations=organisations, by=member)

    assert [row.organisation for row in rows] == [new.organisation, member.organisation]
    assert [letter.to for letter in mail.outbox] == [[new.user.email]]
    assert initiative.participations.count() == 3


def test_hand_over_ends_the_new_leads_participation_and_the_old_contact(member):
    old, new = make_member(), make_member()
    initiative = make_initiative("Guide", lead=new.organisation, contact=old)
    Participation.objects.create(initiative=initiative, organisation=new.organisation)

    assert participating.hand_over(initiative=initiative, by=member) == initiative

    initiative.refresh_from_db()
    assert initiative.contact is None
    assert not initiative.participations.exists()
    assert [letter.to for letter in mail.outbox] == [[new.user.email]]


def test_hand_over_to_ones_own_organisation_makes_one_the_contact(member):
    initiative = make_initiative("Guide", lead=member.organisation)

    participating.hand_over(initiative=initiative, by=member)

    initiative.refresh_from_db()
    assert initiative.contact == member
    assert mail.outbox == []
