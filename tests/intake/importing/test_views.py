"""The pages that confirm an import and take it back."""

from django.test import Client

from barriers.models import Theme
from meetings.models import (
    Meeting,
    Minutes,
)
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import Member
from tests.factories import (
    make_meeting,
    make_minutes,
    make_theme,
)
from tests.intake.drafts import import_reviewed, reviewed
from tests.intake.importing.test_undoing import add_statement


def test_confirm_counts_what_will_be_made_and_names_what_is_undecided(
    theme: Theme, as_secretary: Client, secretary
):
    intake = reviewed(theme, statements_0={"decision": ""}, news_0={"decision": "skip"})

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")

    counts = {str(part.title): len(part.names) for part in page.context["planned"]}
    assert counts == {
        "The meeting": 1,
        "New organisations": 3,
        "Who was there": 2,
        "Who sent apologies": 1,
        "Agenda items": 2,
        "Passages of the minutes, as a draft": 4,
        "New barriers": 1,
        "Action points": 1,
        "New EU calls": 1,
        "Materials": 1,
        "Next meeting": 1,
    }
    assert [line.candidate.key for line in page.context["open"]] == ["statements-0"]
    assert [line.candidate.key for line in page.context["left_out"]] == ["news-0"]
    assert "Udbuddene er for store." in page.content.decode()


def test_confirm_creates_nothing_when_it_is_opened(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)

    assert as_secretary.get(f"{intake.get_absolute_url()}bekraeft/").status_code == 200
    assert not Meeting.objects.exists()


def test_confirm_imports_and_leads_on(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)
    sent = {"version": intake.version}

    page = as_secretary.post(f"{intake.get_absolute_url()}bekraeft/", sent, follow=True)

    assert page.templates[0].name == "intake/taken.html"
    assert dict(page.context["made"])["barrierer"] == 1
    assert 'href="/moeder/7/referat/tjek/"' in page.content.decode()
    again = as_secretary.post(f"{intake.get_absolute_url()}bekraeft/", sent, follow=True)
    assert "Dokumentet er allerede indlæst." in again.content.decode()
    assert Minutes.objects.count() == 1


def test_confirm_without_a_version_creates_nothing(theme: Theme, as_secretary: Client):
    intake = reviewed(theme)

    as_secretary.post(f"{intake.get_absolute_url()}bekraeft/")

    assert not Meeting.objects.exists()


def test_confirm_says_what_must_be_fixed_first(theme: Theme, as_secretary: Client):
    make_minutes(make_meeting(7))
    intake = reviewed(theme)

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")
    assert not page.context["is_ready"]
    (fault,) = page.context["faults"]  # it is told once
    assert (fault.field, fault.label) == ("id_number-0-value", "Number of the meeting")
    to_field = f"/en{intake.get_absolute_url()}?aabn=number-0#id_number-0-value"
    assert f'href="{to_field}"' in page.content.decode()
    refused = as_secretary.post(
        f"{intake.get_absolute_url()}bekraeft/", {"version": intake.version}, follow=True
    )
    assert "Noget skal rettes først." in refused.content.decode()
    assert "Referatet af 7. møde er i portalen i forvejen." in refused.content.decode()


def test_confirm_lists_what_is_imported_without_its_surroundings(
    theme: Theme, as_secretary: Client
):
    away = {"decision": "skip"}
    intake = reviewed(theme, attendees_0=away, agenda_0=away, statements_0=away)

    page = as_secretary.get(f"/en{intake.get_absolute_url()}bekraeft/")

    assert len(page.context["loose_ends"]) == 2


def test_undo_opens_the_review_again_and_says_so(as_secretary: Client, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)

    page = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)

    assert page.templates[0].name == "intake/review.html"
    assert "Indlæsningen er fortrudt." in page.content.decode()
    again = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)
    assert "En anden har fortrudt indlæsningen imens." in again.content.decode()


def test_undo_says_why_it_is_refused(as_secretary: Client, secretary: Member):
    intake = reviewed(make_theme("Kapital"))
    import_reviewed(intake, secretary)
    add_statement()

    page = as_secretary.post(f"{intake.get_absolute_url()}fortryd/", follow=True)

    assert "Andre har bygget videre på det siden: udsagn" in page.content.decode()
    assert Intake.objects.get().state == IntakeState.IMPORTED
