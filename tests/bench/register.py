"""Fill a database of its own with a register of a given size, for pages to be measured.

Run as `python -m tests.bench.register ROWS PAGE…`; prints JSON: the pages' addresses and numbers of
queries, and voters who may vote in the open round, each with a log-in. `{barrier}` is the one with
most on its thread, `{meeting}` one with forty passages, `{own}` a member's page, `{vote}` a vote.
"""

import json
import os
import sys
from typing import Any

import django

MEETING, PASSAGES, ITEMS = 99, 40, 8
VOTERS = 4


def main(rows: int, pages: list[str]) -> None:
    os.environ["PAGE_CACHE_MB"] = "0"  # a kept page asks one thing of the database
    django.setup()
    from django.core.management import call_command
    from django.urls import reverse

    from barriers.models import PrioritisationRound

    call_command("migrate", verbosity=0)
    call_command("load_example", activity=True, verbosity=0)
    meet()
    fill(rows)
    voting_round = PrioritisationRound.objects.get(closed_at=None)
    voters = [voter(found) for found in voting_round.voters.order_by("pk") if members(found)]
    named = {
        "{barrier}": fullest().get_absolute_url(),
        "{meeting}": reverse("meetings:detail", args=[MEETING]),
        "{own}": reverse("front:my_page"),
        "{vote}": reverse("barriers:vote", args=[voting_round.slug]),
    }
    paths = {page: named.get(page, page) for page in pages}
    who = {"{own}": voters[0]["session"]}
    asked = {page: path for page, path in paths.items() if page != "{vote}"}
    queries = {page: count_queries(path, who.get(page)) for page, path in asked.items()}
    print(json.dumps({"paths": paths, "queries": queries, "voters": voters[:VOTERS]}))


def members(found: Any) -> Any:
    return found.organisation.members.current().filter(role="member")


def voter(found: Any) -> dict[str, Any]:
    """Return a voter with a log-in, the version of their draft, and choices."""
    from tests.factories import make_session

    draft = getattr(found, "draft", None)
    choices = found.round.barriers.values_list("pk", flat=True)[: found.round.ballot_size]
    return {
        "session": make_session(members(found)[0]),
        "version": draft.version if draft else 0,
        "choices": [*choices],
    }


def fullest() -> Any:
    """Return the barrier that has most on its thread."""
    from barriers.models import Barrier

    ends = ("statements", "initiatives", "cases", "calls", "supports", "results")
    few = Barrier.objects.filter(initiatives__isnull=False, cases__isnull=False)
    return max(few.distinct(), key=lambda row: sum(getattr(row, end).count() for end in ends))


def meet() -> None:
    """Add the published minutes of a meeting, with forty passages under eight items."""
    from django.utils import timezone

    from meetings.models import Meeting
    from taskforce.members.models import Organisation
    from tests.factories import (
        make_agenda_item,
        make_attendance,
        make_entry,
        make_meeting,
        make_minutes,
        make_outcome,
    )

    if Meeting.objects.filter(number=MEETING).exists():
        return
    meeting = make_meeting(MEETING, date=timezone.localdate())
    people = [
        make_attendance(meeting, organisation=home, organisation_name=home.name)
        for home in Organisation.objects.order_by("pk")
    ]
    minutes = make_minutes(meeting)
    for number in range(ITEMS):
        item = make_agenda_item(meeting, f"Punkt {number}")
        for passage in range(PASSAGES // ITEMS):
            speaker = people[(number + passage) % len(people)]
            text = "<p>Kommuner og virksomheder har svært ved at finde hinanden.</p>" * 3
            make_entry(minutes, text, agenda_item=item, speaker=speaker)
        make_outcome(item, "decided", decision="Vi prøver det af i to kommuner.")
    minutes.state, minutes.published_at = "published", timezone.now()
    minutes.save()


def fill(rows: int) -> None:
    """Add barriers up to a number of rows, and fresh statistics."""
    from django.db import connection

    from barriers.models import Barrier, Theme
    from taskforce.members.models import Organisation

    theme, home = Theme.objects.first(), Organisation.objects.first()
    there = Barrier.objects.count()
    Barrier.objects.bulk_create(
        (
            Barrier(
                title=f"Barriere nummer {number}: udbud og indkøb",
                slug=f"bench-{number}",
                description="Kommuner og virksomheder har svært ved at finde hinanden.",
                theme=theme,
                raised_by=home,
            )
            for number in range(there, rows)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def count_queries(path: str, session: str | None) -> int:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}, which is nothing to measure.")
    return len(captured)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
