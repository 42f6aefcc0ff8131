"""The page of a review: every candidate beside its place in the document."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import read
from taskforce.intake.reader.draft import Item, Person
from taskforce.intake.reviewing.forms import ReviewForm
from taskforce.intake.reviewing.review import Review
from tests.factories import (
    make_barrier,
    make_meeting,
    make_member,
    make_organisation,
    make_user,
)
from tests.intake.drafts import TEXT, decisions, form_of, found, make_draft, make_intake, save


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


def test_page_holds_the_whole_text_and_every_link_leads_somewhere(
    as_secretary: Client, intake: Intake
):
    page = Page(as_secretary.get(intake.get_absolute_url()).content.decode())

    assert page.text == TEXT
    assert set(page.leads) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    # Each thing that was found leads to its place, and is led to from there.
    keys = {f"{thing['field']}-{thing['index']}" for thing in intake.found} - {"links-0"}
    assert keys <= set(page.ids)
    assert keys <= set(page.leads)


def test_unsure_candidates_come_first_with_their_reason(as_secretary: Client, intake: Intake):
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


def test_save_keeps_everything_right_or_wrong(as_secretary: Client, intake: Intake):
    wrong = {"number-0-value": "mange", "number-0-decision": "accept"}
    answer = as_secretary.post(
        intake.get_absolute_url(), {**decisions(intake), **wrong, "next": "later"}
    )

    assert answer.url == "/sekretariat/indlaes/"
    number = form_of(intake, "number-0")
    assert number.raw("value") == "mange"
    page = as_secretary.get(intake.get_absolute_url()).content.decode()
    assert 'aria-invalid="true"' in page
    sentence = "Tallet kan læses på flere måder eller slet ikke. Skriv det som 12."
    assert f'<a href="#id_number-0-value">Mødets nummer: {sentence}</a>' in page


def rows(page: Any) -> dict[str, Any]:
    return {row.key: row for group in page.context["groups"] for row in group["rows"]}


def test_folded_candidates_say_what_they_are_matched_with(as_secretary: Client, db: None):
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


def test_empty_facts_are_not_decided(as_secretary: Client, db: None):
    intake = make_intake(make_draft(number=None))

    page = as_secretary.get(intake.get_absolute_url())

    found = rows(page)
    assert [found[key].is_missing for key in ("number-0", "place-0", "date-0")] == [
        True,
        False,
        False,
    ]
    assert not any(row.is_decided for row in found.values())


def test_fact_that_is_typed_is_accepted(as_secretary: Client, db: None):
    intake = make_intake(make_draft(number=None))

    save(as_secretary, intake, **{"number-0-value": "12", "number-0-decision": ""})

    number = form_of(intake, "number-0")
    assert (number.is_accepted, number.cleaned_data["value"]) == (True, 12)


def test_missing_number_can_be_the_next_one(as_secretary: Client, db: None):
    make_meeting(number=4)
    intake = make_intake(make_draft(number=None))

    page = as_secretary.get(intake.get_absolute_url())
    assert '<button type="submit" class="button quiet small" name="number" value="5">' in (
        page.content.decode()
    )
    save(as_secretary, intake, number="5")

    number = form_of(intake, "number-0")
    assert (number.is_accepted, number.cleaned_data["value"]) == (True, 5)


def test_page_leads_to_the_first_undecided_candidate(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, accept="meeting")
    assert 'href="#attendees-0"' in at_hand(as_secretary, intake)

    save(as_secretary, intake, **{f"{key}-decision": "skip" for key in Review(intake).by_key})
    assert leads_on(as_secretary, intake) == ("id_date-0-value", "Mangler svar: Dato")

    save(as_secretary, intake, **{"date-0-decision": "accept", "number-0-decision": "accept"})
    assert "Alt har fået svar" in at_hand(as_secretary, intake)

    save(as_secretary, intake, **{"number-0-value": "mange"})
    assert leads_on(as_secretary, intake) == (
        "id_number-0-value",
        "Mangler svar: Mødets nummer",
    )


def leads_on(browser: Client, intake: Intake) -> tuple[str, str]:
    """Return where the link beside the last buttons leads, and what it says."""
    found = re.search(r'href="#([^"]*)">([^<]*)<', at_hand(browser, intake))
    assert found
    return found[1], found[2].strip()


def at_hand(browser: Client, intake: Intake) -> str:
    page = browser.get(intake.get_absolute_url()).content.decode()
    return page[page.index("at-hand") :].split("</p>")[0]


@pytest.mark.parametrize("kind", ["minutes", "shopping list"])
def test_page_says_if_the_document_does_not_look_like_minutes(
    as_secretary: Client, db: None, kind: str
):
    is_minutes = kind == "minutes"
    intake = make_intake(make_draft() if is_minutes else read("Mælk\nRugbrød\n2 kg kartofler\n"))

    page = as_secretary.get(intake.get_absolute_url()).content.decode()

    assert ("hverken dato, deltagere eller dagsorden" in page) is not is_minutes


def test_fields_are_as_high_as_their_text(as_secretary: Client, intake: Intake):
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
def test_number_and_date_are_asked_for_at_once(as_secretary: Client, db: None, field: str):
    intake = make_intake(make_draft(**{field: None}))

    page = as_secretary.get(intake.get_absolute_url())
    confirm = as_secretary.get(f"{intake.get_absolute_url()}bekraeft/")

    rows = {row.key: row for row in page.context["groups"][0]["rows"]}
    assert rows[f"{field}-0"].unfolded
    assert not rows["place-0"].unfolded
    assert f"id_{field}-0-value" in [fault.field for fault in confirm.context["faults"]]


def test_values_of_the_document_that_do_not_fit_show_at_once(as_secretary: Client, db: None):
    long = make_draft()
    long.news = [found(Item("x" * 161, "https://example.org/"), "Ny rapport")]
    intake = make_intake(long)

    page = as_secretary.get(intake.get_absolute_url()).content.decode()

    assert re.search(r'id="id_news-0-name"[^>]*aria-invalid="true"', page)
    assert 'id="id_statements-0-barrier-fejl"' not in page  # which only waits to be chosen


def test_buttons_accept_a_group_or_everything_that_is_ready(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-0-decision": "skip"})

    answer = save(as_secretary, intake, accept="attendees")
    assert answer.url.endswith("#gruppe-attendees")
    assert form_of(intake, "attendees-0").is_skipped
    assert form_of(intake, "attendees-1").is_accepted
    assert form_of(intake, "number-0").is_undecided

    answer = save(as_secretary, intake, accept="all")
    assert answer.url == intake.get_absolute_url()
    still_open = {line.candidate.key for line in Review(Intake.objects.get()).undecided}
    assert still_open == {"barriers-0", "statements-0"}  # which need a theme and a barrier


def test_button_saves_what_was_typed(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"attendees-0-name": "Ea Holm-Lund"}, accept="attendees")

    assert form_of(intake, "attendees-0").raw("name") == "Ea Holm-Lund"


def test_button_goes_on_to_confirm(as_secretary: Client, intake: Intake):
    assert save(as_secretary, intake, next="confirm").url == f"{intake.get_absolute_url()}bekraeft/"


def test_save_shows_what_somebody_else_saved_first(as_secretary: Client, intake: Intake):
    began_with = intake.version
    save(as_secretary, intake, **{"place-0-value": "Rådhuset"})

    late = {"version": began_with, "place-0-value": "Biblioteket", "next": "later"}
    page = as_secretary.post(intake.get_absolute_url(), late)

    assert page.status_code == 200
    assert form_of(intake, "place-0").raw("value") == "Rådhuset"
    text = page.content.decode()
    assert "Rådhuset" in text
    assert 'value="Biblioteket"' in text
    assert page.context["form"].theirs == [("Biblioteket", "Sted: Rådhuset")]

    version = page.context["form"]["version"].value()
    as_secretary.post(intake.get_absolute_url(), late | {"version": version})
    assert form_of(intake, "place-0").raw("value") == "Biblioteket"


@pytest.mark.parametrize("version", ["", "x", None])
def test_save_without_a_version_keeps_nothing(as_secretary: Client, intake: Intake, version: Any):
    sent = {} if version is None else {"version": version}

    assert as_secretary.post(intake.get_absolute_url(), sent).status_code == 200
    assert Intake.objects.get().decisions == {}


def test_save_of_an_imported_document_says_so(as_secretary: Client, intake: Intake):
    made = make_intake(state=IntakeState.IMPORTED)

    answer = as_secretary.post(made.get_absolute_url(), {"version": 1}, follow=True)

    assert "Dokumentet er allerede indlæst." in answer.content.decode()


def test_save_of_a_deleted_document_is_not_found(as_secretary: Client, intake, monkeypatch):
    monkeypatch.setattr(ReviewForm, "is_valid", lambda form: bool(Intake.objects.all().delete()))

    assert save(as_secretary, intake).status_code == 404


def test_save_drops_control_characters(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"place-0-value": "Råd\x00huset"})

    assert form_of(intake, "place-0").raw("value") == "Rådhuset"


WRONG = {
    "number-0": ({"value": "0"}, "value"),
    "date-0": ({"value": "31-13-2023"}, "value"),
    "start-0": ({"value": "25:00"}, "value"),
    "end-0": ({"value": "09:00"}, "value"),
    "mode-0": ({"value": "somewhere"}, "value"),
    "place-0": ({"value": "x" * 201}, "value"),
    "attendees-0": ({"name": "x" * 121}, "name"),
    "attendees-1": ({"written": "x" * 161}, "written"),
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
def test_bad_input_shows_at_its_field(as_secretary: Client, intake: Intake, key: str):
    typed, field = WRONG[key]
    sent = decisions(intake) | {f"{key}-{name}": value for name, value in typed.items()}

    as_secretary.post(intake.get_absolute_url(), sent | {f"{key}-decision": "accept"})

    wrong = form_of(intake, key)
    assert field in wrong.errors
    page = as_secretary.get(intake.get_absolute_url()).content.decode()
    assert re.search(rf'id="id_{key}-{field}"[^>]*aria-invalid="true"', page)
