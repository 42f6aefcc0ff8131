"""What the worker does about erasures."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.front.erasing import acts


@app.periodic(cron="*/10 * * * *")
@app.task
@fresh_connection
def repeat_erasures(timestamp: int) -> None:
    """Erase again, soon after a restore, whom an older backup brought back."""
    acts.repeat()
