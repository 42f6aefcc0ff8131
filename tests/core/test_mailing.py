"""Letters are shown before they are sent, as they are sent, and kept with who got them."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from meetings.models import Meeting
from taskforce.core import mailing
from taskforce.core.acts import Refused
from taskforce.core.html_letters import without_ways
from taskforce.core.mailing import Inside, LeftOut, Letters, Reader, rehearse
from taskforce.core.models import MailChoice, Mailing, MailingCopy
from taskforce.core.outbox import deliver_copy, pack
from tests.conftest import Mailbox
from tests.factories import make_mailing, make_meeting, make_member, make_organisation

GUEST = Reader("Ida Gæst", "ida@example.org")


def letters(*readers: Reader, **fields: Any) -> Letters:
    meeting = Meeting.objects.filter(number=4).first() or make_meeting(4)
    about = {"meeting": meeting, "minutes": meeting}
    return Letters("minutes_published", meeting, readers, lambda _one: Inside(about), **fields)


@pytest.fixture
def reader(db: None) -> Reader:
    user = make_member().user
    return Reader(user.name, user.email, "Odense Kommune", user.pk)


def test_each_reader_gets_a_letter_and_is_kept(reader: Reader, mailoutbox: list[EmailMessage]):
    sent = letters(reader, GUEST).send(note="Tak for sidst.", by=None)

    assert sent == [reader, GUEST]
    assert [letter.to for letter in mailoutbox] == [[reader.email], [GUEST.email]]
    assert mailoutbox[0].body.startswith(f"Kære {reader.name}\n\nTak for sidst.\n\nReferatet")
    kept = Mailing.objects.get()
    assert (kept.name, kept.about, kept.note) == (
        "minutes_published",
        "/moeder/4/",
        "Tak for sidst.",
    )
    rows = kept.copies.order_by("pk").values_list("user", "name", "email", "sent_at")
    assert [*rows] == [(reader.user, "", "", None), (None, GUEST.name, GUEST.email, None)]


def test_who_stopped_such_mail_gets_none_and_is_said_to(
    reader: Reader, mailoutbox: list[EmailMessage]
):
    MailChoice.objects.create(user_id=reader.user, kind="minutes", how="never")
    found = letters(reader, without=[LeftOut("Bo", "Fonden", "er ikke medlem")])

    assert found.send() == []
    assert mailoutbox == []
    assert Mailing.objects.count() == 0
    assert found.left_out == [
        LeftOut("Bo", "Fonden", "er ikke medlem"),
        LeftOut(reader.name, "Odense Kommune", "har fravalgt denne slags mails"),
    ]


def test_rehearsal_keeps_nothing_and_shows_what_is_sent(
    reader: Reader, mailoutbox: list[EmailMessage]
):
    found = letters(reader, GUEST)

    def act() -> None:
        make_organisation("Kun til prøve")
        found.send(note="Hej")

    post = rehearse(act)

    assert post
    assert post.letter
    assert (post.readers, post.first, mailoutbox) == ([reader, GUEST], reader, [])
    assert Mailing.objects.count() == 0
    assert not type(make_organisation("x")).objects.filter(name="Kun til prøve").exists()
    found.send(note="Hej")
    assert mailoutbox[0].body == post.letter.text
    html = mailoutbox[0].alternatives[0][0]  # type: ignore[attr-defined]
    assert post.content in without_ways(html)
    assert "href" not in post.content


def test_rehearsal_of_an_act_that_refuses_or_writes_to_nobody_shows_nothing(db: None):
    def refuse() -> None:
        raise Refused("Nej")

    assert rehearse(refuse) is None
    assert rehearse(lambda: None) is None
    nobody = rehearse(letters().send)
    assert nobody
    assert (nobody.letter, nobody.content, nobody.first) == (None, "", None)
    assert mailing._rehearsed.get() is None


def test_mark_tells_readers_and_text_apart_but_not_the_note(reader: Reader):
    shown = [
        letters(reader).shown(),
        letters(reader).shown("Hej"),
        letters(reader, GUEST).shown(),
    ]

    assert shown[0].mark == shown[1].mark != shown[2].mark


def test_copy_is_sent_once_and_says_when(reader: Reader, mailbox: Mailbox):
    letters(reader).send()

    assert len(mailbox.letters) == 1
    copy = MailingCopy.objects.get()
    assert copy.sent_at
    deliver_copy(copy.pk, lambda _copy: pack(EmailMessage("x", "y", to=["a@example.org"])))
    assert len(mailbox.letters) == 1


def test_copy_whose_reader_is_gone_is_not_sent(db: None, mailoutbox: list[EmailMessage]):
    copy = make_mailing().copies.create(name="Ida", email="ida@example.org")
    pk = copy.pk
    copy.delete()

    deliver_copy(pk, lambda _copy: pack(EmailMessage("x", "y", to=["a@example.org"])))

    assert mailoutbox == []


def test_copy_keeps_why_it_is_not_sent(db: None):
    copy = make_mailing().copies.create(name="Ida", email="ida@example.org")

    deliver_copy(copy.pk, lambda _copy: "har fravalgt det")

    copy.refresh_from_db()
    assert (copy.refused, copy.sent_at, copy.addressee) == ("har fravalgt det", None, "Ida")
