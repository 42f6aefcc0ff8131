"""Whether somebody was there: the words and marks beside a name."""

import re

AWAY = re.compile(
    r"^nej\b|\b(?:afbud|meldt\s+fra|meldte\s+fra|fraværende|fravær|forhindret|udeblev\w*|udebleven|"
    r"ikke\s+(?:til\s?stede|mødt|fremmødt|deltage(?:nde|t)?|med|være\s+(?:med|til\s?stede))|deltog\s+ikke|kom\s+ikke|"
    r"kunne\s+ikke\s+(?:deltage|komme)|forfald|syg|sygemeldt|absent|excused|apolog(?:y|ies)|regrets|"
    r"not\s+present|did\s+not\s+attend|unable\s+to\s+(?:attend|join))\b",
    re.IGNORECASE,
)
THERE = re.compile(
    r"(?:x|v|√|✓|✔|☑|☒|ja|yes|j|y|\+|deltog|deltager|til ?stede|present|1|mødte?|"
    r"online|fysisk|(?:via |på )?(?:teams|zoom)|attended|delvist?|in part|med|ok)\b|[√✓✔☑☒+]",
    re.IGNORECASE,
)
NOT_THERE = re.compile(r"(?:nej|no|ingen|n|a|f|0|a\.?f\.?b\.?)(?:$|\W)|[-–—÷☐✗✘□]", re.IGNORECASE)


# How such words begin behind a name that no other mark ends: "Anne Holm- afbud".
BESIDE = (
    r"(?:(?:(?:med|uden)\s+)?afbud|meldt|fravær\w*|forhindret|forfald|udeblev\w*|ikke|syg\w*|deltog|deltager|til\s?stede|mødt|"
    r"online|absent|excused|present)\b"
)


def is_away(words: str) -> bool:
    """Say whether words beside a name tell that the person was not there."""
    return bool(AWAY.search(words)) and not re.search(r"afbud\s+til\s+kl", words)


def letters(cells: set[str]) -> dict[str, bool]:
    """Return what single letters in a column of marks mean, which the others there decide.

    "F" is who came where "A" is who sent apologies, and who did not come where "T" is who did.
    """
    told = {cell.lower() for cell in cells}
    came = {"a"} <= told or not told & {"t", "m", "x"}
    return {"f": came, "a": False, "t": True, "m": True, "o": True}


# A mark before or behind a name on its line: "x Anne Holm", "Bo Friis (A)", "Carl Dam    NEJ".
SIGN = r"[XATFMOxatfmo+*÷√✓✔☑☒✗✘–-]"
MARKED = re.compile(
    rf"(?P<lead>{SIGN})\s+(?=[A-ZÆØÅ][\w-]+\s)|"
    rf".*[\w).](?:,|:|\s[–-])?\s+(?P<tail>\(?(?:{SIGN}|[Jj]a|JA|[Nn]ej|NEJ|yes|no)\)?)$"
)
CAME = {"x", "√", "✓", "✔", "☑", "☒", "+", "[x]", "t", "m", "ja", "yes"}


def away_marks(found: list[str], explained: str = "") -> set[str]:
    """Return which marks of a list say that somebody was not there; a legend may explain one."""
    told = {mark.lower() for mark in found}
    meant = letters(told) if told & CAME else {"÷": False, "✗": False, "✘": False}
    signs = CAME & told or explained
    away = {mark for mark in told if meant.get(mark, marks(mark) if signs else None) is False}
    return away | {explained, "[ ]"} - {""}


def is_mark(words: str) -> bool:
    """Say whether a cell marks somebody as there or not."""
    return len(words) < 40 and (marks(words) is not None)


def marks(words: str) -> bool | None:
    """Return whether a cell's mark says that somebody was there; None where it is no mark."""
    if len(words) == 1 and words.lower() in "xvjytpmo1+√✓✔☑☒●•■◆*":
        return True
    if is_away(words) or NOT_THERE.match(words):
        return False
    return True if THERE.match(words) else None
