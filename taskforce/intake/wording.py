"""The reader's sentences in the language of the page: the reader itself knows English only."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taskforce.intake.reader.reasons import Reason, Refusal

REASONS: dict[str, Promise | str] = {
    Reason.IN_TITLE: _("It stands in the title."),
    Reason.BY_LABEL: _("It stands under its label."),
    Reason.IN_TABLE: _("It stands in its column of a table."),
    Reason.IN_LIST: _("It stands in a list with others of its kind."),
    Reason.IN_PROSE: _("It is said in a sentence."),
    Reason.IN_SECTION: _("It stands in the section for such things."),
    Reason.BY_CLOCK: _("It stands beside its time in the programme."),
    Reason.BY_NUMBER: _("It is a numbered point."),
    Reason.BY_SPEAKER: _("The speaker is on the list of attendees."),
    Reason.BY_TOPIC: _("It carries a topic identifier."),
    Reason.WITH_DEADLINE: _("A deadline for applications stands beside it."),
    Reason.NO_DEADLINE: _("No deadline stands beside it."),
    Reason.YEAR_INFERRED: _("No year is written; it follows from the date of the meeting."),
    Reason.MONTH_ONLY: _("Only a month is written."),
    Reason.FIRST_DATE: _("It is the first date in the document."),
    Reason.PLACE_STATED: _("A place is stated, and nothing says online."),
    Reason.PLATFORM_NAMED: _("A platform or the word online is named."),
    Reason.NO_ORGANISATION: _("No organisation is written beside the name."),
    Reason.NAME_UNCERTAIN: _("It may be a name or an organisation."),
    Reason.HEADINGS_ONLY: _("There is no agenda; the headings are taken as one."),
    Reason.AS_WRITTEN: _("It is written out in full."),
    Reason.NAMES_LACK: _("A sentence says that something is missing or difficult."),
    Reason.FILE_NAME: _("It stands in the name of the file."),
    Reason.DISPLAY_TEXT: _("The link lies behind other words."),
}

REFUSALS: dict[str, Promise | str] = {
    Refusal.EMPTY: _("The document is empty."),
    Refusal.NO_TEXT: _(
        "The document holds pictures only, no text. Save it from Word with its text."
    ),
    Refusal.ENCRYPTED: _(
        "The document has a password. Take the password off in Word and try again."
    ),
    Refusal.BROKEN: _(
        "The file is broken or has another kind than its name says. Save it again from Word."
    ),
    Refusal.OLD_WORD: _("This is an old .doc file. Open it in Word and save it as .docx."),
    Refusal.SPREADSHEET: _(
        "This is a spreadsheet. Minutes are text: upload the minutes, or paste their text."
    ),
    Refusal.UNKNOWN: _(
        "This kind of file cannot be read. Use .docx, .odt, .pdf or .txt, or paste the text."
    ),
    Refusal.TOO_LARGE: _(
        "The document is too large to be minutes. Paste the text of the minutes instead."
    ),
    Refusal.UNSAFE: _(
        "The file holds entities that a text document has no use for. Save it again from Word."
    ),
}

SECTIONS: dict[str, Any] = {
    "head": _("Top of the document"),
    "agenda": _("Agenda"),
    "minutes": _("Minutes"),
    "round_table": _("Round table"),
    "actions": _("Action points"),
    "news": _("News and material"),
}


def in_words(sentence: str) -> str:
    """Return a sentence of the reader in the language of the page; an unknown one unchanged."""
    return str(REASONS.get(sentence) or REFUSALS.get(sentence) or sentence)
