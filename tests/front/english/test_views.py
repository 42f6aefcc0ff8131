"""The page for partners abroad, and the secretariat's page that sums up several at once."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier, RoundResult
from initiatives.models import CaseState
from taskforce.activity.models import Activity
from tests.conftest import LogIn
from tests.factories import make_barrier, make_case, make_initiative, make_meeting, make_round
from tests.racing import at_once

PARTNERS, WRITE = "/en/partnere/", "/sekretariat/engelsk/"
ENGLISH = "Banks lend nothing."


def main_of(browser: Client, path: str) -> str:
    return browser.get(path).content.decode().partition("<main")[2]


def sent(browser: Client, *rows: Any) -> dict[str, str]:
    """Return what the page sends of some rows when nothing is typed."""
    page = browser.get(WRITE + "?vis=alle")
    names = [f"{row._meta.model_name}-{row.pk}" for row in rows]
    shown = {form.prefix: form for form in page.context["forms"]}
    data = {"rows": " ".join(names)}
    for name in names:
        data[f"{name}-seen"] = shown[name].initial["seen"]
        data[f"{name}-summary_en"] = shown[name].initial["summary_en"]
    return data


def test_partners_read_what_has_english_and_nothing_else(client: Client, db: None):
    ranked = {"rank": 1, "points": 5, "summary_en": ENGLISH}
    barrier = make_barrier("Ingen lån", **ranked)
    make_barrier("Uden engelsk", rank=2, points=4)
    case = make_case("Rengøring", summary_en="Cleaning bought well.")
    initiative = make_initiative("En fond", summary_en="A fund for loans.")
    make_meeting()

    page = client.get(PARTNERS)

    assert [*page.context["priorities"]] == [barrier]
    assert [*page.context["cases"]] == [case]
    assert [*page.context["initiatives"]] == [initiative]
    assert [figure.label for figure in page.context["figures"]][:1] == ["meeting held"]
    words = page.content.decode()
    for told in (ENGLISH, "Cleaning bought well.", "A fund for loans."):
        assert f'<div lang="en"><p>{told}</p></div>' in words
    assert "Uden engelsk" not in words
    assert f'href="/en{barrier.get_absolute_url()}"' in words


def test_what_strangers_may_not_read_is_not_summed_up(as_secretary: Client, db: None):
    hidden = make_barrier("Hidden", rank=1, points=5, summary_en=ENGLISH, hidden_at=timezone.now())
    draft = make_case("Draft", state=CaseState.SUBMITTED, summary_en="A secret draft.")

    words = main_of(as_secretary, PARTNERS)

    assert (hidden.summary_en, draft.summary_en) == (ENGLISH, "A secret draft.")
    assert ENGLISH not in words
    assert "A secret draft." not in words


def test_danish_page_says_in_which_language_the_summaries_are(client: Client, db: None):
    make_barrier("Ingen lån", rank=1, points=5, summary_en=ENGLISH)

    words = main_of(client, "/partnere/")

    assert "For partnere i udlandet" in words
    assert f'<div lang="en"><p>{ENGLISH}</p></div>' in words


def test_page_says_how_many_of_the_ranked_have_english_and_when_they_were_ranked(
    client: Client, db: None
):
    barrier = make_barrier("Ingen lån", rank=1, points=5, summary_en=ENGLISH)
    make_barrier("Uden engelsk", rank=2, points=4)
    counts = {"eligible": 3, "voted": 2, "abstained": 0}
    counted = make_round(barrier, closed_at=timezone.now(), **counts)
    RoundResult.objects.create(
        round=counted, barrier=barrier, title="x", rank=1, points=5, choosers=2
    )

    words = main_of(client, PARTNERS)

    assert "when 2 of 3 ballots were cast." in words
    assert "1 of 2 ranked barriers is summed up in English." in words


@pytest.mark.parametrize(
    "make", [make_barrier, make_case, make_initiative], ids=["barrier", "case", "initiative"]
)
def test_its_own_page_leads_with_the_summary_in_english_alone(client: Client, db: None, make: Any):
    row = make("Ingen lån", summary_en=ENGLISH)

    assert ENGLISH in main_of(client, f"/en{row.get_absolute_url()}")
    assert ENGLISH not in main_of(client, row.get_absolute_url())


@pytest.mark.parametrize(
    "make", [make_barrier, make_case, make_initiative], ids=["barrier", "case", "initiative"]
)
def test_summary_is_found_by_its_words(client: Client, db: None, make: Any):
    make("Ingen lån", summary_en="Municipalities rarely procure socially.")

    (hit,) = client.get("/en/soeg/?q=procure").context["hits"]
    assert hit.title == "Ingen lån"
    assert "rarely <mark>procure</mark> socially" in str(hit.excerpt)


def test_summary_is_a_column_of_open_data_once_there_is_one(client: Client, db: None):
    barrier = make_barrier("Ingen lån")
    before = client.get("/data/barriers.csv").content.decode("utf-8-sig").splitlines()[0]
    Barrier.objects.filter(pk=barrier.pk).update(summary_en=ENGLISH)
    after = client.get("/data/barriers.csv").content.decode("utf-8-sig")

    assert "summary_en" not in before
    assert "summary_en" in after.splitlines()[0]
    assert ENGLISH in after
    columns = client.get("/data/barriers/").context["columns"]
    assert "summary_en" in [column["told"].name for column in columns]
    described = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert "summary_en" in described["cases"]["properties"]


def test_desk_names_prioritised_barriers_without_english_first(as_secretary: Client, db: None):
    make_case("Rengøring")
    make_barrier("Uden rang", support_count=9)
    make_barrier("Nummer to", rank=2, points=1)
    make_barrier("Nummer et", rank=1, points=2)

    titles = [str(form.instance) for form in as_secretary.get(WRITE).context["forms"]]
    desk = main_of(as_secretary, "/sekretariat/")

    assert titles == ["Nummer et", "Nummer to", "Uden rang", "Rengøring"]
    assert "4 tekster har intet, blandt andet: Nummer et, Nummer to." in desk


def test_several_are_saved_at_once_and_leave_the_list(as_secretary: Client, db: None):
    barrier, case, other = make_barrier(), make_case(), make_barrier("Later")
    typed = sent(as_secretary, barrier, case, other)
    typed[f"barrier-{barrier.pk}-summary_en"] = f" {ENGLISH} "
    typed[f"case-{case.pk}-summary_en"] = "One\r\nTwo"

    answer = as_secretary.post(WRITE, typed, follow=True)

    for row in (barrier, case, other):
        row.refresh_from_db()
    assert (barrier.summary_en, case.summary_en, other.summary_en) == (ENGLISH, "One\nTwo", "")
    assert (barrier.version, other.version) == (2, 1)
    assert [form.instance for form in answer.context["forms"]] == [other]
    assert "2 resuméer er gemt." in answer.content.decode()
    assert [*Activity.objects.values_list("verb", flat=True)] == ["translated"] * 2


def test_one_that_is_too_long_saves_none_and_keeps_all_that_is_typed(
    as_secretary: Client, db: None
):
    barrier, other = make_barrier(), make_barrier()
    typed = sent(as_secretary, barrier, other)
    typed[f"barrier-{barrier.pk}-summary_en"] = "x" * 601
    typed[f"barrier-{other.pk}-summary_en"] = ENGLISH

    words = as_secretary.post(WRITE, typed).content.decode()

    assert "x" * 601 in words
    assert ENGLISH in words
    assert "højst 600 tegn" in words
    assert not Barrier.objects.exclude(summary_en="").exists()


def test_whoever_saves_second_reads_both_and_the_others_are_saved(as_secretary: Client, db: None):
    barrier, other = make_barrier(), make_barrier()
    typed = sent(as_secretary, barrier, other)
    Barrier.objects.filter(pk=barrier.pk).update(summary_en="Theirs.")
    typed[f"barrier-{barrier.pk}-summary_en"] = "Mine."
    typed[f"barrier-{other.pk}-summary_en"] = ENGLISH

    page = as_secretary.post(WRITE, typed)

    barrier.refresh_from_db()
    other.refresh_from_db()
    assert (barrier.summary_en, other.summary_en) == ("Theirs.", ENGLISH)
    assert "Theirs." in page.content.decode()
    assert ">\nMine.</textarea>" in page.content.decode()
    forms = {form.prefix: form for form in page.context["forms"]}
    again = typed | {f"barrier-{barrier.pk}-seen": forms[f"barrier-{barrier.pk}"]["seen"].value()}
    assert as_secretary.post(WRITE, again).status_code == 302
    barrier.refresh_from_db()
    assert barrier.summary_en == "Mine."


def test_field_that_was_left_alone_undoes_nothing(as_secretary: Client, db: None):
    barrier = make_barrier()
    typed = sent(as_secretary, barrier)
    Barrier.objects.filter(pk=barrier.pk).update(summary_en="Theirs.")

    assert as_secretary.post(WRITE, typed).status_code == 302
    barrier.refresh_from_db()
    assert barrier.summary_en == "Theirs."


@pytest.mark.django_db(transaction=True)
def test_two_sums_of_the_same_at_the_same_moment_lose_neither(log_in: LogIn, secretary: Any):
    barrier = make_barrier()
    browsers = [log_in(secretary), log_in(secretary)]
    typed = [sent(browser, barrier) for browser in browsers]
    for data, text in zip(typed, ("First.", "Second."), strict=True):
        data[f"barrier-{barrier.pk}-summary_en"] = text

    answers = at_once(
        *(
            lambda browser=browser, data=data: browser.post(WRITE, data)
            for browser, data in zip(browsers, typed, strict=True)
        )
    )

    barrier.refresh_from_db()
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (second,) = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert barrier.summary_en in second
    assert {"First.", "Second."} == {text for text in ("First.", "Second.") if text in second}


def test_edit_that_began_before_is_told_that_the_barrier_changed(as_secretary: Client, db: None):
    barrier = make_barrier()
    form = as_secretary.get(f"{barrier.get_absolute_url()}ret/").context["form"]
    typed = sent(as_secretary, barrier)
    typed[f"barrier-{barrier.pk}-summary_en"] = ENGLISH
    as_secretary.post(WRITE, typed)

    data = {name: form[name].value() or "" for name in form.fields}
    as_secretary.post(f"{barrier.get_absolute_url()}ret/", data | {"title": "Another"})

    barrier.refresh_from_db()
    assert barrier.summary_en == ENGLISH


def test_one_thing_is_written_by_itself(as_secretary: Client, db: None):
    barrier = make_barrier(summary_en=ENGLISH)
    make_barrier()

    page = as_secretary.get(f"{WRITE}?ting=barrier-{barrier.pk}")

    assert [form.instance for form in page.context["forms"]] == [barrier]
    link = f'href="{WRITE}?ting=barrier-{barrier.pk}"'
    assert link in main_of(as_secretary, barrier.get_absolute_url())
    assert link not in main_of(Client(), barrier.get_absolute_url())


@pytest.mark.parametrize(
    "rows", ["", "x", "barrier-", "barrier-x", "user-1", f"barrier-{'9' * 30}", "case-999", "\x00"]
)
def test_rows_that_there_are_not_are_left_out(as_secretary: Client, db: None, rows: str):
    answer = as_secretary.post(WRITE, {"rows": rows}, follow=True)

    assert answer.status_code == 200


def test_nobody_else_writes_summaries(client: Client, as_member: Client, db: None):
    barrier = make_barrier()
    typed = {"rows": f"barrier-{barrier.pk}", f"barrier-{barrier.pk}-summary_en": ENGLISH}

    assert as_member.post(WRITE, typed).status_code == 403
    assert client.post(WRITE, typed).status_code == 302
    assert client.post(PARTNERS).status_code == 405
    barrier.refresh_from_db()
    assert barrier.summary_en == ""
