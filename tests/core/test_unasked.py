"""Mail that nobody asked for is stopped by one click."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from taskforce.core import mail, unasked
from taskforce.core.mail_headers import DOMAIN
from taskforce.core.models import MailChoice
from taskforce.core.unasked import Kind, Reader, Subscription
from taskforce.following.models import Rhythm
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_meeting, make_member, make_user
from tests.racing import at_once
from tests.refusing import refused

NO_LONGER = "The link no longer works"


def letters() -> set[str]:
    folder: Path = settings.BASE / "templates/emails"
    return {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")}


def test_every_letter_is_asked_for_or_can_be_stopped() -> None:
    stands_in = [unasked.UNASKED.keys(), unasked.FOLLOWED, unasked.ASKED_FOR]
    stands_in += [unasked.ALWAYS, unasked.OF_SECRETARIAT]

    assert letters() == set().union(*stands_in)
    assert sum(map(len, stands_in)) == len(letters())  # each in one place


def send(name: str, member: Member, **options: Any) -> list[Any]:
    """Send a letter about next to nothing; return what lies in the outbox."""
    context: dict[str, Any] = {"meeting": make_meeting(), "round": "x"}
    mail.send(name, to=member.user.email, context=context | {"minutes": make_meeting()}, **options)
    found, outbox.outbox[:] = [*outbox.outbox], []
    return found


def test_letter_names_the_link_that_stops_it(member: Member) -> None:
    (letter,) = send("minutes_published", member)
    link = settings.SITE_URL + Subscription(Kind.MINUTES, Reader(member.user_id)).path

    assert letter.extra_headers == {
        "List-ID": f"Buy Social Taskforce Danmark <minutes.{DOMAIN}>",
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert letter.body.endswith(f"tryk på knappen:\n{link}\n")


def test_letter_that_is_asked_for_names_no_link(member: Member) -> None:
    (letter,) = send("meeting_cancelled", make_member(user=make_user("x@example.org")))
    assert "List-Unsubscribe" in letter.extra_headers

    mail.send("two_step_off", to=member.user.email, context={"user": member.user})
    (letter,) = outbox.outbox
    assert letter.extra_headers == {}


GUEST = "Ida.Gæst/x+y@example.org"


def test_guest_stops_mail_by_the_address(client: Client, db: None) -> None:
    context = {"meeting": make_meeting(), "minutes": make_meeting()}
    mail.send("minutes_published", to=GUEST, context=context)
    link = outbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    assert f"som led i: {Kind.MINUTES.label}" in outbox.outbox[0].body

    client.post(link.removeprefix(settings.SITE_URL))

    mail.send("minutes_published", to=GUEST.upper(), context=context)
    mail.send("minutes_published", to="bo@example.org", context=context)
    assert [letter.to for letter in outbox.outbox] == [[GUEST], ["bo@example.org"]]


def test_secretariats_mailbox_gets_its_mail_without_a_link(db: None) -> None:
    assert unasked.subscription("round_reminder", settings.SECRETARIAT_EMAIL) is None


def test_address_is_known_in_any_spelling(member: Member) -> None:
    found = unasked.subscription("round_reminder", member.user.email.upper())

    assert found == Subscription(Kind.REMINDERS, Reader(member.user_id), is_stopped=False)


def test_stopping_one_kind_stops_no_other_and_nobody_elses(member: Member) -> None:
    unasked.stop(Subscription(Kind.MINUTES, Reader(member.user_id)))

    assert send("minutes_published", member) == []
    assert len(send("meeting_cancelled", member)) == 1
    assert len(send("minutes_published", make_member())) == 1


def test_stop_holds_when_the_address_changes(member: Member) -> None:
    unasked.stop(Subscription(Kind.MINUTES, Reader(member.user_id)))
    member.user.email = "new@example.org"
    member.user.save()

    assert send("minutes_published", member) == []


@pytest.mark.parametrize("forged", ["", "x", "reminders.1", "reminders.1:x"])
def test_link_that_is_not_ours_is_refused(db: None, forged: str) -> None:
    with refused(NO_LONGER):
        unasked.read(forged)


@pytest.mark.parametrize("signed", ["reminders.x", "nonsense.1", "reminders.999999", "1"])
def test_link_to_no_kind_or_nobody_is_refused(db: None, signed: str) -> None:
    with refused(NO_LONGER):
        unasked.read(unasked.signer.sign(signed))


@pytest.fixture
def path(member: Member) -> str:
    return Subscription(Kind.REMINDERS, Reader(member.user_id)).path


def test_opening_the_link_asks_and_stops_nothing(client: Client, path: str) -> None:
    page = client.get(path)

    assert (page.status_code, page.context["is_stopped"]) == (200, False)
    assert "no-store" in page["Cache-Control"]
    assert not MailChoice.objects.exists()
    assert client.put(path).status_code == client.delete(path).status_code == 405


def test_mail_program_stops_it_without_logging_in(path: str, member: Member) -> None:
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        page = program.post(path, {"List-Unsubscribe": "One-Click"})

    assert (page.status_code, page.context["is_stopped"], dict(page.cookies)) == (200, True, {})
    assert unasked.chosen_by(member.user_id) == {"reminders": "never"}


def test_link_works_a_year_later(client: Client, path: str, time_machine: Any) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=365))

    assert client.post(path).context["is_stopped"]


def test_page_after_it_offers_to_stop_all(client: Client, path: str, member: Member) -> None:
    stop_all = client.post(path).context["stop_all"]
    assert client.get(stop_all).context["is_stopped"] is False
    assert (Rhythm.objects.count(), MailChoice.objects.count()) == (0, 1)

    page = Client(enforce_csrf_checks=True).post(stop_all)

    assert (page.context["is_stopped"], dict(page.cookies)) == (True, {})
    assert unasked.chosen_by(member.user_id) == dict.fromkeys(Kind.values, "never")
    assert Rhythm.objects.get().only_asked
    assert client.put(stop_all).status_code == 405


@pytest.mark.parametrize("named", ["1", "x", "@x", ""])
def test_link_to_stop_all_that_is_not_ours_says_so(client: Client, db: None, named: str) -> None:
    assert client.post(f"/faa-ingen-mail/{named or 'x'}/").status_code == 404
    assert client.post(f"/faa-ingen-mail/{unasked.signer.sign(named)}/").status_code == 404
    assert not MailChoice.objects.exists()


def test_stop_all_by_an_address_leaves_users_alone(db: None, member: Member) -> None:
    unasked.stop_all(Reader(address="ida@example.org"))

    assert MailChoice.objects.filter(user=None).count() == len(Kind)
    assert unasked.chosen_by(member.user_id) == {}


def test_broken_link_says_so(client: Client, db: None) -> None:
    for path in ("/faa-ikke-mail/x/", "/en/faa-ikke-mail/x/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_eight_clicks_at_once_are_one(transactional_db: None, path: str) -> None:
    answers = at_once(*[lambda: Client().post(path).status_code] * 8)

    assert answers == [200] * 8
    assert MailChoice.objects.count() == 1


class Strict(HTTPRedirectHandler):
    """A mail program's way to send: it follows nowhere (RFC 8058, section 3.1)."""

    def redirect_request(self, *_about: Any) -> None:
        return None


def test_mail_program_stops_it_by_what_arrived(
    mailbox: Mailbox, member: Member, live_server: Any
) -> None:
    """One click, as RFC 8058 has it: over SMTP there, over HTTP back, without a cookie."""
    context = {"meeting": make_meeting(), "minutes": make_meeting()}
    mail.send("minutes_published", to=member.user.email, context=context)
    (letter,) = mailbox.letters
    link = letter["List-Unsubscribe"].strip().strip("<>")
    assert link == settings.SITE_URL + Subscription(Kind.MINUTES, Reader(member.user_id)).path
    field, _equals, value = letter["List-Unsubscribe-Post"].partition("=")
    assert (field, value) == ("List-Unsubscribe", "One-Click")
    url = live_server.url + link.removeprefix(settings.SITE_URL)

    with build_opener(Strict()).open(url, f"{field}={value}".encode()) as answer:
        assert (answer.status, answer.headers["Set-Cookie"]) == (200, None)

    assert unasked.chosen_by(member.user_id) == {"minutes": "never"}
    mail.send("minutes_published", to=member.user.email, context=context)
    assert len(mailbox.letters) == 1
