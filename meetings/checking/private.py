"""What leads to one person in a text: a telephone number, a mail address, a CPR number."""

import re
from collections.abc import Iterator
from html import unescape

# Numbers that are named, amounts and dates: nobody is called by them.
NO_TELEPHONE = re.compile(
    r"""
    \b(?:(?:cvr|ean|iban|konto|sags?|journal)(?:\W?(?:nr|nummer))?|j\W?nr)\b
        \W{0,4}(?:dk)?\d(?:[\s.-]?\d){7,17}
    | (?<!\w)\+?\d(?:[ \xa0\u202f.,]?\d){0,15}\s?(?:kr\b|kroner|mio|mia|euro?\b|€|%)
    | (?<![\w+.-])\d\d?[.-]\d\d?[.-](?:19|20)\d\d\b
    | (?<![\w+.-])(?:19|20)\d\d-(?:(?:19|20)\d\d|\d\d-\d\d)\b  # 2026-2030, 2026-03-12
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Each way to write one has a group for the number itself.
TELEPHONE = re.compile(
    r"""
    # Eight digits without more may be the number of a company, or of a case: these are in pairs,
    (?<![\w.,/=-])((?:\(\d\d\)|\d\d)(?:\s\d\d){3}|\d\d(?:\.\d\d){3})(?![\w-]|\.\d)
    # or have the code of a country, which may be in brackets,
    | (?<![\w.,/=-])((?:\((?=\+\d{1,3}\)))?(?:\+|00)(?:[\s().-]{0,3}\d){9,15})(?!\d)
    # or are said to be one.
    | \b(?:(?:telefon|mobil|phone|mobile|cell|kontakt)\w{0,9}|tlf|tel|mob|sms|whatsapp|ringe?
            |call(?=\W{1,3}(?:me|us|on|at)\b)|[tm](?=:))
        (?:\W{1,3}(?:nr|nummer|er|på|til|mig|os|direkte|no|number|is|on|at|me|us)\b){0,3}
        \W{0,4}((?:\d[\s.‐‑–-]?){7}\d)(?!\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
CPR = re.compile(
    r"""
    (?<![\w-])((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?:\s?[-‐‑–—]\s?|\s)\d{4})(?![\w-])
    | \b(?:cpr|person)(?:\W{0,2}(?:nr|nummer(?:et)?))?\b(?:\W{1,3}er\b)?\W{0,4}
        ((?:\d[\s.]?){6}\W{0,3}\d{4})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}(?:@|\s?[(\[]at[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{1,63})+)"
)
# The tags of clean HTML. A heading is no HTML, and may hold "<ea@firma.example>".
INLINE = re.compile(r"</?(?:strong|em|a)(?:\s[^<>]*)?>")
BLOCK = re.compile(r"</?(?:p|ul|ol|li|h4|blockquote)>")
LINK = re.compile(r"href=\"(?:tel|mailto):([^\"]*)\"")


def cpr_numbers(text: str) -> list[str]:
    return [*_found(CPR, _words(text))]


def telephone_numbers(text: str) -> list[str]:
    return [*_found(TELEPHONE, NO_TELEPHONE.sub(" | ", _words(text)))]


def mail_addresses(text: str) -> list[str]:
    return [*_found(MAIL, _words(text))]


def _found(pattern: re.Pattern[str], words: str) -> Iterator[str]:
    """Yield each once, as it is written."""
    matches = pattern.finditer(words)
    yield from dict.fromkeys(" ".join(match[match.lastindex or 0].split()) for match in matches)


def _words(text: str) -> str:
    """Return what is read in a text or clean HTML, and where its links write to or call.

    No number goes on beyond a bar.
    """
    words = INLINE.sub("", BLOCK.sub(" | ", text.replace("<br>", "\n")))
    return unescape(" | ".join([words, *LINK.findall(text)]))
