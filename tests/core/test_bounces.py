"""Which addresses are withheld what can wait, and until when."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from taskforce.core import bounces, mail, unasked
from taskforce.core.mailing import Inside, LeftOut, Letters, Reader
from taskforce.core.models import RefusedAddress, SoftRefusal
from taskforce.members.models import Member
from tests.factories import make_call, make_meeting

EA = "ea@example.org"
FULL = "452 Mailbox full"


def test_one_refusal_for_good_withholds_in_any_spelling(db: None):
    bounces.note_for_good("Ea@Example.org", "550 No such user")

    assert bounces.withheld(EA) and bounces.withheld("EA@example.org")
    assert not bounces.withheld("bo@example.org")
    assert bounces.withheld_among([EA, "bo@example.org"]) == {EA}


@pytest.mark.parametrize(
    ("days_ago", "is_withheld"),
    [((0,), False), ((1, 0), False), ((13, 1, 0), True), ((15, 1, 0), False), ((2, 1, 0), True)],
)
def test_three_refusals_for_now_in_fourteen_days_withhold(
    db: None, days_ago: tuple[int, ...], is_withheld: bool
):
    for days in days_ago:
        bounces.note_for_now(EA, FULL)
        latest = SoftRefusal.objects.order_by("-pk")[:1]
        SoftRefusal.objects.filter(pk__in=latest).update(at=timezone.now() - timedelta(days=days))

    assert bounces.withheld(EA) is is_withheld


def test_start_afresh_counts_from_nought(db: None):
    bounces.note_for_now(EA, FULL)
    bounces.note_for_good(EA, "550 No such user")
    bounces.note_for_good("bo@example.org", "550 No such user")

    bounces.start_afresh(["EA@example.org"])

    assert (bounces.withheld(EA), bounces.withheld("bo@example.org")) == (False, True)
    for _twice in range(2):
        bounces.note_for_now(EA, FULL)
    assert not bounces.withheld(EA)


def test_old_refusals_are_forgotten(db: None):
    bounces.note_for_now(EA, FULL)
    SoftRefusal.objects.update(at=timezone.now() - bounces.WITHIN)
    bounces.note_for_now(EA, FULL)

    bounces.forget_old()

    assert SoftRefusal.objects.count() == 1


def test_what_can_wait_is_withheld_and_the_rest_is_sent(
    member: Member, mailoutbox: list[EmailMessage]
):
    bounces.note_for_good(member.user.email, "550 No such user")
    meeting, call = make_meeting(), make_call("Penge")
    context = {"meeting": meeting, "minutes": meeting, "call": call, "about": call}
    asks = ["meeting_invitation", "meeting_cancelled", "review_opened", "address_changed"]

    for name in ["minutes_published", "call_changed", *asks]:
        mail.send(name, to=member.user.email, context=context | {"user": member.user})

    assert len(mailoutbox) == len(asks)


def test_nothing_that_asks_something_can_wait():
    asks = {name for name, kind in unasked.UNASKED.items() if kind in ("invitations", "rounds")}

    assert unasked.UNASKED.keys() >= unasked.CAN_WAIT - unasked.FOLLOWED
    assert unasked.CAN_WAIT & (asks | unasked.ASKED_FOR) == set()


def test_letters_to_several_leave_out_who_takes_no_mail_and_say_so(
    member: Member, mailoutbox: list[EmailMessage]
):
    user, meeting = member.user, make_meeting()
    reader = Reader(user.name, user.email.upper(), "Fonden", user.pk)
    bounces.note_for_good(user.email, "550 No such user")
    inside = Inside({"minutes": meeting, "meeting": meeting})
    found = Letters("minutes_published", meeting, [reader], lambda _one: inside)

    assert (found.send(), mailoutbox) == ([], [])
    why = "mailserveren tager ikke imod mails til adressen"
    assert found.left_out == [LeftOut(user.name, "Fonden", why)]
    assert not RefusedAddress.objects.exclude(address=user.email).exists()
