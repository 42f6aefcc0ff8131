"""News and materials: suggestions, for a person to take or leave."""

import re

from taskforce.intake.reader.draft import Call, Found, Item, Section, SectionKind, Span
from taskforce.intake.reader.links import WRITTEN, clean
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Link
from taskforce.intake.reader.vocabulary import Label, label_of


def read_news(
    sections: list[Section], rows: list[Row], calls: list[Found[Call]], links: list[Link]
) -> tuple[list[Found[Item]], list[Found[Item]]]:
    """Return the news and the materials: the passages of their section that are no calls."""
    news: list[Found[Item]] = []
    materials: list[Found[Item]] = []
    for section in sections:
        if section.kind is not SectionKind.NEWS or label_of(section.heading) is Label.CALLS:
            continue
        for block in _blocks(rows, section):
            span = Span(block[0].line.span.start, block[-1].line.span.end)
            if any(call.span.start < span.end and span.start < call.span.end for call in calls):
                continue
            text = "\n".join(row.line.text for row in block)
            written = WRITTEN.search(text)
            behind = next(
                (link.target for link in links if span.start <= link.span.start < span.end), ""
            )
            title = WRITTEN.sub("", block[0].rest.words).strip(" :–-")
            if not title or len(title) > 200:
                continue
            item = Item(
                title,
                clean(written[0]) if written else behind,
                " ".join(row.rest.words for row in block[1:]),
            )
            found = Found(item, span, 0.75, Reason.IN_SECTION)
            (
                materials
                if re.search(
                    r"bilag|præsentation|slides|annex|dokument|materiale",
                    section.heading + title,
                    re.IGNORECASE,
                )
                and not re.search("nyhed|news", section.heading, re.IGNORECASE)
                else news
            ).append(found)
    return news, materials


def _blocks(rows: list[Row], section: Section) -> list[list[Row]]:
    blocks: list[list[Row]] = [[]]
    for row in rows:
        if not section.body.start <= row.line.start < section.span.end:
            continue
        if row.blank or ((row.bullet or row.number is not None) and row.depth == 0):
            blocks.append([])
        if not row.blank:
            blocks[-1].append(row)
    return [block for block in blocks if block]
