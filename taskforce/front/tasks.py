"""What waits for somebody: one line each, with the act that settles it, the most pressing first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = 14  # days within which a deadline presses
LONG_AGO = 90  # days after which what is overdue stands apart


@dataclass(frozen=True)
class Task:
    """Something that waits: what, by when, and one button.

    `sends` are the hidden fields of a button that sends; without them it leads to a page. `answers`
    are buttons that send one value each, in place of the one button.
    """

    title: str
    url: str
    about: str
    act: str = ""
    act_url: str = ""
    due: date | None = None
    told: str = ""  # stands under the state, such as the date
    sends: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, str]] = field(default_factory=list)
    can_wait: bool = False

    @property
    def days(self) -> int | None:
        """Return how many days are left, fewer than nought where it is overdue."""
        return None if self.due is None else (self.due - timezone.localdate()).days

    @property
    def state(self) -> str:
        """Return the class of the state's shape."""
        if self.days is None or self.days > SOON:
            return ""
        return "soon" if self.days >= 0 else "late"

    @property
    def words(self) -> str:
        if self.days is None:
            return _("No deadline")
        if self.days < 0:
            return _("Overdue")
        if self.days == 0:
            return _("Today")
        return ngettext("In %(n)s day", "In %(n)s days", self.days) % {"n": self.days}

    @property
    def stands_apart(self) -> bool:
        """Tell whether it presses nobody: it can wait, or was overdue a long time ago."""
        return self.can_wait or (self.days is not None and self.days < -LONG_AGO)


def by_urgency(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """Return what presses and what stands apart: overdue first, then by deadline, then the rest."""
    ordered = sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))
    return {
        "tasks": [task for task in ordered if not task.stands_apart],
        "can_wait": [task for task in ordered if task.stands_apart],
    }
