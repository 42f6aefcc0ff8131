"""The review: every thing beside its place in the document, and what is decided of it."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from barriers.models import Barrier
from meetings.models import MeetingState
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import read
from taskforce.intake.reader.draft import Item, Person
from taskforce.intake.reviewing.forms import ReviewForm
from taskforce.intake.reviewing.matching import MOST, Known
from taskforce.intake.reviewing.review import Review
from tests.factories import (
    make_barrier,
    make_call,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_theme,
    make_user,
)
from tests.intake.drafts import TEXT, decisions, found, make_draft, make_intake


@pytest.fixture
def intake(db: None) -> Intake:
    return make_intake()


def line(intake: Intake, key: str) -> Any:
    return Review(Intake.objects.get(pk=intake.pk)).by_key[key]


def save(browser: Client, intake: Intake, language: str = "", **fields: Any) -> Any:
    intake.refresh_from_db()
    sent = {"version": intake.version, **{name.replace("__", "-"): v for name, v in fields.items()}}
    return browser.post(language + intake.get_absolute_url(), sent)


class Page(HTMLParser):
    """The ids of a page, where its links lead to, and the text of its document."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.leads: list[str] = []
        self.depth, self.text = 0, ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        self.ids += [fields["id"]] if fields.get("id") else []
        self.leads += [fields["href"][1:]] if (fields.get("href") or "").startswith("#") else []
        if self.depth or (tag == "div" and fields.get("class") == "text"):
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self.depth else ""


def test_whole_text_is_there_and_every_link_leads_somewhere(as_secretary: Client, intake: Intake):
    page = Page(as_secretary.get(intake.get_absolute_url()).content.decode())

    assert page.text == TEXT
    assert set(page.leads) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    # Each thing that was found leads to its place, and is led to from there.
    keys = {f"{thing['field']}-{thing['index']}" for thing in intake.found} - {"links-0"}
    assert keys <= set(page.ids)
    assert keys <= set(page.leads)


def test_unsure_things_come_first_with_their_reason(as_secretary: Client, intake: Intake):
    page = as_secretary.get(f"/en{intake.get_absolute_url()}")

    meeting = page.context["groups"][0]
    assert [row.key for row in meeting["rows"]] == [
        "start-0",
        "end-0",
        "place-0",
        "number-0",
        "date-0",
        "mode-0",
    ]
    assert "Unsure" in page.content.decode()
    assert "It stands under its label." in page.content.decode()


def test_people_and_organisations_are_known_again(db: None):
    odense = make_organisation("Odense Kommune")
    workshop = make_organisation("Det Sociale Værksted", former_names=["Værkstedet"])
    ea = make_member(odense, user=make_user(name="Ea Holm"))
    make_member(workshop, user=make_user(name="Bo Lundgren"))

    intake = make_intake()

    first, second = line(intake, "attendees-0"), line(intake, "attendees-1")
    assert (first.raw("member"), first.raw("organisation")) == (f"m:{ea.pk}", f"o:{odense.pk}")
    # "Bo Lund" may be Bo Lundgren: offered first, and not taken for him.
    assert (second.raw("member"), second.raw("organisation")) == ("", f"o:{workshop.pk}")
    assert second.fields["member"].choices[1][1].startswith("Bo Lundgren")
    assert line(intake, "absent-0").raw("organisation") == "new"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("odense kommune", True),
        ("Odense Komune", True),
        ("Kommune Odense", True),
        ("OK", True),
        ("Odder Kommune", False),
        ("Odense", False),
        ("", False),
    ],
)
def test_names_are_known_by_likeness(db: None, written: str, known: bool):
    odense = make_organisation("Odense Kommune", former_names=["OK"])
    make_organisation("Slagelse Kommune")

    intake = make_intake(make_draft(attendees=[found(Person("Ea", written), "Ea Holm")]))

    chosen = line(intake, "attendees-0").raw("organisation")
    assert (chosen == f"o:{odense.pk}") is known


