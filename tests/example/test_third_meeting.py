"""The facts of the third meeting, as the portal holds them once they are loaded."""

from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth.models import AnonymousUser

from barriers.models import Barrier, BarrierState, Statement, Theme
from calls.models import Call, Consortium, Openness, Outcome, PartnerState
from calls.models.call import BRUSSELS
from initiatives.models import Case, CaseState, Initiative
from meetings.models import (
    AttendanceStatus,
    Format,
    Meeting,
    MeetingState,
    MinutesEntry,
    MinutesState,
    Precision,
)
from taskforce.activity import reading
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Kind, NameVisibility, Organisation
from taskforce.news.models import NewsItem, NewsKind

pytestmark = pytest.mark.django_db

ATTENDEES = {
    "Anne Rahbek": "Rummelig Genstart",
    "Casper Helbo Nielsen": "Comdia",
    "Cecilie Schwartz Førby": "Odense Kommune",
    "Christina Grøntved": "Incita",
    "Dorte Justesen": "Glad Fonden",
    "Jørgen Christensen": "Ligeværd",
    "Marie-Louise Köhl Harritsø": "Reach for Change",
    "Mutya Koudal": "KAB",
    "Per Bach": "Sociale Entreprenører i Danmark",
    "Peter Kellermann Brandorff": "Kooperationen",
    "René Kusier": "Erhvervsstyrelsen",
    "Stine Lomholt": "Den Sociale Kapitalfond",
    "Trine Faber Velling": "Konsulenthuset for Socialøkonomi",
    "Vibeke Dømler Beske": "Slagelse Kommune",
}

AGENDA = [
    (time(14, 0), 5, "Velkommen"),
    (time(14, 5), 10, "Bordet rundt"),
    (time(14, 15), 10, "Siden sidst"),
    (time(14, 25), 15, "Det nye EU-opslag"),
    (time(14, 40), 15, "Barrierer: tilføjelser og prioritering"),
    (time(14, 55), 30, "Idéer til indsatser"),
    (time(15, 25), 5, "Afrunding"),
]

ROUND_TABLE = [
    "Reach for Change",
    "Odense Kommune",
    "Rummelig Genstart",
    "Kooperationen",
    "Konsulenthuset for Socialøkonomi",
    "KAB",
    "Erhvervsstyrelsen",
    "Den Sociale Kapitalfond",
    "Comdia",
    "Incita",
    "Glad Fonden",
    "Ligeværd",
]

# slug: (theme, raised by)
BARRIERS = {
    "almene-boliger": ("Lovgivning", "KAB"),
    "erhvervsorganisationer": ("Erhvervsliv", "Comdia"),
    "kapacitet": ("Kapacitet", "Reach for Change"),
    "kapital": ("Kapital", "Den Sociale Kapitalfond"),
    "kommunernes-oekonomi": ("Kommuner", "Slagelse Kommune"),
    "konkurser": ("Økonomi", "Konsulenthuset for Socialøkonomi"),
    "politik": ("Politik", "Den Sociale Kapitalfond"),
    "salg-til-kommuner": ("Kommuner", "Den Sociale Kapitalfond"),
}

# (barrier, organisation, heading or speaker of the passage in which it was said)
STATEMENTS = [
    ("almene-boliger", "KAB", "KAB"),
    ("erhvervsorganisationer", "Comdia", "Erhvervslivets organisationer"),
    ("kapacitet", "Den Sociale Kapitalfond", "Kapital til at vokse"),
    ("kapacitet", "Reach for Change", "Iværksætternes kapacitet"),
    ("kapital", "Den Sociale Kapitalfond", "Kapital til at vokse"),
    ("kommunernes-oekonomi", "Slagelse Kommune", "Kommunernes økonomi"),
    ("konkurser", "Konsulenthuset for Socialøkonomi", "Truende konkurser"),
    ("politik", "Den Sociale Kapitalfond", "Den politiske interesse"),
    ("politik", "Erhvervsstyrelsen", "Erhvervsstyrelsen"),
    ("politik", "Incita", "Den politiske interesse"),
    ("salg-til-kommuner", "Den Sociale Kapitalfond", "Den Sociale Kapitalfond"),
    ("salg-til-kommuner", "Slagelse Kommune", "Samarbejder at lære af"),
]

