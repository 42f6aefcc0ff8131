"""What the worker does for the server itself."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.ops import requests


@app.periodic(cron="57 3 * * *")
@app.task
@fresh_connection
def forget_old_counts(timestamp: int) -> None:
    """Delete every night the counts of slow answers and faults that are over a month old."""
    requests.forget()
