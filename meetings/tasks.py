"""What the worker does for meetings."""

from django.utils import timezone
from procrastinate.contrib.django import app

from meetings.inviting import answering
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="40 6 * * *")
@app.task
@fresh_connection
def remind_of_meetings(timestamp: int) -> None:
    """Remind every morning, and each person once, of a meeting that waits for an answer."""
    answering.remind_due(timezone.now())
