"""Letters about a question, with a link by which each reader answers without logging in.

They go to all members of an organisation, or to its mailbox where it has no members.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _

from taskforce.core.mailing import Inside, LeftOut, Letters, Reader
from taskforce.dialogue.asking import links
from taskforce.dialogue.models import Asked, Question
from taskforce.members.models import Member, Organisation


def ask(question: Question, rows: Sequence[Asked], **sent: Any) -> list[Reader]:
    return _send("question_asked", question, rows, **sent)


def remind(question: Question, rows: Sequence[Asked]) -> list[Reader]:
    return _send("question_reminder", question, rows)


def tell_new_day(question: Question, rows: Sequence[Asked], **sent: Any) -> list[Reader]:
    return _send("question_extended", question, rows, **sent)


def tell_withdrawn(question: Question, rows: Sequence[Asked], **sent: Any) -> list[Reader]:
    return _send("question_withdrawn", question, rows, **sent)


def readers(rows: Iterable[Asked]) -> tuple[list[Reader], list[LeftOut]]:
    """Return who is written to for each organisation, and which of them nobody reads for."""
    found: list[Reader] = []
    without: list[LeftOut] = []
    rows = [*rows]
    members = _members(row.organisation_id for row in rows)
    for row in rows:
        name, mailbox = row.organisation.name, row.organisation.mailbox
        if people := members.get(row.organisation_id):
            found += [
                Reader(one.user.name, one.user.email, name, one.user_id, (row, one))
                for one in people
            ]
        elif mailbox:
            found.append(Reader(name, mailbox, of=(row, None)))
        else:
            without.append(LeftOut(name, "", _("has neither members nor a mailbox")))
    return found, without


def nobody_reads_for(organisations: Iterable[Organisation]) -> list[Organisation]:
    """Return those that a letter cannot reach."""
    chosen = [*organisations]
    members = _members(one.pk for one in chosen)
    return [one for one in chosen if one.pk not in members and not one.mailbox]


def _members(organisations: Iterable[int]) -> dict[int, list[Member]]:
    rows = Member.objects.current().filter(organisation__in=[*organisations])
    found: dict[int, list[Member]] = {}
    for one in rows.select_related("user").order_by("pk"):
        found.setdefault(one.organisation_id, []).append(one)
    return found


def _send(name: str, question: Question, rows: Sequence[Asked], **sent: Any) -> list[Reader]:
    # As a stranger may read it, since mail is passed on.
    thing = question.thing(AnonymousUser())

    def inside(reader: Reader) -> Inside:
        row, member = reader.of
        with translation.override("da"):
            path = links.to_answer(row, member)
        organisation = row.organisation.name
        return Inside(
            {"asked": question, "organisation": organisation, "thing": thing, "path": path}
        )

    found, without = readers(rows)
    return Letters(name, question, found, inside, without).send(**sent)
