"""Figures from outside: entered with their source, corrected, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import TakenBack
from taskforce.members.models import Member
from taskforce.results.models import Figure
from tests.conftest import LogIn
from tests.factories import make_figure, make_secretary
from tests.racing import at_once

NEW = "/sekretariat/resultater/tal/nyt/"
TYPED = {
    "what": "Job i virksomhederne",
    "number": "1.250",
    "unit": "job",
    "from_on": "1/1-2025",
    "to_on": "31. december 2025",
    "known": "reported",
    "known_by": "Odense Kommune",
    "reported": "5",
    "asked": "8",
    "source": "Årsrapport, side 12",
    "source_on": "1.3.2026",
}


def errors(page: Any) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_a_figure_is_published_with_its_source(as_secretary: Client, client: Client, db: None):
    answer = as_secretary.post(NEW, {**TYPED, "publish": "on"})

    figure = Figure.objects.get()
    assert answer.url == "/sekretariat/resultater/"
    assert (figure.number, figure.reported, figure.asked) == (1250, 5, 8)
    page = client.get("/en/resultater/2025/").content.decode()
    for words in ("1,250", "Odense Kommune", "5 of 8 reported", "Årsrapport, side 12"):
        assert words in page


def test_a_draft_needs_no_source_and_shows_nowhere(as_secretary: Client, client: Client, db: None):
    as_secretary.post(NEW, {**TYPED, "source": "", "source_on": ""})

    assert not Figure.objects.get().is_published
    assert TYPED["what"] not in client.get("/resultater/").content.decode()
    drafts = as_secretary.get("/sekretariat/resultater/").context["drafts"]
    assert [draft.what for draft in drafts] == [TYPED["what"]]


def test_a_source_of_a_day_ahead_is_refused(as_secretary: Client, db: None):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = as_secretary.post(NEW, {**TYPED, "source_on": tomorrow.isoformat()})

    assert errors(page) == {"source_on": ["Den dag er ikke kommet endnu."]}
    assert not Figure.objects.exists()


def test_no_figure_without_a_source_is_published(as_secretary: Client, db: None):
    page = as_secretary.post(NEW, {**TYPED, "source": "", "publish": "on"})

    assert errors(page) == {"source": ["Uden det kan tallet ikke offentliggøres."]}
    assert page.context["form"]["what"].value() == TYPED["what"]
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "1.2.3"}, "number"),
        ({"number": "mange"}, "number"),
        ({"from_on": "2026-01-01"}, "__all__"),
        ({"known": "estimated", "way": ""}, "way"),
        ({"known_by": ""}, "known_by"),
        ({"reported": "9"}, "asked"),
        ({"asked": ""}, "asked"),
        ({"reported": ""}, "reported"),
        ({"source_link": "javascript:alert(1)"}, "source_link"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    as_secretary: Client, db: None, wrong: dict[str, str], field: str
):
    page = as_secretary.post(NEW, {**TYPED, **wrong, "publish": "on"})

    assert [*errors(page)] == [field]


@pytest.mark.parametrize(("typed", "read"), [("4 mio.", 4_000_000), ("12.500", 12_500)])
def test_amounts_are_read_as_people_write_them(
    as_secretary: Client, db: None, typed: str, read: int
):
    as_secretary.post(NEW, {**TYPED, "number": typed})

    assert Figure.objects.get().number == read


def edited(figure: Figure, **more: Any) -> dict[str, Any]:
    return {**TYPED, "version": figure.version, **more}


def test_a_public_figure_says_that_it_was_corrected(as_secretary: Client, db: None):
    figure = make_figure()

    as_secretary.post(f"/sekretariat/resultater/tal/{figure.pk}/", edited(figure, number="78"))

    figure.refresh_from_db()
    assert (figure.number, figure.is_published) == (78, True)
    assert figure.corrected_at is not None


def test_a_public_figure_keeps_its_source(as_secretary: Client, db: None):
    figure = make_figure()
    page = as_secretary.post(
        f"/sekretariat/resultater/tal/{figure.pk}/", edited(figure, source_on="")
    )

    assert [*errors(page)] == ["source_on"]


def test_of_two_who_save_at_once_the_second_sees_both_texts(
    transactional_db: None, log_in: LogIn, secretary: Member
):
    figure = make_figure()
    browsers = [log_in(secretary), log_in(make_secretary())]
    page = f"/sekretariat/resultater/tal/{figure.pk}/"

    answers = at_once(
        *(
            lambda browser=browser, number=number: browser.post(page, edited(figure, number=number))
            for browser, number in zip(browsers, ("78", "81"), strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (conflict,) = [answer for answer in answers if answer.status_code == 200]
    figure.refresh_from_db()
    assert figure.version == 2
    assert str(figure.number) in [text for _label, text in conflict.context["form"].theirs]


def test_taken_back_it_is_a_draft_again(as_secretary: Client, client: Client, db: None):
    figure = make_figure("Job i fejl")

    as_secretary.post(
        f"/sekretariat/resultater/tal/{figure.pk}/tag-tilbage/", {"reason": "Talt to gange."}
    )

    figure.refresh_from_db()
    assert not figure.is_published
    assert TakenBack.objects.get().reason == "Talt to gange."
    assert "Job i fejl" not in client.get("/resultater/").content.decode()


def test_only_a_draft_is_deleted(as_secretary: Client, db: None):
    public, draft = make_figure(), make_figure(published_at=None)

    for figure in (public, draft, draft):
        as_secretary.post(f"/sekretariat/resultater/tal/{figure.pk}/slet/")

    assert [*Figure.objects.all()] == [public]
