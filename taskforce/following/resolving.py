"""How often somebody is told of an event: this thing > its theme > the kind of event > the default.

Plain code over what was fetched, for the letters, the digests and the page that explains them.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.following.kinds import DEFAULT, Kind
from taskforce.following.models import How


class Why(models.TextChoices):
    """Which rule says how often."""

    THING = "thing", _("chosen here")
    THEME = "theme", _("as its theme")
    KIND = "kind", _("as you chose for this kind")
    DEFAULT = "default", _("as for everybody")


@dataclass(frozen=True)
class Near:
    """Something that an event is about: a thing, a theme, or search words that find it."""

    key: Hashable  # as the follow names it
    kind: Kind


@dataclass(frozen=True)
class Reason:
    """How often somebody is told, by which rule, and through what they follow, if anything."""

    how: How
    why: Why
    through: Near | None = None


def resolve(
    near: Sequence[Near],
    follows: Mapping[Hashable, str],
    choices: Mapping[str, str],
    *,
    new: Kind | None = None,
    only_asked: bool = False,
) -> Reason | None:
    """Return how often somebody is told of what is about these things, the nearest first.

    The nearest that they follow decides. Who follows none is told of it as news of the kind `new`,
    or not at all. `follows` holds how often by key, empty where the follow does not say.
    """
    if only_asked:
        return None
    followed = [one for one in near if one.key in follows]
    if not followed:
        return _of_kind(new, choices) if new else None
    nearest = followed[0]
    if how := follows[nearest.key]:
        return Reason(How(how), Why.THING, nearest)
    for theme in followed:
        if theme.kind == Kind.THEMES and (how := follows[theme.key]):
            return Reason(How(how), Why.THEME, nearest)
    return _of_kind(nearest.kind, choices, nearest)


def _of_kind(kind: Kind, choices: Mapping[str, str], through: Near | None = None) -> Reason:
    if chosen := choices.get(kind):
        return Reason(How(chosen), Why.KIND, through)
    return Reason(DEFAULT[kind], Why.DEFAULT, through)
