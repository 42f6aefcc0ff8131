"""What the worker does for the desk."""

from django.utils import timezone
from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.front.desk import number, tasks


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def count_what_waits(timestamp: int) -> None:
    """Count what waits for the secretariat, for the menu of its pages."""
    number.keep(len(tasks.waiting(timezone.now())["tasks"]))
