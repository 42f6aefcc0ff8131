"""From a planned meeting to an answer by the link in the mail, in a browser."""

from collections.abc import Callable

from playwright.sync_api import expect

from meetings.models import Attendance, Meeting
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import make_member, make_organisation, make_secretary, make_user
from tests.meetings.planning.plans import days_ahead, links

Visit = Callable[..., Visitor]


def test_plan_invite_and_answer_by_link(visit: Visit, mailbox: Mailbox):
    odense = make_organisation("Odense Kommune")
    ea = make_member(odense, user=make_user("ea@example.org", name="Ea Bæk"))
    left_out = make_member(user=make_user(name="Bo Dam"))
    secretary = visit(java_script_enabled=False)
    secretary.log_in(make_secretary(user=make_user(name="Ida Lind")))
    page = secretary.page

    secretary.open("/sekretariat/")
    page.get_by_role("link", name="Planlæg et møde").first.click()
    page.locator("[name=day]").fill(str(days_ahead(20)))
    page.locator("[name=starts]").fill("14:00")
    page.locator("[name=ends]").fill("15:30")
    page.locator("[name=format]").select_option(label="Fysisk og online")
    page.locator("[name=place]").fill("Rådhuset, Odense")
    page.locator("[name=link]").fill("https://meet.example.org/room")
    secretary.press("Planlæg mødet")
    page.get_by_role("link", name="Indkald", exact=True).click()
    page.get_by_label("Bo Dam").uncheck()
    page.get_by_label("Ida Lind").uncheck()
    secretary.press("Send indkaldelserne")
    expect(page.get_by_text("1 indkaldelse er sendt.")).to_be_visible()

    (letter,) = mailbox.letters
    assert letter["to"] == ea.user.email != left_out.user.email
    member = visit(width=320)  # on a phone, and not logged in
    member.open(links(letter)[1])
    member.press("Jeg deltager online")
    expect(member.page.get_by_role("heading", name="Dit svar er gemt")).to_be_visible()
    assert member.page.evaluate("document.documentElement.scrollWidth") <= 320

    answered = Attendance.objects.get()
    assert (answered.status, answered.online, answered.answered_by) == ("coming", True, ea)
    secretary.open(Meeting.objects.get().get_absolute_url())
    expect(page.get_by_text("1 kommer online")).to_be_visible()
    assert not secretary.complaints + member.complaints


def test_news_of_two_colleagues_by_keyboard(visit: Visit, transactional_db: None):
    odense = make_organisation("Odense Kommune")
    Meeting.objects.create(number=7, date=days_ahead(20))
    first, second = visit(), visit()
    for visitor in (first, second):
        visitor.log_in(make_member(odense))
        visitor.open("/moeder/7/bordet-rundt/")
    for visitor, text in ((first, "Vi har fået ny direktør."), (second, "Et udbud er på vej.")):
        editor = visitor.page.locator(".rich").get_by_role("textbox", name="Vores nyt")
        editor.focus()
        visitor.page.keyboard.type(text)
        visitor.page.keyboard.press("Tab")
        with visitor.page.expect_navigation():
            visitor.page.keyboard.press("Enter")

    expect(first.page).to_have_url(f"{first.base}/moeder/7/#bordet-rundt")
    expect(second.page.get_by_text("Vi har fået ny direktør.")).to_be_visible()
    kept = second.page.locator(".rich").get_by_role("textbox")
    expect(kept).to_have_text("Et udbud er på vej.")
    assert not first.complaints + second.complaints
