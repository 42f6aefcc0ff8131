"""Keep a list that somebody brought, say what its columns hold, and forget it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.core.sheet_reading import Lines
from taskforce.members.importing.columns import guess
from taskforce.members.models import MemberImport, User


def bring(*, name: str, lines: Lines, by: User) -> MemberImport:
    """Keep a list with a guess at its columns. Nobody is taken in yet."""
    width = max(len(cells) for _number, cells in lines)
    full = [(number, cells + [""] * (width - len(cells))) for number, cells in lines]
    while all(not cells[-1] for _number, cells in full):
        full = [(number, cells[:-1]) for number, cells in full]
    first, columns = guess(full)
    return MemberImport.objects.create(
        name=name[:255], lines=full, first=first, columns=columns, added_by=by
    )


@transaction.atomic
def set_columns(*, imported: MemberImport, columns: list[str]) -> MemberImport:
    """Say what each column holds; Refused once the list is taken in."""
    current = MemberImport.objects.select_for_update().get(pk=imported.pk)
    if current.taken_at:
        raise Refused(_("The list was taken in already."), already=True)
    current.columns = columns
    current.save(update_fields=["columns"])
    return current


def forget_old_lists() -> int:
    """Delete lists of over thirty days ago; return how many."""
    before = timezone.now() - MemberImport.KEPT
    deleted, _models = MemberImport.objects.filter(added_at__lt=before).delete()
    return deleted
