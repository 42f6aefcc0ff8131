"""What happened to initiatives and cases since a meeting, as a stranger reads it."""

from datetime import timedelta

from django.utils import timezone, translation

from initiatives import since_last
from initiatives.models import CaseState, InitiativeUpdate
from meetings.agenda.since_last import SummaryLine
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import make_case, make_initiative, make_organisation

NOW = timezone.now()
AN_HOUR_AGO, YESTERDAY = NOW - timedelta(hours=1), NOW - timedelta(days=1)


def test_new_initiatives_have_lead_and_goal(db: None):
    lead = make_organisation("Odense Kommune")
    new = make_initiative("Guide", lead=lead, goal="x" * 200)
    record(Verb.ADDED, new, by=None)
    record(Verb.CHANGED, make_initiative("Ændret"), by=None)
    record(Verb.ADDED, make_initiative("Gammel"), by=None, at=YESTERDAY)

    goal = f"{'x' * 159}…"
    assert [*since_last.new_initiatives(AN_HOUR_AGO)] == [
        SummaryLine(f"Guide (Odense Kommune): {goal}", "/indsatser/guide/")
    ]


def test_progress_has_state_and_percentage(db: None):
    initiative = make_initiative("Guide")
    told = [
        {"text": "Begyndt", "state": "running", "percent": 0},
        {"text": "Halvvejs", "percent": 50},
        {"text": "Stadig i gang"},
        {"text": "Før mødet", "told_on": timezone.localdate() - timedelta(days=9)},
    ]
    for fields in told:
        InitiativeUpdate.objects.create(
            initiative=initiative, organisation=initiative.lead, **fields
        )

    with translation.override("en"):
        lines = [*since_last.progress(AN_HOUR_AGO)]

    assert lines == [
        SummaryLine("Guide (running, 0 %): Begyndt", "/en/indsatser/guide/"),
        SummaryLine("Guide (50 %): Halvvejs", "/en/indsatser/guide/"),
        SummaryLine("Guide: Stadig i gang", "/en/indsatser/guide/"),
    ]


def test_new_cases_are_published_ones(db: None):
    record(Verb.PUBLISHED, make_case("Frokost"), by=None)
    record(Verb.PUBLISHED, make_case("Trukket", state=CaseState.DRAFT), by=None)
    record(Verb.PUBLISHED, make_case("Gammel"), by=None, at=YESTERDAY)

    assert [*since_last.new_cases(AN_HOUR_AGO)] == [SummaryLine("Frokost", "/eksempler/frokost/")]
