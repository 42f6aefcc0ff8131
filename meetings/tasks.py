"""What the worker does for meetings."""

from django.utils import timezone
from procrastinate.contrib.django import app

from meetings.inviting import acts as inviting
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="50 3 * * *")
@app.task
@fresh_connection
def forget_guests(timestamp: int) -> None:
    """Delete every night the e-mails of guests whose meeting was a month ago."""
    inviting.forget_guests(timezone.localdate())
