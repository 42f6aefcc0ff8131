"""The sections of a report: what is behind its figures, as everybody may read it today."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from barriers.models import BarrierState
from calls.models import Outcome
from initiatives.cases import pictures
from initiatives.models import InitiativeState
from initiatives.models.initiative import ENDED
from meetings.papers.blocks import (
    Block,
    Paragraph,
    Picture,
    Run,
    heading,
    paragraph,
    table,
)
from taskforce.core.amounts import in_words, written
from taskforce.members.models.organisation import Kind
from taskforce.results.report.rows import Row, Words
from taskforce.results.report.wording import day_in_words, example, link_to, none, points, remarks

WIDEST, HIGHEST = 9.0, 7.0  # of a photo on paper, in centimetres


def meetings(rows: list[Row], words: Words) -> Iterator[Block]:
    yield heading(2, _("Meetings and decisions"))
    shown = words.of(rows)
    if not shown:
        yield none()
    for row, meeting in shown:
        yield heading(3, f"{meeting}, {meeting.when}")
        decided = words.of(row.parts)
        if decided:
            yield points([[Run(one.decision), *remarks(of, one, words)] for of, one in decided])
        else:
            yield paragraph(_("No decision stands in published minutes."))
        yield Paragraph([link_to(meeting, _("Read about the meeting"))], "meta")


def barriers(rows: list[Row], words: Words) -> Iterator[Block]:
    """Yield each barrier with its way: raised, ranked, worked on, told of, paid for, answered."""
    yield heading(2, _("Barriers and their way"))
    yield paragraph(
        _(
            "The barriers that something happened to in the year, each with its whole way until "
            "the day on which the year was kept."
        )
    )
    shown = words.of(rows)
    if not shown:
        yield none()
    for row, barrier in shown:
        yield heading(3, str(barrier))
        yield points([*_way(row, barrier, words)])


def _way(row: Row, barrier: Any, words: Words) -> Iterator[list[Run]]:
    says = {"day": day_in_words(row.says["raised_on"]), "by": str(barrier.raised_by)}
    raised = [Run(_("Raised %(day)s by %(by)s") % says)]
    if barrier.raised_at:
        raised += [Run(", "), link_to(barrier.raised_at)]
    yield [*raised, *remarks(row, barrier, words)]
    for closed_on, rank, is_example in row.says["ranks"]:
        says = {"day": day_in_words(closed_on), "rank": rank}
        ranked = Run(_("Prioritised by the members %(day)s as number %(rank)s") % says)
        yield [ranked, Run(example(is_example=is_example), italic=True)]
    for part, thing in words.of(row.parts):
        yield from _part(part, thing, words)
    yield _end(row, barrier)


def _part(part: Row, thing: Any, words: Words) -> Iterator[list[Run]]:
    names = {"initiative": _("Initiative"), "case": _("Good example"), "call": _("EU call")}
    runs = [Run(f"{names[part.kind]}: "), link_to(thing)]
    if part.kind == "initiative":
        runs.append(Run(f" – {InitiativeState(part.says['state']).label}"))
    yield [*runs, *remarks(part, thing, words)]
    for of, consortium in words.of(part.parts):
        outcome = Outcome(of.says["outcome"]).label
        runs = [Run(_("Application: ")), link_to(consortium), Run(f" – {outcome}")]
        yield [*runs, *remarks(of, consortium, words)]


def _end(row: Row, barrier: Any) -> list[Run]:
    """Say how a barrier stood: answered, and how, or not yet."""
    state = BarrierState(row.says["state"])
    if not row.says["resolved_on"]:
        return [Run(_("Not answered yet: %(state)s") % {"state": str(state.label).lower()})]
    ended = [Run(f"{state.label} {day_in_words(row.says['resolved_on'])}", bold=True)]
    return [*ended, Run(f": {barrier.answer}")] if barrier.answer else ended


def initiatives(rows: list[Row], words: Words) -> Iterator[Block]:
    """Yield what was completed and what stopped, told in the same way, then what goes on."""
    yield heading(2, _("Initiatives"))
    for state in (*ENDED, InitiativeState.RUNNING, InitiativeState.PROPOSED):
        yield heading(3, str(state.label))
        shown = words.of(row for row in rows if row.says["state"] == state)
        if not shown:
            yield none()
        for row, initiative in shown:
            yield from _initiative(row, initiative, words)


def _initiative(row: Row, initiative: Any, words: Words) -> Iterator[Block]:
    yield Paragraph(
        [
            Run(str(initiative), bold=True),
            Run(f" – {initiative.lead}"),
            *remarks(row, initiative, words),
        ]
    )
    if row.says["ended_on"]:
        ended = _("Ended %(day)s.") % {"day": day_in_words(row.says["ended_on"])}
        yield paragraph(f"{ended} {initiative.outcome}".strip())
    yield Paragraph([link_to(initiative, _("Read about the initiative"))], "meta")


def cases(rows: list[Row], words: Words) -> Iterator[Block]:
    yield heading(2, _("Good examples"))
    shown = words.of(rows)
    if not shown:
        yield none()
    for row, case in shown:
        yield heading(3, str(case))
        yield Paragraph([Run(str(case.written_by)), *remarks(row, case, words)], "meta")
        yield from _photo(case)
        for said in (case.achieved, case.outcome):
            if said:
                yield paragraph(said)
        if row.says["number"] is not None and case.unit:
            yield Paragraph([Run(f"{written(row.says['number'])} {case.unit}", bold=True)])
        yield Paragraph([link_to(case, _("Read the whole example"))], "meta")


def _photo(case: Any) -> Iterator[Block]:
    """Yield the picture of a case; a file that cannot be read leaves its place empty."""
    if (shown := pictures.of(case)) is None:
        return
    try:
        with case.picture_small.open() as file:
            jpeg = b64encode(file.read()).decode()
    except OSError:
        return
    size = (case.picture_width, case.picture_height)
    width = round(min(WIDEST, HIGHEST * size[0] / size[1]), 2)
    yield Picture(case.picture_alt, width, size, jpeg=jpeg, address=shown["src"])


def applications(rows: list[Row], words: Words) -> Iterator[Block]:
    yield heading(2, _("EU funding"))
    yield paragraph(
        _("Consortia that show themselves, in the year in which their call closed. As they told.")
    )
    shown = words.of(rows)
    if not shown:
        yield none()
        return
    head = [_("Call"), _("Consortium"), _("Outcome"), capfirst(_("euro"))]
    rows_of = [_application(*one, words) for one in shown]
    yield table(_("EU funding"), head, rows_of, [5, 5, 3, 3], 3)


def _application(row: Row, consortium: Any, words: Words) -> list[str | Run]:
    amount = row.says["amount"]
    outcome = str(Outcome(row.says["outcome"]).label)
    remarked = "".join(run.text for run in remarks(row, consortium, words))
    remarked += example(is_example=consortium.call.is_example)
    name = f"{consortium} – {consortium.lead}{remarked}"
    return [link_to(consortium.call), name, outcome, in_words(amount) if amount else "–"]


def organisations(rows: list[Row], words: Words, year: int) -> Iterator[Block]:
    """Yield who takes part, by kind, and who came in the year."""
    yield heading(2, _("Members"))
    shown = words.of(rows)
    by_kind: dict[str, list[str]] = {}
    for _row, one in shown:
        by_kind.setdefault(one.kind, []).append(_name(one))
    lines = [
        [Run(f"{Kind(kind).label}: ", bold=True), Run(_listed(by_kind[kind]))]
        for kind in Kind.values
        if kind in by_kind
    ]
    yield points(lines) if lines else none()
    new = [_name(one) for row, one in shown if row.says["joined"].startswith(str(year))]
    says = {"year": year, "names": _listed(new) or _("none")}
    yield paragraph(_("New in %(year)s: %(names)s.") % says)


def _name(organisation: Any) -> str:
    today = organisation.merged_into or organisation
    return f"{today}{example(is_example=organisation.is_example)}"


def _listed(names: list[str]) -> str:
    """Return names in their order, each once: of two that were merged there is one."""
    return ", ".join(dict.fromkeys(names))
