"""The whole half that the reader is developed on: every module that adds ways to it."""

from tests.intake.reader.generator import (
    seen_agendas,
    seen_any,
    seen_calls,
    seen_clauses,
    seen_dates,
    seen_found,
    seen_heads,
    seen_labels,
    seen_lines,
    seen_lists,
    seen_minutes,
    seen_people,
    seen_rest,
)
from tests.intake.reader.generator.seen import SEEN

__all__ = [
    "SEEN",
    "seen_agendas",
    "seen_any",
    "seen_calls",
    "seen_clauses",
    "seen_dates",
    "seen_found",
    "seen_heads",
    "seen_labels",
    "seen_lines",
    "seen_lists",
    "seen_minutes",
    "seen_people",
    "seen_rest",
]
