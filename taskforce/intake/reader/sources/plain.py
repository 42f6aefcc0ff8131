"""Plain and pasted text, in the encodings that Danish text comes in."""

import codecs

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Builder, Document, normalise

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})


def read(source: bytes | str) -> Document:
    """Return the document in a text."""
    text = source if isinstance(source, str) else decode(source)
    builder = Builder()
    for line in normalise(text).split("\n"):
        builder.add(line)
    return builder.document()


def decode(source: bytes) -> str:
    """Return the text in bytes: by its byte order mark, else UTF-8, else Windows' Latin-1."""
    for mark, encoding in BOMS:
        if source.startswith(mark):
            return source.decode(encoding, errors="replace")
    if len(source) - len(source.translate(None, CONTROL)) > len(source) // 100:
        # Pictures, programs and archives are full of bytes that no text has.
        raise Refused(Refusal.UNKNOWN)
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("cp1252", errors="replace")
