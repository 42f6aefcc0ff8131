"""Take in the ticked rows of a list: all of them, or none."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.members.importing.judging import Row, judge
from taskforce.members.models import MemberImport, Organisation, Role, User
from taskforce.members.people.adding import add_member, membership, named, person


def stamp(rows: list[Row]) -> str:
    """Return a short hash of what a list would do."""
    return sha256(repr([row.stamp for row in rows]).encode()).hexdigest()[:16]


@transaction.atomic
def take_in(
    *, imported: MemberImport, lines: set[int], alike: set[int], seen: str, letters: bool, by: User
) -> MemberImport:
    """Take in the lines named, and note why the others are left.

    In the lines of `alike` the organisation is the one that is spelled nearly so. Raises Refused
    where the list was taken in before or nothing is ticked, and Conflict where somebody changed
    meanwhile what it would do: `seen` is the stamp that the page showed.
    """
    current = MemberImport.objects.select_for_update().get(pk=imported.pk)
    if current.taken_at:
        raise Refused(_("The list was taken in already."), already=True)
    rows = judge(current.people, current.columns)
    if stamp(rows) != seen:
        raise Conflict(current)
    ticked = [row for row in rows if row.line in lines and row.can_be_taken]
    if not ticked:
        raise Refused(_("No row is ticked."))
    for row in ticked:
        _take(row, _organisation(row, row.line in alike), letters, by)
    done = {row.line for row in ticked}
    current.left = {str(row.line): row.why for row in rows if row.line not in done}
    current.taken, current.taken_at = len(ticked), timezone.now()
    current.save(update_fields=["left", "taken", "taken_at"])
    return current


def _organisation(row: Row, is_alike: bool) -> Organisation | None:
    """Return the organisation of a row, which is made where there is none; None for no name."""
    found = row.organisation or (row.alike if is_alike else None)
    name = row.cell("organisation")
    return found or (named(name, row.kind) if name else None)


def _take(row: Row, organisation: Organisation | None, letters: bool, by: User) -> None:
    seat = row.member
    if seat is None:
        assert organisation is not None  # noqa: S101  # a row without one is faulty
        user = person(row.cell("email"), row.cell("name"))
        more = {"title": row.cell("title"), "role": Role.MEMBER}
        add_member(user, organisation, **more, has_letter=letters, by=by)
        return
    seat.user.name = row.cell("name")
    seat.user.save(update_fields=["name"])
    if organisation and organisation != seat.organisation:
        title = row.cell("title") or seat.title
        seat = membership(seat.user, organisation, title=title, role=seat.role)
    elif row.cell("title"):
        seat.title = row.cell("title")
        seat.save(update_fields=["title"])
    record(Verb.CHANGED, seat, by=by)