FIRST_CALL = "SMP-COSME-2022-BUYSOCIALB2BMARKET-01"
SECOND_CALL = "SMP-COSME-2022-SEE-01"


@pytest.fixture
def third(third_of_module: Meeting, db: None) -> Meeting:
    return third_of_module


def passages(third: Meeting) -> list[MinutesEntry]:
    return [*third.minutes.entries.select_related("speaker", "agenda_item")]


def passage(third: Meeting, heading: str) -> MinutesEntry:
    return third.minutes.entries.get(heading=heading)


# Meetings


def test_the_third_meeting_is_when_and_where_it_was(third):
    assert third.date == date(2022, 11, 15)
    assert (third.starts, third.ends) == (time(14), time(15, 30))
    assert (third.format, third.state) == (Format.ONLINE, MeetingState.HELD)
    assert third.date_precision == Precision.DAY


def test_four_meetings_are_known_and_the_fourth_only_by_its_month(third):
    known = {
        meeting.number: (meeting.date, meeting.date_precision, meeting.state)
        for meeting in Meeting.objects.all()
    }

    assert known == {
        1: (date(2022, 6, 23), Precision.DAY, MeetingState.HELD),
        2: (date(2022, 9, 13), Precision.DAY, MeetingState.HELD),
        3: (date(2022, 11, 15), Precision.DAY, MeetingState.HELD),
        4: (date(2023, 1, 1), Precision.MONTH, MeetingState.PLANNED),
    }


def test_agenda_has_seven_items_with_their_times(third):
    items = third.agenda.values_list("starts", "minutes", "title")

    assert len(items) == 7
    assert [*items] == AGENDA
    assert sum(minutes for _starts, minutes, _title in items) == 90


def test_per_bach_is_responsible_for_the_welcome_and_no_other_item_names_anybody(third):
    named = third.agenda.exclude(responsible=None)

    assert [(item.order, item.responsible.name) for item in named] == [(1, "Per Bach")]


def test_fourteen_took_part_and_their_names_are_public(third):
    assert third.attendances.count() == 14
    assert dict(third.attendances.values_list("name", "organisation__name")) == ATTENDEES
    for attendance in third.attendances.select_related("organisation"):
        assert attendance.organisation_name == attendance.organisation.name
        assert attendance.name_visibility == NameVisibility.PUBLIC
        assert attendance.status == AttendanceStatus.PRESENT
        assert attendance.online is True
        assert attendance.member is None


def test_links_that_were_pointed_to_are_material_of_the_meeting(third):
    assert [*third.materials.values_list("link", flat=True)] == [
        "https://www.rummeliggenstart.dk/buy-social-taskforce-danmark",
        "https://www.rummeliggenstart.dk/virksomhedssamarbejder",
        "https://www.rummeliggenstart.dk/udviklingsforum-for-socialt-indk%C3%B8b",
        "https://socialoekonomisk.dk",
    ]


# Minutes


def test_minutes_are_published_and_one_version_is_frozen(third):
    minutes = third.minutes

    assert minutes.state == MinutesState.PUBLISHED
    assert minutes.published_at == datetime(2022, 11, 16, 11, tzinfo=UTC)
    version = minutes.versions.get()
    assert (version.number, version.state) == (1, MinutesState.PUBLISHED)
    assert version.frozen_at == minutes.published_at  # the day it was published then
    assert [entry["id"] for entry in version.content["entries"]] == [
        entry.pk for entry in passages(third)
    ]


def test_passages_stand_in_the_order_of_the_agenda(third):
    orders = [entry.agenda_item.order for entry in passages(third)]

    assert orders == [1] + 12 * [2] + [3] + [4] + 9 * [5] + [7]


