"""What the worker does for every app."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from taskforce.core import bounces, kept_files, limits, member_letters, once, outbox
from taskforce.core.jobs import STALLED, fresh_connection


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Take up again what a worker began that has ended since, such as a letter."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        await manager.retry_job(job)


@app.task(
    queue="mail",
    pass_context=True,
    retry=RetryStrategy(max_attempts=outbox.MOST, exponential_wait=4),
)
@fresh_connection
def send_copy(context: JobContext, copy: int) -> None:
    """Send one copy of a letter that the secretariat wrote."""
    outbox.deliver_copy(copy, member_letters.write, outbox.is_last(context))


@app.periodic(cron="47 * * * *")
@app.task
@fresh_connection
def forget(timestamp: int) -> None:
    """Delete every hour what was kept for a day, or two weeks."""
    kept_files.forget()
    once.forget()
    limits.forget()
    bounces.forget_old()
