"""`manage.py check_worker`: end with 1 if the worker is silent, for a container's health check."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taskforce.core.jobs import workers_at_work
from taskforce.ops.worker import QUEUES


class Command(BaseCommand):
    help = "End with 1 and a sentence if not all parts of the worker have reported lately."
    requires_system_checks: list[str] = []  # it runs every minute

    def handle(self, *args: Any, **options: Any) -> None:
        found = workers_at_work(timezone.now())
        if found < len(QUEUES):
            raise CommandError(
                f"The worker is silent: {found} of its {len(QUEUES)} parts have reported lately."
            )
        self.stdout.write("The worker is at work.")
