"""What the worker does for news."""

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from taskforce.core.acts import Refused
from taskforce.core.jobs import fresh_connection
from taskforce.news import publishing
from taskforce.news.models import NewsItem


@app.periodic(cron="* * * * *")
@app.task
@fresh_connection
def publish_due_news(timestamp: int) -> None:
    """Publish what is planned and whose time has come, however long the worker was away."""
    for due in NewsItem.objects.due(timezone.now()):
        with suppress(Refused):  # somebody published or deleted it a moment ago
            publishing.publish(item=due, by=None)
