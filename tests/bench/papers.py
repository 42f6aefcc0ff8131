"""What thirty pages of minutes cost as PDF and as Word."""

import os
import time
from datetime import UTC, datetime

from tests.bench.reader import PAGES, text


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    import pypdfium2

    from meetings.papers import pdf, word
    from meetings.papers.blocks import Heading, parse
    from meetings.papers.content import Paper
    from taskforce.core.rich_text import as_html

    passages = text().decode(errors="ignore").split("\n\n")
    paper = Paper(
        title="Referat",
        name="referat",
        author="Taskforcen",
        mark="Udkast",
        made_at=datetime(2022, 11, 16, tzinfo=UTC),
        page_words=("side", "af"),
        contents_title="Indhold",
        blocks=[
            block
            for number, passage in enumerate(passages, start=1)
            for block in (Heading(2, f"Punkt {number}"), *parse(as_html(passage), level=3))
        ],
    )
    for name, make in (("PDF", pdf.render), ("Word", word.render)):
        started = time.perf_counter()
        made = make(paper)
        seconds = time.perf_counter() - started
        long = f", {len(pypdfium2.PdfDocument(made))} pages" if name == "PDF" else ""
        print(f"{PAGES} pages of text as {name:5} {seconds:5.2f} s  {len(made):9,} bytes{long}")


if __name__ == "__main__":
    main()
