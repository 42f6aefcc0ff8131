"""A document has one address, and a page for each state that it is in."""

import pytest
from django.test import Client

from taskforce.intake.models import IntakeState
from tests.intake.drafts import make_intake

PAGES = {
    IntakeState.WAITING: "intake/waiting.html",
    IntakeState.READING: "intake/waiting.html",
    IntakeState.REFUSED: "intake/refused.html",
    IntakeState.IMPORTED: "intake/taken.html",
}


@pytest.mark.parametrize("path", ["", "bekraeft/"])
@pytest.mark.parametrize("state", PAGES)
def test_document_that_is_not_under_review_shows_its_page(
    as_secretary: Client, state: IntakeState, path: str
):
    intake = make_intake(state=state)

    page = as_secretary.get(f"{intake.get_absolute_url()}{path}")

    assert (page.status_code, page.templates[0].name) == (200, PAGES[state])


@pytest.mark.parametrize("path", ["", "bekraeft/"])
@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (IntakeState.IMPORTED, "The document is taken in already. This is what was made."),
        (
            IntakeState.WAITING,
            "Somebody else has imported the document, or undone it, in the meantime.",
        ),
        (
            IntakeState.REFUSED,
            "Somebody else has imported the document, or undone it, in the meantime.",
        ),
    ],
)
def test_decision_on_a_document_that_is_not_under_review_comes_too_late(
    as_secretary: Client, state: IntakeState, sentence: str, path: str
):
    intake = make_intake(state=state)

    page = as_secretary.post(f"/en{intake.get_absolute_url()}{path}", {"version": 1}, follow=True)

    assert page.redirect_chain == [(f"/en{intake.get_absolute_url()}", 302)]
    assert [str(message) for message in page.context["messages"]] == [sentence]


@pytest.mark.parametrize("path", ["", "bekraeft/"])
def test_document_that_does_not_exist_is_not_found(as_secretary: Client, path: str):
    assert as_secretary.get(f"/sekretariat/indlaes/1/{path}").status_code == 404
