"""Ask something of an organisation or a person by name, and write to them at once."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from taskforce.activity.models import Activity
from taskforce.core import mail, unasked
from taskforce.core.acts import Refused
from taskforce.dialogue.models import Contribution, Mention
from taskforce.dialogue.things import talk_of
from taskforce.following.models import Told
from taskforce.members.models import Member, NameVisibility, Organisation, User

MOST = 10
ORGANISATION, PERSON = "o", "p"  # what begins a key


def offered() -> list[tuple[str, str]]:
    """Return whom a contribution can mention, by key: every member sees what is talked about.

    Nobody is offered who did not agree that members read their name.
    """
    people = Member.objects.current().exclude(name_visibility=NameVisibility.NOBODY)
    names = people.select_related("user", "organisation").order_by("user")
    here = Organisation.objects.filter(pk__in=Member.objects.current().values("organisation"))
    return [
        *((f"{ORGANISATION}{pk}", name) for pk, name in here.values_list("pk", "name")),
        *((f"{PERSON}{one.user_id}", str(one)) for one in names),
    ]


def mention(
    contribution: Contribution, keys: Collection[str], *, thing: models.Model, told: Activity
) -> list[Mention]:
    """Keep whom a contribution mentions, and write to them.

    Raises Refused where somebody cannot read it any more.
    """
    known = dict(offered()) if keys else {}
    if gone := [key for key in keys if key not in known]:
        raise Refused(cannot_read(gone), field="asked")
    made = [Mention(contribution=contribution, **_named(key)) for key in dict.fromkeys(keys)]
    Mention.objects.bulk_create(made)
    for user in _readers(made, thing):
        if user.pk != contribution.written_by_id:
            _write(user, contribution, thing, told)
    return made


def cannot_read(keys: Iterable[str]) -> str:
    """Say that these cannot read the talk; a person stays without a name."""
    pks = [int(key[1:]) for key in keys if re.fullmatch(rf"{ORGANISATION}[0-9]{{1,18}}", key)]
    names = [*Organisation.objects.filter(pk__in=pks).values_list("name", flat=True)]
    who = ", ".join(names) or _("Somebody whom you ticked")
    words = _("%(who)s cannot read the talk, and would hear nothing. Send it without them.")
    return words % {"who": who}


def _named(key: str) -> dict[str, Any]:
    return {f"{'organisation' if key[0] == ORGANISATION else 'user'}_id": int(key[1:])}


def _readers(mentions: Iterable[Mention], thing: models.Model) -> list[User]:
    """Return the people and those of the organisations that are mentioned, if they see it."""
    organisations = [one.organisation_id for one in mentions if one.organisation_id]
    users = [one.user_id for one in mentions if one.user_id]
    seats = Member.objects.current().select_related("user")
    named = seats.filter(models.Q(organisation__in=organisations) | models.Q(user__in=users))
    seen = talk_of(type(thing)).seen
    people = [seat.user for seat in named.order_by("pk")]
    return [user for user in people if seen(user).filter(pk=thing.pk).exists()]


def _write(user: User, contribution: Contribution, thing: models.Model, told: Activity) -> None:
    """Write to one of them; what they are told now, no digest tells again."""
    kind = unasked.subscription("mentioned", user.email)
    if kind is None or not kind.is_stopped:
        Told.objects.get_or_create(user=user, event=told)
    context = {"contribution": contribution, "thing": thing}
    mail.send("mentioned", to=user.email, about=thing, context=context, quotes=contribution)
