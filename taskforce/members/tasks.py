"""What the worker does for members."""

from django.utils import timezone
from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.members import joining
from taskforce.members.accounts import sessions
from taskforce.members.importing import acts as lists
from taskforce.members.inquiries import acts as inquiries
from taskforce.members.organisations import confirming


@app.periodic(cron="17 3 * * *")
@app.task
@fresh_connection
def forget_old_requests(timestamp: int) -> None:
    """Delete answered requests to join, every night, once they are old enough."""
    joining.forget_old_requests()


@app.periodic(cron="37 3 * * *")
@app.task
@fresh_connection
def forget_old_lists(timestamp: int) -> None:
    """Delete lists of people that were brought long ago, every night."""
    lists.forget_old_lists()


@app.periodic(cron="27 3 * * *")
@app.task
@fresh_connection
def forget_old_log_ins(timestamp: int) -> None:
    """Delete every night the log-ins that are over, and what was kept of them."""
    sessions.forget_old()


@app.periodic(cron="37 3 * * *")
@app.task
@fresh_connection
def forget_old_inquiries(timestamp: int) -> None:
    """Delete buyers' requests that nobody confirmed, and forget who asked long ago."""
    inquiries.forget()


@app.periodic(cron="7 7 * * 1-5")
@app.task
@fresh_connection
def ask_whether_profiles_hold(timestamp: int) -> None:
    """Ask organisations once a year whether what they tell still holds."""
    confirming.ask_all(timezone.localdate())
