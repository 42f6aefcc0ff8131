"""Read the words of a file for the search, in a process of its own.

`python -m taskforce.intake.reader.as_pages` takes the file on standard input, and prints the text
of each page as JSON; of a file without pages, of each part of some length.
"""

import json
import sys
from collections.abc import Iterator

from taskforce.intake.reader.__main__ import limit

MOST_PAGES, LONGEST = 300, 20_000  # of a file, and letters of a page
PART = 3_000  # letters


def pages(content: bytes) -> list[str]:
    """Return the text of each page; nothing where a file holds no text or cannot be read."""
    # Imported within the bounds.
    from taskforce.intake.reader.sources import open_document
    from taskforce.intake.reader.sources.refused import Refused

    if content[:1024].lstrip().startswith(b"%PDF"):
        return list(_of_pdf(content))
    try:
        return list(_parts(open_document(content).text))
    except Refused:
        return []


def _of_pdf(content: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as file:
            for number in range(min(len(file), MOST_PAGES)):
                yield file[number].get_textpage().get_text_bounded()[:LONGEST]
    except pypdfium2.PdfiumError:
        return  # locked or broken; what was read of it stays


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that end with a paragraph, where it has any."""
    part = ""
    for paragraph in text.splitlines():
        for begin in range(0, len(paragraph) or 1, LONGEST):
            part += paragraph[begin : begin + LONGEST] + "\n"
            if len(part) >= PART:
                yield part
                part = ""
    if part.strip():
        yield part


if __name__ == "__main__":
    limit()
    json.dump(pages(sys.stdin.buffer.read()), sys.stdout)
