"""The yearly report as a document: a kept year with the words that everybody may read today."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.papers.blocks import (
    Block,
    Listing,
    Paragraph,
    Run,
    heading,
    paragraph,
    parse,
)
from meetings.papers.content import AUTHOR, Paper
from taskforce.core.rich_text import as_html
from taskforce.results.models import KeptYear, Report, YearNote
from taskforce.results.report import figures, sections
from taskforce.results.report.rows import Row, Words
from taskforce.results.report.wording import day_in_words

SECTIONS = ("meetings", "barriers", "initiatives", "cases", "applications", "organisations")


def paper_of(report: Report, book: KeptYear) -> Paper:
    """Return the report as a document, in Danish also where the page is English."""
    with translation.override("da"):
        return Paper(
            title=str(report),
            name=f"aarsrapport-{report.year}",
            author=AUTHOR,
            mark="" if report.is_published else _("Draft"),
            made_at=report.published_at or book.kept_at,
            page_words=(pgettext("foot of a page", "page"), pgettext("foot of a page", "of")),
            contents_title=_("Contents"),
            contents_depth=2,
            blocks=[*_blocks(report, book)],
        )


def _blocks(report: Report, book: KeptYear) -> Iterator[Block]:
    rows = {name: [Row.brought_back(one) for one in book.behind[name]] for name in SECTIONS}
    words = Words(row for some in rows.values() for row in some)
    yield from _when(report, book)
    yield heading(2, _("Introduction"))
    yield from parse(as_html(report.introduction), level=3)
    yield from figures.blocks(book, until=_day_of(report, book))
    yield from sections.meetings(rows["meetings"], words)
    yield from sections.barriers(rows["barriers"], words)
    yield from sections.initiatives(rows["initiatives"], words)
    yield from sections.cases(rows["cases"], words)
    yield from sections.applications(rows["applications"], words)
    yield from sections.organisations(rows["organisations"], words, report.year)
    yield from _corrections(book, words.gone(row for some in rows.values() for row in some))
    yield from _how(report)


def _day_of(report: Report, book: KeptYear) -> date:
    return timezone.localdate(report.published_at or book.kept_at)


def _when(report: Report, book: KeptYear) -> Iterator[Block]:
    kept_on = date_format(timezone.localdate(book.kept_at), "DATE_FORMAT")
    said = [_("The figures stand as they were on %(day)s.") % {"day": kept_on}]
    if report.is_published:
        day = date_format(_day_of(report, book), "DATE_FORMAT")
        said.insert(0, _("Published %(day)s.") % {"day": day})
    else:
        said.insert(0, _("Draft. Not published, and not to be handed on."))
    yield paragraph(" ".join(said), "meta")


def _corrections(book: KeptYear, gone: int) -> Iterator[Block]:
    """Yield what was corrected in the year, and how much was taken back since."""
    notes = [*book.notes.all()] if book.pk else []
    if not notes and not gone:
        return
    yield heading(2, _("Corrections"))
    if notes:
        yield Listing(ordered=False, items=[[_correction(note)] for note in notes])
    if gone:
        yield paragraph(
            ngettext(
                "%(n)s thing that the report told of has been taken back or hidden since. It is no "
                "longer told here, but still counts in the figures, as they were kept.",
                "%(n)s things that the report told of have been taken back or hidden since. They "
                "are no longer told here, but still count in the figures, as they were kept.",
                gone,
            )
            % {"n": gone}
        )


def _correction(note: YearNote) -> Paragraph:
    day = day_in_words(timezone.localdate(note.at))
    return Paragraph([Run(f"{day}: ", bold=True), Run(note.text)])


def _how(report: Report) -> Iterator[Block]:
    yield heading(2, _("How we count"))
    yield paragraph(
        _(
            "The portal counts what stands in it, each thing once. What organisations tell "
            "themselves says so, and is never added up over different units. What is invented is "
            "marked, and counts only where there is nothing real."
        )
    )
    yield paragraph(
        _(
            "The figures and what belongs to them stay as they were on the day on which they were "
            "kept. Titles and texts are those that stand on the portal today; where they differ "
            "from then, it says so."
        )
    )
    address = settings.SITE_URL + _year_page(report.year)
    yield Paragraph([Run(_("On the portal: ")), Run(address, link=address)], "meta")


def _year_page(year: int) -> Any:
    return KeptYear(year=year).get_absolute_url()
