"""Lock an initiative for the acts on it, and save what they change as a new version."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from initiatives.models import Initiative
from initiatives.models.initiative import InitiativeQuerySet
from taskforce.core.acts import Refused

HAS_ENDED = _("The initiative has ended in the meantime. Nothing was changed.")


def under_way(initiative: Initiative) -> Initiative:
    """Return an initiative whose form may open; raises Refused where it has ended."""
    if not initiative.is_under_way:
        raise Refused(HAS_ENDED)
    return initiative


def lock_under_way(initiative: Initiative) -> Initiative:
    """Lock an initiative until the transaction ends; raises Refused where it has ended."""
    return lock(initiative, Initiative.objects.under_way(), refusal=HAS_ENDED)


def lock(initiative: Initiative, among: InitiativeQuerySet, *, refusal: StrOrPromise) -> Initiative:
    """Lock an initiative and return it as it is now; raises Refused where it is not among these."""
    found = find_locked(initiative, among)
    if found is None:
        raise Refused(refusal)
    return found


def find_locked(initiative: Initiative, among: InitiativeQuerySet) -> Initiative | None:
    """Lock an initiative and return it as it is now; None where it is not among these."""
    # NO KEY: a new row that points at it, such as a participation, need not wait.
    return among.select_for_update(of=("self",), no_key=True).filter(pk=initiative.pk).first()


def write(initiative: Initiative, *fields: str) -> None:
    """Save fields of a locked initiative as a new version, so that an open edit form conflicts."""
    initiative.version += 1
    initiative.save(update_fields=[*fields, "version"])
