"""No word that a stranger may not read is in either file of a report."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from taskforce.open_data.withheld import COLUMNS, MODELS, ON_ITS_PAGE, OTHERWISE, PICTURES
from taskforce.results.models import KeptYear, Report
from taskforce.results.report import acts
from tests.meetings.papers.documents import body, pdf_text
from tests.open_data.test_secrets import SECRET, mark, withheld
from tests.results.report.test_files import word_text
from tests.test_privacy import FOR_ALL, WORDS
from tests.world import World

TOLD_ELSEWHERE = (ON_ITS_PAGE, OTHERWISE, PICTURES)


def test_no_secret_is_in_a_report(client: Client, world: World):
    year = world.today.year
    secret = [(model, name) for model, name in withheld() if _reason(model, name)]
    marked = [f"{model._meta.label}.{name}" for model, name in secret if mark(model, name)]
    assert {"meetings.Meeting.link", "members.User.name", "meetings.Attendance.name"} < {*marked}

    with time_machine.travel(timezone.now() + timedelta(days=366)):
        KeptYear.objects.filter(year=year).delete()
        Report.objects.update_or_create(
            year=year, defaults={"introduction": "<p>Året.</p>", "published_at": None}
        )
        report = Report.objects.get(year=year)
        acts.publish(year=year, version=report.version, by=world.secretary)
        files = [client.get(f"/resultater/{year}/rapport.{kind}") for kind in ("pdf", "docx")]
        texts = [read(body(file)) for read, file in zip((pdf_text, word_text), files, strict=True)]

    for text in texts:
        assert "open-barrier" in text
        assert {word for word in WORDS - FOR_ALL if word in text} == set()
        assert SECRET not in text


def _reason(model: type, name: str) -> bool:
    """Tell whether a column is kept from strangers, rather than told elsewhere."""
    label = model._meta.label  # type: ignore[attr-defined]  # a model has it
    reason = MODELS[label] if label in MODELS else COLUMNS[label][name]
    return reason not in TOLD_ELSEWHERE
