"""What the worker does for members."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.members import joining
from taskforce.members.accounts import sessions


@app.periodic(cron="17 3 * * *")
@app.task
@fresh_connection
def forget_old_requests(timestamp: int) -> None:
    """Delete answered requests to join, every night, once they are old enough."""
    joining.forget_old_requests()


@app.periodic(cron="27 3 * * *")
@app.task
@fresh_connection
def forget_old_log_ins(timestamp: int) -> None:
    """Delete every night the log-ins that are over, and what was kept of them."""
    sessions.forget_old()
