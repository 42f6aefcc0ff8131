"""Find out what a file is, by its bytes and not by its name, and open it within bounds."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources import opendocument, pdf, plain, word
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Document

LARGEST = 25 * 1024 * 1024  # bytes of a file
LARGEST_TEXT = 400_000  # characters: 120 pages, which take seconds
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and new ones with a password


def open_document(source: bytes | str) -> Document:
    """Return the document in a file's bytes or in pasted text; raise `Refused` with a reason."""
    if len(source) > LARGEST:
        raise Refused(Refusal.TOO_LARGE)
    reader: Callable[[Any], Document] = plain.read if isinstance(source, str) else _reader(source)
    document = reader(source)
    if len(document.text) > LARGEST_TEXT:
        raise Refused(Refusal.TOO_LARGE)
    if not document.text.strip():
        # A text is empty; what only looks like a text holds pictures.
        raise Refused(Refusal.EMPTY if reader is plain.read else Refusal.NO_TEXT)
    return document


def _reader(source: bytes) -> Callable[[bytes], Document]:
    if source.startswith(b"PK"):
        return _office(source)
    if source.startswith(OLE) and _has_stream("Workbook", source):
        raise Refused(Refusal.SPREADSHEET)
    if source.startswith(OLE):
        raise Refused(
            Refusal.ENCRYPTED if _has_stream("EncryptedPackage", source) else Refusal.OLD_WORD
        )
    if source[:1024].lstrip().startswith(b"%PDF"):
        return pdf.read
    if source.startswith((b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!")):
        raise Refused(Refusal.UNKNOWN)
    return plain.read


def _has_stream(name: str, source: bytes) -> bool:
    return name.encode("utf-16-le") in source


def _is_sheet(source: bytes) -> bool:
    """Say whether a package is an OpenDocument spreadsheet: its first part says so."""
    return b"application/vnd.oasis.opendocument.spreadsheet" in source[:200]


def _office(source: bytes) -> Callable[[bytes], Document]:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(source)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Refused(Refusal.BROKEN) from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return word.read
    if any(name.startswith("xl/") for name in names) or _is_sheet(source):
        raise Refused(Refusal.SPREADSHEET)
    if "content.xml" in names:
        return opendocument.read
    raise Refused(Refusal.UNKNOWN)