def test_member_without_a_written_organisation_brings_their_own(db: None):
    home = make_organisation("Odense Kommune")
    make_member(home, user=make_user(name="Ea Holm"))

    intake = make_intake(make_draft(attendees=[found(Person("Ea Holm"), "Ea Holm")]))

    person = line(intake, "attendees-0")
    assert (person.raw("organisation"), person.raw("written")) == (f"o:{home.pk}", home.name)


def test_lists_stay_short_and_hold_what_is_chosen(db: None):
    made = [make_organisation(f"Forening {number}") for number in range(3 * MOST)]
    chosen = make_organisation("Rådhuset")
    names = Known().organisations

    options = names.options("Forening 7", f"o:{chosen.pk}")

    assert options[0] == (f"o:{made[7].pk}", "Forening 7")
    assert options[-1][0] == f"o:{chosen.pk}"
    assert len(options) == MOST + 1


def test_saving_keeps_everything_right_or_wrong(as_secretary: Client, intake: Intake):
    wrong = {"number-0-value": "mange", "number-0-decision": "accept"}
    answer = as_secretary.post(
        intake.get_absolute_url(), {**decisions(intake), **wrong, "next": "later"}
    )

    assert answer.url == "/sekretariat/indlaes/"
    number = line(intake, "number-0")
    assert number.raw("value") == "mange"
    page = as_secretary.get(intake.get_absolute_url()).content.decode()
    assert 'aria-invalid="true"' in page
    assert "Indtast et heltal." in page
    assert '<a href="#id_number-0-value">Mødets nummer</a>: Indtast et heltal.' in page


def rows(page: Any) -> dict[str, Any]:
    return {row.key: row for group in page.context["groups"] for row in group["rows"]}


def test_folded_things_say_what_they_are_taken_for(as_secretary: Client, db: None):
    odense = make_organisation("Odense Kommune", former_names=["Odense by"])
    make_member(odense, user=make_user(name="Ea Holm"))
    make_barrier("Små virksomheder mangler kapital")
    draft = make_draft()
    draft.attendees[0] = found(Person("Ea Holm", "Odense by"), "Ea Holm, Odense Kommune")

    page = as_secretary.get(f"/en{make_intake(draft).get_absolute_url()}")

    said = {key: dict(row.said) for key, row in rows(page).items()}
    assert said["attendees-0"] == {
        "Member": "Ea Holm, Odense Kommune",
        "Organisation in the portal": "Odense Kommune",
    }
    assert said["attendees-1"] == {"Organisation in the portal": "New organisation: Værkstedet"}
    assert said["barriers-0"] == {"Which barrier": "Små virksomheder mangler kapital"}
    assert said["action_points-0"]["By when"] == "1 April 2023"
    assert said["news-0"] == {}
    assert "Organisation in the portal: <b" in page.content.decode()


def test_what_is_empty_is_not_decided(as_secretary: Client, db: None):
    intake = make_intake(make_draft(number=None))

    page = as_secretary.get(intake.get_absolute_url())

    found = rows(page)
    assert [found[key].is_missing for key in ("number-0", "place-0", "date-0")] == [
        True,
        False,
        False,
    ]
    assert not any(row.is_decided for row in found.values())


def test_page_leads_to_the_first_thing_that_is_open(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, accept="meeting")
    assert 'href="#attendees-0"' in at_hand(as_secretary, intake)

    save(as_secretary, intake, **{f"{key}-decision": "skip" for key in Review(intake).by_key})
    assert 'href="#id_date-0-value">Mangler svar: Dato' in at_hand(as_secretary, intake)

    save(as_secretary, intake, **{"date-0-decision": "accept", "number-0-decision": "accept"})
    assert "Alt er afgjort" in at_hand(as_secretary, intake)

    save(as_secretary, intake, **{"number-0-value": "mange"})
    assert 'href="#id_number-0-value">Mangler svar: Mødets nummer' in at_hand(as_secretary, intake)


def at_hand(browser: Client, intake: Intake) -> str:
    page = browser.get(intake.get_absolute_url()).content.decode()
    return page[page.index("at-hand") :].split("</p>")[0]