def test_twelve_speak_at_the_round_table_and_nobody_has_a_heading_beside_the_name(third):
    round_table = [entry for entry in passages(third) if entry.agenda_item.order == 2]

    assert [entry.speaker.organisation_name for entry in round_table] == ROUND_TABLE
    assert {entry.heading for entry in round_table} == {""}
    assert {entry.speaker for entry in passages(third)} - {e.speaker for e in round_table} == {None}


def test_sanitising_changes_no_passage(third):
    for entry in passages(third):
        assert entry.text.startswith("<p>")
        assert entry.text.endswith("</p>")
        assert "&lt;" not in entry.text


def test_what_was_agreed_is_for_everybody_and_leads_to_its_passage(third):
    points = third.action_points.select_related("entry")

    assert [(point.what, point.due_on, point.entry.heading) for point in points] == [
        (
            "Send forslag til, hvad EU-ansøgningen fra Rummelig Genstart skal indeholde",
            date(2022, 12, 7),
            "Forslag til EU-ansøgningen",
        ),
        ("Føj nye barrierer til, når de viser sig", None, "Hvilke barrierer vejer tungest?"),
        ("Send gode eksempler på sociale indkøb og samarbejder", None, ""),
    ]
    assert {point.organisation for point in points} == {None}
    assert points[2].entry.agenda_item.title == "Afrunding"


# Organisations


def test_fourteen_organisations_are_in_the_taskforce_and_eight_are_partners(third):
    assert {*Organisation.objects.in_taskforce().values_list("name", flat=True)} == {
        *ATTENDEES.values()
    }
    assert {*Organisation.objects.filter(in_taskforce=False).values_list("name", flat=True)} == {
        "Boligforeningen 3B",
        "Euclid Network",
        "Haderslev Kommune",
        "KLP",
        "NREP",
        "Projekter imidt",
        "SURF Valby",
        "Velux Fonden",
    }


def test_organisations_have_their_kinds(third):
    kinds = dict(Organisation.objects.in_taskforce().values_list("name", "kind"))

    assert kinds == {
        "Comdia": Kind.SOCIAL_ENTERPRISE,
        "Den Sociale Kapitalfond": Kind.FOUNDATION,
        "Erhvervsstyrelsen": Kind.AUTHORITY,
        "Glad Fonden": Kind.SOCIAL_ENTERPRISE,
        "Incita": Kind.SOCIAL_ENTERPRISE,
        "KAB": Kind.HOUSING,
        "Konsulenthuset for Socialøkonomi": Kind.ADVISORY,
        "Kooperationen": Kind.NETWORK,
        "Ligeværd": Kind.NETWORK,
        "Odense Kommune": Kind.MUNICIPALITY,
        "Reach for Change": Kind.FOUNDATION,
        "Rummelig Genstart": Kind.OTHER,
        "Slagelse Kommune": Kind.MUNICIPALITY,
        "Sociale Entreprenører i Danmark": Kind.NETWORK,
    }


def test_websites_stand_only_where_the_minutes_give_them(third):
    given = Organisation.objects.exclude(website="")

    assert dict(given.values_list("name", "website")) == {
        "Euclid Network": "https://euclidnetwork.eu",
        "NREP": "https://nrep.dk/om-os",
        "Rummelig Genstart": "https://www.rummeliggenstart.dk",
    }


def test_short_names_and_countries(third):
    short = Organisation.objects.exclude(former_names=[]).values_list("name", "former_names")
    abroad = Organisation.objects.exclude(country="DK").values_list("name", "country")

    assert dict(short) == {
        "Boligforeningen 3B": ["3B"],
        "Konsulenthuset for Socialøkonomi": ["KhfS"],
        "Reach for Change": ["RfC"],
    }
    assert dict(abroad) == {"Euclid Network": "", "KLP": "", "NREP": ""}  # not in the minutes


# Barriers


