"""What the worker does for documents."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.intake import material_text
from taskforce.intake.uploading import reading


# The reader never raises; the database or the disk may be away for a while.
@app.task(queue="documents", retry=RetryStrategy(max_attempts=4, exponential_wait=4))
@fresh_connection
def read_document(pk: int) -> None:
    """Read one uploaded document."""
    reading.read_document(pk=pk)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="documents", queueing_lock="read_materials")
@fresh_connection
def read_materials(timestamp: int) -> None:
    """Read what files handed out at meetings say, for the search."""
    material_text.read_new()
