"""Who sees what of a consortium, its partners and suggestions; who decides; the call's outcome."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from calls.models import (
    Call,
    Consortium,
    Openness,
    Outcome,
    Partner,
    PartnerState,
    Suggestion,
)
from taskforce.members.models import Member, User, Viewer
from tests.factories import (
    make_call,
    make_consortium,
    make_member,
    make_organisation,
    make_partner,
    make_secretary,
)

CONFIRMED, INTERESTED = PartnerState.CONFIRMED, PartnerState.INTERESTED
INVITED, WITHDRAWN = PartnerState.INVITED, PartnerState.WITHDRAWN
OPEN, CLOSED, HIDDEN = Openness.OPEN, Openness.CLOSED, Openness.HIDDEN

# Everybody who may look at a consortium, by what they are to it.
VIEWERS = [
    *("stranger", "member", "lead", "former lead"),
    *("confirmed", "invited", "interested", "withdrawn", "secretary"),
]


class Setting:
    """A consortium, and somebody of each kind of VIEWERS; another consortium hides beside it."""

    def __init__(self, **fields: object) -> None:
        lead = make_member()
        self.call = make_call()
        self.consortium = make_consortium(self.call, lead=lead.organisation, **fields)
        former = make_member(lead.organisation, to_date=timezone.localdate())
        self.viewers: dict[str, Viewer] = {
            "stranger": AnonymousUser(),
            "member": make_member().user,
            "lead": lead.user,
            "former lead": former.user,
            "secretary": make_secretary().user,
        }
        self.partners = {}
        for state in (CONFIRMED, INVITED, INTERESTED, WITHDRAWN):
            member = make_member()
            self.viewers[state.value] = member.user
            self.partners[state.value] = make_partner(
                self.consortium, organisation=member.organisation, state=state
            )
        other = make_consortium(self.call, openness=HIDDEN)
        make_partner(other)
        Suggestion.objects.create(
            consortium=other, organisation=make_organisation(), text="of the other"
        )

    def who(self, selection: str) -> list[str]:
        """Return those viewers whom a method of the queryset lets see the consortium."""
        return [
            name
            for name in VIEWERS
            if getattr(Consortium.objects, selection)(self.viewers[name])
            .filter(pk=self.consortium.pk)
            .exists()
        ]


INSIDE = ["lead", "confirmed"]
TOLD = ["lead", "confirmed", "invited"]


@pytest.mark.parametrize("openness", [OPEN, CLOSED])
def test_everybody_sees_a_consortium_that_shows_itself(db: None, openness: Openness):
    setting = Setting(openness=openness)

    assert setting.who("visible_to") == setting.who("shown_to") == VIEWERS


def test_hidden_consortium_is_seen_by_its_own_the_invited_and_the_secretariat(db: None):
    setting = Setting(openness=HIDDEN)

    assert setting.who("visible_to") == [*TOLD, "secretary"]
    assert setting.who("shown_to") == TOLD


@pytest.mark.parametrize("openness", Openness.values)
def test_inside_are_lead_and_confirmed_partners(db: None, openness: str):
    assert Setting(openness=openness).who("inside") == INSIDE


def test_inside_is_the_secretariat_where_it_is_invited(db: None):
    setting = Setting(openness=HIDDEN, secretariat_invited=True)

    assert setting.who("inside") == [*INSIDE, "secretary"]
    assert setting.who("shown_to") == [*TOLD, "secretary"]


def test_secretariat_sees_its_own_consortium_without_an_invitation(db: None):
    secretary = make_secretary()
    own = make_consortium(make_call(), lead=secretary.organisation, openness=HIDDEN)
    make_consortium(own.call, openness=HIDDEN)

    assert Consortium.objects.inside(secretary.user).get() == own
    assert Consortium.objects.visible_to(secretary.user).count() == 2


def test_viewer_sees_no_other_hidden_consortium(db: None):
    setting = Setting(openness=HIDDEN)
    others = Consortium.objects.exclude(pk=setting.consortium.pk)
    assert others.exists()

    seen = {
        name: [*Consortium.objects.visible_to(setting.viewers[name])]
        for name in VIEWERS
        if name != "secretary"
    }

    assert seen == {name: [setting.consortium] if name in TOLD else [] for name in seen}


def test_invited_are_those_who_have_not_answered(db: None):
    assert Setting().who("invited") == ["invited"]


def test_lead_decides(db: None):
    setting = Setting(openness=OPEN, secretariat_invited=True)

    assert setting.who("run_by") == ["lead"]


def test_confirmed_partners_decide_where_the_lead_has_no_current_members(db: None):
    setting = Setting(openness=OPEN, secretariat_invited=True)
    leads_people = Member.objects.filter(organisation=setting.consortium.lead)
    leads_people.update(to_date=timezone.localdate())
    for name in ("lead", "former lead"):
        setting.viewers[name] = User.objects.get(pk=setting.viewers[name].pk)

    assert setting.who("run_by") == ["confirmed"]


def test_outcome_is_entered_by_those_inside_and_the_secretariat(db: None):
    assert Setting(openness=OPEN).who("outcome_editable_by") == [*INSIDE, "secretary"]


@pytest.mark.parametrize(
    ("openness", "outcome", "seeks"),
    [
        (OPEN, Outcome.PREPARING, True),
        (OPEN, Outcome.UNKNOWN, True),
        (OPEN, Outcome.APPLIED, False),
        (OPEN, Outcome.GRANTED, False),
        (OPEN, Outcome.REJECTED, False),
        (CLOSED, Outcome.PREPARING, False),
        (HIDDEN, Outcome.PREPARING, False),
    ],
)
def test_open_consortium_without_an_outcome_seeks_partners(
    db: None, openness: Openness, outcome: Outcome, seeks: bool
):
    consortium = make_consortium(make_call(), openness=openness, outcome=outcome)

    assert Consortium.objects.seeking().exists() == seeks
    assert consortium.seeks_partners == seeks
    assert consortium.is_forming == (outcome in (Outcome.PREPARING, Outcome.UNKNOWN))
    assert consortium.is_told == (outcome not in (Outcome.PREPARING, Outcome.UNKNOWN))


@pytest.mark.parametrize(("days", "seeks"), [(-1, False), (1, True)])
def test_consortium_seeks_until_its_call_closes(db: None, days: int, seeks: bool):
    call = make_call(day=timezone.localdate() + timedelta(days=days))
    consortium = make_consortium(call, openness=OPEN, suggestions_by=timezone.localdate())

    assert Consortium.objects.seeking().exists() == seeks
    assert consortium.seeks_partners == consortium.is_forming == seeks
    assert consortium.outcome_words == ("Under forberedelse" if seeks else "Udfald ikke oplyst")
    assert consortium.takes_suggestions(timezone.localdate()) == seeks


@pytest.mark.parametrize(("days", "takes"), [(None, False), (-1, False), (0, True), (1, True)])
def test_suggestions_are_taken_to_the_end_of_the_last_day(days: int | None, takes: bool):
    today = date(2030, 5, 15)
    by = None if days is None else today + timedelta(days=days)

    assert Consortium(call=Call(), suggestions_by=by).takes_suggestions(today) == takes


# Partners


def partners_seen(setting: Setting, name: str) -> list[str]:
    seen = Partner.objects.visible_to(setting.viewers[name])
    return [
        state for state, partner in setting.partners.items() if seen.filter(pk=partner.pk).exists()
    ]


ALL = ["confirmed", "invited", "interested", "withdrawn"]


@pytest.mark.parametrize("openness", [OPEN, CLOSED])
def test_everybody_sees_confirmed_partners_and_only_those_inside_the_others(
    db: None, openness: Openness
):
    setting = Setting(openness=openness)

    seen = {name: partners_seen(setting, name) for name in VIEWERS}

    assert seen == {name: ALL if name in INSIDE else ["confirmed"] for name in VIEWERS}


def test_only_those_inside_see_partners_of_a_hidden_consortium(db: None):
    setting = Setting(openness=HIDDEN)

    seen = {name: partners_seen(setting, name) for name in VIEWERS}

    assert seen == {name: ALL if name in INSIDE else [] for name in VIEWERS}


def test_nobody_sees_partners_of_another_hidden_consortium(db: None):
    setting = Setting(openness=HIDDEN)
    others = Partner.objects.exclude(consortium=setting.consortium)
    assert others.exists()

    for viewer in setting.viewers.values():
        assert not Partner.objects.visible_to(viewer).filter(pk__in=others).exists()


@pytest.mark.parametrize(("kind", "counts_as"), [("", "municipality"), ("network", "network")])
def test_partner_has_name_country_and_kind_of_its_organisation(db: None, kind: str, counts_as: str):
    organisation = make_organisation("Odense", country="DK")
    partner = make_partner(
        make_consortium(make_call(), "Vores"), organisation=organisation, kind=kind
    )

    assert (partner.title, partner.from_country, partner.counts_as) == ("Odense", "DK", counts_as)
    assert str(partner) == "Odense: Vores"


def test_foreign_partner_has_its_own_name_country_and_kind():
    partner = Partner(name="Tukholma", country="FI", kind="company")

    assert (partner.title, partner.from_country, partner.counts_as) == ("Tukholma", "FI", "company")


def test_partner_without_kind_counts_as_nothing():
    assert Partner(name="Tukholma").counts_as == ""


# Suggestions


@pytest.mark.parametrize("openness", Openness.values)
def test_suggestion_is_seen_by_its_organisation_and_inside(db: None, openness: str):
    setting = Setting(openness=openness)
    writer = make_member()
    made = Suggestion.objects.create(
        consortium=setting.consortium, organisation=writer.organisation, text="x"
    )
    setting.viewers["writer"] = writer.user

    seen = [
        name
        for name, viewer in setting.viewers.items()
        if [*Suggestion.objects.visible_to(viewer)] == [made]
    ]

    assert sorted(seen) == ["confirmed", "lead", "writer"]
    assert str(made) == f"{writer.organisation}: {setting.consortium}"


# The outcome of the call


def test_call_has_the_best_outcome_of_consortia_that_do_not_hide(db: None):
    call = make_call()
    for outcome in (Outcome.REJECTED, Outcome.APPLIED):
        make_consortium(call, openness=CLOSED, outcome=outcome)
    won = make_consortium(call, openness=HIDDEN, outcome=Outcome.GRANTED)
    assert Call.objects.get().outcome == Outcome.APPLIED

    won.openness = CLOSED
    won.save()
    assert Call.objects.get().outcome == Outcome.GRANTED
    won.delete()
    assert Call.objects.get().outcome == Outcome.APPLIED


def test_call_has_no_outcome_while_nothing_is_known(db: None):
    call = make_call()
    consortium = make_consortium(call, openness=OPEN, outcome=Outcome.REJECTED)
    assert Call.objects.get().outcome == Outcome.REJECTED

    consortium.outcome = Outcome.UNKNOWN
    consortium.save()

    assert Call.objects.get().outcome == ""


def test_outcome_of_another_call_does_not_count(db: None):
    call = make_call()
    make_consortium(make_call(), openness=OPEN, outcome=Outcome.GRANTED)
    make_consortium(call, openness=OPEN, outcome=Outcome.REJECTED)

    call.refresh_from_db()
    assert call.outcome == Outcome.REJECTED
