"""Mail that nobody asked for is stopped by one click."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.test import Client

from taskforce.core import mail, unasked
from taskforce.core.models import StoppedMail
from taskforce.core.unasked import Kind, Subscription
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import make_meeting, make_member, make_organisation, make_user
from tests.racing import at_once
from tests.refusing import refused

NO_LONGER = "The link no longer works"


def letters() -> set[str]:
    folder: Path = settings.BASE / "templates/emails"
    return {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")}


def test_every_letter_is_asked_for_or_can_be_stopped() -> None:
    stands_in = [unasked.UNASKED.keys(), unasked.FOLLOWED, unasked.ASKED_FOR]
    stands_in.append(unasked.OF_SECRETARIAT)

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
    link = settings.SITE_URL + Subscription(Kind.MINUTES, member.user_id).path

    assert letter.extra_headers == {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert letter.body.endswith(f"tryk på knappen:\n{link}\n\n")


def test_letter_that_is_asked_for_names_no_link(member: Member) -> None:
    (letter,) = send("meeting_cancelled", make_member(user=make_user("x@example.org")))
    assert "List-Unsubscribe" in letter.extra_headers

    mail.send("two_step_off", to=member.user.email, context={"user": member.user})
    (letter,) = outbox.outbox
    assert letter.extra_headers == {}


def test_mailbox_of_no_user_gets_its_mail(db: None) -> None:
    assert unasked.subscription("round_reminder", "nobody@example.org") is None


def test_address_is_known_in_any_spelling(member: Member) -> None:
    found = unasked.subscription("round_reminder", member.user.email.upper())

    assert found == Subscription(Kind.REMINDERS, member.user_id)


def test_stopping_one_kind_stops_no_other_and_nobody_elses(member: Member) -> None:
    unasked.stop(Subscription(Kind.MINUTES, member.user_id))

    assert send("minutes_published", member) == []
    assert len(send("meeting_cancelled", member)) == 1
    assert len(send("minutes_published", make_member())) == 1


def test_stop_holds_when_the_address_changes(member: Member) -> None:
    unasked.stop(Subscription(Kind.MINUTES, member.user_id))
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
    return Subscription(Kind.REMINDERS, member.user_id).path


def test_opening_the_link_asks_and_stops_nothing(client: Client, path: str) -> None:
    page = client.get(path)

    assert (page.status_code, page.context["is_stopped"]) == (200, False)
    assert "no-store" in page["Cache-Control"]
    assert not StoppedMail.objects.exists()
    assert client.put(path).status_code == client.delete(path).status_code == 405


def test_mail_program_stops_it_without_logging_in(path: str, member: Member) -> None:
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        page = program.post(path, {"List-Unsubscribe": "One-Click"})

    assert (page.status_code, page.context["is_stopped"]) == (200, True)
    assert unasked.stopped_by(member.user) == {Kind.REMINDERS}


def test_broken_link_says_so(client: Client, db: None) -> None:
    for path in ("/faa-ikke-mail/x/", "/en/faa-ikke-mail/x/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_eight_clicks_at_once_are_one(transactional_db: None, path: str) -> None:
    answers = at_once(*[lambda: Client().post(path).status_code] * 8)

    assert answers == [200] * 8
    assert StoppedMail.objects.count() == 1


def test_my_page_shows_and_changes_the_same_choice(as_member: Client, path: str) -> None:
    as_member.post(path)
    form = as_member.get("/min-side/mail/").context["form"]
    assert form.initial["wanted"] == [kind for kind in Kind.values if kind != Kind.REMINDERS]

    answer = as_member.post("/min-side/mail/", {"wanted": ["reminders", "minutes"]})

    assert answer["Location"] == "/min-side/"
    kinds = {*StoppedMail.objects.values_list("kind", flat=True)}
    assert kinds == {*Kind.values} - {"reminders", "minutes"}


def test_kind_that_is_none_is_refused(as_member: Client) -> None:
    assert as_member.post("/min-side/mail/", {"wanted": "nonsense"}).status_code == 200
    assert not StoppedMail.objects.exists()


def test_former_member_chooses_nothing(log_in: LogIn, db: None, client: Client) -> None:
    former = log_in(make_member(make_organisation(), to_date="2026-01-01", from_date="2026-01-01"))

    assert former.get("/min-side/mail/").status_code == 403
    assert client.get("/min-side/mail/").status_code == 302


def test_headers_arrive_in_one_piece(mailbox: Mailbox, member: Member) -> None:
    context = {"meeting": make_meeting(), "minutes": make_meeting()}
    mail.send("minutes_published", to=member.user.email, context=context)

    (letter,) = mailbox.letters
    link = settings.SITE_URL + Subscription(Kind.MINUTES, member.user_id).path
    assert letter["List-Unsubscribe"].strip() == f"<{link}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
