"""What the worker does for open data."""

from procrastinate.contrib.django import app

from taskforce.core.jobs import fresh_connection
from taskforce.open_data import rows
from taskforce.open_data.catalogue import ALL


@app.periodic(cron="*/15 * * * *")
@app.task
@fresh_connection
def keep_up(timestamp: int) -> None:
    """Note what was published, changed or withdrawn, also where nobody asks for it."""
    rows.keep_all_up(ALL)