def test_eight_barriers_with_theme_and_who_raised_them(third):
    found = {
        barrier.slug: (barrier.theme.name, barrier.raised_by.name)
        for barrier in Barrier.objects.select_related("theme", "raised_by")
    }

    assert found == BARRIERS
    assert Theme.objects.count() == 7


def test_barriers_were_raised_at_the_third_meeting_and_are_open_and_unranked(third):
    for barrier in Barrier.objects.all():
        assert (barrier.raised_at, barrier.raised_on) == (third, date(2022, 11, 15))
        assert (barrier.state, barrier.rank, barrier.points) == (BarrierState.OPEN, None, None)
        assert barrier.description


def test_twelve_statements_have_the_passage_in_which_they_were_made(third):
    statements = Statement.objects.select_related(
        "barrier", "organisation", "entry__speaker", "entry__minutes"
    )

    assert sorted(
        (each.barrier.slug, each.organisation.name, heading_of(each.entry)) for each in statements
    ) == sorted(STATEMENTS)
    assert {each.entry.minutes for each in statements} == {third.minutes}
    assert {each.made_on for each in statements} == {date(2022, 11, 15)}


def heading_of(entry: MinutesEntry) -> str:
    return entry.speaker.organisation_name if entry.speaker else entry.heading


def test_every_barrier_has_a_statement_by_who_raised_it(third):
    for barrier in Barrier.objects.all():
        assert barrier.statements.filter(organisation=barrier.raised_by).exists()


def test_eu_rules_on_sustainability_are_an_opportunity_and_no_barrier(third):
    told = passage(third, "En mulighed: EU's krav om bæredygtighed")

    assert not told.statements.exists()
    assert "Konsulenthuset for Socialøkonomi" in told.text
    assert not Barrier.objects.filter(title__icontains="EU").exists()


# Cases


def test_three_cases_are_published_with_the_minutes(third):
    cases = {case.slug: case for case in Case.objects.select_related("entry__speaker")}

    assert {slug: heading_of(case.entry) for slug, case in cases.items()} == {
        "glad-fonden-og-store-virksomheder": "Glad Fonden",
        "odense-sociale-klausuler": "Odense Kommune",
        "oekologisk-planteskole": "Incita",
    }
    for case in cases.values():
        assert (case.state, case.published_at) == (
            CaseState.PUBLISHED,
            third.minutes.published_at,
        )


def test_odense_has_eighty_jobs_and_comes_first(third):
    case = Case.objects.first()

    assert case.slug == "odense-sociale-klausuler"
    assert (case.number, case.unit) == (80, "job til mennesker i udsatte positioner")
    assert case.written_by.name == "Odense Kommune"


def test_partners_of_cases_and_the_barriers_that_they_answer(third):
    found = {
        case.slug: (
            [*case.case_partners.values_list("organisation__name", flat=True)],
            [*case.barriers.values_list("slug", flat=True)],
        )
        for case in Case.objects.all()
    }

    assert found == {
        "glad-fonden-og-store-virksomheder": (
            ["Glad Fonden", "KLP", "NREP"],
            ["erhvervsorganisationer"],
        ),
        "odense-sociale-klausuler": (["Odense Kommune"], ["salg-til-kommuner"]),
        "oekologisk-planteskole": (
            ["Incita", "KAB", "Boligforeningen 3B", "SURF Valby", "Velux Fonden"],
            ["almene-boliger"],
        ),
    }


# Calls


def test_first_call_closes_at_17_in_brussels(third):
    call = Call.objects.get(topic_id=FIRST_CALL)
    deadline = call.deadlines.get()

    assert (deadline.day, deadline.time, deadline.zone) == (date(2022, 12, 7), time(17), BRUSSELS)
    assert deadline.passes_at == call.closes_at == datetime(2022, 12, 7, 16, tzinfo=UTC)


def test_first_call_has_its_money_and_its_rules(third):
    call = Call.objects.get(topic_id=FIRST_CALL)

    assert (call.budget, call.grant_max) == (1_300_000, 300_000)
    assert (call.participants_min, call.participants_max, call.countries_min) == (5, 10, 3)
    assert call.shared_at == third
    assert [barrier.slug for barrier in call.barriers.all()] == ["erhvervsorganisationer"]


