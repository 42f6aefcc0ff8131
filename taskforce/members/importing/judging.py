"""What each row of a list would do, and why some can do nothing; nothing is written here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from taskforce.core.danish import spelling
from taskforce.members.importing.columns import Field, labels, roles
from taskforce.members.models import Kind, Member, Organisation, Role, User
from taskforce.members.people.doubles import ALIKE
from taskforce.members.people.inviting import has_come

ADDRESS = re.compile(r"\S@\S+\.\S")  # in a cell of something else
NOTHING = ("-", "–", "—")  # what people write in a cell that holds nothing
LONGEST = {Field.NAME: 120, Field.EMAIL: 254, Field.ORGANISATION: 120, Field.TITLE: 120}


class Outcome(models.TextChoices):
    """What a row would do, in the order in which the page lists them."""

    FAULTY = "faulty", gettext_lazy("Cannot be taken in")
    DOUBTFUL = "doubtful", gettext_lazy("Look at these")
    NEW = "new", pgettext_lazy("rows of a list", "New")
    CHANGED = "changed", pgettext_lazy("rows of a list", "Changed")
    INVITED = "invited", gettext_lazy("Invited already, not come yet")
    SAME = "same", gettext_lazy("Known, nothing new")


TAKEN = (Outcome.DOUBTFUL, Outcome.NEW, Outcome.CHANGED)  # what can be ticked


@dataclass
class Row:
    """One person of a list. `changes` are (what, old, new); `notes` say what is to be known."""

    line: int
    values: dict[str, str]
    outcome: Outcome = Outcome.SAME
    notes: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    member: Member | None = None
    organisation: Organisation | None = None
    alike: Organisation | None = None  # nearly the same name, where no organisation has this one
    kind: str = ""

    def cell(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def name(self) -> str:
        return self.cell("name")

    @property
    def email(self) -> str:
        return self.cell("email")

    @property
    def organisation_name(self) -> str:
        return str(self.organisation or self.cell("organisation"))

    @property
    def can_be_taken(self) -> bool:
        return self.outcome in TAKEN

    @property
    def is_ticked(self) -> bool:
        """Tell whether it is taken in unless somebody says no."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def why(self) -> str:
        """Return in words why it is left, for the sheet of what is left."""
        return " ".join(self.notes) or str(Outcome(self.outcome).label)

    @property
    def stamp(self) -> str:
        """Return what changes with what the row would do."""
        return repr((self.line, self.outcome.value, self.notes, self.changes, self.kind))


class Known:
    """Who and what is in the portal, asked once for a whole list."""

    def __init__(self, emails: list[str]) -> None:
        seats = Member.objects.select_related("user", "organisation", "invitation")
        people = User.objects.filter(email__in=emails).select_related("merged_into")
        self.users = {user.email: user for user in people}
        self.seats = {seat.user.email: seat for seat in seats.filter(to_date=None)}
        self.former = {seat.user.email: seat for seat in seats.exclude(to_date=None)}
        self.kinds, self.roles = labels(Kind.choices), roles()
        self.people = {spelling(seat.user.name): seat for seat in self.seats.values()}

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Return organisations by each of their names; a name of today before a former one."""
        rows = [*Organisation.objects.order_by("pk")]
        former = {spelling(old): one for one in rows for old in one.former_names}
        return former | {spelling(one.name): one for one in rows}

    def organisation_like(self, name: str) -> Organisation | None:
        close = get_close_matches(spelling(name), self.organisations, n=1, cutoff=ALIKE)
        return self.organisations[close[0]] if close else None


def judge(people: list[tuple[int, list[str]]], columns: list[str]) -> list[Row]:
    """Return what each line would do, in their order, in a few queries."""
    rows = [Row(number, _values(cells, columns)) for number, cells in people]
    known = Known([row.cell("email") for row in rows])
    seen: dict[str, int] = {}
    for row in rows:
        if faults := [*_faults(row, seen)]:
            row.outcome, row.notes = Outcome.FAULTY, faults
        else:
            seen[row.cell("email")] = row.line
            _compare(row, known)
    return rows


def _values(cells: list[str], columns: list[str]) -> dict[str, str]:
    """Return a line's cells by field; a name in two columns becomes one."""
    held = zip(columns, cells, strict=False)
    found = {name: cell for name, cell in held if name and cell not in NOTHING}
    parts = (found.pop(Field.FIRST_NAME, ""), found.pop(Field.LAST_NAME, ""))
    name, email = found.get(Field.NAME, ""), found.get(Field.EMAIL, "")
    found[Field.NAME] = _name(name) or " ".join(filter(None, parts)) or _name_before(email)
    found[Field.EMAIL] = _address(email or (name if "<" in name else ""))
    return found


def _name(cell: str) -> str:
    """Return a name without the address behind it; "Dahl, Bo" as it is spoken."""
    name = cell.partition("<")[0].strip(' "')
    last, comma, first = (part.strip() for part in name.partition(","))
    is_turned = comma and first and " " not in last and "," not in first
    return f"{first} {last}" if is_turned else name


def _name_before(email: str) -> str:
    """Return the name of "Bo Dahl <bo@example.org>"."""
    return _name(email) if "<" in email else ""