@pytest.mark.parametrize("kind", ["minutes", "shopping list"])
def test_document_that_is_no_minutes_is_called_so(as_secretary: Client, db: None, kind: str):
    is_minutes = kind == "minutes"
    intake = make_intake(make_draft() if is_minutes else read("Mælk\nRugbrød\n2 kg kartofler\n"))

    page = as_secretary.get(intake.get_absolute_url()).content.decode()

    assert ("hverken dato, deltagere eller dagsorden" in page) is not is_minutes


def test_fields_have_as_many_lines_as_their_text(as_secretary: Client, intake: Intake):
    texts = {"passages-2": "Kort.", "passages-3": "Lang. " * 60, "passages-4": "x\n" * 99}
    save(as_secretary, intake, **{f"{key}-text": text for key, text in texts.items()})

    found = rows(as_secretary.get(intake.get_absolute_url()))
    lines = [[f.rows for f in found[key].fields if f.kind == "long"] for key in texts]
    assert lines == [[2], [7], [14]]


def test_every_fault_names_its_field_and_leads_to_it(as_secretary: Client, intake: Intake):
    wrong = {
        "number-0": {"value": "0"},
        "attendees-0": {"name": ""},
        "calls-0": {"link": "javascript:alert(1)", "due_on": "", "due_at": "17:00"},
    }
    changes = {
        key.replace("-", "_"): {**typed, "decision": "accept"} for key, typed in wrong.items()
    }
    save(as_secretary, intake, **decisions(intake, **changes))

    page = as_secretary.get(f"/en{intake.get_absolute_url()}")

    faults = {fault.field: fault.label for fault in page.context["faults"]}
    assert faults["id_number-0-value"] == "Number of the meeting"
    assert faults["id_attendees-0-name"] == "Odense Kommune – Name"
    assert faults["id_calls-0-link"] == "Social Impact Call – Link"
    assert faults["id_calls-0-due_on"] == "Social Impact Call – Deadline"
    content = page.content.decode()
    for fault in page.context["faults"]:
        assert f'href="#{fault.field}"' in content
        # The sentence stands at the field too, and what was typed is in it.
        assert re.search(rf'id="{fault.field}-fejl"><li>{re.escape(fault.sentence)}', content)
        assert re.search(
            rf'id="{fault.field}"[^>]*aria-describedby="[^"]*{fault.field}-fejl', content
        )
    assert 'value="javascript:alert(1)"' in content
    # They come in the order of the page.
    places = [content.index(f' id="{field}"') for field in faults]
    assert places == sorted(places)


@pytest.mark.parametrize("field", ["number", "date"])
def test_what_no_meeting_is_without_is_asked_for_at_once(
    as_secretary: Client, db: None, field: str
):
    intake = make_intake(make_draft(**{field: None}))

    page = as_secretary.get(intake.get_absolute_url())
    confirm = as_secretary.get(f"{intake.get_absolute_url()}bekraeft/")

    rows = {row.key: row for row in page.context["groups"][0]["rows"]}
    assert rows[f"{field}-0"].unfolded
    assert not rows["place-0"].unfolded
    assert f"id_{field}-0-value" in [fault.field for fault in confirm.context["faults"]]


def test_what_the_document_brings_and_does_not_fit_is_told_at_once(as_secretary: Client, db: None):
    long = make_draft()
    long.news = [found(Item("x" * 161, "https://example.org/"), "Ny rapport")]
    intake = make_intake(long)

    page = as_secretary.get(intake.get_absolute_url()).content.decode()

    assert re.search(r'id="id_news-0-name"[^>]*aria-invalid="true"', page)
    assert 'id="id_statements-0-barrier-fejl"' not in page  # which only waits to be chosen


def test_what_is_left_out_needs_no_mending(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"number-0-value": "mange", "number-0-decision": "skip"})

    assert not Review(Intake.objects.get()).faulty


