"""The labels that begin a line of minutes or stand as a heading, such as "Beslutning:"."""

import re

from taskforce.core.danish import spelling

# What such a line says is an outcome, up to the next blank line or the next label.
OUTCOME = re.compile(
    r"\s*(?:beslutning(?:er)?|(?:det blev )?(?:besluttet|aftalt)|aftale|vedtag(?:else|et)"
    r"|konklusion|indstilling godkendt|decisions?|decided|agreed|conclusion)"
    r"(?:\s+(?:den|d\.)\s+\d{1,2}[./-]\s*(?:\d{1,2}[./-]?|[a-zæøå]+\.?)(?:\s*\d{2,4})?)?"
    r"\s*(?::|[-–—]\s|$)\s*",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\s*(?:ansvarlig|frist|deadline|opfølgning|bilag|sagsfremstilling|(?:sags)?resum[ée]|drøftelse"
    r"|indstilling|referat|orientering|kommentar|bemærkning|baggrund|opgave|handling|næste skridt"
    r")\w*\s*(?::|$)",
    re.IGNORECASE,
)


def is_outcome(heading: str) -> bool:
    """Tell whether a heading says that an outcome follows, and no more."""
    return OUTCOME.fullmatch(heading) is not None


def is_part_of_an_item(heading: str) -> bool:
    """Tell whether a heading only says which part of an agenda item follows."""
    return is_outcome(heading) or OTHER.fullmatch(heading) is not None


def is_same_title(one: str, other: str) -> bool:
    """Tell whether two titles say the same but for their number."""
    number = r"\W*(?:punkt\W*)?\d*\W*"
    both = (re.sub(rf"^{number}", "", spelling(text)) for text in (one, other))
    return len({words.rstrip(" .:") for words in both}) == 1
