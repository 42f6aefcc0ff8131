"""Open data on barriers: the register, what organisations say, and results of counted rounds."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, PrioritisationRound, RoundResult, Statement
from meetings.models import MinutesEntry
from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.members.models import Viewer


def barriers(viewer: Viewer) -> QuerySet[Barrier]:
    """Return the register; what a barrier leads to is left out where the viewer may not see it."""
    seen = Barrier.objects.visible_to(viewer)
    rows = seen.select_related("theme", "raised_by").order_by("pk")
    return rows.prefetch_related(Prefetch("merged_into", seen), Prefetch("split_from", seen))


def statements(viewer: Viewer) -> QuerySet[Statement]:
    passages = MinutesEntry.objects.visible_to(viewer).select_related("minutes__meeting")
    rows = Statement.objects.visible_to(viewer).select_related("organisation", "barrier")
    return rows.prefetch_related(Prefetch("entry", passages)).order_by("pk")


def results(viewer: Viewer) -> QuerySet[RoundResult]:
    rounds = PrioritisationRound.objects.visible_to(viewer).closed()
    rows = RoundResult.objects.visible_to(viewer).filter(round__in=rounds.order_by().values("pk"))
    return rows.select_related("round").order_by("round__closed_at", "round", "rank", "pk")


def _meeting_of(statement: Statement) -> int | None:
    passage = statement.entry
    return passage.minutes.meeting_id if passage else statement.meeting_id


BARRIERS = Dataset(
    name="barriers",
    title=_("Barriers"),
    about=_("A row is a barrier to social procurement. What was merged leads to what is kept."),
    model=Barrier,
    rows_for=barriers,
    merged_into="merged_into",
    columns=[
        Column("title"),
        Column("description", by_others=True),
        Column("summary_en", left_out_when_empty=True),
        Column("theme", "theme.name", means=_("theme")),
        Column("state"),
        Column("raised_by", means=_("id of the organisation that raised it")),
        Column("raised_by_name", "raised_by.name", means=_("name of the organisation")),
        Column("meeting", "raised_at_id", means=_("id of the meeting where it was raised")),
        Column("raised_on"),
        Column("ended_on", "resolved_on", means=_("when it was resolved or dropped")),
        Column("answer", means=_("why it is resolved or dropped"), by_others=True),
        Column("split_from", means=_("id of the barrier that it was a part of")),
        Column("rank", means=_("rank in the latest counted round")),
        Column("points", means=_("points in the latest counted round")),
        Column("support_count", means=_("organisations behind it")),
    ],
)

STATEMENTS = Dataset(
    name="statements",
    title=_("Statements"),
    about=_("A row is what an organisation says of a barrier, retold and never word for word."),
    model=Statement,
    rows_for=statements,
    columns=[
        Column("barrier", "barrier_id", means=_("id of the barrier")),
        Column("organisation", means=_("id of the organisation")),
        Column("organisation_name", "organisation.name", means=_("name of the organisation")),
        Column("text", by_others=True),
        Column("passage", "entry", means=_("id of the passage in the minutes")),
        Column(
            "meeting",
            value=_meeting_of,
            tells=["meeting", "entry.minutes.meeting"],
            kind=Kind.INTEGER,
            means=_("id of the meeting where it was said"),
        ),
        Column("made_on"),
    ],
)

RESULTS = Dataset(
    name="results",
    title=_("Prioritisation results"),
    about=_("A row is the result of a barrier in a counted round. Single ballots are secret."),
    model=RoundResult,
    rows_for=results,
    address=lambda result: result.round.get_absolute_url(),
    columns=[
        Column("round", means=_("id of the round")),
        Column("round_title", "round.title", means=_("title of the round")),
        Column("opened", "round.opened_at", means=_("when the round opened")),
        Column("counted", "round.closed_at", means=_("when the round was counted")),
        Column("void", "round.voided_at", means=_("when the round was declared void")),
        Column("ballots_per", "round.per", means=_("who has a ballot")),
        Column("ballot_size", "round.ballot_size"),
        Column("eligible", "round.eligible"),
        Column("voted", "round.voted"),
        Column("abstained", "round.abstained"),
        Column("barrier", "barrier_id", means=_("id of the barrier")),
        Column("title"),
        Column(
            "rank",
            value=lambda result: result.place,
            tells=["rank"],
            kind=Kind.INTEGER,
            means=_("rank; empty where nobody chose it"),
        ),
        Column("points"),
        Column("choosers"),
        Column("is_example", "round.is_example"),
    ],
)
