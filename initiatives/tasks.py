"""What the worker does for initiatives."""

from django.utils import timezone
from procrastinate.contrib.django import app

from initiatives.work import reviewing
from taskforce.core.jobs import fresh_connection


@app.periodic(cron="20 6 * * *")
@app.task
@fresh_connection
def ask_about_initiatives(timestamp: int) -> None:
    """Ask leads every morning how initiatives go whose review date has passed, once each."""
    reviewing.ask_due(timezone.now())
