"""Everything with a place is found, leads there, and shows to nobody else."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from meetings.models import Material, MaterialPage, Outcome, OutcomeKind
from taskforce.core import finding
from taskforce.following.models import Newsletter
from taskforce.front.search import portal
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_answer,
    make_attendance,
    make_barrier,
    make_entry,
    make_figure,
    make_goal,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_proposal,
    make_question,
    make_round,
    make_statement,
    make_user,
)

A_MOMENT = 1  # second, of the process: other programs take none of it


def hits(browser: Client, words: str, **more: str) -> set[tuple[str, str]]:
    found = browser.get("/soeg/", {"q": words, **more}).context.get("hits", [])
    return {(hit.kind.key, hit.url) for hit in found}


@pytest.fixture
def meeting(db: None) -> Any:
    """A meeting on which everything is about xylofoner; its minutes are a draft."""
    meeting = make_meeting(3)
    minutes = make_minutes(meeting)
    entry = make_entry(minutes, "<p>Om xylofoner</p>")
    item = make_agenda_item(meeting, "Klang")
    outcome = Outcome.objects.create(
        minutes=minutes, agenda_item=item, kind=OutcomeKind.DECIDED, decision="Xylofonen købes"
    )
    make_action_point(meeting, what="Køb en xylofon")
    material = Material.objects.create(meeting=meeting, title="Xylofonrapport", link="https://x.dk")
    file = "material/2026/bilag.pdf"
    filed = Material.objects.create(meeting=meeting, title="Bilag", file=file, read_file=file)
    MaterialPage.objects.create(material=filed, number=2, text="Kapitel 3: xylofonen")
    return {
        "minutes": minutes,
        "hits": {
            ("referat", f"/moeder/3/#afsnit-{entry.pk}"),
            ("beslutning", f"/moeder/3/#punkt-{outcome.agenda_item_id}"),
            ("aftale", "/moeder/3/#aftalt"),
            ("materiale", f"/moeder/3/#materiale-{material.pk}"),
            ("fil", f"/moeder/3/#materiale-{filed.pk}"),
        },
    }


def test_what_belongs_to_minutes_is_found_once_they_are_published(client, meeting):
    assert hits(client, "xylofon") == set()

    minutes = meeting["minutes"]
    minutes.state, minutes.published_at = "published", timezone.now()
    minutes.save()

    material = {hit for hit in meeting["hits"] if hit[0] == "materiale"}
    assert hits(client, "xylofon") == meeting["hits"] - material
    assert hits(client, "xylofonrapport") == material


def test_each_hit_leads_to_a_place_on_its_page(client, meeting):
    minutes = meeting["minutes"]
    minutes.state, minutes.published_at = "published", timezone.now()
    minutes.save()
    page = client.get("/moeder/3/").content.decode()

    found = {url.partition("#")[2] for _kind, url in hits(client, "xylofon")}

    assert found
    assert [anchor for anchor in found if f'id="{anchor}"' not in page] == []


def test_the_text_of_a_file_that_was_replaced_is_not_found(client, meeting, as_secretary: Client):
    assert "fil" in {kind for kind, _url in hits(as_secretary, "kapitel")}

    Material.objects.filter(title="Bilag").update(file="material/2026/andet.pdf")

    assert hits(as_secretary, "kapitel") == set()


def test_statements_updates_and_former_names(client, db):
    barrier = make_barrier("Regler")
    statement = make_statement(barrier, text="Det er xylofonens skyld")
    initiative = make_initiative("Klang")
    update = initiative.updates.create(organisation=initiative.lead, text="Xylofonen er stemt")
    make_organisation("Ny Klang", former_names=["Xylofon A/S"])

    assert hits(client, "xylofon") == {
        ("udsagn", f"/barrierer/regler/#udsagn-{statement.pk}"),
        ("fremdrift", f"/indsatser/klang/#nyt-{update.pk}"),
        ("organisation", "/organisationer/ny-klang/"),
    }


@pytest.mark.parametrize(
    ("visibility", "by_strangers", "by_members"),
    [
        (NameVisibility.PUBLIC, 2, 2),
        (NameVisibility.MEMBERS, 0, 2),
        (NameVisibility.NOBODY, 0, 0),
    ],
)
def test_people_are_found_by_names_that_the_viewer_may_read(
    client,
    as_member: Client,
    as_secretary: Client,
    visibility: str,
    by_strangers: int,
    by_members: int,
):
    minutes = make_minutes(make_meeting(3), published=True)
    member = make_member(user=make_user(name="Xerxes Klang"), name_visibility=visibility)
    make_attendance(
        minutes.meeting, name="Xerxes Klang", name_visibility=visibility, status="present"
    )

    found = [len(hits(who, "xerxes")) for who in (client, as_member, as_secretary)]

    assert found == [by_strangers, by_members, 2]
    assert member.pk


def test_compounds_come_after_the_word_itself(client, db):
    make_barrier("Indkøbsaftalerne er lange")
    make_barrier("Aftalen er lang")

    found = client.get("/soeg/?q=aftale").context["hits"]

    assert [hit.title for hit in found] == ["Aftalen er lang", "Indkøbsaftalerne er lange"]


def test_a_day_a_month_and_a_number_lead_to_the_meeting(client, db):
    make_meeting(3, date="2022-11-15")
    make_meeting(4, date="2023-01-10")

    for words in ("15. november 2022", "november 2022", "møde 3", "3rd meeting", "møde 2022"):
        assert hits(client, words) == {("moede", "/moeder/3/")}, words


# A letter of each plane that has any, and what Postgres takes for operators.
PLANES = "".join(chr(plane * 0x10000 + 0x345) for plane in range(17))
NASTY = [
    *("ord " * 2_500, "a" * 10_000, "&|!()<->:*", "'':*", "%%%___", "*" * 200, "\\\\'", '-"'),
    *("\U0001f600\U000e0041\U0010fffd\U00010348", "a:*|b:*&!c", "ÆÆÆÆ ØØØ ÅÅ", "<b>&amp;"),
    *(PLANES, " ".join(PLANES), "ord\0ord", "\ud800ord", "\u202eord\u2066", "e\u0301" * 90),
    *("- - -", "or or or", 'eller "" -', '"' * 199, "-" * 199, "ord* *ord", "% _ * ? .*"),
    *("kantine" * 4, "abcdefghijklmnopqrstuvwxyzæøå " * 6, "99. november 9999", "møde 9999"),
    *("0. møde", "møde ٣", "31/2-2022", "tredje " * 20, "a-" * 99, "http://x.dk/?a=1&b='2'"),
]


@pytest.mark.parametrize("words", NASTY)
def test_no_words_are_a_fault_or_take_long(client, db, words: str):
    make_barrier("Ord")
    client.get("/soeg/?q=ord")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 2000")

    for path in ("/soeg/", "/soeg/forslag/"):
        begun = time.process_time()
        sent = {"q": words.encode("utf-8", "surrogatepass")}
        assert client.get(path, sent).status_code == 200
        assert time.process_time() - begun < A_MOMENT


@pytest.mark.parametrize("value", ["0", "-1", "99999999", "1e9", "'", "\0", "٣", "9" * 400, "[]"])
@pytest.mark.parametrize(
    "name", ["side", "slags", "tema", "aar", "tilstand", "organisation", "ordret"]
)
def test_no_choice_that_was_tampered_with_is_a_fault(client, db, name: str, value: str):
    make_barrier("Ord")

    assert client.get("/soeg/", {"q": "ord", name: [value, value]}).status_code == 200


def test_too_many_letters_are_told_at_the_field_and_stay_in_it(client, db):
    page = client.get("/en/soeg/", {"q": "a" * 300})

    assert list(page.context["form"].errors) == ["q"]
    assert "a" * 300 in page.content.decode()


def test_every_kind_reads_through_what_its_viewer_may_see():
    assert len({kind.key for kind in finding.kinds()}) == len(finding.kinds()) == 28


def test_newsletters_rounds_figures_and_goals(client, db):
    now = timezone.now()
    sent = {"sent_at": now, "day": now.date(), "ends_at": now}
    Newsletter.objects.create(
        begins_at=now - timedelta(days=7), introduction="<p>Nyt om xylofoner</p>", **sent
    )
    make_round(title="Xylofonernes runde")
    figure, goal = make_figure("Solgte xylofoner"), make_goal("Flere xylofoner")

    assert hits(client, "xylofon") == {
        ("nyhedsbrev", f"/nyhedsbrev/{now.date()}/"),
        ("prioritering", "/prioritering/xylofonernes-runde/"),
        ("tal", f"/resultater/#tal-{figure.pk}"),
        ("maal", f"/resultater/#maal-{goal.pk}"),
    }


def test_questions_answers_and_proposals_for_members(as_member: Client):
    question = make_question(text="Hvem spiller xylofon?")
    asked = make_answer(question, make_member(), "Vi har en xylofon")
    day = timezone.localdate() + timedelta(days=9)
    make_proposal(make_meeting(9, state="planned", date=day), "En xylofon i pausen")

    assert hits(as_member, "xylofon") == {
        ("spoergsmaal", f"/spoergsmaal/{question.slug}/"),
        ("svar", f"/spoergsmaal/{question.slug}/#svar-{asked.pk}"),
        ("forslag", "/moeder/9/#forslag"),
    }


def test_the_answer_of_a_barrier_that_is_resolved(client, db):
    make_barrier("Klang", state="resolved", resolved_on=date(2024, 1, 1), answer="Køb en xylofon")

    assert hits(client, "xylofon") == {("barriere", "/barrierer/klang/")}


def test_the_portals_own_pages_in_each_language(client, as_secretary: Client):
    portal.gather()
    portal.gather()

    assert ("side", "/privatliv/") in hits(client, "privatliv")
    assert ("side", "/data/barriers/") in hits(client, "åbne data barrierer")
    assert ("side", "/resultater/") in hits(client, "årsrapport")
    found = client.get("/en/soeg/?q=privacy").context["hits"]
    assert ("Privacy", "/en/privatliv/") in {(hit.title, hit.url) for hit in found}


def test_a_page_that_is_written_anew_is_found_at_once(client, as_secretary: Client):
    sent = {"began_with": 1, "title_da": "Kontakt", "text_da": "Spørg efter xylofonen"}

    as_secretary.post("/sekretariat/sider/kontakt/", sent)

    assert hits(client, "xylofonen") == {("side", "/kontakt/")}
