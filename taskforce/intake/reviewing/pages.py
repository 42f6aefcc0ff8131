"""What the page of a review shows: the text on one side, the candidates on the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meetings.planning.acts import next_number
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import document, window
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm, Decision
from taskforce.intake.reviewing.candidates import BLANK
from taskforce.intake.reviewing.faults import faults, field_id, in_order, missing, sentences
from taskforce.intake.reviewing.fields import in_words
from taskforce.intake.reviewing.review import Review

HIDDEN = ("decision", "order")  # the row shows them otherwise
# Fields with long texts are as high as their text, within bounds.
LONG = ("text", "summary", "details")
A_LINE, FEWEST_LINES, MOST_LINES = 60, 2, 14  # characters, and lines of such a field

# The fields that a folded candidate shows beside its title: what in the portal it is matched with.
SHOWN = ("member", "organisation", "responsible", "agenda", "speaker", "barrier", "call", "due_on")
# The fields that matter only where the barrier, or the organisation, is a new one.
OF_NEW_BARRIER = ("name", "theme", "raised_by")
OF_NEW_ORGANISATION = ("kind",)


# What a button says of a whole list of people.
TOGETHER = {
    "attendees": [
        (Decision.ACCEPT, _("All were there")),
        (Decision.ONLINE, _("All were online")),
        (Decision.APOLOGIES, _("All sent apologies")),
    ],
    "absent": [
        (Decision.ACCEPT, _("All sent apologies")),
        (Decision.ROOM, _("All were there")),
    ],
}


@dataclass
class CandidateField:
    """A field ready for the template: Django renders each widget and option by one of its own."""

    id: str
    name: str
    label: str
    value: str
    kind: str
    options: list[tuple[str, str]] | None
    errors: list[str]
    help: str
    is_required: bool
    suggestions: str = ""  # the list of names that it suggests
    rows: int = FEWEST_LINES
    of_new: str = ""  # what must be new for it to matter

    @property
    def described_by(self) -> str:
        parts = (f"{self.id}-hjaelp" if self.help else "", f"{self.id}-fejl" if self.errors else "")
        return " ".join(filter(None, parts))

    @property
    def options_html(self) -> SafeString:
        """The options as HTML: thousands of them would be slow in a template."""
        chosen = SafeString(" selected")
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (value, chosen if value == self.value else "", word)
                for value, word in self.options or ()
            ),
        )


@dataclass
class CandidateRow:
    """A candidate ready for the template."""

    key: str
    label: str
    title: str
    decision: str
    decisions: list[tuple[str, str]]
    order: str  # its place in the list; "" where it stands as it was read
    seen: str
    can_change: bool  # whether it can be split and joined
    is_agenda: bool  # whether it can be moved, too
    is_unsure: bool
    is_decided: bool
    decided: str  # in words
    is_missing: bool
    said: list[tuple[str, str]]
    reason: str | Promise
    place: str
    fields: list[CandidateField]
    unfolded: bool
    is_empty_row: bool
    faults: int
    is_open: bool


def review(
    intake: Intake,
    current: Review,
    lines: dict[str, str],
    first: str = "",
    sent: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the document on one side and its candidates on the other.

    `lines` were typed to be added, by field, and could not be. Of a large document the things
    from the key `first` on are open, or those that were `sent` and could not be saved.
    """
    parts = document.parts(intake)
    places = document.anchors(parts)
    groups = [*current.groups()]
    forms = [*in_order(groups)]
    is_long = window.is_long(forms)
    shown = {*sent} if is_long and sent else window.open_keys(forms, first)
    for segment in (segment for part in parts for segment in part.segments):
        segment.is_plain = shown.isdisjoint(segment.keys)
    needed = {key for key, _sentence in current.missing()}
    wrong = [*faults(current)]
    in_the_way = next(iter([*missing(current), *wrong]), None)
    for fault in filter(None, (*wrong, in_the_way)):
        fault.field = fault.field if fault.key in shown else fault.key
    return {
        "is_long": is_long,
        "intake": intake,
        "document": parts,
        "groups": [
            {
                "name": group.name,
                "title": group.title,
                "open": group.undecided_count,
                "can_add": group.name in BLANK,
                "lines": lines.get(group.name, ""),
                "together": TOGETHER.get(group.name, []),
                "add_words": _("Agenda items, one a line")
                if group.name == "agenda"
                else _("People, one a line"),
                "add_help": _("With the time in front, if you like: 10.00–10.30 Budget")
                if group.name == "agenda"
                else _("Name, organisation"),
                "rows": [row(form, places, needed, shown) for form in group.forms],
            }
            for group in groups
        ],
        "open": len(current.undecided),
        "first_open": first_undecided(current),
        "is_poor": not {"date", "attendees", "agenda"} & {found["field"] for found in intake.found},
        "faults": wrong,
        "in_the_way": in_the_way,
        "total": len(forms),
        "other_meeting": (other := current.other_meeting),
        "free_number": next_number() if other or "number-0" in needed else None,
        "organisations": [*current.known.organisations.labels.values()],
    }


