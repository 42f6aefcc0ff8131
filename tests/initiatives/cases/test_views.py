"""The gallery with its filters, one case as a page worth sharing, and what shows nowhere."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import Case, CasePartner, CaseState, PartnerRole
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_member,
    make_organisation,
)
from tests.initiatives.cases.case_forms import address, give_picture


def titles(client: Client, **query: str) -> list[str]:
    page = client.get(f"/eksempler/?{urlencode(query)}")
    assert page.status_code == 200
    return sorted(row["title"] for row in page.context["rows"])


def partner(case: Case, name: str) -> None:
    CasePartner.objects.create(
        case=case, organisation=make_organisation(name), role=PartnerRole.BUYER
    )


# The gallery


def test_filters_combine_and_stay_in_the_address(client, db):
    door, lift = make_barrier("Door"), make_barrier("Lift")
    first = make_case("First", kind="tender", place="Odense")
    second = make_case("Second", kind="tender", place="Aarhus")
    third = make_case("Third", kind="direct", place="Odense")
    for case in (first, third):
        case.barriers.add(door)
    second.barriers.add(door, lift)
    partner(first, "Værkstedet")

    assert titles(client, slags="tender") == ["First", "Second"]
    assert titles(client, sted="Odense") == ["First", "Third"]
    assert titles(client, barriere="door") == ["First", "Second", "Third"]
    assert titles(client, barriere="lift") == ["Second"]
    assert titles(client, partner="vaerkstedet") == ["First"]
    assert titles(client, partner=third.written_by.slug) == ["Third"]
    assert titles(client, slags="tender", barriere="door", sted="Aarhus") == ["Second"]
    assert titles(client, slags="direct", sted="Aarhus") == []

    page = client.get("/eksempler/?slags=tender&sted=Odense").content.decode()
    assert '<option value="tender" selected>' in page
    assert '<option value="Odense" selected>' in page


def test_filter_by_partner_finds_a_case_of_author_and_partner_once(client, db):
    case = make_case("First")
    for organisation in (case.written_by, make_organisation("Other")):
        CasePartner.objects.create(case=case, organisation=organisation, role=PartnerRole.BUYER)

    assert titles(client, partner=case.written_by.slug) == ["First"]


@pytest.mark.parametrize(
    "query", ["slags=theft", "partner=nobody", "barriere=0", "sted=M%C3%A5nen", "side=x&q=%00"]
)
def test_nonsense_in_the_address_is_ignored(client, db, query):
    make_case("First")

    assert client.get(f"/eksempler/?{query}").status_code == 200


def test_page_shows_24_cases_and_keeps_the_filter(client, db):
    for number in range(25):
        make_case(f"Case {number}", kind="direct")

    page = client.get("/eksempler/?slags=direct")

    assert len(page.context["rows"]) == 24
    assert page.context["page"].later == "?slags=direct&side=2"
    assert len(client.get("/eksempler/?slags=direct&side=2").context["rows"]) == 1


def test_filters_offer_only_values_of_published_cases(client, db):
    draft = make_case("Draft", state=CaseState.SUBMITTED, place="Hemmelig by", kind="tender")
    partner(draft, "Hemmelig partner")
    draft.barriers.add(make_barrier("Hemmelig barriere"))
    shown = make_case("Shown", place="Odense")
    partner(shown, "Værkstedet")
    shown.barriers.add(make_barrier("Skjult", hidden_at=timezone.now()))

    page = client.get("/eksempler/").content.decode()

    assert "Hemmelig" not in page and "Skjult" not in page
    assert "Værkstedet" in page and "Odense" in page


def test_places_are_offered_once_in_danish_order(client, db):
    for place in ("Ørsted", "Aarhus", "Odense", "Odense", ""):
        make_case(place=place)

    choices = client.get("/eksempler/").context["filters"].form.fields["sted"].choices

    assert [value for value, _label in choices] == ["", "Odense", "Ørsted", "Aarhus"]


# One case


def test_page_shows_the_text_the_partners_and_the_thread(client, db):
    case = make_case(
        "Frokost",
        problem="For stort.",
        done="Delt op.",
        outcome="Tre job.",
        number=0,
        unit="klager",
        kind="tender",
    )
    partner(case, "Værkstedet")
    CasePartner.objects.create(case=case, name="Køkkenet", role="between", part="Bandt sammen")
    barrier, initiative = make_barrier("Tung dør"), make_initiative("Fælles salg")
    case.barriers.add(barrier)
    case.initiatives.add(initiative)
    by_barrier, by_initiative, other = make_call("A"), make_call("B"), make_call("Uvedkommende")
    by_barrier.barriers.add(barrier)
    by_initiative.initiatives.add(initiative)
    by_initiative.barriers.add(barrier)

    page = client.get("/eksempler/frokost/")

    shown = page.content.decode()
    for words in ("For stort.", "Delt op.", "Tre job.", "Køkkenet", "Bandt sammen", "Brobygger"):
        assert words in shown
    assert '<li class="figure"><b>0</b><span lang="da">klager</span></li>' in shown
    assert {*page.context["calls"]} == {by_barrier, by_initiative}
    for row in (barrier, initiative, by_barrier, by_initiative, case.written_by):
        assert f'href="{row.get_absolute_url()}"' in shown
    assert other.title not in shown
    for row in (barrier, initiative, by_barrier, by_initiative):
        assert 'href="/eksempler/frokost/"' in client.get(row.get_absolute_url()).content.decode()


def test_page_shows_no_call_of_a_hidden_barrier(client, db):
    case, barrier = make_case("Frokost"), make_barrier("Skjult", hidden_at=timezone.now())
    case.barriers.add(barrier)
    call = make_call("Uvedkommende")
    call.barriers.add(barrier)

    assert "Uvedkommende" not in client.get("/eksempler/frokost/").content.decode()
    assert "Frokost" not in client.get(call.get_absolute_url()).content.decode()


def meta(client: Client, path: str) -> dict[str, str]:
    shown = client.get(path).content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)">', shown))


def test_published_case_has_metadata_for_sharing(client, db, settings):
    settings.SITE_URL = "https://taskforce.example"
    case = give_picture(make_case('Frokost & "brød"', achieved="Tre job."))

    found = meta(client, case.get_absolute_url())

    assert found["og:title"] == "Frokost &amp; &quot;brød&quot;"
    assert found["og:description"] == found["description"] == "Tre job."
    assert found["og:url"] == "https://taskforce.example/eksempler/frokost-broed/"
    assert found["og:image"] == "https://taskforce.example" + address(case)
    assert found["og:image:alt"] == "To bagere ved en ovn"
    english = meta(client, f"/en{case.get_absolute_url()}")
    assert english["og:url"] == "https://taskforce.example/en/eksempler/frokost-broed/"


def test_case_without_a_picture_shares_its_title(client, db):
    make_case("Frokost")

    assert meta(client, "/eksempler/frokost/")["og:image:alt"] == "Frokost"


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.SUBMITTED, CaseState.ASKED])
def test_unpublished_case_has_no_metadata_for_sharing(as_member, member, state):
    give_picture(make_case("Frokost", state=state, written_by=member.organisation))

    found = meta(as_member, "/eksempler/frokost/")
    told = {name for name in found if name.startswith("og:")}
    assert told == {"og:site_name", "og:url"}  # what every page tells


# What is not published


@pytest.mark.parametrize("state", [s for s in CaseState if s != CaseState.PUBLISHED])
def test_unpublished_case_shows_on_no_page(client, db, log_in, state):
    barrier, initiative = make_barrier("Dør"), make_initiative("Salg")
    home = make_organisation("Hus")
    case = make_case(
        "hemmelig-titel",
        state=state,
        written_by=home,
        number=4711,
        unit="hemmelig-enhed",
        place="hemmelig-by",
        **dict.fromkeys(("achieved", "problem", "done", "outcome"), "hemmelig-tekst"),
    )
    give_picture(case, alt="hemmelig-alt")
    CasePartner.objects.create(case=case, organisation=home, role="buyer", part="hemmelig-del")
    case.barriers.add(barrier)
    case.initiatives.add(initiative)
    call = make_call("Opslag")
    call.barriers.add(barrier)
    for verb in (Verb.ADDED, Verb.CHANGED, Verb.SUBMITTED, Verb.PUBLISHED):
        record(verb, case, by=None)
    # The parts of a word with a hyphen are found, too; a page repeats what was searched for.
    pages = ["/", "/eksempler/", "/feed/", "/sitemap.xml", "/soeg/?q=hemmelig"]
    pages += ["/eksempler/?q=hemmelig"]
    pages += [row.get_absolute_url() for row in (barrier, initiative, home, call)]

    for browser in (client, log_in(make_member())):
        for path in pages:
            shown = browser.get(path).content.decode()
            assert not re.search(r"hemmelig-(titel|tekst|enhed|by|alt|del)|4711", shown), path
        for path in ("", "ret/", "spoerg/", "traek-tilbage/"):
            assert browser.get(f"/eksempler/hemmelig-titel/{path}").status_code in (302, 404)
        assert browser.get(address(case)).status_code == 404


def test_search_finds_a_published_case_by_all_its_texts(client, db):
    make_case("Frokost", problem="kringler", done="hveder", outcome="boller", place="Odense")

    for words in ("frokost", "kringler", "hvede", "boller", "odense"):
        hits = client.get("/soeg/", {"q": words}).context["hits"]
        assert [hit.title for hit in hits] == ["Frokost"], words
