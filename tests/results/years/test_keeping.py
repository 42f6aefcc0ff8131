"""A year that is kept stays as it was, whatever is corrected later."""

from datetime import date
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from taskforce.core.acts import Refused
from taskforce.front.desk import tasks
from taskforce.members.models import Member, Organisation
from taskforce.results.models import Figure, KeptYear, Report
from taskforce.results.years import acts
from tests.factories import make_case, make_figure, make_meeting, make_member, make_secretary
from tests.racing import at_once

YEAR = timezone.localdate().year - 2
PAGE = f"/en/resultater/{YEAR}/"


def meetings_of(page: Any) -> Any:
    (found,) = [
        figure
        for section in page.context["sections"]
        for figure in section["figures"]
        if "/moeder/" in figure.url
    ]
    return found


def test_a_kept_year_stands_and_says_what_is_counted_today(
    as_secretary: Client, client: Client, db: None
):
    first, _second = (make_meeting(date=date(YEAR, month, 1)) for month in (3, 6))
    figure, gone = make_figure(number=80), make_figure("Fejl")
    as_secretary.post(f"/sekretariat/resultater/aar/{YEAR}/")

    Meeting.objects.filter(pk=first.pk).delete()
    Figure.objects.filter(pk=figure.pk).update(number=78, corrected_at=timezone.now())
    Figure.objects.filter(pk=gone.pk).update(published_at=None)
    make_figure("Kom senere")
    page = client.get(PAGE)

    stated = meetings_of(page)
    assert (stated.number, stated.notes[-1]) == ("2", "Counted today: 1")
    (_wrong, kept) = sorted(
        (one for part in page.context["outside"] for one in part.figures),
        key=lambda one: -one.pk,
    )
    assert kept.number == 80
    assert kept.since.endswith("78 job")
    assert _wrong.since == "Taken back since"
    assert [part.what for part in page.context["added"]] == ["Kom senere"]
    listed = client.get(stated.url)
    assert listed.context["page"].total == 1
    assert "Then it was: 2" in listed.content.decode()


def test_corrections_stand_beside_with_their_day(as_secretary: Client, client: Client, db: None):
    KeptYear.objects.create(year=YEAR)

    as_secretary.post(f"/sekretariat/resultater/aar/{YEAR}/ret/", {"text": "Et møde for meget."})

    page = client.get(PAGE).content.decode()
    assert "Et møde for meget." in page
    assert f"Corrected {timezone.localdate().day} " in page


def test_the_year_before_stands_beside_as_it_was_kept(client: Client, db: None):
    make_meeting(date=date(YEAR, 3, 1))
    kept = {"moeder": {"number": "7", "rows": 7, "is_example": False}}
    KeptYear.objects.create(year=YEAR - 1, counted=kept)

    assert f"{YEAR - 1}: 7" in meetings_of(client.get(PAGE)).notes


def test_numbers_of_good_examples_are_kept_too(as_secretary: Client, client: Client, db: None):
    case = make_case(number=80, unit="job", written_by=make_member().organisation)
    members = Organisation.objects.in_taskforce().count()
    type(case).objects.update(published_at=timezone.make_aware(timezone.datetime(YEAR, 5, 1)))
    as_secretary.post(f"/sekretariat/resultater/aar/{YEAR}/")
    type(case).objects.update(number=78)
    make_member()

    (figure,) = [one for one in client.get(PAGE).context["cases"] if one.label == "job"]

    assert figure.number == "80"
    assert figure.notes == [f"Told by 1 of {members} organisations", "Counted today: 78"]


def test_a_year_that_is_not_over_is_not_kept(db: None, secretary: Member):
    with pytest.raises(Refused, match=r"Året er ikke slut endnu\."):
        acts.keep(year=timezone.localdate().year, by=secretary)

    assert not KeptYear.objects.exists()


def test_a_year_with_nothing_in_it_has_no_page_to_keep_it(as_secretary: Client, db: None):
    assert as_secretary.get("/sekretariat/resultater/aar/1995/").status_code == 404


def test_two_who_keep_it_at_once_keep_it_once(transactional_db: None):
    make_meeting(date=date(YEAR, 3, 1))
    people = [make_secretary(), make_secretary()]

    found = at_once(*(lambda who=who: acts.keep(year=YEAR, by=who) for who in people))

    assert sorted(type(one).__name__ for one in found) == ["KeptYear", "Refused"]
    assert KeptYear.objects.get().counted["moeder"]["number"] == "1"


def test_a_figure_that_is_corrected_at_this_moment_is_waited_for(transactional_db: None):
    figure, by, begun = make_figure(number=80), make_secretary(), Event()

    def correct() -> None:
        with transaction.atomic():
            Figure.objects.select_for_update().get(pk=figure.pk)
            begun.set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.3)")
            Figure.objects.filter(pk=figure.pk).update(number=78)

    def keep() -> KeptYear:
        begun.wait()
        return acts.keep(year=YEAR, by=by)

    _none, kept = at_once(correct, keep)

    assert [one["number"] for one in kept.outside] == [78]


def test_the_desk_tells_until_the_report_of_last_year_is_published(db: None):
    last = timezone.localdate().year - 1
    make_meeting(date=date(last, 3, 1))

    def told() -> list[str]:
        found = tasks.waiting(timezone.now())["can_wait"]
        return [task.act_url for task in found if "/resultater/" in task.act_url]

    assert told() == [f"/sekretariat/resultater/aar/{last}/rapport/se/"]
    report = Report.objects.create(year=last, introduction="<p>Et godt år.</p>")
    KeptYear.objects.create(year=last)
    assert told() == [f"/sekretariat/resultater/aar/{last}/rapport/se/"]
    Report.objects.filter(pk=report.pk).update(published_at=timezone.now())
    assert told() == []
