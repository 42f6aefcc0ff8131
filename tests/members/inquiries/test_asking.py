"""A buyer asks up to five at once: confirmed by mail, unseen by the others, answered or not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.members.inquiries import acts, counting
from taskforce.members.models import AskedOrganisation, Inquiry, Organisation
from tests.factories import make_inquiry, make_listed, make_member
from tests.racing import at_once
from tests.refusing import answers

PAGE = "/forespoergsel/"
ASKED = {
    "organisations": ["a", "b"],
    "what": "Brød til tre kantiner",
    "where": "Odense",
    "by_when": "",
    "name": "Bo Køber",
    "buyer": "Byen",
    "email": "bo@example.org",
}


@pytest.fixture
def two(db: None) -> list[Organisation]:
    found = [make_listed("A", mailbox="a@a.example"), make_listed("B", mailbox="b@b.example")]
    make_listed("C", mailbox="c@c.example")
    return found


def link_in(letter: Any) -> str:
    found = re.search(r"http://localhost:8000(/forespoergsel/\S+)", letter.body)
    assert found
    return found[1]


def confirmed(client: Client) -> list[Any]:
    """Ask, follow the link, press the button; return the letters to the organisations."""
    client.post(PAGE, ASKED)
    (letter,) = mail.outbox
    mail.outbox.clear()
    client.post(link_in(letter))
    return [*mail.outbox]


def test_request_waits_until_its_address_is_confirmed(two: Any, client: Client):
    page = client.post(PAGE, ASKED)

    assert page.url == "/forespoergsel/tak/"
    (letter,) = mail.outbox
    assert letter.to == ["bo@example.org"]
    assert "Brød til tre kantiner" not in letter.body  # anybody could send anything so
    client.get(link_in(letter))
    assert len(mail.outbox) == 1
    assert Inquiry.objects.get().confirmed_at is None


def test_confirmed_request_reaches_each_alone(two: Any, client: Client):
    letters = confirmed(client)

    assert [letter.to for letter in letters] == [["a@a.example"], ["b@b.example"]]
    assert [letter.reply_to for letter in letters] == [["bo@example.org"]] * 2
    first, second = letters
    for told in ("Brød til tre kantiner", "Odense", "Bo Køber", "Byen"):
        assert told in first.body
    assert "b@b.example" not in first.body and "om B" not in first.body
    assert link_in(first) != link_in(second)
    assert "/organisationer/b/" not in first.body


def test_who_wants_to_be_found_no_more_is_not_asked(two: Any, client: Client):
    client.post(PAGE, ASKED)
    link = link_in(mail.outbox.pop())
    Organisation.objects.filter(name="B").update(is_found=False)

    client.post(link)

    assert [letter.to for letter in mail.outbox] == [["a@a.example"]]
    assert counting.counted().asked == 1


def test_button_pressed_twice_sends_once(two: Any, client: Client):
    client.post(PAGE, ASKED)
    link = link_in(mail.outbox.pop())

    client.post(link)
    page = client.post(link)

    assert len(mail.outbox) == 2
    assert "allerede sendt" in page.content.decode()
    assert "allerede sendt" in client.get(link).content.decode()


def test_two_taps_at_the_same_moment_send_once(transactional_db: None, settings: Any):
    inquiry = make_inquiry(make_listed("A"), confirmed_at=None)

    def press() -> Any:
        return acts.confirm(inquiry=inquiry)

    assert answers(at_once(press, press)) == ["Inquiry", "Refused"]


def test_address_asks_three_times_a_day_from_anywhere(two: Any, client: Client):
    for number in range(3):
        who = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert who.post(PAGE, {**ASKED, "email": "BO@example.org"}).status_code == 302

    page = client.post(PAGE, ASKED)

    assert "spurgt tre gange i dag" in page.context["form"].non_field_errors()[0]
    assert "Brød til tre kantiner" in page.content.decode()
    assert Inquiry.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"organisations": []}, "organisations"),
        ({"organisations": ["nonsense"]}, "organisations"),
        ({"organisations": ["a", "b", "c", "d", "e", "f"]}, "organisations"),
        ({"what": ""}, "what"),
        ({"where": ""}, "where"),
        ({"by_when": "1.1.2020"}, "by_when"),
        ({"by_when": "snart"}, "by_when"),
        ({"email": "nonsense"}, "email"),
        ({"buyer": ""}, "buyer"),
    ],
)
def test_bad_input_is_told_at_its_field(
    two: Any, client: Client, typed: dict[str, Any], field: str
):
    for name in "DEF":
        make_listed(name)

    page = client.post(PAGE, {**ASKED, **typed})

    assert list(page.context["form"].errors) == [field]
    assert mail.outbox == [] and not Inquiry.objects.exists()


@pytest.mark.parametrize("fields", [{"is_found": False}, {"unanswered": 3}])
def test_only_those_who_want_to_be_found_are_asked(
    two: Any, client: Client, fields: dict[str, Any]
):
    Organisation.objects.filter(name="B").update(**fields)

    page = client.post(PAGE, ASKED)

    assert list(page.context["form"].errors) == ["organisations"]
    assert 'value="b"' not in client.get(PAGE).content.decode()


def test_page_has_those_of_the_address_ticked(two: Any, client: Client):
    page = client.get(f"{PAGE}?til=b&til=nonsense").content.decode()

    assert len(re.findall(r"<input[^>]* checked", page)) == 1
    assert re.search(r'value="b"[^>]* checked', page)


def test_page_says_so_where_nobody_can_be_asked(db: None, client: Client):
    assert "Ingen kan spørges endnu" in client.get(PAGE).content.decode()


def test_answer_goes_to_the_buyer_and_is_counted(two: Any, client: Client):
    first, _second = confirmed(client)
    mail.outbox.clear()

    page = client.post(link_in(first), {"answer": "yes", "words": "Vi ringer i morgen."})

    assert "Svaret er sendt" in page.content.decode()
    (letter,) = mail.outbox
    assert (letter.to, letter.reply_to) == (["bo@example.org"], ["a@a.example"])
    assert "A vil gerne give jer et tilbud." in letter.body
    assert "Vi ringer i morgen." in letter.body
    counted = counting.counted()
    assert (counted.asked, counted.yes, counted.no, counted.silent) == (2, 1, 0, 1)


def test_second_answer_is_refused(two: Any, client: Client):
    first, _second = confirmed(client)
    mail.outbox.clear()
    client.post(link_in(first), {"answer": "no", "words": ""})

    page = client.post(link_in(first), {"answer": "yes", "words": ""})

    assert "allerede svaret" in page.content.decode()
    assert len(mail.outbox) == 1
    assert AskedOrganisation.objects.get(organisation__name="A").answer == "no"


@pytest.mark.parametrize(
    "typed", [{"words": ""}, {"answer": "maybe"}, {"answer": "yes", "words": "x" * 4001}]
)
def test_answer_that_says_nothing_is_shown_again(two: Any, client: Client, typed: dict[str, str]):
    first, _second = confirmed(client)
    mail.outbox.clear()

    page = client.post(link_in(first), typed)

    assert page.context["form"].errors
    assert mail.outbox == []


@pytest.mark.parametrize("path", ["bekraeft", "svar"])
def test_link_of_nobody_is_over(db: None, client: Client, path: str):
    for key in ("x", "1:x"):
        assert client.get(f"/forespoergsel/{path}/{key}/").status_code == 410


def test_link_of_one_kind_is_none_of_the_other(two: Any, client: Client):
    client.post(PAGE, ASKED)
    key = link_in(mail.outbox[0]).split("/")[-2]

    assert client.get(f"/forespoergsel/svar/{key}/").status_code == 410


def test_unconfirmed_is_deleted_and_the_buyer_forgotten(db: None):
    now, listed = timezone.now(), make_listed("A")
    waiting = make_inquiry(listed, confirmed_at=None)
    Inquiry.objects.filter(pk=waiting.pk).update(created_at=now - timedelta(days=2, minutes=1))
    young = make_inquiry(listed, confirmed_at=None)
    old = make_inquiry(listed, confirmed_at=now - timedelta(days=184))
    kept = make_inquiry(listed, confirmed_at=now - timedelta(days=182))

    acts.forget()

    assert {*Inquiry.objects.all()} == {young, old, kept}
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.name, old.buyer, old.email, old.what, old.where) == ("", "", "", "", "")
    assert (kept.name, kept.email) == ("Bo Køber", "bo@example.org")
    assert counting.counted().asked == 2
    with pytest.raises(Refused):
        acts.to_answer(acts.answered_by.sign(str(old.asked.get().pk)))


def test_counted_by_year(db: None):
    listed = make_listed("A")
    make_inquiry(listed, confirmed_at=timezone.now() - timedelta(days=800))
    make_inquiry(listed)

    assert counting.counted().sent == 2
    assert counting.counted(timezone.now().year).sent == 1


def test_directory_leads_to_asking_those_found(two: Any, client: Client):
    page = client.get("/organisationer/").content.decode()

    assert 'href="/forespoergsel/?til=a&amp;til=b&amp;til=c"' in page


def test_own_member_is_not_offered_to_ask_themselves(two: Any, log_in: Any):
    page = log_in(make_member(two[0])).get("/organisationer/a/").content.decode()

    assert "Ret jeres profil" in page
    assert "Spørg om et tilbud" not in page
