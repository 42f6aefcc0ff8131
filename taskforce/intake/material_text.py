"""The worker's job: read what files handed out at meetings say, so that the search finds it.

Files that are new, were replaced, or came back with a backup are found by what was read last, so
that nothing needs to be told of them.
"""

import json
import logging
import subprocess
import sys

from django.conf import settings
from django.db import transaction

from meetings.models import Material, MaterialPage
from taskforce.core.text import clean

AT_ONCE = 20  # files a run
LONGEST = 90  # seconds for one file; the reader itself ends earlier
MOST_NUMBER = 1000

logger = logging.getLogger(__name__)


def read_new() -> int:
    """Read files that were not read yet; return how many were."""
    unread = [*Material.objects.unread().order_by("pk")[:AT_ONCE]]
    for material in unread:
        _keep(material, _pages(material))
    return len(unread)


@transaction.atomic
def _keep(material: Material, pages: list[str]) -> None:
    """Keep the words of each page, unless another file was chosen meanwhile."""
    if not Material.objects.select_for_update().filter(pk=material.pk, file=material.file.name):
        return
    MaterialPage.objects.filter(material=material).delete()
    MaterialPage.objects.bulk_create(
        MaterialPage(material=material, number=number, text=clean(text))
        for number, text in enumerate(pages[:MOST_NUMBER], 1)
        if text.strip()
    )
    Material.objects.filter(pk=material.pk).update(read_file=material.file.name)


def _pages(material: Material) -> list[str]:
    """Return the text of each page, read by a process of its own; nothing where that ends."""
    words = [sys.executable, "-m", "taskforce.intake.reader.as_pages"]
    try:
        with material.file.open() as file:
            ended = subprocess.run(  # noqa: S603  # our own program
                words, input=file.read(), capture_output=True, timeout=LONGEST, cwd=settings.BASE
            )
        pages: list[str] = json.loads(ended.stdout)
    except (FileNotFoundError, subprocess.TimeoutExpired, ValueError):
        logger.warning("The file of material %s could not be read.", material.pk)
        return []
    return pages
