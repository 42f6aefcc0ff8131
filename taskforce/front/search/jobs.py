"""What the worker does for the search."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.front.search import missing, words


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="gather_words")
@fresh_connection
def gather_words(timestamp: int) -> None:
    """Bring the list of words up to date, from which misspelt ones are corrected."""
    words.gather()


@app.periodic(cron="20 3 * * *")
@app.task
@fresh_connection
def forget_missed_searches(timestamp: int) -> None:
    """Delete every night what found nothing ninety days ago."""
    missing.forget()
