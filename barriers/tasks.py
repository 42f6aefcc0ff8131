"""What the worker does for prioritisation."""

from django.utils import timezone
from procrastinate.contrib.django import app

from barriers.models import PrioritisationRound
from barriers.rounds import opening, prioritisation
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def open_due_rounds(timestamp: int) -> None:
    """Open the rounds that are to open by themselves and whose time has come."""
    opening.open_due()


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def close_due_rounds(timestamp: int) -> None:
    """Count the rounds whose time is up, each in a transaction of its own."""
    for due in PrioritisationRound.objects.due(timezone.now()):
        prioritisation.close(voting_round=due)
