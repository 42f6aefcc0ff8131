"""The register of people as a spreadsheet, which can be taken in again as it is."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taskforce.core.danish import DanishOrder
from taskforce.core.sheets import Column
from taskforce.members.people import pages
from taskforce.members.people.pages import Person

NAME = "personer"


def columns() -> list[Column[Person]]:
    return [
        Column(pgettext("of a person", "Name"), lambda person: person.user.name),
        Column(_("E-mail"), lambda person: person.user.email),
        Column(
            _("Organisation"), lambda person: str(person.seat.organisation) if person.seat else ""
        ),
        Column(
            _("Kind of organisation"),
            lambda person: person.seat.organisation.get_kind_display() if person.seat else "",
        ),
        Column(_("Job title"), lambda person: person.seat.title if person.seat else ""),
        Column(_("Role"), lambda person: person.seat.get_role_display() if person.seat else ""),
        Column(_("State"), lambda person: person.words),
        Column(_("From"), lambda person: person.seat.from_date if person.seat else None),
        Column(_("Until"), lambda person: person.seat.to_date if person.seat else None),
    ]


def rows(people: Any) -> Iterable[Person]:
    """Return a row for each person of the register, in the order of their names."""
    return pages.ready([*people.order_by(DanishOrder("name"), "pk")])
