"""What the worker does about those who leave, and those who have fallen silent."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.front.leaving import acts, silence


@app.periodic(cron="4 * * * *")
@app.task
@fresh_connection
def carry_out_hand_overs(timestamp: int) -> None:
    """End memberships and hand over once their last day is past."""
    acts.carry_out_due()


@app.periodic(cron="50 7 * * *")
@app.task
@fresh_connection
def tell_silent_members(timestamp: int) -> None:
    """Write every morning, and once each, to members whom nobody has seen for a year."""
    silence.tell_silent()
