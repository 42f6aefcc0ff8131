"""A whole meeting in a browser: planned, answered, written down by two, reviewed, published."""

import re
from collections.abc import Callable
from datetime import time

import icalendar
from playwright.sync_api import Locator, expect

from meetings.models import Attendance, Meeting, MinutesEntry, MinutesState
from taskforce.members.models import NameVisibility
from tests.browser.conftest import Visitor, saved
from tests.browser.test_writing import real
from tests.conftest import Mailbox
from tests.factories import make_meeting, make_member, make_organisation, make_secretary, make_user
from tests.meetings.planning.plans import calendar_of, days_ahead, links

Visit = Callable[..., Visitor]
SECRET = "Mødelokalet hedder Xylofon."
CLICKS = 22  # from the secretariat's desk to published minutes, and never more


class Hand:
    """Somebody who presses buttons and follows links, and counts how often."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.clicks = visitor, visitor.page, 0

    def press(self, name: str, within: Locator | None = None) -> None:
        self.clicks += 1
        self.visitor.press(name, within)

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        self.visitor.follow(name)

    def unfold(self, name: str, within: Locator | None = None) -> None:
        self.clicks += 1
        (within or self.page.get_by_role("main")).locator("summary", has_text=name).first.click()


def type_into(editor: Locator, text: str) -> None:
    editor.click()
    editor.press("Control+End")
    editor.press_sequentially(text)


def test_whole_way(visit: Visit, mailbox: Mailbox):
    odense = make_organisation("Odense Kommune")
    ea = make_member(odense, user=make_user("ea@example.org", name="Ea Bæk"))
    make_meeting(6, date=days_ahead(-60))
    make_meeting(8, date=days_ahead(90), state="planned")  # the next one is planned already
    secretary = make_secretary(
        user=make_user("ida@example.org", name="Ida Lind"),
        organisation=make_organisation("Sekretariatet"),
        name_visibility=NameVisibility.PUBLIC,
    )
    visitor = visit()
    visitor.log_in(secretary)
    hand = Hand(visitor)

    _plan(hand)
    meeting = Meeting.objects.get(number=9)
    _arrange(hand, meeting)
    hand.follow("Indkald")
    hand.press("Send indkaldelserne")
    _answer(visit, mailbox, ea.user.email, meeting)

    # The day has come, and gone.
    Meeting.objects.filter(pk=meeting.pk).update(date=days_ahead(-1))
    meeting.refresh_from_db()
    _write_with_two(visit, hand, secretary, meeting)
    _review(visit, hand, ea, meeting)
    assert SECRET not in _everything_public(visit, meeting)

    hand.press("Offentliggør")
    assert hand.clicks == CLICKS
    assert Meeting.objects.get(pk=meeting.pk).minutes.state == MinutesState.PUBLISHED
    told = [letter for letter in mailbox.letters if letter["subject"].startswith("Referat: ")]
    assert sorted(letter["to"] for letter in told) == ["ea@example.org", "ida@example.org"]
    _correct(visit, hand, meeting)
    assert not real(visitor.complaints)


def _plan(hand: Hand) -> None:
    hand.visitor.open("/sekretariat/")
    hand.follow("Planlæg et møde")
    hand.page.locator("[name=day]").fill(str(days_ahead(20)))
    hand.page.locator("[name=starts]").fill("14:00")
    hand.page.locator("[name=ends]").fill("15:00")
    hand.page.locator("[name=format]").select_option(label="Fysisk")
    hand.page.locator("[name=place]").fill("Rådhuset")
    hand.press("Planlæg mødet")


def _arrange(hand: Hand, meeting: Meeting) -> None:
    """Carry over, add an item, and move it up with the keyboard and with the pointer."""
    hand.follow("Tilrettelæg dagsordenen")
    page = hand.page
    for label in ("Opfølgning på aftaler", "Siden sidst"):
        page.get_by_label(label).uncheck()
    hand.press("Sæt på dagsordenen")
    page.locator("[name=title]").fill("Mærkning")
    page.locator("[name=minutes]").fill("50")
    hand.press("Tilføj")
    expect(page.locator(".arranged h2")).to_have_text(["Bordet rundt", "Mærkning"])
    page.locator("[name=title]").fill("Står her endnu")
    page.get_by_role("button", name=re.compile("^Op ?: Mærkning")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".arranged h2")).to_have_text(["Mærkning", "Bordet rundt"])
    expect(page.get_by_role("button", name=re.compile("^Ned ?: Mærkning"))).to_be_focused()
    expect(page.locator("[name=title]")).to_have_value("Står her endnu")
    expect(page.locator("#flyttet")).to_have_text("Mærkning: flyttet til plads 1")
    handle = page.locator(".arranged li").nth(0).locator(".handle")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    below = page.locator(".arranged li").nth(1).bounding_box()
    assert box
    assert below
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, below["y"] + below["height"] - 2, steps=5)
    page.mouse.up()
    expect(page.locator(".arranged h2")).to_have_text(["Bordet rundt", "Mærkning"])
    expect(page.locator(".arranged time")).to_have_text(["14.00"])
    expect(page.locator("#flyttet")).to_have_text("Mærkning: flyttet til plads 2")
    page.locator("[name=title]").fill("")
    hand.visitor.open(meeting.get_absolute_url())


def _answer(visit: Visit, mailbox: Mailbox, email: str, meeting: Meeting) -> None:
    """Answer by the link of the mail, whose calendar entry another library can read."""
    (letter,) = [letter for letter in mailbox.letters if letter["to"] == email]
    (event,) = icalendar.Calendar.from_ical(calendar_of(letter)).walk("VEVENT")
    starts = event["DTSTART"].dt
    assert (starts.time(), str(starts.tzinfo)) == (time(14), "Europe/Copenhagen")
    assert str(event["UID"]).startswith("meeting-9@")
    assert int(event["SEQUENCE"]) == 0
    guest = visit(width=390, java_script_enabled=False)  # on a phone, not logged in
    guest.open(links(letter)[0])
    Hand(guest).press("Jeg kommer i lokalet")
    assert Attendance.objects.get(member__user__email=email).status == "coming"
    assert not guest.complaints


def _write_with_two(visit: Visit, hand: Hand, secretary, meeting: Meeting) -> None:
    """Write one passage in two browsers: the second sees both texts, and nothing is lost."""
    hand.visitor.open(meeting.get_absolute_url())
    hand.follow("Skriv referatet")
    hand.press("Begynd på referatet")
    page = hand.page
    for fieldset in page.locator(".ticks fieldset").all():
        hand.clicks += 1
        fieldset.get_by_label("I lokalet").check()
    entry = MinutesEntry.objects.get(agenda_item__title="Mærkning")
    other = visit()
    other.log_in(secretary)
    other.open(f"{meeting.get_absolute_url()}referat/skriv/")
    for one in (page, other.page):  # a passage becomes an editor when it comes near
        one.locator(f"#{entry.anchor}").scroll_into_view_if_needed()
    mine, theirs = (
        one.locator(f"#{entry.anchor} .rich").get_by_role("textbox") for one in (page, other.page)
    )
    type_into(mine, SECRET)
    saved(page.locator(f"#{entry.anchor}"))
    type_into(theirs, "Vi vil have et mærke.")
    expect(other.page.locator(f"#{entry.anchor} .both")).to_be_visible()
    other.page.get_by_role("button", name="Sæt begge ind i afsnittet").click()
    saved(other.page.locator(f"#{entry.anchor}"))
    entry.refresh_from_db()
    assert SECRET in entry.text
    assert "Vi vil have et mærke." in entry.text
    assert not real(other.complaints)
    _settle(hand, meeting)


def _settle(hand: Hand, meeting: Meeting) -> None:
    """Say what came of each item, and write down who does what."""
    hand.visitor.open(f"{meeting.get_absolute_url()}referat/skriv/")
    page = hand.page
    section = page.locator("section.item", has=page.get_by_role("heading", name="Mærkning"))
    # A passage that becomes an editor moves what is below: a click in that moment is lost.
    section.scroll_into_view_if_needed()
    expect(section.locator(".rich").first).to_be_visible()
    hand.clicks += 2
    section.get_by_label("Besluttet").check()
    section.get_by_label("Beslutning").fill("Vi laver et mærke.")
    saved(section.locator(".outcome"))
    hand.unfold("Tilføj en aftale", section)
    section.locator("[name=what]").fill("Send et udkast")
    section.locator("[name=organisation]").select_option(label="Odense Kommune")
    hand.press("Tilføj aftalen", section)
    table = page.locator("section.item", has=page.get_by_role("heading", name="Bordet rundt"))
    hand.clicks += 1
    table.get_by_label("Ikke drøftet").check()
    saved(table.locator(".outcome"))


def _review(visit: Visit, hand: Hand, ea, meeting: Meeting) -> None:
    """Check, open the review, propose a change without JavaScript, and take it over."""
    hand.follow("Gå til gennemsyn")
    expect(hand.page.get_by_role("heading", name="Send til gennemsyn")).to_be_visible()
    hand.press("Åbn gennemsynet")
    reader = visit(width=390, java_script_enabled=False)
    reader.log_in(ea)
    reader.open("/min-side/")
    theirs = Hand(reader)
    theirs.follow(re.compile("^Se igennem"))
    passage = reader.page.locator("article.passage", has_text="Vi vil have et mærke.")
    theirs.unfold("Foreslå en rettelse", passage)
    passage.locator("textarea").fill(f"{SECRET}\n\nVi vil have et fælles mærke.")
    theirs.press("Foreslå rettelsen", passage)
    assert not reader.complaints
    hand.page.reload()
    change = hand.page.locator("article.box")
    expect(change.locator("ins")).to_have_text("fælles ")
    hand.unfold("Godkend rettelsen", change)
    hand.press("Godkend rettelsen", change)
    hand.follow("Offentliggør referatet")


def _everything_public(visit: Visit, meeting: Meeting) -> str:
    """Return what a stranger reads of minutes that are not published yet."""
    stranger, found = visit(), ""
    for path in (meeting.get_absolute_url(), "/soeg/?q=xylofon", "/feed/", "/sitemap.xml"):
        stranger.page.goto(stranger.base + path)
        found += stranger.page.content().replace("?q=xylofon", "")
    return found


def _correct(visit: Visit, hand: Hand, meeting: Meeting) -> None:
    """Correct the passage; a stranger reads the new text, and the old one beside it."""
    page = hand.page
    page.get_by_role("link", name=re.compile("^Ret ?: Mærkning")).click()
    editor = page.locator(".rich").get_by_role("textbox")
    type_into(editor, " Til foråret.")
    page.get_by_label("Hvad var forkert").fill("Tiden manglede.")
    hand.press("Offentliggør rettelsen")
    stranger = visit(width=320)
    stranger.open(meeting.get_absolute_url())
    now = stranger.page.get_by_text("Vi vil have et fælles mærke. Til foråret.", exact=True)
    expect(now).to_be_visible()
    expect(stranger.page.get_by_text("Tiden manglede.")).to_be_visible()
    stranger.page.get_by_text("Den tidligere tekst").click()
    expect(stranger.page.locator(".difference ins")).to_have_text(" Til foråret.")
    assert "Ea Bæk" not in stranger.page.content()
    assert not stranger.complaints
