"""What the columns of a list hold: told by its headings, or else by what stands in them."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.danish import spelling
from taskforce.core.sheet_reading import Lines
from taskforce.members.models import Kind, Organisation, Role

HEAD_WITHIN = 10  # lines from the top in which the headings stand, below a title


class Field(models.TextChoices):
    """What a column may hold. Other columns are left alone."""

    NAME = "name", pgettext_lazy("of a person", "Name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    EMAIL = "email", _("E-mail")
    ORGANISATION = "organisation", _("Organisation")
    KIND = "kind", _("Kind of organisation")
    TITLE = "title", _("Job title")
    ROLE = "role", _("Role")


HEADINGS = {
    Field.NAME: (
        "navn, fulde navn, medlem, person, deltager, kontaktperson, name, full name, member"
    ),
    Field.FIRST_NAME: "fornavn, fornavne, first name, given name",
    Field.LAST_NAME: "efternavn, last name, surname, family name",
    Field.EMAIL: (
        "e-mail, email, mail, e-mailadresse, emailadresse, mailadresse, e-post, mailadr, "
        "e-mail address, email address"
    ),
    Field.ORGANISATION: (
        "organisation, virksomhed, firma, arbejdsplads, kommune, forening, arbejdsgiver, "
        "organization, company, employer"
    ),
    Field.KIND: "type, organisationstype, slags, kind, kind of organisation, type of organisation",
    Field.TITLE: "titel, stilling, stillingsbetegnelse, jobtitel, job title, title, position",
    Field.ROLE: "rolle, role",
}
MEANT = {
    spelling(heading): field for field, line in HEADINGS.items() for heading in line.split(",")
}


def guess(lines: Lines) -> tuple[int, list[str]]:
    """Return the place of the first person's line, and what each column holds ("" for nothing)."""
    heads = [_by_headings(cells) for _number, cells in lines[:HEAD_WITHIN]]
    told = [
        place
        for place, found in enumerate(heads)
        if Field.EMAIL in found or sum(map(bool, found)) > 1
    ]
    if told:  # above the headings may stand a row that names groups of them
        place = next((place for place in told if Field.EMAIL in heads[place]), told[0])
        return place + 1, heads[place]
    return 0, _by_content([cells for _number, cells in lines])


def _by_headings(cells: list[str]) -> list[str]:
    """Return what each heading means; the first of two that mean the same counts."""
    found: list[str] = []
    for cell in cells:
        meant = MEANT.get(spelling(cell.strip(":* ")), "")
        found.append("" if meant in found else str(meant))
    return found


def _by_content(rows: list[list[str]]) -> list[str]:
    """Return what most cells of each column are; other words are names first, titles last."""
    columns = [*zip(*rows, strict=True)]
    organisations, known_roles, known_kinds = _organisations(), roles(), labels(Kind.choices)
    tests = {
        Field.EMAIL: lambda cell: "@" in cell,
        Field.ROLE: lambda cell: spelling(cell) in known_roles,
        Field.KIND: lambda cell: spelling(cell) in known_kinds,
        Field.ORGANISATION: lambda cell: spelling(cell) in organisations,
    }
    found = [""] * len(columns)
    for field, is_one in tests.items():
        shares = [sum(map(is_one, column)) / max(1, sum(map(bool, column))) for column in columns]
        best = max(range(len(columns)), key=lambda place: (not found[place], shares[place]))
        if not found[best] and shares[best] >= 0.5:
            found[best] = str(field)
    rest = (place for place, column in enumerate(columns) if not found[place] and any(column))
    others = [one for one in (Field.NAME, Field.ORGANISATION, Field.TITLE) if one not in found]
    for place, field in zip(rest, others, strict=False):
        found[place] = str(field)
    return found


def _organisations() -> set[str]:
    rows = Organisation.objects.values_list("name", "former_names")
    return {spelling(each) for name, former in rows for each in (name, *former)}


def labels(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Return values by their labels, in both languages of the portal."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {spelling(str(label)): value for value, label in choices}
    return found


def roles() -> dict[str, str]:
    return labels(Role.choices) | {"sekretariat": Role.SECRETARIAT, "sekretær": Role.SECRETARIAT}
