"""How often somebody may ask for a letter, or try a code or a password."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from taskforce.core.acts import Refused
from taskforce.core.limits import Limit, visitor_of
from taskforce.core.models import Sending

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)

# Letters with a code or a link. Nobody can use up what another may ask for: one visitor may ask
# less often for an address than the address gets letters.
LETTERS_TO_ANYBODY = Limit("account letters asked for", most=30, within=QUARTER)
LETTERS_TO_ONE = Limit("account letters asked for, to an address", most=5, within=QUARTER)
LETTERS_OF_ONE = Limit("account letters to an address", most=40, within=HOUR)
# What was wrong. A code and a password are tried by one visitor, and by all visitors together.
WRONG_OF_VISITOR = Limit("wrong codes and passwords", most=30, within=QUARTER)
WRONG_PASSWORDS = Limit("wrong passwords of an address", most=10, within=QUARTER)
WRONG_CODES = Limit("wrong tries of one code", most=5, within=HOUR)
WRONG_STEPS = Limit("wrong second steps of a person", most=5, within=timedelta(minutes=5))
# A code of an app is right for a minute and a half; whoever saw it typed cannot type it again.
USED_STEPS = Limit("a code of the second step", most=1, within=timedelta(minutes=2))
NEW_ADDRESSES = Limit("new addresses of a person", most=5, within=HOUR)

Counted = list[Sending]


def count_letter(address: str) -> None:
    """Count a letter that this visitor asks for; raises ValidationError where it is too many."""
    visitor = visitor_of(context.request)
    _count(
        (
            (LETTERS_TO_ANYBODY, visitor),
            (LETTERS_TO_ONE, f"{visitor} {address.lower()}"),
            (LETTERS_OF_ONE, address.lower()),
        ),
        _("You have asked for many codes and links. Try again in an hour."),
    )


def count_password(address: str) -> Counted:
    """Count a password before it is looked at, so that those at the same moment count too."""
    return _count_try((WRONG_PASSWORDS, address.lower()))


def count_code(code: str) -> Counted:
    """Count a try of a code that was sent, before it is looked at."""
    return _count_try(*([(WRONG_CODES, code)] if code else []))


def count_step(user_pk: int) -> Counted:
    """Count a code of a person's second step, before it is looked at."""
    return _count_try((WRONG_STEPS, str(user_pk)))


def use_up(user_pk: int, code: str) -> None:
    """Let a right code of the second step be right once; raises ValidationError the next time."""
    digits = "".join(filter(str.isalnum, code))
    used = _("This code was used a moment ago. Wait for the next one.")
    _count([(USED_STEPS, f"{user_pk} {digits}")], used)


def forgive(counted: Counted) -> None:
    """Count no longer what turned out to be right."""
    for sending in counted:
        sending.delete()


def _count_try(*limits: tuple[Limit, str]) -> Counted:
    return _count(
        ((WRONG_OF_VISITOR, visitor_of(context.request)), *limits),
        _("Too many attempts. Wait a quarter of an hour, or log in another way."),
    )


def _count(limits: Iterable[tuple[Limit, str]], sentence: StrOrPromise) -> Counted:
    try:
        return [limit.count(who, sentence) for limit, who in limits]
    except Refused as refused:
        raise ValidationError(refused.sentence, code="too_many") from refused
