"""What the worker does for documents."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.intake import reading


# The reader never raises; the database or the disk may be away for a while.
@app.task(retry=RetryStrategy(max_attempts=4, exponential_wait=4))
@fresh_connection
def read_document(pk: int) -> None:
    """Read one document that was brought in."""
    reading.read_in(pk=pk)
