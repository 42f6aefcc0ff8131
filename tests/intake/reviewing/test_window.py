"""A large document: some things at a time are open, and what is not on the page stays as it was."""

from typing import Any

import pytest
from django.test import Client

from taskforce.intake.models import Intake
from taskforce.intake.reviewing import window
from tests.intake.drafts import form_of, save

ACCEPTED = {"attendees-1-decision": "accept"}


@pytest.fixture
def large(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> Intake:
    """Return a document that counts as a large one, of which three things are open at once."""
    monkeypatch.setattr(window, "LONG", 5)
    monkeypatch.setattr(window, "MOST", 3)
    return intake


def rows(page: Any) -> dict[str, bool]:
    return {row.key: row.is_open for group in page.context["groups"] for row in group["rows"]}


def open_rows(page: Any) -> list[str]:
    return [key for key, is_open in rows(page).items() if is_open]


def post(browser: Client, intake: Intake, query: str = "", **fields: Any) -> Any:
    intake.refresh_from_db()
    sent = {"version": intake.version, **{name.replace("__", "-"): v for name, v in fields.items()}}
    return browser.post(f"{intake.get_absolute_url()}{query}", sent)


def test_usual_document_is_open_from_first_to_last(as_secretary, intake):
    page = as_secretary.get(f"{intake.get_absolute_url()}?aabn=news-0")

    assert all(rows(page).values())
    assert 'name="aabn"' not in page.content.decode()


def test_large_document_is_open_from_what_is_undecided_or_asked_for(as_secretary, large):
    first = as_secretary.get(large.get_absolute_url())
    asked = as_secretary.get(f"{large.get_absolute_url()}?aabn=attendees-0")
    unknown = as_secretary.get(f"{large.get_absolute_url()}?aabn=%3Cx%3E")

    keys = [*rows(first)]
    assert open_rows(first) == open_rows(unknown) == keys[:3]
    assert open_rows(asked) == ["attendees-0", "attendees-1", "absent-0"]
    content = asked.content.decode()
    assert '<button type="submit" name="aabn" value="news-0" lang="da">' in content
    assert 'name="attendees-0-name"' in content
    assert 'name="news-0-name"' not in content
    assert all(f'id="{key}"' in content for key in keys)


def test_what_is_closed_stays_as_it_was(as_secretary, large):
    save(as_secretary, large, news__0__name="Ny titel", news__0__decision="skip")

    answer = post(as_secretary, large, "?aabn=attendees-0", **ACCEPTED, aabn="news-0")

    assert answer.url == f"{large.get_absolute_url()}?aabn=news-0#news-0"
    assert form_of(large, "attendees-1").is_accepted
    assert form_of(large, "news-0").is_skipped
    assert form_of(large, "news-0").raw("name") == "Ny titel"


def test_buttons_lead_on_from_where_one_was(as_secretary, large):
    here, at = large.get_absolute_url(), "?aabn=attendees-0"
    skipped = {f"{key}-decision": "skip" for key in ("start-0", "end-0", "number-0")}

    answers = [
        post(as_secretary, large, at),
        post(as_secretary, large, at, **skipped, aabn=window.NEXT),
        post(as_secretary, large, at, accept="agenda"),
        post(as_secretary, large, at, change="split:attendees-0"),
        post(as_secretary, large, at, aabn="https://example.org/"),
    ]

    assert [answer.url.removeprefix(here) for answer in answers] == [
        at,
        "?aabn=date-0#date-0",
        f"{at}#gruppe-agenda",
        "?aabn=attendees-10000#attendees-10000",
        at,
    ]


def test_conflict_shows_again_what_was_sent(as_secretary, large):
    began_with = large.version
    save(as_secretary, large, attendees__1__name="Bo Lund-Holm", news__0__decision="skip")

    late = {"version": began_with, "attendees-1-name": "Bo H. Lund", "attendees-0-name": "Ea Holm"}
    page = as_secretary.post(f"{large.get_absolute_url()}?aabn=news-0", late)

    assert open_rows(page) == ["attendees-0", "attendees-1"]
    assert 'value="Bo H. Lund"' in page.content.decode()
    assert [title for title, _words in page.context["form"].theirs] == ["Bo H. Lund · Værkstedet"]


def test_fault_leads_to_its_thing_where_that_is_closed(as_secretary, large):
    save(as_secretary, large, news__0__name="", news__0__decision="accept")

    closed = as_secretary.get(large.get_absolute_url())
    opened = as_secretary.get(f"{large.get_absolute_url()}?aabn=news-0")
    confirm = as_secretary.get(f"{large.get_absolute_url()}bekraeft/").content.decode()

    assert "news-0" in [fault.field for fault in closed.context["faults"]]
    assert "id_news-0-name" in [fault.field for fault in opened.context["faults"]]
    assert "?aabn=news-0#id_news-0-name" in confirm
