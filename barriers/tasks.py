"""What the worker does for prioritisation, each round in a transaction of its own."""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from barriers.models import PrioritisationRound
from barriers.rounds import opening, prioritisation
from taskforce.core.acts import Refused
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def open_due_rounds(timestamp: int) -> None:
    """Open the rounds that are to open by themselves and whose time has come."""
    for due in PrioritisationRound.objects.due_to_open(timezone.now()):
        with suppress(Refused):  # what cannot open stays a draft, and its page says why
            opening.open_round(voting_round=due)


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def close_due_rounds(timestamp: int) -> None:
    """Count the rounds whose time is up."""
    for due in PrioritisationRound.objects.due(timezone.now()):
        with suppress(Refused):  # somebody closed it by hand a moment ago
            prioritisation.close(voting_round=due)
