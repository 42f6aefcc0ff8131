"""What the worker does for calls."""

from django.utils import timezone
from procrastinate.contrib.django import app

from calls.following import reminding
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="20 5-20 * * *")
@app.task
@fresh_connection
def remind_of_deadlines(timestamp: int) -> None:
    """Remind followers, once each; hourly, so that a worker that was away catches up."""
    reminding.remind_due(timezone.now())
