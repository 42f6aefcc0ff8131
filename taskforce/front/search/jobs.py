"""What the worker does for the search."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.front.search import missing, portal, words


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="gather_words")
@fresh_connection
def gather_words(timestamp: int) -> None:
    """Bring the portal's pages up to date, and the words from which misspelt ones are corrected."""
    portal.gather()
    words.gather()


@app.periodic(cron="20 3 * * *")
@app.task
@fresh_connection
def forget_missed_searches(timestamp: int) -> None:
    """Delete every night what found nothing ninety days ago."""
    missing.forget()
