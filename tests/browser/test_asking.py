"""The secretariat asks three: two answer, one by the link in its mail, and it sees the third."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from barriers.models import Barrier
from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)

NAMES = ("Odense Kommune", "Roskilde Kommune", "Slagelse Kommune")


def ask(visitor: Visitor, *organisations: str) -> None:
    """Ask from the page of what it is about, and see the letter first."""
    page = visitor.page
    page.get_by_text("Mere", exact=True).click()
    visitor.follow("Spørg organisationer om det")
    page.get_by_label("Spørgsmål", exact=True).fill("Hvad hindrer jer i at dele udbud op?")
    for name in organisations:
        page.get_by_label(name).check()
    day = timezone.localdate() + timedelta(days=7)
    page.get_by_label("Frist for svar").fill(day.isoformat())
    visitor.press("Se brevet")
    expect(page.get_by_text("Sendes til 3 personer")).to_be_visible()
    visitor.press("Send spørgsmålet")
    expect(page.get_by_role("heading", name="Hvad hindrer jer")).to_be_visible()


def answer_by_link(reader: Visitor, mailbox: Mailbox, address: str, words: str) -> None:
    letter: Any = next(one for one in mailbox.letters if one["to"] == address)
    link = re.search(r"http://localhost:8000(/spoergsmaal/svar/\S+)", letter.get_content())
    assert link
    reader.open(link[1])
    reader.page.get_by_label("Jeres svar").fill(words)
    reader.press("Send svaret")
    expect(reader.page.get_by_role("heading", name="Tak. Jeres svar er gemt.")).to_be_visible()


def answer_on_their_page(member: Visitor, words: str) -> None:
    member.open("/min-side/")
    member.page.get_by_role("link", name="Svar på spørgsmålet").first.click()
    member.page.get_by_label("Jeres svar").fill(words)
    member.press("Send svaret")
    expect(member.page.get_by_role("heading", name="Hvad hindrer jer")).to_be_visible()


@pytest.fixture
def barrier(transactional_db: None) -> Barrier:
    make_meeting(date=timezone.localdate() + timedelta(days=9), state="planned")
    return make_barrier("Udbud er for store")


@pytest.fixture
def asked(barrier: Barrier) -> list[Member]:
    return [
        make_member(make_organisation(name), user=make_user(f"{number}@example.org"))
        for number, name in enumerate(NAMES)
    ]


@pytest.mark.parametrize(
    "way",
    [
        pytest.param({"width": 1280}, id="wide"),
        pytest.param({"width": 390}, id="on a phone"),
        pytest.param({"width": 390, "java_script_enabled": False}, id="without JavaScript"),
    ],
)
def test_three_are_asked_two_answer_and_the_third_shows_to_the_secretariat_alone(
    visit: Callable[..., Visitor],
    mailbox: Mailbox,
    barrier: Barrier,
    asked: list[Member],
    way: dict[str, Any],
):
    secretary, reader, member = (visit(**way) for _ in range(3))
    secretary.log_in(make_secretary(organisation=make_organisation("Sekretariatet")))
    page = secretary.page
    secretary.open(barrier.get_absolute_url())
    ask(secretary, *NAMES)

    answer_by_link(reader, mailbox, "0@example.org", "Juristerne tør ikke.")
    member.log_in(asked[1])
    answer_on_their_page(member, "Vi har ingen skabelon.")

    expect(member.page.get_by_text("Juristerne tør ikke.")).to_be_visible()
    expect(member.page.get_by_text(NAMES[2])).to_have_count(0)
    page.reload()
    missing = page.get_by_role("region", name="Har ikke svaret")
    expect(missing.get_by_role("link")).to_have_text([NAMES[2]])

    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"Læg det i samtalen.*{NAMES[0]}")).click()
    carried = page.locator(".saying[role=group]", has_text="Juristerne tør ikke.")
    expect(carried.get_by_role("link", name="Hvad hindrer jer")).to_be_visible()
    member.open(barrier.get_absolute_url())
    expect(member.page.locator(".talk").get_by_text("Juristerne tør ikke.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not secretary.complaints + reader.complaints + member.complaints