def first_undecided(current: Review) -> str:
    forms = in_order(current.groups())
    return next((form.candidate.key for form in forms if form.is_undecided), "")


def row(
    form: CandidateForm, places: dict[str, str], needed: set[str], shown: set[str]
) -> CandidateRow:
    shows_faults = form.has_shown_errors
    # There is no meeting without number and date: ask at once where the document has none.
    is_asked_for = form.candidate.key in needed and not form.raw("value")
    is_empty_row = "order" in form.fields and not form.title_words  # added, not filled in yet
    is_open = form.candidate.key in shown
    names = [name for name in form.fields if name not in HIDDEN] if is_open else []
    return CandidateRow(
        key=form.candidate.key,
        label=form.label,
        title=form.title,
        decision=form.raw("decision"),
        decisions=[(value, str(word)) for value, word in form.decisions],
        order=form.raw("order"),
        seen=form.seen,
        can_change="order" in form.fields,
        is_agenda=form.candidate.field == "agenda",
        is_unsure=form.candidate.is_unsure,
        is_decided=form.is_accepted or form.is_skipped,
        decided=str(dict(form.decisions).get(form.raw("decision"), "")),
        is_missing=is_asked_for,
        said=[*said(form)],
        reason=form.candidate.reason,
        place=places.get(form.candidate.key, ""),
        fields=[ready_field(form, name) for name in names],
        unfolded=shows_faults or form.needs_more or is_asked_for or is_empty_row,
        is_empty_row=is_empty_row,
        faults=len(form.errors) if shows_faults else 0,
        is_open=is_open,
    )


def said(form: CandidateForm) -> Iterable[tuple[str, str]]:
    """Yield (label, words) of what a candidate is matched with."""
    for name in SHOWN:
        if name in form.fields and form.raw(name):
            words = in_words(form.raw(name)) if name == "due_on" else form.shown(name)
            yield str(form.fields[name].label), words


def height(text: str) -> int:
    """Return how many lines a field needs for a text, within bounds."""
    lines = sum(1 + len(line) // A_LINE for line in text[: A_LINE * MOST_LINES].split("\n"))
    return min(max(lines, FEWEST_LINES), MOST_LINES)


def ready_field(form: CandidateForm, name: str) -> CandidateField:
    field = form.fields[name]
    # Before it is accepted, it shows only errors of what the document itself holds.
    shows_errors = form.has_shown_errors or (form.needs_more and bool(form.raw(name)))
    choices = getattr(field, "choices", None)
    kind = "long" if name in LONG else getattr(field.widget, "input_type", "text")
    if kind in ("date", "time") and name in form.errors:
        kind = "text"  # a date field in a browser would drop a wrong value
    return CandidateField(
        id=field_id(form, name),
        name=form.add_prefix(name),
        label=str(field.label),
        value=form.raw(name),
        kind=kind,
        options=None if choices is None else [(str(value), str(word)) for value, word in choices],
        errors=sentences(form, name) if shows_errors else [],
        help=str(field.help_text),
        is_required=field.required,
        suggestions="organisationer" if name == "written" else "",
        rows=height(form.raw(name)) if kind == "long" else FEWEST_LINES,
        of_new=_of_new(form, name),
    )


def _of_new(form: CandidateForm, name: str) -> str:
    if name in OF_NEW_BARRIER and "barrier" in form.fields:
        return "barrier"
    return "organisation" if name in OF_NEW_ORGANISATION and "written" in form.fields else ""