def test_second_call_has_a_day_and_no_hour_so_the_day_counts_to_its_end(third):
    call = Call.objects.get(topic_id=SECOND_CALL)
    deadline = call.deadlines.get()

    assert (deadline.day, deadline.time) == (date(2023, 2, 14), None)
    assert deadline.passes_at == call.closes_at == datetime(2023, 2, 14, 23, tzinfo=UTC)
    assert (call.budget, call.grant_max, call.participants_min) == (None, None, None)
    assert [barrier.slug for barrier in call.barriers.all()] == ["kapacitet"]


def test_links_of_calls_end_at_the_topic(third):
    assert dict(Call.objects.values_list("topic_id", "link")) == {
        FIRST_CALL: (
            "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
            "/topic-details/smp-cosme-2022-buysocialb2bmarket-01"
        ),
        SECOND_CALL: (
            "https://eismea.ec.europa.eu/funding-opportunities/calls-proposals"
            "/greening-social-economy-smes-and-entrepreneurs-proximity-and-social-economy"
            "-ecosystem-through_en"
        ),
    }


def test_two_consortia_apply_to_the_first_call(third):
    found = {
        consortium.lead.name: (
            consortium.openness,
            consortium.outcome,
            [*consortium.partners.values_list("organisation__name", "state")],
        )
        for consortium in Consortium.objects.filter(call__topic_id=FIRST_CALL)
    }

    assert Consortium.objects.count() == 2
    assert found == {
        "Euclid Network": (
            Openness.CLOSED,
            Outcome.UNKNOWN,
            [("Reach for Change", PartnerState.CONFIRMED)],
        ),
        "Projekter imidt": (
            Openness.OPEN,
            Outcome.UNKNOWN,
            [
                ("Rummelig Genstart", PartnerState.CONFIRMED),
                ("Sociale Entreprenører i Danmark", PartnerState.CONFIRMED),
                ("Kooperationen", PartnerState.CONFIRMED),
            ],
        ),
    }


# News and activity


def test_eight_pieces_of_news_with_the_dates_that_their_sources_give(third):
    news = NewsItem.objects.all()

    assert [(item.kind, item.source_date) for item in news] == [
        (NewsKind.REPORT, date(2022, 11, 15)),
        (NewsKind.EVENT, date(2022, 11, 14)),
        (NewsKind.REPORT, date(2022, 11, 14)),
        (NewsKind.REPORT, date(2022, 11, 9)),
        (NewsKind.MATERIAL, None),
        (NewsKind.EVENT, None),
        (NewsKind.NEWS, None),
        (NewsKind.NEWS, None),
    ]
    assert {item.shared_at for item in news} == {third}


def test_activity_has_the_dates_of_publication_and_no_person(third):
    told = Activity.objects.values_list("verb", "target_type__model")

    assert {kind: [model for _verb, model in told].count(kind) for _verb, kind in told} == {
        "barrier": 8,
        "call": 2,
        "case": 3,
        "minutes": 1,
        "newsitem": 8,
    }
    published = ("minutes", "case", "newsitem")
    assert {verb for verb, model in told if model in published} == {Verb.PUBLISHED}
    assert not Activity.objects.exclude(actor=None).exists()
    assert {*Activity.objects.dates("at", "day")} == {
        date(2022, 11, 9),
        date(2022, 11, 14),
        date(2022, 11, 15),
        date(2022, 11, 16),
    }


def test_everybody_may_read_every_target_of_activity(third):
    assert len(reading.latest(AnonymousUser(), limit=100)) == 22


def test_nothing_real_is_marked_as_an_example_and_there_is_no_initiative(third):
    assert not Initiative.objects.exists()
    for model in (Organisation, Meeting, Case, Call):
        assert not model.objects.filter(is_example=True).exists()
