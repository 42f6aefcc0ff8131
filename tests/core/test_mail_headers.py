"""Headers by which mail programs thread, filter and stop letters, as they arrive over SMTP."""

from email.message import EmailMessage

import pytest
from django.core.mail import EmailMessage as Outgoing
from django.core.mail import send_mail
from django.test import RequestFactory

from taskforce.core import mail, mail_headers, member_letters
from taskforce.core.mailing import Inside, Letters, Reader
from taskforce.core.models import MailingCopy
from taskforce.core.tasks import send_copy
from taskforce.members.accounts.adapter import Adapter
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_case, make_mailing, make_meeting

OF_A_LIST = ("List-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


def written_by_hand(member: Member) -> None:
    mailing = make_mailing(name=member_letters.NAME, subject="Nyt", text="<p>Hej</p>")
    copy = MailingCopy.objects.create(mailing=mailing, user=member.user)
    send_copy.defer(copy=copy.pk)


def to_several(member: Member) -> None:
    meeting, user = make_meeting(4), member.user
    inside = Inside({"minutes": meeting, "meeting": meeting})
    reader = Reader(user.name, user.email, user=user.pk)
    Letters("minutes_published", meeting, [reader], lambda _one: inside).send()


def of_log_in(member: Member) -> None:
    request = RequestFactory().get("/")
    Adapter(request).send_mail("account/email/login_code", member.user.email, {"code": "A"})


def to_one(member: Member) -> None:
    mail.send("two_step_off", to=member.user.email, context={"user": member.user})


def of_django(member: Member) -> None:
    send_mail("Hej", "Hej", None, [member.user.email])


@pytest.mark.parametrize("way", [written_by_hand, to_several, of_log_in, to_one, of_django])
def test_each_way_of_sending_names_the_letter_and_that_nobody_is_to_answer_by_itself(
    mailbox: Mailbox, member: Member, way: object
):
    way(member)  # type: ignore[operator]

    (letter,) = mailbox.letters
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].strip().endswith(f"@{mail_headers.DOMAIN}>")
    assert letter.get_all("Message-ID") and len(letter.get_all("Message-ID") or []) == 1


def arrived(mailbox: Mailbox, name: str, member: Member, **options: object) -> EmailMessage:
    meeting = make_meeting(4)
    context = {"meeting": meeting, "minutes": meeting, "case": make_case("Frokost")}
    mail.send(name, to=member.user.email, context=context, about=meeting, **options)  # type: ignore[arg-type]
    return mailbox.letters[-1]


def test_letters_about_one_thing_are_one_thread(mailbox: Mailbox, member: Member):
    meeting = make_meeting(4)
    context = {"meeting": meeting, "minutes": meeting}
    for name in ("minutes_published", "review_extended"):
        mail.send(name, to=member.user.email, context=context, about=meeting)
    other = make_meeting(5)
    mail.send("minutes_published", to=member.user.email, context=context, about=other)

    first, second, third = mailbox.letters
    steady = f"<meeting-{meeting.pk}@{mail_headers.DOMAIN}>"
    assert {first["References"], first["In-Reply-To"], second["References"]} == {steady}
    assert third["References"] == f"<meeting-{other.pk}@{mail_headers.DOMAIN}>"
    assert first["Message-ID"] != second["Message-ID"]


def test_kind_that_can_be_stopped_is_a_list(mailbox: Mailbox, member: Member):
    letter = arrived(mailbox, "minutes_published", member)

    assert letter["List-ID"] == f"Buy Social Taskforce Danmark <minutes.{mail_headers.DOMAIN}>"
    assert all(letter[name] for name in OF_A_LIST)


def test_what_somebody_follows_is_a_list_of_its_own(mailbox: Mailbox, member: Member):
    letter = arrived(mailbox, "case_withdrawn", member, stop="/foelg-ikke/x/")

    number = letter["References"].partition("@")[0].removeprefix("<")
    assert letter["List-ID"].endswith(f"<{number}.{mail_headers.DOMAIN}>")


def test_letter_about_no_single_thing_is_a_list_of_its_kind(mailbox: Mailbox, member: Member):
    mail.send("digest", to=member.user.email, context={"groups": []}, stop="/mails/stop/x/")
    (letter,) = mailbox.letters

    assert letter["List-ID"] == f"Buy Social Taskforce Danmark <digest.{mail_headers.DOMAIN}>"


def test_answer_is_of_no_list(mailbox: Mailbox, member: Member):
    letter = arrived(mailbox, "case_withdrawn", member)

    assert [letter[name] for name in OF_A_LIST] == [None] * 3


def test_letter_about_nothing_has_no_thread(mailbox: Mailbox, member: Member):
    Outgoing("Hej", "Hej", to=[member.user.email]).send()

    assert (mailbox.letters[0]["References"], mailbox.letters[0]["In-Reply-To"]) == (None, None)
