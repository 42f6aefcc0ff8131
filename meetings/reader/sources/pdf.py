"""PDF documents that hold text, read by pdfium."""

import pypdfium2

from meetings.reader.reasons import Refusal
from meetings.reader.sources import plain
from meetings.reader.sources.refused import Refused
from meetings.reader.text import Document

MOST_PAGES = 300


def read(source: bytes) -> Document:
    """Return the text of a PDF, page by page; a scanned one is refused."""
    try:
        file = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(Refusal.ENCRYPTED if locked else Refusal.BROKEN) from error
    with file:
        if len(file) > MOST_PAGES:
            raise Refused(Refusal.TOO_LARGE)
        try:
            pages = [_text(file, number) for number in range(len(file))]
        except pypdfium2.PdfiumError as error:
            raise Refused(Refusal.BROKEN) from error
    return plain.read("\n".join(pages))


def _text(file: pypdfium2.PdfDocument, number: int) -> str:
    page = file[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()