def test_buttons_take_a_group_or_all_of_what_needs_nothing_more(
    as_secretary: Client, intake: Intake
):
    save(as_secretary, intake, **{"attendees-0-decision": "skip"})

    answer = save(as_secretary, intake, accept="attendees")
    assert answer.url.endswith("#gruppe-attendees")
    assert line(intake, "attendees-0").is_skipped
    assert line(intake, "attendees-1").is_accepted
    assert line(intake, "number-0").is_undecided

    answer = save(as_secretary, intake, accept="all")
    assert answer.url == intake.get_absolute_url()
    still_open = {line.candidate.key for line in Review(Intake.objects.get()).undecided}
    assert still_open == {"barriers-0", "statements-0"}  # which need a theme and a barrier


def test_typing_comes_along_with_a_button(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-0-name": "Ea Holm-Lund"}, accept="attendees")

    assert line(intake, "attendees-0").raw("name") == "Ea Holm-Lund"


def test_button_goes_on_to_confirm(as_secretary: Client, intake: Intake):
    assert save(as_secretary, intake, next="confirm").url == f"{intake.get_absolute_url()}bekraeft/"


def test_two_secretaries_lose_no_word(as_secretary: Client, intake: Intake):
    began_with = intake.version
    save(as_secretary, intake, **{"place-0-value": "Rådhuset"})

    late = {"version": began_with, "place-0-value": "Biblioteket", "next": "later"}
    page = as_secretary.post(intake.get_absolute_url(), late)

    assert page.status_code == 200
    assert line(intake, "place-0").raw("value") == "Rådhuset"
    text = page.content.decode()
    assert "Rådhuset" in text
    assert 'value="Biblioteket"' in text
    assert page.context["form"].theirs == [("Biblioteket", "Sted: Rådhuset")]

    version = page.context["form"]["version"].value()
    as_secretary.post(intake.get_absolute_url(), late | {"version": version})
    assert line(intake, "place-0").raw("value") == "Biblioteket"


@pytest.mark.parametrize("version", ["", "x", None])
def test_review_without_a_version_is_refused(as_secretary: Client, intake: Intake, version: Any):
    sent = {} if version is None else {"version": version}

    assert as_secretary.post(intake.get_absolute_url(), sent).status_code == 200
    assert Intake.objects.get().decisions == {}


def test_document_taken_in_meanwhile_says_so(as_secretary: Client, intake: Intake):
    made = make_intake(state=IntakeState.IMPORTED)

    answer = as_secretary.post(made.get_absolute_url(), {"version": 1}, follow=True)

    assert "Dokumentet er indlæst allerede." in answer.content.decode()


def test_document_thrown_away_meanwhile_is_not_there(as_secretary: Client, intake, monkeypatch):
    monkeypatch.setattr(ReviewForm, "is_valid", lambda form: bool(Intake.objects.all().delete()))

    assert save(as_secretary, intake).status_code == 404


def test_control_characters_are_kept_out_of_the_database(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"place-0-value": "Råd\x00huset"})

    assert line(intake, "place-0").raw("value") == "Råd\ufffdhuset"


WRONG = {
    "number-0": ({"value": "0"}, "value"),
    "date-0": ({"value": "31-12-2023"}, "value"),
    "start-0": ({"value": "25:00"}, "value"),
    "end-0": ({"value": "09:00"}, "value"),
    "mode-0": ({"value": "somewhere"}, "value"),
    "place-0": ({"value": "x" * 201}, "value"),
    "attendees-0": ({"name": "x" * 121}, "name"),
    "attendees-1": ({"organisation": "new", "written": ""}, "written"),
    "absent-0": ({"organisation": "o:0"}, "organisation"),
    "agenda-0": ({"ends": "09:00"}, "ends"),
    "agenda-1": ({"name": ""}, "name"),
    "passages-2": ({"text": "", "heading": ""}, "text"),
    "passages-3": ({"heading": "x" * 201}, "heading"),
    "barriers-0": ({"barrier": "new", "theme": ""}, "theme"),
    "statements-0": ({"barrier": ""}, "barrier"),
    "action_points-0": ({"name": "x" * 301}, "name"),
    "next_meeting-0": ({"value": "maj"}, "value"),
    "calls-0": ({"link": "javascript:alert(1)"}, "link"),
    "news-0": ({"title": "", "name": "x" * 161}, "name"),
    "materials-0": ({"link": ""}, "link"),
}


