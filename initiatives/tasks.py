"""What the worker does for initiatives."""

from django.utils import timezone
from procrastinate.contrib.django import app

from initiatives.work import reviewing
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="20 6 * * *")
@app.task
@fresh_connection
def ask_about_initiatives(timestamp: int) -> None:
    """Ask every morning, and about each review date once, how an initiative goes."""
    reviewing.ask_due(timezone.now())
