"""Every act on an initiative holds its row, so that none is written behind another."""

from initiatives.models import Initiative
from initiatives.models.initiative import InitiativeQuerySet


def locked(initiative: Initiative, among: InitiativeQuerySet) -> Initiative | None:
    """Return the initiative as it is now, held until the transaction ends; None if not among."""
    # NO KEY: whoever only points at it, such as somebody who joins, need not wait.
    return among.select_for_update(of=("self",), no_key=True).filter(pk=initiative.pk).first()


def write(initiative: Initiative, *fields: str) -> None:
    """Save columns of a locked initiative as a new version, for those who edit it meanwhile."""
    initiative.version += 1
    initiative.save(update_fields=[*fields, "version"])
