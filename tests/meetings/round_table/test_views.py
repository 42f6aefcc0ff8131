"""Round-table news: written together, lost by nobody, closed once the minutes are begun."""

import pytest
from django.test import Client

from meetings.models import Meeting, MeetingState, RoundTableNews
from taskforce.activity.models import Activity
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_member, make_minutes, make_organisation, make_round_table_news
from tests.meetings.planning.plans import make_planned

NEWS = "/moeder/7/bordet-rundt/"
TEXT = "Vi har fået ny direktør.\n\n- Ét udbud\n- To partnere"
HTML = "<p>Vi har fået ny direktør.</p><ul><li>Ét udbud</li><li>To partnere</li></ul>"


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_planned()


def write(browser: Client, text: str, version: int = 1) -> object:
    return browser.post(NEWS, {"text": text, "version": version})


def test_writes_for_the_organisation(as_member: Client, member: Member, meeting: Meeting):
    answer = as_member.post(NEWS, {"text": TEXT, "version": 1})

    news = RoundTableNews.objects.get()
    assert answer.url == "/moeder/7/#bordet-rundt"
    assert (news.organisation, news.written_by, news.text) == (member.organisation, member, HTML)
    assert Activity.objects.get().verb == "added"
    assert as_member.get(NEWS).context["form"]["text"].value() == TEXT


def test_colleague_goes_on_with_it(
    as_member: Client, member: Member, meeting: Meeting, log_in: LogIn
):
    colleague = make_member(member.organisation)
    write(as_member, "Første")
    page = log_in(colleague).get(NEWS)
    assert page.context["form"]["text"].value() == "Første"

    write(log_in(colleague), "Første og andet", page.context["form"]["version"].value())

    news = RoundTableNews.objects.get()
    assert (news.text, news.written_by) == ("<p>Første og andet</p>", colleague)


def test_second_writer_sees_both_texts_and_loses_nothing(
    as_member: Client, member: Member, meeting: Meeting, log_in: LogIn
):
    colleague = log_in(make_member(member.organisation))
    write(as_member, "- Mit eget")

    page = write(colleague, "Helt andet")  # begun before there was any

    form = page.context["form"]
    assert form.theirs == [("Vores nyt", "- Mit eget")]
    assert form["text"].value() == "Helt andet"
    assert RoundTableNews.objects.get().text == "<ul><li>Mit eget</li></ul>"
    write(colleague, "- Mit eget\n\nHelt andet", form["version"].value())
    assert "Helt andet" in RoundTableNews.objects.get().text


def test_members_read_one_anothers_and_strangers_none(
    client: Client, as_member: Client, meeting: Meeting
):
    make_round_table_news(
        meeting,
        "<p>Nyt fra Fonden</p><script>bad()</script>",
        organisation=make_organisation("Fonden"),
    )

    for path in ("/moeder/7/", NEWS):
        text = as_member.get(path).content.decode()
        assert "<p>Nyt fra Fonden</p>" in text
        assert "bad()" not in text
    assert "Nyt fra Fonden" not in client.get("/moeder/7/").content.decode()
    assert client.get(NEWS).status_code == 302


def test_looking_makes_no_row(as_member: Client, meeting: Meeting):
    assert as_member.get(NEWS).status_code == 200
    assert not RoundTableNews.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 10_001])
def test_wrong_input_shows_its_error_at_the_field_and_stays(
    as_member: Client, meeting: Meeting, text: str
):
    page = write(as_member, text)

    assert list(page.context["form"].errors) == ["text"]
    assert page.context["form"]["text"].value() == text
    assert not RoundTableNews.objects.exists()


@pytest.mark.parametrize("closed", ["minutes", "held", "cancelled"])
def test_closed_once_the_minutes_are_begun(as_member: Client, meeting: Meeting, closed: str):
    if closed == "minutes":
        make_minutes(meeting)
    else:
        Meeting.objects.update(state=MeetingState(closed))

    shown = as_member.get(NEWS).content.decode().partition("<main")[2]
    assert "<form class" not in shown
    assert ("Mødet er aflyst." in shown) is (closed == "cancelled")
    page = write(as_member, "For sent")

    assert page.context["form"].non_field_errors()
    assert "For sent" in page.content.decode()
    assert not RoundTableNews.objects.exists()


def test_former_member_writes_nothing(log_in: LogIn, meeting: Meeting):
    former = log_in(make_member(to_date=meeting.date))

    assert former.post(NEWS, {"text": "x", "version": 1}).status_code == 403
