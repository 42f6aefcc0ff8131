"""Drafts made by hand as the reader would make them, and the documents that hold them."""

import json
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from barriers.models import Theme
from meetings.models import Meeting
from taskforce.intake.importing import acts
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import as_json, read
from taskforce.intake.reader.draft import (
    ActionPoint,
    AgendaItem,
    Barrier,
    Call,
    Found,
    Item,
    MinutesDraft,
    Mode,
    NextMeeting,
    Person,
    Section,
    SectionKind,
    Span,
    Statement,
)
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reviewing.review import Review, typed_in
from taskforce.intake.uploading.reading import KEPT
from taskforce.members.models import Member

numbers = count(1)

TEXT = """Referat fra 7. møde d. 14. marts 2023, online
Til stede: Ea Holm, Odense Kommune; Bo Lund, Værkstedet
Afbud: Ib Dam, Slagelse Kommune
10.00-10.10 Velkomst
10.10-11.00 Barrierer

Velkomst
Alle blev budt velkommen.

Barrierer
Ea fra Odense Kommune sagde at udbuddene er for store.
Små virksomheder mangler kapital.

Aftalt
Bo sender eksempler inden 1. april 2023.

Næste møde: maj 2023

Nyt
Social Impact Call, frist 2. juni 2023 kl. 17: https://example.org/call
Ny rapport om indkøb https://example.org/rapport
Slides fra mødet https://example.org/slides
"""