def _address(cell: str) -> str:
    """Return an address as it is stored, also where it stands in a link or behind a name."""
    inner = cell.rpartition("<")[2].rstrip("> ;,.") if "<" in cell else cell.strip(" ;,.")
    return inner.casefold().removeprefix("mailto:").strip()


def _faults(row: Row, seen: dict[str, int]) -> Iterator[str]:
    if any(value.startswith("=") for value in row.values.values()):
        yield _("A formula stands here. Put what it comes to instead.")
    for name, most in LONGEST.items():
        if len(row.cell(name)) > most:
            words = _("%(field)s is longer than %(most)s characters.")
            yield words % {"field": Field(name).label, "most": most}
    for name in (Field.NAME, Field.ORGANISATION):
        if ADDRESS.search(row.cell(name)):
            words = _("An e-mail address stands in this column: %(field)s.")
            yield words % {"field": Field(name).label}
    if not row.cell(Field.NAME):
        yield _("The name is missing.")
    yield from _faults_of_address(row, seen)


def _faults_of_address(row: Row, seen: dict[str, int]) -> Iterator[str]:
    email = row.cell(Field.EMAIL)
    if not email:
        yield _("The e-mail address is missing.")
    elif first := seen.get(email):
        yield _("The same address stands in line %(n)s.") % {"n": first}
    else:
        try:
            validate_email(email)
        except ValidationError:
            yield _("This is no e-mail address: %(words)s") % {"words": email}


def _compare(row: Row, known: Known) -> None:
    """Say what becomes of a row without faults."""
    email = row.cell(Field.EMAIL)
    user = known.users.get(email)
    if user and not user.is_active:
        row.outcome = Outcome.FAULTY
        row.notes.append(_shut(user))
        return
    _find_organisation(row, known)
    _note_role(row, known, known.seats.get(email))
    if seat := known.seats.get(email):
        _compare_member(row, seat)
    elif row.outcome != Outcome.FAULTY:
        _compare_new(row, known, known.former.get(email))


def _shut(user: User) -> str:
    if user.merged_into:
        words = _("%(name)s has another address today: %(email)s.")
        return words % {"name": user.merged_into, "email": user.merged_into.email}
    return _("The log-in is shut. Open it on the person's page first.")


def _find_organisation(row: Row, known: Known) -> None:
    name = row.cell(Field.ORGANISATION)
    row.organisation = known.organisations.get(spelling(name)) if name else None
    row.kind = known.kinds.get(spelling(row.cell(Field.KIND)), Kind.OTHER)
    if name and row.organisation is None and (alike := known.organisation_like(name)):
        row.outcome, row.alike = Outcome.DOUBTFUL, alike


def _note_role(row: Row, known: Known, seat: Member | None) -> None:
    wants = known.roles.get(spelling(row.cell(Field.ROLE))) == Role.SECRETARIAT
    if wants and not (seat and seat.role == Role.SECRETARIAT):
        row.notes.append(_("A list gives nobody the secretariat's role. Give it on their page."))


def _compare_member(row: Row, seat: Member) -> None:
    row.member = seat
    row.changes = [*_changes(row, seat)]
    moves = bool(row.cell(Field.ORGANISATION)) and row.organisation != seat.organisation
    if moves and seat.role == Role.SECRETARIAT:
        row.outcome = Outcome.FAULTY
        row.notes.append(_("The secretariat's own people change organisation on their page."))
    elif row.changes and row.outcome != Outcome.DOUBTFUL:
        row.outcome = Outcome.CHANGED
    elif not row.changes and not has_come(seat):
        row.outcome = Outcome.INVITED


def _changes(row: Row, seat: Member) -> Iterator[tuple[str, str, str]]:
    """Yield what differs; a cell that is empty changes nothing."""
    if row.cell(Field.NAME) != seat.user.name:
        yield str(Field.NAME.label), seat.user.name, row.cell(Field.NAME)
    if row.cell(Field.ORGANISATION) and row.organisation != seat.organisation:
        new = row.organisation or row.cell(Field.ORGANISATION)
        yield str(Field.ORGANISATION.label), str(seat.organisation), str(new)
    if row.cell(Field.TITLE) and row.cell(Field.TITLE) != seat.title:
        yield str(Field.TITLE.label), seat.title, row.cell(Field.TITLE)


def _compare_new(row: Row, known: Known, former: Member | None) -> None:
    if not row.cell(Field.ORGANISATION):
        row.outcome = Outcome.FAULTY
        row.notes.append(_("The organisation is missing."))
        return
    if row.outcome != Outcome.DOUBTFUL:
        row.outcome = Outcome.NEW
    if row.organisation is None and row.alike is None:
        row.notes.append(_("No organisation has this name yet: it becomes a new one."))
    if former:
        words = _("Was a member of %(organisation)s until %(day)s.")
        names = {"organisation": former.organisation, "day": f"{former.to_date:%d.%m.%Y}"}
        row.notes.append(words % names)
    elif same := known.people.get(spelling(row.cell(Field.NAME))):
        row.outcome = Outcome.DOUBTFUL
        words = _("Somebody of this name is here: %(email)s, %(organisation)s.")
        names = {"email": same.user.email, "organisation": same.organisation}
        row.notes.append(words % names)
