"""A report is written, published once, and taken back within a day."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
import typst
from django.test import Client
from django.utils import timezone

from meetings.papers import pdf, word
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from taskforce.results.models import KeptYear, Report
from taskforce.results.report import acts
from tests.factories import make_meeting, make_secretary
from tests.racing import at_once

YEAR = timezone.localdate().year - 2
AT = f"/sekretariat/resultater/aar/{YEAR}/rapport/"


def make_report(introduction: str = "<p>Et godt år.</p>", **fields: Any) -> Report:
    make_meeting(date=date(YEAR, 3, 1))
    return Report.objects.create(year=YEAR, introduction=introduction, **fields)


def test_the_introduction_is_written_read_and_published(as_secretary: Client, client: Client):
    make_meeting(date=date(YEAR, 3, 1))

    said = as_secretary.post(AT, {"introduction": "Vi kom i gang.\n\n- Et\n- To", "version": "1"})
    assert said["Location"] == f"{AT}se/"
    page = as_secretary.get(f"{AT}se/")
    assert "Vi kom i gang." in page.content.decode()
    assert client.get(f"/resultater/{YEAR}/rapport.pdf").status_code == 404
    version = page.context["form"].initial["version"]
    as_secretary.post(f"{AT}udgiv/", {"version": version})

    report, kept = Report.objects.get(), KeptYear.objects.get()
    assert (report.year, kept.year) == (YEAR, YEAR)
    assert report.is_published
    assert kept.counted["moeder"]["number"] == "1"
    for page in (client.get(f"/resultater/{YEAR}/"), client.get("/resultater/")):
        main = page.content.decode().partition("<main")[2]
        assert f'href="/resultater/{YEAR}/rapport.pdf"' in main
        assert f'href="/resultater/{YEAR}/rapport.docx"' in main


def test_an_empty_introduction_says_so_at_its_field(as_secretary: Client):
    make_meeting(date=date(YEAR, 3, 1))

    page = as_secretary.post(AT, {"introduction": "  ", "version": "1"})

    assert page.context["form"].errors == {"introduction": ["Skriv, hvad året handlede om."]}
    assert not Report.objects.exists()


def test_a_year_that_is_not_over_or_empty_has_no_report(as_secretary: Client):
    this_year = timezone.localdate().year

    for year in (this_year, this_year + 1, 1995, 0, 99999):
        assert as_secretary.get(f"/sekretariat/resultater/aar/{year}/rapport/").status_code == 404


def test_a_colleagues_introduction_is_not_overwritten(as_secretary: Client):
    make_report(version=2)

    page = as_secretary.post(AT, {"introduction": "Min tekst", "version": "1"})

    assert page.context["form"].theirs == [("Indledning", "Et godt år.")]
    assert "Min tekst" in page.content.decode()
    assert Report.objects.get().introduction == "<p>Et godt år.</p>"


def test_what_was_changed_since_it_was_read_is_not_published(secretary: Member):
    make_report(version=2)

    with pytest.raises(Refused, match="En anden har rettet indledningen imens"):
        acts.publish(year=YEAR, version=1, by=secretary)

    assert not KeptYear.objects.exists()


def test_without_an_introduction_nothing_is_published(as_secretary: Client, secretary: Member):
    with pytest.raises(Refused, match="Skriv indledningen først"):
        acts.publish(year=YEAR, version=1, by=secretary)
    make_report("")
    with pytest.raises(Refused, match="Skriv indledningen først"):
        acts.publish(year=YEAR, version=1, by=secretary)


def test_two_presses_publish_once(as_secretary: Client):
    make_report()

    for _press in range(2):
        as_secretary.post(f"{AT}udgiv/", {"version": "1"})

    assert Report.objects.get().version == 2
    page = as_secretary.get(f"{AT}se/").content.decode()
    assert "Årsrapporten er allerede offentliggjort." in page


def test_two_secretaries_at_once_publish_once(transactional_db: None):
    make_report()
    people = [make_secretary(), make_secretary()]

    found = at_once(*(lambda who=who: acts.publish(year=YEAR, version=1, by=who) for who in people))

    assert sorted(type(one).__name__ for one in found) == ["Refused", "Report"]
    assert KeptYear.objects.count() == 1


def test_two_who_begin_at_once_lose_no_word(transactional_db: None, log_in: Any):
    make_meeting(date=date(YEAR, 3, 1))
    browsers = [log_in(make_secretary()), log_in(make_secretary())]
    sent = {"introduction": "Tekst", "version": "1"}

    found = at_once(*(lambda one=one: one.post(AT, sent) for one in browsers))

    assert sorted(one.status_code for one in found) == [200, 302]
    assert Report.objects.count() == 1


@pytest.mark.parametrize("maker", [pdf, word])
def test_a_file_that_cannot_be_made_publishes_nothing(
    maker: Any, as_secretary: Client, monkeypatch: pytest.MonkeyPatch
):
    make_report()

    def fail(paper: Any) -> bytes:
        raise typst.TypstError("broken") if maker is pdf else OSError(28, "No space left")

    monkeypatch.setattr(maker, "render", fail)
    page = as_secretary.post(f"{AT}udgiv/", {"version": "1"}, follow=True)

    assert "Filerne kunne ikke laves lige nu." in page.content.decode()
    assert not Report.objects.get().is_published
    assert not KeptYear.objects.exists()


def test_a_year_that_was_kept_before_gets_what_is_behind_it(secretary: Member):
    make_report()
    kept = {"moeder": {"number": "7", "rows": 7, "is_example": False}}
    KeptYear.objects.create(year=YEAR, counted=kept)

    acts.publish(year=YEAR, version=1, by=secretary)

    kept = KeptYear.objects.get()
    assert kept.counted["moeder"]["number"] == "7"
    assert len(kept.behind["meetings"]) == 1


def test_a_published_report_is_taken_back_within_a_day(as_secretary: Client, client: Client):
    report = make_report(published_at=timezone.now())

    as_secretary.post(f"{AT}tag-tilbage/", {"reason": "Forkert tal i teksten."})

    report.refresh_from_db()
    assert not report.is_published
    assert client.get(f"/resultater/{YEAR}/rapport.pdf").status_code == 404
    assert "Forkert tal i teksten." in as_secretary.get(AT).content.decode()


def test_after_a_day_it_is_corrected_by_a_note_instead(as_secretary: Client, client: Client):
    report = make_report(published_at=timezone.now())

    later = time_machine.travel(timezone.now() + timedelta(hours=25))
    with later, pytest.raises(Refused, match="24 timer"):
        acts.take_back(year=YEAR, reason="For sent", by=make_secretary())

    report.refresh_from_db()
    assert report.is_published
    page = as_secretary.post(AT, {"introduction": "Andet", "version": "1"}, follow=True)
    assert "Årsrapporten er allerede offentliggjort." in page.content.decode()
