"""Documents that mean harm: everything in them shows as text."""

import pytest
from django.test import Client

from meetings.models import Minutes
from meetings.review import publishing
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import ActionPoint as Action
from taskforce.intake.reader.draft import (
    AgendaItem,
    Barrier,
    Call,
    Item,
    MinutesDraft,
    Person,
    Section,
    SectionKind,
    Span,
    Statement,
)
from taskforce.members.models import Member
from tests.factories import make_theme
from tests.intake.drafts import form_of, found, make_draft, make_intake, save
from tests.meetings.review.reviews import let_everything_stand

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
TEXT = f"{EVIL}\n{EVIL}\n"


@pytest.fixture
def intake(db: None) -> Intake:
    def evil(value: object) -> object:
        return found(value, EVIL, 0.5, TEXT)

    whole = Span(0, len(TEXT))
    return make_intake(
        MinutesDraft(
            TEXT,
            number=found(7, EVIL, 1.0, TEXT),
            date=found("2023-03-14", EVIL, 1.0, TEXT),
            place=evil(EVIL),
            attendees=[evil(Person(EVIL, EVIL, EVIL))],
            agenda=[evil(AgendaItem(EVIL, details=EVIL, responsible=EVIL))],
            sections=[Section(whole, SectionKind.MINUTES, EVIL, 0, 0, whole)],
            barriers=[evil(Barrier(EVIL))],
            statements=[evil(Statement(EVIL, 0))],
            action_points=[evil(Action(EVIL, EVIL))],
            calls=[evil(Call(EVIL, link="javascript:alert(3)"))],
            news=[evil(Item(EVIL, "JavaScript:alert(4)"))],
            materials=[evil(Item(EVIL, "data:text/html,<script>alert(5)</script>"))],
            links=[evil("javascript:alert(6)")],
        ),
        name=f"{EVIL}.docx",
    )


def test_nothing_of_it_runs_on_any_page(
    as_secretary: Client, client: Client, intake: Intake, secretary: Member
):
    theme = make_theme()
    barrier = {"barriers-0-theme": theme.pk, "statements-0-barrier": "f:0"}
    links = {f"{key}-0-link": "https://example.org/" for key in ("calls", "news", "materials")}
    # A summary is left of nothing but the title.
    summary = {"calls-0-summary": EVIL}
    save(as_secretary, intake, accept="all", **barrier, **links, **summary)
    paths = ["/sekretariat/indlaes/", "/sekretariat/", intake.get_absolute_url()]
    paths.append(f"{intake.get_absolute_url()}bekraeft/")
    pages = [as_secretary.get(path).content.decode() for path in paths]
    intake.refresh_from_db()

    as_secretary.post(paths[-1], {"version": intake.version})

    let_everything_stand(Minutes.objects.get())
    publishing.publish(minutes=Minutes.objects.get(), by=secretary)
    for path in ("/moeder/7/", "/moeder/", "/barrierer/", "/opslag/", "/nyt/", "/"):
        pages += [browser.get(path).content.decode() for browser in (as_secretary, client)]
    pages.append(as_secretary.get(intake.get_absolute_url()).content.decode())
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "javascript:" not in page.lower()


@pytest.mark.parametrize("key", ["calls-0", "news-0", "materials-0"])
def test_links_that_run_are_refused(as_secretary: Client, intake: Intake, key: str):
    save(as_secretary, intake, **{f"{key}-decision": "accept"})

    assert "link" in form_of(intake, key).errors


def test_unknown_fields_are_ignored(as_secretary: Client, db: None):
    intake = make_intake(make_draft())

    save(
        as_secretary,
        intake,
        **{
            "number-0-evil": "x",
            "number-99-value": "3",
            "links-0-decision": "accept",
            "__class__-0-x": "y",
            "number": "4",
        },
    )

    intake.refresh_from_db()
    assert "evil" not in intake.decisions["number-0"]
    assert not {"number-99", "links-0", "__class__-0"} & intake.decisions.keys()


@pytest.mark.parametrize("spans", [(5, 2), (-5, 3), (0, 10**9), (10**9, 10**9 + 1)])
def test_spans_outside_the_text_break_nothing(as_secretary: Client, db: None, spans):
    intake = make_intake()
    intake.draft["found"][0]["span"] = list(spans)
    intake.save()

    assert as_secretary.get(intake.get_absolute_url()).status_code == 200


def test_empty_draft_has_a_review(as_secretary: Client, db: None):
    intake = make_intake(MinutesDraft(""))

    assert as_secretary.get(intake.get_absolute_url()).status_code == 200
    assert as_secretary.get(f"{intake.get_absolute_url()}bekraeft/").status_code == 200
