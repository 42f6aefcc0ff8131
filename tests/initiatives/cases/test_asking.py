"""A question about a case reaches its author, whose address shows nowhere; it is not saved."""

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from initiatives.cases import asking
from initiatives.models import Case, CaseState
from taskforce.core.models import Sending
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import make_case, make_member
from tests.racing import at_once
from tests.refusing import refused

HERE = "/eksempler/frokost/spoerg/"
ASKED = {
    "name": "Mai Nysgerrig",
    "email": "mai@example.org",
    "question": "Hvad kostede det?",
    "homepage": "",
}
SECRETARIAT = "sekretariat@eksempel.example"


@pytest.fixture
def author(db: None) -> Member:
    return make_member()


@pytest.fixture
def case(author: Member) -> Case:
    return make_case("Frokost", written_by=author.organisation, contact=author)


def test_strangers_question_reaches_the_author(mailbox: Mailbox, case, author, client: Client):
    answer = client.post(HERE, ASKED)

    assert answer.url == "/eksempler/frokost/"
    sent = {letter["to"]: letter for letter in mailbox.letters}
    assert sent.keys() == {author.user.email, "mai@example.org"}
    letter = sent[author.user.email]
    assert letter["reply-to"] == "mai@example.org"
    for words in ("Mai Nysgerrig", "Hvad kostede det?", "/eksempler/frokost/"):
        assert words in letter.get_content()


def test_pages_and_receipt_do_not_show_the_authors_address(mailbox, case, author, client):
    page = client.get(HERE).content.decode()
    page += client.post(HERE, ASKED, follow=True).content.decode()
    receipt = next(one for one in mailbox.letters if one["to"] == "mai@example.org")

    for text in (page, receipt.as_string()):
        assert author.user.email not in text
        assert author.user.name not in text


def test_strangers_receipt_repeats_nothing_that_they_typed(mailbox, case, client):
    """Otherwise anybody could have anything sent to any address."""
    client.post(HERE, ASKED | {"question": "Køb mine piller", "name": "Piller"})

    receipt = next(one for one in mailbox.letters if one["to"] == "mai@example.org")
    assert "iller" not in receipt.as_string()
    assert receipt["reply-to"] == SECRETARIAT


def test_members_receipt_repeats_the_question(mailbox, case, author, log_in: LogIn):
    asker = make_member()
    page = log_in(asker).get(HERE)
    assert [*page.context["form"].fields] == ["question"]

    log_in(asker).post(HERE, {"question": "Hvad kostede det?", "email": "other@example.org"})

    sent = {letter["to"]: letter for letter in mailbox.letters}
    assert sent.keys() == {author.user.email, asker.user.email}
    assert sent[author.user.email]["reply-to"] == asker.user.email
    assert "Hvad kostede det?" in sent[asker.user.email].get_content()


@pytest.mark.parametrize("gone", ["former", "deactivated", "never"])
def test_secretariat_gets_the_question_where_the_author_has_left(
    mailbox, case, author, client, gone
):
    if gone == "former":
        Member.objects.filter(pk=author.pk).update(to_date=timezone.localdate())
    elif gone == "deactivated":
        type(author.user).objects.filter(pk=author.user.pk).update(is_active=False)
    else:
        Case.objects.update(contact=None)

    assert "sekretariatet" in client.get(HERE).content.decode()
    client.post(HERE, ASKED)

    assert {letter["to"] for letter in mailbox.letters} == {SECRETARIAT, "mai@example.org"}


def test_question_is_saved_nowhere(mailbox, case, client):
    client.post(HERE, ASKED)
    assert len(mailbox.letters) == 2

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith("procrastinate"):
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE "{table}"::text LIKE %s',
                    ["%Hvad kostede%"],
                )
                assert cursor.fetchone()[0] == 0, table


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "no address"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"question": " "}, "question"),
        ({"question": "x" * 4001}, "question"),
        ({"homepage": "https://spam.example"}, "homepage"),
    ],
)
def test_form_marks_bad_input_and_keeps_the_question(case, client, mailoutbox, typed, field):
    page = client.post(HERE, ASKED | {"name": "Mai Nysgerrig"} | typed)

    assert list(page.context["form"].errors) == [field]
    assert "Hvad kostede det?" in page.content.decode() or field == "question"
    assert not mailoutbox