@pytest.mark.parametrize("key", WRONG)
def test_bad_input_is_told_at_its_field(as_secretary: Client, intake: Intake, key: str):
    typed, field = WRONG[key]
    sent = decisions(intake) | {f"{key}-{name}": value for name, value in typed.items()}

    as_secretary.post(intake.get_absolute_url(), sent | {f"{key}-decision": "accept"})

    wrong = line(intake, key)
    assert field in wrong.errors
    page = as_secretary.get(intake.get_absolute_url()).content.decode()
    assert re.search(rf'id="id_{key}-{field}"[^>]*aria-invalid="true"', page)


def accept(intake: Intake, **changes: dict[str, str]) -> Review:
    typed: dict[str, dict[str, str]] = {}
    for name, value in decisions(intake, **changes).items():
        key, _dash, field = name.rpartition("-")
        typed.setdefault(key, {})[field] = value
    return Review(intake, typed)


def test_meeting_that_has_minutes_is_named(intake: Intake):
    make_minutes(make_meeting(7))

    assert "7. møde" in str(accept(intake).by_key["number-0"].errors["value"])


def test_cancelled_meeting_is_named(intake: Intake):
    make_meeting(7, state=MeetingState.CANCELLED)

    assert "aflyst" in str(accept(intake).by_key["number-0"].errors["value"])


def test_other_number_planned_for_the_day_is_named(intake: Intake):
    make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    assert "nummer 8" in str(accept(intake).by_key["date-0"].errors["value"])


def test_meeting_without_a_number_is_the_one_planned_for_the_day(intake: Intake):
    planned = make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    assert accept(intake, number_0={"decision": "skip"}).meeting == planned


def test_month_goes_with_no_time(intake: Intake):
    month = {"value": "2023-03"}
    away = {"decision": "skip"}

    assert "value" in accept(intake, date_0=month).by_key["date-0"].errors
    assert not accept(intake, date_0=month, start_0=away, end_0=away).by_key["date-0"].errors


def test_one_member_is_there_once(intake: Intake):
    member = make_member()
    twice = {"member": f"m:{member.pk}"}

    review = accept(intake, attendees_0=twice, absent_0=twice)

    assert [line.candidate.key for line in review.faulty if "member" in line.errors] == ["absent-0"]


def test_call_that_is_there_already_is_offered(intake: Intake):
    known = make_call("Under another name", topic_id="SMP-1")

    line = accept(intake).by_key["calls-0"]
    assert line.raw("call") == f"c:{known.pk}"
    assert not line.errors

    new = accept(intake, calls_0={"call": ""}).by_key["calls-0"]
    assert "topic" in new.errors


def test_statement_needs_a_speaker_with_an_organisation(intake: Intake):
    for change in ({"decision": "skip"}, {"organisation": ""}):
        review = accept(intake, attendees_0=change)
        assert "speaker" in review.by_key["statements-0"].errors


def test_action_point_needs_an_owner_with_an_organisation(intake: Intake):
    review = accept(intake, attendees_1={"decision": "skip"})

    assert "organisation" in review.by_key["action_points-0"].errors


def test_statement_on_a_barrier_of_the_document_needs_that_barrier(intake: Intake):
    review = accept(
        intake, barriers_0={"decision": "skip"}, statements_0={"barrier": "f:0", "speaker": "0"}
    )

    assert "barrier" in review.by_key["statements-0"].errors


def test_barrier_that_is_like_one_there_is_means_that_one(db: None):
    known = make_barrier("Små virksomheder mangler kapital.", theme=make_theme())
    make_barrier()

    barrier = line(make_intake(), "barriers-0")

    assert barrier.raw("barrier") == f"b:{known.pk}"
    assert Barrier.objects.count() == 2
