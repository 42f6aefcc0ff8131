"""What an act says is seen and read out, also where it leads to a place far down on a page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.factories import (
    make_agenda_item,
    make_barrier,
    make_entry,
    make_initiative,
    make_meeting,
    make_milestone,
    make_minutes,
    make_secretary,
    make_statement,
)

Visit = Callable[..., Visitor]
IN_VIEW = """element => {
    const {top, bottom, left, right} = element.getBoundingClientRect();
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= 0 && bottom <= innerHeight && element.contains(middle);
}"""
IS_BELOW = """([place, said]) =>
    place.getBoundingClientRect().top >= said.getBoundingClientRect().bottom"""
LONG = "<p>" + "Vi talte om indkøb. " * 200 + "</p>"


def say_and_open(visitor: Visitor, path: str) -> Page:
    """Do something that is told on the next page, and open that."""
    page = visitor.page
    visitor.open("/min-side/beskeder/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "weekday": "1", "hour": "8"}
    answer = page.request.post(f"{visitor.base}/min-side/beskeder/", form=form, max_redirects=0)
    assert answer.status == 302
    visitor.open(path)
    return page


@pytest.fixture(params=[(1280, True), (390, True), (320, False)])
def visitor(request: pytest.FixtureRequest, visit: Visit) -> Visitor:
    """Return a secretary wide, on a phone, and on the narrowest one without script."""
    width, java_script_enabled = request.param
    found = visit(width=width, java_script_enabled=java_script_enabled)
    found.log_in(make_secretary())
    return found


def make_places() -> list[str]:
    """Return a place far down on each kind of page that an act leads to."""
    minutes = make_minutes(make_meeting(3), published=True)
    for _ in range(4):
        make_entry(minutes, LONG)
    last = minutes.entries.latest("order").anchor
    draft = make_minutes(make_meeting(4))
    for _ in range(3):
        make_entry(draft, LONG, agenda_item=make_agenda_item(draft.meeting))
    passage = draft.entries.latest("order").anchor
    initiative = make_initiative(goal="Mange ord. " * 300)
    make_milestone(initiative)
    barrier = make_barrier(description="Mange ord. " * 300)
    statement = make_statement(barrier, text="Mange ord. " * 300)
    return [
        f"/moeder/3/#{last}",
        f"/moeder/4/referat/skriv/#{passage}",
        f"{initiative.get_absolute_url()}#milepaele",
        f"{barrier.get_absolute_url()}#udsagn-{statement.pk}",
    ]


def test_message_is_in_view_above_the_place_that_an_act_leads_to(visitor: Visitor) -> None:
    for path in make_places():
        page = say_and_open(visitor, path)
        said, place = page.locator(".messages .notice"), page.locator(":target")

        assert said.evaluate(IN_VIEW), path
        assert place.evaluate_handle("place => place").as_element(), path
        assert page.evaluate(IS_BELOW, [place.element_handle(), said.element_handle()]), path
        assert page.evaluate("scrollY > 300"), path  # or it would have been in view anyway


def test_message_lets_go_when_the_reader_goes_on(visit: Visit) -> None:
    visitor = visit(width=390)
    visitor.log_in(make_secretary())
    page = say_and_open(visitor, make_places()[-1])
    assert page.locator(".messages .notice").evaluate(IN_VIEW)

    page.keyboard.press("Shift")

    assert not page.locator(".messages .notice").evaluate(IN_VIEW)


def test_message_is_read_out(visit: Visit) -> None:
    """A live region is read when it changes, not when the page opens with it."""
    visitor = visit(width=390)
    visitor.log_in(make_secretary())
    visitor.page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
            const said = document.querySelector("[role=status].messages");
            if (said) new MutationObserver(() => { document.body.dataset.told = said.innerText; })
                .observe(said, { childList: true });
        });"""
    )
    page = say_and_open(visitor, "/min-side/")

    page.locator("[data-told]").wait_for()