def test_line_break_in_a_name_makes_no_header(mailbox, case, client):
    client.post(HERE, ASKED | {"name": "Mai\r\nBcc: b@example.org"})

    assert all(letter["bcc"] is None for letter in mailbox.letters)


@pytest.mark.parametrize("state", [one for one in CaseState if one != CaseState.PUBLISHED])
def test_case_that_is_not_published_takes_no_question(client, as_secretary, author, state):
    make_case("Frokost", state=state, written_by=author.organisation)

    for browser in (client, as_secretary):
        assert browser.get(HERE).status_code == 404
        assert browser.post(HERE, ASKED).status_code == 404


def test_page_refuses_too_many_questions_and_keeps_what_was_typed(case, client, mailoutbox):
    for _ in range(asking.OF_VISITOR.most):
        assert client.post(HERE, ASKED).status_code == 302

    page = client.post(HERE, ASKED)

    assert "Prøv igen om en time" in page.content.decode()
    assert "Hvad kostede det?" in page.content.decode()
    assert len(mailoutbox) == 2 * asking.OF_VISITOR.most
    assert client.post(HERE, ASKED, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_page_refuses_too_many_questions_about_one_case(case, client):
    for place in range(asking.ABOUT_CASE.most):
        assert client.post(HERE, ASKED, REMOTE_ADDR=f"192.0.2.{place}").status_code == 302

    assert client.post(HERE, ASKED, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_visitor_may_ask_again_in_the_next_hour(case, client):
    with time_machine.travel("2030-01-01T10:59Z", tick=False):
        for _ in range(asking.OF_VISITOR.most + 1):
            answer = client.post(HERE, ASKED)
        assert answer.status_code == 200
    with time_machine.travel("2030-01-01T12:00Z", tick=False):
        assert client.post(HERE, ASKED).status_code == 302


def test_visitors_address_is_stored_as_a_hash(case, client):
    client.post(HERE, ASKED, REMOTE_ADDR="192.0.2.77")

    kept = Sending.objects.values_list("who", flat=True)
    assert len(kept) == 2
    assert "192.0.2.77" not in " ".join(kept)


def test_forty_questions_at_the_same_moment_are_five(transactional_db, case):
    answers = at_once(*[lambda: Client().post(HERE, ASKED).status_code] * 40)

    assert sorted(answers) == [200] * 35 + [302] * 5


# The act


def ask(case: Case, *, visitor: str = "192.0.2.1", is_known: bool = False) -> str:
    return asking.ask(
        case=case,
        question="Hvad kostede det?",
        name="Mai Nysgerrig",
        email="mai@example.org",
        is_known=is_known,
        visitor=visitor,
    )


def test_ask_writes_to_the_author_and_the_asker(case, author):
    assert ask(case) == author.user.email

    question, receipt = mail.outbox
    assert (question.to, question.reply_to) == ([author.user.email], ["mai@example.org"])
    assert "Hvad kostede det?" in question.body
    assert (receipt.to, receipt.reply_to) == (["mai@example.org"], [SECRETARIAT])
    assert "Hvad kostede det?" not in receipt.body


def test_ask_repeats_the_question_to_a_known_asker(case):
    ask(case, is_known=True)

    assert "Hvad kostede det?" in mail.outbox[1].body


def test_ask_writes_to_the_secretariat_where_the_case_has_no_contact(case):
    Case.objects.update(contact=None)
    case.refresh_from_db()

    assert ask(case) == SECRETARIAT


TOO_MANY = (
    "Many questions were asked from here. Try again in an hour, "
    "or write to sekretariat@eksempel.example."
)


def test_ask_refuses_too_many_questions_of_one_visitor(case):
    other = make_case("Mad")
    with time_machine.travel("2030-01-01T10:30Z", tick=False):
        for _ in range(asking.OF_VISITOR.most):
            ask(case)
        with refused(TOO_MANY):
            ask(other)  # about whatever case
        ask(case, visitor="192.0.2.2")

    assert len(mail.outbox) == 2 * (asking.OF_VISITOR.most + 1)


def test_ask_refuses_too_many_questions_about_one_case(case):
    with time_machine.travel("2030-01-01T10:30Z", tick=False):
        for number in range(asking.ABOUT_CASE.most):
            ask(case, visitor=f"192.0.2.{number}")
        with refused(TOO_MANY):
            ask(case, visitor="198.51.100.1")