def span(words: str, text: str = TEXT) -> Span:
    """Return where words stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def found(value: Any, words: str, confidence: float = 0.95, text: str = TEXT) -> Found[Any]:
    return Found(value, span(words, text), confidence, Reason.BY_LABEL)


def make_draft(**changes: Any) -> MinutesDraft:
    """Return the draft of TEXT: one candidate of each kind, a few of them unsure."""
    fields: dict[str, Any] = {
        "number": found(7, "7. møde"),
        "date": found("2023-03-14", "14. marts 2023"),
        "start": found("10:00", "10.00-10.10", 0.7),
        "end": found("11:00", "10.10-11.00", 0.7),
        "mode": found(Mode.ONLINE, "online"),
        "attendees": [
            found(Person("Ea Holm", "Odense Kommune"), "Ea Holm, Odense Kommune"),
            found(Person("Bo Lund", "Værkstedet"), "Bo Lund, Værkstedet"),
        ],
        "absent": [found(Person("Ib Dam", "Slagelse Kommune"), "Ib Dam, Slagelse Kommune")],
        "agenda": [
            found(AgendaItem("Velkomst", "10:00", "10:10"), "10.00-10.10 Velkomst"),
            found(
                AgendaItem("Barrierer", "10:10", "11:00", responsible="Ea Holm"),
                "10.10-11.00 Barrierer",
            ),
        ],
        "barriers": [found(Barrier("Små virksomheder mangler kapital"), "Små virksomheder", 0.6)],
        "statements": [found(Statement("Udbuddene er for store.", 0), "Ea fra Odense", 0.75)],
        "action_points": [
            found(ActionPoint("Sender eksempler", "Bo Lund", "2023-04-01"), "Bo sender eksempler")
        ],
        "next_meeting": found(NextMeeting("2023-05"), "maj 2023"),
        "calls": [
            found(
                Call(
                    "Social Impact Call",
                    "2023-06-02",
                    "17:00",
                    "SMP-1",
                    "https://example.org/call",
                ),
                "Social Impact Call, frist 2. juni 2023 kl. 17: https://example.org/call",
            )
        ],
        "news": [
            found(
                Item("Ny rapport om indkøb", "https://example.org/rapport"), "Ny rapport om indkøb"
            )
        ],
        "materials": [
            found(Item("Slides fra mødet", "https://example.org/slides"), "Slides fra mødet")
        ],
        "links": [found("https://example.org/rapport", "https://example.org/rapport")],
    }
    agenda, welcome = span("10.00-10.10").start, span("\nVelkomst\n").start + 1
    talk, agreed = span("\nBarrierer\n").start + 1, span("Aftalt").start
    news = span("Nyt\n").start
    fields["sections"] = [
        Section(Span(0, agenda), SectionKind.HEAD, body=Span(0, agenda)),
        Section(Span(agenda, welcome), SectionKind.AGENDA, body=Span(agenda, welcome)),
        Section(
            Span(welcome, talk),
            SectionKind.MINUTES,
            "Velkomst",
            agenda=0,
            body=Span(welcome + 9, talk),
        ),
        Section(
            Span(talk, agreed),
            SectionKind.ROUND_TABLE,
            "Ea Holm, Odense Kommune",
            agenda=1,
            speaker=0,
            body=Span(talk + 10, agreed),
        ),
        Section(Span(agreed, news), SectionKind.ACTIONS, "Aftalt", body=Span(agreed + 7, news)),
        Section(Span(news, len(TEXT)), SectionKind.NEWS, "Nyt", body=Span(news + 4, len(TEXT))),
    ]
    return MinutesDraft(TEXT, **(fields | changes))


def make_intake(draft: MinutesDraft | None = None, **fields: Any) -> Intake:
    """Make a document that is read and to be reviewed, unless fields say otherwise."""
    number = next(numbers)
    state = fields.setdefault("state", IntakeState.REVIEW)
    fields.setdefault("name", f"referat-{number}.txt")
    if state == IntakeState.IMPORTED:
        fields.setdefault("taken_at", timezone.now())
    if state == IntakeState.REFUSED:
        fields.setdefault("refusal", "The document is empty.")
    if state in (IntakeState.REVIEW, IntakeState.IMPORTED):
        whole = as_json(draft or make_draft())
        fields.setdefault("draft", {name: whole[name] for name in KEPT})
    return Intake.objects.create(digest=f"{number:064}", **fields)


def with_file(intake: Intake, content: bytes = TEXT.encode()) -> Intake:
    """Give a document its file; the test has put MEDIA_ROOT somewhere of its own."""
    intake.file.save(intake.name, ContentFile(content))
    return intake


def decisions(intake: Intake, **changes: dict[str, str]) -> dict[str, str]:
    """Return what a browser sends to accept everything; `attendees_0={…}` changes a candidate."""
    sent = {"version": str(intake.version)}
    for form in Review(intake).forms:
        fields = {**form.kept, "decision": "accept" if form.candidate.span else ""}
        fields |= changes.get(form.candidate.key.replace("-", "_"), {})
        sent |= {f"{form.candidate.key}-{name}": value for name, value in fields.items()}
    return sent


def accept(intake: Intake, **changes: dict[str, str]) -> Review:
    """Return the review in which everything is accepted, but for the changes."""
    return Review(intake, typed_in(decisions(intake, **changes)))


def form_of(intake: Intake, key: str) -> Any:
    """Return the form of a candidate, as the document keeps it."""
    return Review(Intake.objects.get(pk=intake.pk)).by_key[key]


def save(browser: Client, intake: Intake, language: str = "", **fields: Any) -> Any:
    """Save the page of the review with a few fields."""
    intake.refresh_from_db()
    sent = {"version": intake.version, **{name.replace("__", "-"): v for name, v in fields.items()}}
    return browser.post(language + intake.get_absolute_url(), sent)


def reviewed(theme: Theme, **changes: dict[str, str]) -> Intake:
    """Make a document in which everything is accepted, with a theme for its barrier."""
    intake = make_intake()
    defaults = {
        "barriers_0": {"theme": str(theme.pk)},
        "statements_0": {"barrier": "f:0"},
    }
    intake.decisions = typed_in(decisions(intake, **(defaults | changes)))
    intake.save()
    return intake


def import_reviewed(intake: Intake, by: Member) -> Meeting:
    """Import a document as it is reviewed."""
    meeting = acts.import_document(intake=intake, version=intake.version, by=by)
    intake.refresh_from_db()
    return meeting


@cache
def read_once(path: Path) -> MinutesDraft:
    """Read a document; several tests look at the same draft, which none of them changes."""
    return read(path.read_bytes(), path.name)


def census() -> dict[str, int]:
    """Count the rows of every model that an import could create."""
    ours = ("meetings", "barriers", "calls", "initiatives", "news", "members")
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ours
    }


def jobs() -> list[dict[str, Any]]:
    """Return the arguments of the jobs that wait to read a document."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%read_document'")
        return [json.loads(args) for (args,) in cursor.fetchall()]
