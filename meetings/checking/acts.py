"""Fix or waive what the check found, each time under the lock of the minutes."""

import re
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.checking import consent, links
from meetings.checking.consent import HiddenName
from meetings.checking.doubts import open_doubts
from meetings.checking.names import instead
from meetings.models import ActionPoint, AgendaItem, Minutes, MinutesEntry, Outcome, Waiver
from meetings.writing import acts as writing
from taskforce.activity.recording import record_changes
from taskforce.core.acts import Refused
from taskforce.core.rich_text import clean_html
from taskforce.members.models import Member

GONE = gettext_lazy("This has been fixed in the meantime, or skipped already.")

# The texts that may hold a short link, by the kind of row.
Linked = MinutesEntry | Outcome | ActionPoint
LINKED_FIELDS: dict[type[Linked], list[str]] = {
    MinutesEntry: ["heading", "text"],
    Outcome: ["decision"],
    ActionPoint: ["what"],
}


@transaction.atomic
def waive(*, minutes: Minutes, doubt: str, reason: str, by: Member) -> Waiver:
    """Leave a doubt as it is, for a reason; refuses one that is fixed or waived already."""
    locked = writing.locked_draft(minutes)
    must_be_open(minutes=locked, doubt=doubt, by=by)
    return Waiver.objects.create(minutes=locked, doubt=doubt, reason=reason, waived_by=by)


def must_be_open(*, minutes: Minutes, doubt: str | None, by: Member) -> None:
    """Raise Refused where a doubt is fixed or waived: the page has no form for it any more."""
    if doubt not in {found.key for found in open_doubts(minutes, by.user)}:
        raise Refused(GONE)


@transaction.atomic
def waive_rest(*, minutes: Minutes, reason: str, by: Member) -> list[Waiver]:
    """Waive every open doubt for one reason, but for those about names."""
    locked = writing.locked_draft(minutes)
    rest = [doubt for doubt in open_doubts(locked, by.user) if not doubt.is_name]
    return Waiver.objects.bulk_create(
        Waiver(minutes=locked, doubt=doubt.key, reason=reason, waived_by=by) for doubt in rest
    )


@transaction.atomic
def reopen_doubt(*, minutes: Minutes, doubt: str) -> Minutes:
    """Delete the waiver of a doubt, so that it counts again."""
    locked = writing.locked_draft(minutes)
    locked.waivers.filter(doubt=doubt).delete()
    return locked


@transaction.atomic
def add_text(*, minutes: Minutes, item: AgendaItem, form: Any) -> MinutesEntry:
    """Write what was said under an item, into its empty passage where it has one.

    Raises Conflict if somebody else wrote under the item first.
    """
    own = [*writing.locked_draft(minutes).entries.filter(agenda_item=item)]
    written = [entry for entry in own if strip_tags(entry.text).strip()]
    form.must_be_current(written)
    empty = next((entry for entry in own if entry not in written), None)
    entry = empty or writing.add_passage(minutes=minutes, item=item)
    entry.text = form.cleaned_data["text"]
    entry.version += 1
    entry.save()
    return entry


@transaction.atomic
def replace_link(*, minutes: Minutes, row: Linked, key: str, address: str) -> Linked:
    """Put an address wherever the short link with this key stands in a row.

    Refuses where the link is gone, or where a text becomes too long.
    """
    writing.locked_draft(minutes)
    row.refresh_from_db()
    changed = [name for name in LINKED_FIELDS[type(row)] if _replace(row, name, key, address)]
    if not changed:
        raise Refused(_("Somebody else has fixed this in the meantime."))
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - {*changed})
    except ValidationError as error:
        sentence = _("The text becomes too long with this address.")
        raise Refused(sentence, field="address") from error
    if isinstance(row, MinutesEntry):  # whoever has the passage open learns that it changed
        row.version += 1
    row.save()
    return row


# The texts of each kind of row that may hold a name, by the name of its model.
NAMING_FIELDS = {
    "agendaitem": ["title", "details"],
    "minutesentry": ["heading", "text"],
    "statement": ["text"],
    "outcome": ["decision"],
    "actionpoint": ["what", "note"],
    "material": ["title"],
}
TAGS = re.compile(r"(<[^>]*>)")
INLINE = re.compile(r"</?(?:strong|em|a)\b")
BEGINS = re.compile(r"(?:^|[.!?]\s|\n)\s*$")  # a sentence


@transaction.atomic
def write_instead(
    *, minutes: Minutes, row: Any, found: HiddenName, organisation: str, by: Member
) -> models.Model:
    """Write an organisation wherever a row has a name; refuses where the name is gone.

    Also refuses where the text becomes too long, or markup stands within the name.
    """
    writing.locked_draft(minutes)
    row.refresh_from_db()
    pattern = consent.names_of(found.owners).pattern(found.name)
    changed = []
    for name in NAMING_FIELDS[row._meta.model_name]:
        before = getattr(row, name)
        after = _without_name(before, pattern, found, organisation)
        if after != before:
            setattr(row, name, after)
            changed.append(name)
    if not changed:
        raise Refused(
            _("The name is no longer there, or there are bold or italic letters inside it.")
        )
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - {*changed})
    except ValidationError as error:
        raise Refused(_("The text becomes too long with the organisation.")) from error
    if isinstance(row, MinutesEntry):  # whoever has the passage open learns that it changed
        row.version += 1
    row.save()
    record_changes(row if hasattr(row, "get_absolute_url") else minutes, by=by.user)
    return cast("models.Model", row)


def _without_name(text: str, pattern: re.Pattern[str], found: HiddenName, organisation: str) -> str:
    """Return a text, or clean HTML, with an organisation wherever a name stood."""
    is_html = text.startswith("<")
    written = escape(organisation) if is_html else organisation

    words = ""  # of the paragraph so far

    def replaced(match: re.Match[str]) -> str:
        name = instead(match[0], found.name, written)
        # "A participant" is nobody's name, and begins a sentence with a capital.
        begins = BEGINS.search(words + match.string[: match.start()])
        return name[:1].upper() + name[1:] if begins and not found.organisations else name

    pieces = []
    for piece in TAGS.split(text) if is_html else [text]:
        is_tag = is_html and piece.startswith("<")
        pieces.append(piece if is_tag else pattern.sub(replaced, piece))
        words = (words if INLINE.match(piece) else "") if is_tag else words + piece
    return "".join(pieces)


def _replace(row: Linked, name: str, key: str, address: str) -> bool:
    """Replace the link in one field; tells whether it stood there."""
    before, is_html = getattr(row, name), name == "text"
    after = links.replace_link(before, key, address, is_html=is_html)
    if after != before:
        setattr(row, name, clean_html(after) if is_html else after)
    return bool(after != before)
