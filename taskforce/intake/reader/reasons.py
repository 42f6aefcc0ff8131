"""Why the reader believes what it found, as sentences a secretary can judge by."""

from enum import StrEnum


class Reason(StrEnum):
    """A reason is its English sentence; the interface translates it."""

    IN_TITLE = "It stands in the title."
    BY_LABEL = "It stands under its label."
    IN_TABLE = "It stands in its column of a table."
    IN_LIST = "It stands in a list with others of its kind."
    IN_PROSE = "It is said in a sentence."
    IN_SECTION = "It stands in the section for such things."
    BY_CLOCK = "It stands beside its time in the programme."
    BY_NUMBER = "It is a numbered point."
    BY_SPEAKER = "The speaker is on the list of attendees."
    BY_TOPIC = "It carries a topic identifier."
    WITH_DEADLINE = "A deadline for applications stands beside it."
    NO_DEADLINE = "No deadline stands beside it."
    YEAR_INFERRED = "No year is written; it follows from the date of the meeting."
    MONTH_ONLY = "Only a month is written."
    FIRST_DATE = "It is the first date in the document."
    PLACE_STATED = "A place is stated, and nothing says online."
    PLATFORM_NAMED = "A platform or the word online is named."
    NO_ORGANISATION = "No organisation is written beside the name."
    NAME_UNCERTAIN = "It may be a name or an organisation."
    HEADINGS_ONLY = "There is no agenda; the headings are taken as one."
    AS_WRITTEN = "It is written out in full."
    NAMES_LACK = "A sentence says that something is missing or difficult."
    FILE_NAME = "It stands in the name of the file."
    DISPLAY_TEXT = "The link lies behind other words."


class Refusal(StrEnum):
    """Why nothing could be read, as a sentence that says what to do."""

    EMPTY = "The document is empty."
    NO_TEXT = "The document holds pictures only, no text. Save it from Word with its text."
    ENCRYPTED = "The document has a password. Take the password off in Word and try again."
    BROKEN = "The file is broken or has another kind than its name says. Save it again from Word."
    OLD_WORD = "This is an old .doc file. Open it in Word and save it as .docx."
    SPREADSHEET = (
        "This is a spreadsheet. Minutes are text: upload the minutes, or paste their text."
    )
    UNKNOWN = "This kind of file cannot be read. Use .docx, .odt, .pdf or .txt, or paste the text."
    TOO_LARGE = "The document is too large to be minutes. Paste the text of the minutes instead."
    UNSAFE = "The file holds entities that a text document has no use for. Save it again from Word."
