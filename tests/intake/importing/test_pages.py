"""What the page before an import says: what changes, and who is named without having agreed."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from meetings.models import Format, MeetingState
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.review import typed_in
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_barrier,
    make_call,
    make_meeting,
    make_member,
    make_theme,
    make_user,
)
from tests.intake.drafts import decisions, make_intake


def confirm(browser: Client, **changes: dict[str, str]) -> Any:
    """Accept everything of a document, but for the changes, and look at the page."""
    intake = make_intake()
    theme = make_theme()
    defaults = {
        "barriers_0": {"theme": str(theme.pk)},
        "statements_0": {"barrier": "f:0"},
    }
    Intake.objects.filter(pk=intake.pk).update(
        decisions=typed_in(decisions(intake, **(defaults | changes)))
    )
    page = browser.get(f"/en{intake.get_absolute_url()}bekraeft/")
    assert page.context["is_ready"]
    return page


def test_facts_that_change_in_a_matched_meeting_are_listed(as_secretary: Client):
    make_meeting(
        7,
        date=date(2026, 12, 8),
        starts=time(9, 0),
        ends=time(11, 0),
        format=Format.IN_PERSON,
        state=MeetingState.PLANNED,
    )

    page = confirm(as_secretary)

    changes = {change.label: (change.before, change.after) for change in page.context["changes"]}
    assert changes == {
        "Date": ("8 December 2026", "14 March 2023"),
        "Starts": ("09.00", "10.00"),
        "Format": ("In person", "Online"),
    }
    content = page.content.decode()
    assert "8 December 2026" in content
    assert "give it another number" in content


@pytest.mark.parametrize("known", [True, False])
def test_new_meeting_or_the_same_facts_list_no_change(as_secretary: Client, known: bool):
    if known:
        make_meeting(7, date=date(2023, 3, 14), state=MeetingState.PLANNED)

    page = confirm(as_secretary)

    assert page.context["changes"] == []
    assert "this is replaced" not in page.content.decode()


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("agenda_0", "name"),
        ("agenda_0", "details"),
        ("barriers_0", "name"),
        ("calls_0", "name"),
        ("calls_0", "summary"),
        ("news_0", "name"),
        ("news_0", "summary"),
    ],
)
def test_hidden_names_in_what_shows_at_once_are_listed(as_secretary: Client, key: str, field: str):
    ida = make_member(user=make_user(name="Ida Lind"), name_visibility=NameVisibility.MEMBERS)
    make_member(user=make_user(name="Ole Ask"), name_visibility=NameVisibility.PUBLIC)
    theme = str(make_theme("Pris").pk)
    words = f"Efter {ida.user.name}, Ole Ask og Ib Dams oplæg"  # who sent apologies

    page = confirm(as_secretary, **{key: {field: words, "theme": theme}})

    assert [(name, line.candidate.key) for name, line in page.context["names"]] == [
        ("Ib Dam", key.replace("_", "-")),
        ("Ida Lind", key.replace("_", "-")),
    ]
    assert f'#{key.replace("_", "-")}" lang="da">' in page.content.decode()


@pytest.mark.parametrize("key", ["passages_2", "action_points_0", "materials_0"])
def test_names_in_what_waits_for_publication_are_not_listed(as_secretary: Client, key: str):
    name = {"passages_2": "text"}.get(key, "name")

    assert confirm(as_secretary, **{key: {name: "Ib Dam"}}).context["names"] == []


def test_names_of_people_who_agreed_are_not_listed(as_secretary: Client):
    ea = make_member(user=make_user(name="Ea Holm"), name_visibility=NameVisibility.PUBLIC)

    page = confirm(
        as_secretary, attendees_0={"member": f"m:{ea.pk}"}, news_0={"name": "Nyt fra Ea Holm"}
    )

    assert page.context["names"] == []


def test_statement_without_its_passage_is_listed(as_secretary: Client):
    whole = confirm(as_secretary)
    loose = confirm(as_secretary, passages_3={"decision": "skip"})

    sentence = "“Udbuddene er for store.”: its passage is not taken, so it can be read at once."
    assert sentence not in whole.context["loose_ends"]
    assert sentence in loose.context["loose_ends"]


def planned(page: Any) -> dict[str, list[str]]:
    return {str(part.title): part.names for part in page.context["planned"]}


def test_next_meeting_is_planned_unless_the_portal_has_it(as_secretary: Client):
    new = planned(confirm(as_secretary))
    make_meeting(8, state=MeetingState.PLANNED)
    known = planned(confirm(as_secretary))

    assert new["Next meeting"] == ["8th meeting: May 2023"]
    assert known["Next meeting"] == ["8th meeting is in the portal already"]


def test_next_meeting_without_a_number_has_only_its_date(as_secretary: Client):
    intake = make_intake()
    away = decisions(intake, number_0={"decision": "skip"})
    Intake.objects.filter(pk=intake.pk).update(decisions=typed_in(away))

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")

    assert planned(page)["Next meeting"] == ["May 2023"]


def test_call_of_the_portal_is_told_again_and_not_new(as_secretary: Client):
    make_call("Known call", topic_id="SMP-1")

    names = planned(confirm(as_secretary))

    assert names["EU calls of the portal, told again"] == ["Known call"]
    assert "New EU calls" not in names


def test_names_in_statements_on_a_barrier_of_the_portal_are_not_listed(as_secretary: Client):
    known = make_barrier("Udbud")

    page = confirm(as_secretary, barriers_0={"barrier": f"b:{known.pk}", "name": "Ib Dam"})

    assert page.context["names"] == []
