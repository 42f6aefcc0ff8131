"""The page of minutes: decisions first, a link for everything, names by consent."""

import re
from datetime import date, time
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.browsing import passages
from meetings.browsing.passages import MOST_ELSEWHERE, AgendaPart
from meetings.models import (
    AgendaItem,
    Correction,
    MinutesEntry,
    MinutesState,
    OutcomeKind,
    Purpose,
    ReviewScope,
)
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_statement,
    make_user,
)
from tests.meetings.planning.plans import make_planned

DAY = date(2022, 12, 7)


def words(page) -> str:
    """Return what the page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2])
    return " ".join(unescape(text).split())


def in_order(text: str, *parts: str) -> bool:
    """Tell whether the text has the parts, one after the other."""
    return re.search(".*?".join(map(re.escape, parts)), text) is not None


@pytest.fixture
def minutes(db):
    return make_minutes(make_meeting(3), published=True)


def test_decided_and_agreed_come_before_what_was_said(client, minutes):
    item = make_agenda_item(
        minutes.meeting, "Indkøb", starts=time(14, 5), minutes=10, details="Bilag 2"
    )
    make_outcome(item, OutcomeKind.DECIDED, decision="Vi køber socialt.")
    make_entry(minutes, "<p>Længe drøftet.</p>", agenda_item=item, heading="Hvorfor")
    odense = make_organisation("Odense Kommune")
    make_action_point(minutes.meeting, "Skriv et brev", organisation=odense, due_on=DAY)
    make_action_point(minutes.meeting, "Læs brevet", done_on=DAY)
    make_attendance(minutes.meeting, organisation_name="Comdia")
    make_barrier("Dyre udbud", raised_at=minutes.meeting)

    text = words(client.get("/moeder/3/"))

    assert in_order(
        text,
        "Aftalt og besluttet Vi køber socialt. Besluttet under Indkøb",
        "Skriv et brev Odense Kommune · senest 7. december 2022 · ikke udført endnu",
        "Læs brevet Alle · udført 7. december 2022",
        "Referat 14.05 Indkøb",
        "10 minutter",
        "Bilag 2",
        "Besluttet Vi køber socialt.",
        "Hvorfor",
        "Længe drøftet.",
        "Comdia",
        "Dyre udbud",
    )


def test_what_happened_since_last_stands_once(client, minutes):
    """Its minutes begin from what the agenda says, so the agenda need not say it again."""
    told = {"purpose": Purpose.SINCE_LAST, "details": "<p>En ny barriere.</p>"}
    item = make_agenda_item(minutes.meeting, "Siden sidst", **told)
    other = make_agenda_item(minutes.meeting, "Andet", details="<p>Et bilag.</p>")
    make_entry(minutes, "<p>Et referat.</p>", agenda_item=other)
    assert "En ny barriere." in words(client.get("/moeder/3/"))

    make_entry(minutes, "<p>En ny barriere. Den er løst.</p>", agenda_item=item)

    text = words(client.get("/moeder/3/"))
    assert text.count("En ny barriere.") == 1
    assert "Den er løst." in text
    assert "Et bilag." in text


@pytest.mark.parametrize(
    "kind", [OutcomeKind.NOTED, OutcomeKind.DEFERRED, OutcomeKind.NOT_DISCUSSED]
)
def test_other_outcomes_stand_at_their_item_alone(client, minutes, kind):
    make_outcome(make_agenda_item(minutes.meeting), kind)

    page = client.get("/moeder/3/")

    assert page.context["decisions"] == []
    assert words(page).count(str(kind.label)) == 1


def test_everything_has_a_lasting_link(client, minutes):
    item = make_agenda_item(minutes.meeting, "Nyt <her>")
    entry = make_entry(minutes, agenda_item=item, heading="Et & andet")
    point = make_action_point(minutes.meeting, entry=entry)

    text = client.get("/moeder/3/").content.decode()

    for place in (f"punkt-{item.pk}", f"afsnit-{entry.pk}"):
        assert text.count(f'id="{place}"') == 1
        assert f'href="#{place}"' in text
    assert "Link til: Nyt &lt;her&gt;" in text
    assert "Link til: Et &amp; andet" in text
    assert f'<a href="#afsnit-{point.entry_id}">aftalt her' in text
    for place in ("referat", "dagsorden", "aftalt"):  # where other pages and old mail lead
        assert text.count(f'id="{place}"') == 1


def test_passages_without_an_item_stay_where_they_were(client, minutes):
    first, second = (make_agenda_item(minutes.meeting, title) for title in ("Et", "To"))
    before = make_entry(minutes, heading="før")
    of_first = make_entry(minutes, agenda_item=first)
    between = make_entry(minutes, heading="imellem")
    of_second = make_entry(minutes, agenda_item=second)
    late = make_entry(minutes, agenda_item=first)

    parts = client.get("/moeder/3/").context["parts"]

    assert [(part.item, part.passages) for part in parts] == [
        (None, [before]),
        (first, [of_first, late]),
        (None, [between]),
        (second, [of_second]),
    ]


def test_round_table_stands_by_organisation(client, minutes):
    item = make_agenda_item(minutes.meeting, "Bordet rundt")
    odense = make_attendance(minutes.meeting, organisation_name="Odense", name="Ea")
    comdia = make_attendance(minutes.meeting, organisation_name="Comdia", name="Bo")
    for speaker, text in ((odense, "et"), (comdia, "to"), (odense, "tre")):
        make_entry(minutes, f"<p>nyt-{text}</p>", speaker=speaker, agenda_item=item)

    page = client.get("/moeder/3/")

    (part,) = page.context["parts"]
    assert [name for name, _entries in part.by_speaker] == ["Odense", "Comdia"]
    assert in_order(words(page), "Odense", "nyt-et", "nyt-tre", "Comdia", "nyt-to")


def test_an_organisation_stands_once_above_its_people(client, minutes):
    odense = make_organisation("Odense Kommune")
    of_odense = {"organisation": odense, "organisation_name": odense.name}
    for name in ("Ea", "Bo"):
        make_attendance(minutes.meeting, name=name, name_visibility="public", **of_odense)
    make_attendance(minutes.meeting, name="Liv", name_visibility="public", organisation_name="")

    listed = words(client.get("/moeder/3/")).split("Deltagere")[-1]

    assert in_order(listed, "Odense Kommune", "Ea", "Bo")
    assert listed.count("Odense Kommune") == 1
    assert in_order(listed, "Ingen organisation", "Liv")


def test_passages_that_nothing_was_written_in_are_left_out(client, as_secretary, minutes):
    item = make_agenda_item(minutes.meeting, "Indkøb")
    speaker = make_attendance(minutes.meeting, organisation_name="Taler")
    blank = make_entry(minutes, "<p> </p>", agenda_item=item)
    make_entry(minutes, "", speaker=speaker, agenda_item=item)
    told = make_entry(minutes, "<p>Vi talte.</p>", agenda_item=item)
    headed = make_entry(minutes, "", heading="Overskrift", agenda_item=item)
    make_entry(minutes, "")  # beside the agenda

    page = client.get("/moeder/3/")
    text = page.content.decode()

    (part,) = page.context["parts"]
    assert [entries for _name, entries in part.by_speaker] == [[told], [headed]]
    assert f"afsnit-{blank.pk}" not in text
    assert f"afsnit-{told.pk}" in text
    correct = f"/moeder/3/referat/ret/{blank.pk}/"
    assert correct not in text
    assert correct in as_secretary.get("/moeder/3/").content.decode()


def test_minutes_of_empty_passages_alone_are_no_minutes(client, minutes):
    make_entry(minutes, "", agenda_item=make_agenda_item(minutes.meeting))

    assert client.get("/moeder/3/").context["has_text"] is False


def test_names_show_as_their_owners_agreed(client, as_member, as_secretary, minutes):
    meeting = minutes.meeting
    for visibility in NameVisibility:
        member = make_member(user=make_user(name=f"ejer-{visibility}"), name_visibility=visibility)
        make_action_point(meeting, owner=member)
        guest = make_attendance(meeting, name=f"gæst-{visibility}", name_visibility=visibility)
        item = make_agenda_item(meeting, responsible=guest)
        make_entry(minutes, speaker=guest, agenda_item=item)

    def shown(browser: Client) -> dict[str, int]:
        text = words(browser.get("/moeder/3/"))
        return {
            f"{who}-{visibility}": text.count(f"{who}-{visibility}")
            for who in ("ejer", "gæst")
            for visibility in NameVisibility
            if f"{who}-{visibility}" in text
        }

    # A guest is named as responsible, as speaker and as participant.
    everybody = {"ejer-public": 1, "gæst-public": 3}
    assert shown(client) == everybody
    assert shown(as_member) == everybody | {"ejer-members": 1, "gæst-members": 3}
    assert shown(as_secretary) == shown(as_member) | {"ejer-nobody": 1, "gæst-nobody": 3}


def test_draft_shows_to_the_secretariat_and_in_review_to_those_who_were_there(
    client, as_member, as_secretary, member, log_in
):
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting, "Indkøb")
    make_entry(minutes, "<p>hemmeligt-afsnit</p>", agenda_item=item)
    make_outcome(item, OutcomeKind.DECIDED, decision="hemmelig-beslutning")
    make_attendance(minutes.meeting, member=member)
    elsewhere = log_in(make_member())

    def seen(browser: Client) -> int:
        return words(browser.get("/moeder/3/")).count("hemmelig")

    assert [seen(browser) for browser in (client, as_member, as_secretary)] == [0, 0, 3]
    minutes.state, minutes.review_ends_on = MinutesState.IN_REVIEW, timezone.localdate()
    minutes.save()
    assert [seen(browser) for browser in (client, elsewhere, as_member)] == [0, 0, 3]
    minutes.review_scope = ReviewScope.OWN
    minutes.save()
    assert seen(as_member) == 0


def test_agenda_of_a_coming_meeting_has_no_minutes(client, db):
    make_agenda_item(make_planned(4), "Velkommen")

    text = words(client.get("/moeder/4/"))

    assert in_order(text, "Dagsorden", "Velkommen", "Mødet er ikke holdt")
    assert "Hent som PDF" not in text


def test_says_where_else_a_barrier_was_discussed(client, as_secretary, minutes):
    barrier, other = make_barrier(), make_barrier()
    here = make_entry(minutes)
    make_statement(barrier, entry=here)
    before = make_minutes(make_meeting(2), published=True)
    there = make_entry(before, heading="Udbud")
    for _twice in range(2):
        make_statement(barrier, entry=there)
    make_statement(other, entry=make_entry(before, heading="Noget andet"))
    make_statement(barrier)  # without a meeting
    draft = make_entry(make_minutes(make_meeting(4)), heading="Kladde")
    make_statement(barrier, entry=draft)

    for browser in (client, as_secretary):
        page = browser.get("/moeder/3/")
        (passage,) = page.context["parts"][0].passages
        assert [(place.title, place.url) for place in passage.elsewhere] == [
            ("2. møde: Udbud", f"/moeder/2/#afsnit-{there.pk}")
        ]
        assert f'href="/moeder/2/#afsnit-{there.pk}"' in page.content.decode()


def test_hidden_barrier_has_no_links(client, minutes):
    barrier = make_barrier("skjult", hidden_at=timezone.now())
    make_statement(barrier, entry=make_entry(minutes))
    make_statement(barrier, entry=make_entry(make_minutes(make_meeting(2), published=True)))

    page = client.get("/moeder/3/")

    assert page.context["parts"][0].passages[0].elsewhere == []
    assert "skjult" not in words(page)


def test_other_meetings_come_before_the_same_one_and_some_are_enough(minutes):
    barrier = make_barrier()
    for _passage in range(MOST_ELSEWHERE + 3):
        make_statement(barrier, entry=make_entry(minutes))
    before = make_entry(make_minutes(make_meeting(2), published=True))
    make_statement(barrier, entry=before)

    (part,) = Client().get("/moeder/3/").context["parts"]

    for entry in part.passages:
        assert len(entry.elsewhere) == MOST_ELSEWHERE
        assert entry.elsewhere[0].url == f"/moeder/2/#afsnit-{before.pk}"
        assert entry.get_absolute_url() not in [place.url for place in entry.elsewhere]


def test_correction_shows_with_its_date_and_the_text_before(client, minutes):
    entry = make_entry(minutes, "<p>80 job</p>")
    correction = Correction.objects.create(
        minutes=minutes,
        entry=entry,
        corrected_on=DAY,
        text="Tallet var forkert.",
        old_text='<p>8 <b onclick="bad()">job</b></p><script>bad()</script>',
        new_text=entry.text,
    )

    page = client.get("/moeder/3/")

    assert "7. december 2022: Tallet var forkert." in words(page)
    assert "8 job" in words(page)
    assert f'<a href="#rettelse-{correction.pk}">Rettet 7. december 2022' in page.content.decode()
    assert "<script>bad" not in page.content.decode()
    assert "onclick" not in page.content.decode()


def test_asks_as_often_for_20_items_as_for_200(client, minutes):
    barrier = make_barrier()

    def add(number: int) -> None:
        guest = make_attendance(minutes.meeting, organisation=make_organisation())
        for _item in range(number):
            item = make_agenda_item(minutes.meeting, responsible=guest)
            entry = make_entry(minutes, agenda_item=item, speaker=guest)
            make_outcome(item)
            make_statement(barrier, entry=entry)
            make_action_point(minutes.meeting, entry=entry, organisation=guest.organisation)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/moeder/3/").status_code == 200
        return len(queries)

    add(20)
    few = asked()
    add(180)
    assert asked() == few


def test_details_of_a_part_are_those_of_its_item():
    item = AgendaItem(details="<p>Bilag</p>")

    assert AgendaPart().details == ""
    assert AgendaPart(item, passages=[MinutesEntry(text="<p>x</p>")]).details == "<p>Bilag</p>"
    item.purpose = Purpose.SINCE_LAST
    assert AgendaPart(item, passages=[MinutesEntry(text="")]).details == "<p>Bilag</p>"
    assert AgendaPart(item, passages=[MinutesEntry(text="<p>x</p>")]).details == ""


def test_passages_without_a_speaker_stand_apart():
    entries = [MinutesEntry(pk=number, text="<p>Nyt.</p>") for number in range(4)]
    for entry, speaker in zip(entries, ("Comdia", None, "Comdia", None), strict=True):
        entry.speaker_organisation = speaker

    assert AgendaPart(passages=entries).by_speaker == [
        ("Comdia", [entries[0], entries[2]]),
        ("", [entries[1]]),
        ("", [entries[3]]),
    ]


def test_agenda_without_minutes_has_no_passages(minutes):
    first, second = (make_agenda_item(minutes.meeting, minutes=10) for _ in range(2))
    make_outcome(first)
    make_entry(minutes, agenda_item=first)
    minutes.meeting.starts = time(14)

    found = passages.parts(minutes.meeting, None, AnonymousUser())

    assert found == [AgendaPart(first, 1, time(14)), AgendaPart(second, 2, time(14, 10))]


def test_each_passage_leads_to_its_barriers_once(minutes):
    barriers = [make_barrier(title) for title in ("Et", "To")]
    entry = make_entry(minutes)
    for barrier in (barriers[0], *barriers):
        make_statement(barrier, entry=entry)

    (found,) = passages.entries(minutes, AnonymousUser())

    assert [row.barrier for row in found.shown_barriers] == barriers
    assert len(found.shown_statements) == 3


def test_link_to_another_passage_says_where_it_is(minutes):
    barrier = make_barrier()
    make_statement(barrier, entry=make_entry(minutes))
    before = make_minutes(make_meeting(2), published=True)
    item = make_agenda_item(before.meeting, "Bordet rundt")
    speaker = make_attendance(before.meeting, organisation_name="Comdia")
    for fields in (
        {"agenda_item": item, "heading": "Udbud", "speaker": speaker},
        {"agenda_item": item, "heading": "Udbud"},
        {"agenda_item": item},
        {},
    ):
        make_statement(barrier, entry=make_entry(before, **fields))

    (found,) = passages.entries(minutes, AnonymousUser())

    assert [other.title for other in found.elsewhere] == [
        "2. møde: Comdia",
        "2. møde: Udbud",
        "2. møde: Bordet rundt",
        "2. møde",
    ]
