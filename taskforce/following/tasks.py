"""What the worker does for those who follow."""

from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from taskforce.activity.models import Activity
from taskforce.core import jobs
from taskforce.core.jobs import fresh_connection
from taskforce.following import digests, reminding, telling, visits
from taskforce.following.newsletter import acts as newsletter
from taskforce.following.outside import acts as outside


@app.task(retry=RetryStrategy(max_attempts=4, exponential_wait=4))
@fresh_connection
def tell(event: int) -> None:
    """Tell those who want to hear of an event at once."""
    for found in Activity.objects.filter(pk=event):
        telling.tell(found)


def tell_later(instance: Activity, created: bool, **_sent: Any) -> None:
    """Have an event told that is recorded now, in the transaction of the change itself."""
    if created and telling.is_news(instance):
        seconds = int(telling.LATER.total_seconds())
        tell.configure(schedule_in={"seconds": seconds}).defer(event=instance.pk)


@app.periodic(cron="*/10 * * * *")
@app.task
@fresh_connection
def send_digests(timestamp: int) -> None:
    """Send the newsletter and the digests that are due, however long the worker was away.

    The newsletter goes first: digests carry its introduction.
    """
    now = timezone.now()
    newsletters = (lambda: bool(newsletter.send_due(now)), lambda: newsletter.send_late(now))
    jobs.all_of("mail", (*newsletters, lambda: digests.run(now)))


@app.periodic(cron="20 5-20 * * *")
@app.task
@fresh_connection
def send_reminders(timestamp: int) -> None:
    """Remind of what is due, each once; hourly, so that a worker that was away catches up."""
    reminding.remind_all(timezone.now())


@app.periodic(cron="57 3 * * *")
@app.task
@fresh_connection
def forget(timestamp: int) -> None:
    """Forget every night what members opened and were told long ago, and who did not confirm."""
    visits.forget()
    telling.forget()
    outside.forget()
