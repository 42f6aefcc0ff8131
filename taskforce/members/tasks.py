"""What the worker does for members."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.members import joining


@app.periodic(cron="17 3 * * *")
@app.task
@fresh_connection
def forget_old_requests(timestamp: int) -> None:
    """Delete answered requests to join, every night, once they are old enough."""
    joining.forget_old_requests()
