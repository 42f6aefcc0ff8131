"""Barriers, statements, news and materials: suggestions, for a person to take or leave."""

import re

from meetings.reader.draft import Barrier, Call, Found, Item, Section, SectionKind, Span, Statement
from meetings.reader.links import WRITTEN, clean
from meetings.reader.names_index import Register
from meetings.reader.reasons import Reason
from meetings.reader.rows import Row
from meetings.reader.text import Link
from meetings.reader.vocabulary import Label, label_of

ABOUT = re.compile(
    r"barriere|udfordring|forhindring|hindring|barrier|obstacle|challenge", re.IGNORECASE
)
SPEAKER = re.compile(
    r"(?P<who>[A-ZÆØÅ][\w.'-]+(?:\s+[A-ZÆØÅ][\w.'-]+){0,4})(?:,?\s+(?:fra\s+|"
    r"from\s+)?(?P<where>[A-ZÆØÅ][^,.:]*?))?,?\s+(?P<verb>nævnte|understregede|henledte|"
    r"opfordrede|pegede|fremhævede|mente|sagde|fortalte|oplyste|foreslog|gjorde|spurgte|"
    r"tilføjede|efterlyste|advarede|bemærkede|påpegede|stressed|mentioned|said|noted|"
    r"pointed|suggested|underlined|added|argued|warned|reported)\b"
)


def read_barriers(
    sections: list[Section], rows: list[Row], register: Register
) -> tuple[list[Found[Barrier]], list[Found[Statement]]]:
    """Return what sections about barriers name: list items as barriers, speakers as statements."""
    barriers: list[Found[Barrier]] = []
    statements: list[Found[Statement]] = []
    for section in sections:
        if not ABOUT.search(section.heading) or section.kind in (
            SectionKind.HEAD,
            SectionKind.AGENDA,
        ):
            continue
        inside = [
            row
            for row in rows
            if section.body.start <= row.line.start < section.span.end and not row.blank
        ]
        for row in inside:
            if match := SPEAKER.match(row.rest.text):
                index = register.find(match["who"], match["where"] or "")
                if index is not None:
                    statements.append(
                        Found(
                            Statement(row.rest.words, index), row.line.span, 0.75, Reason.BY_SPEAKER
                        )
                    )
            elif row.bullet and 8 < len(row.rest.words) < 160:
                title = re.split(r"\s[–—]\s|:\s|\.\s", row.rest.words)[0].rstrip(".")
                barriers.append(Found(Barrier(title), row.line.span, 0.6, Reason.IN_SECTION))
    return barriers, statements


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
