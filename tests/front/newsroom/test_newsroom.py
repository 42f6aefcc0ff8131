"""The secretariat writes news, sees it first, publishes it, edits it and takes it back."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import Activity, Verb
from taskforce.core.models import KeptFile
from taskforce.news.models import NewsItem
from taskforce.news.tasks import publish_due_news
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_meeting,
    make_member,
    make_news,
    make_secretary,
)
from tests.initiatives.cases.case_forms import image, upload
from tests.racing import at_once

TYPED = {
    "title": "Ny rapport",
    "kind": "report",
    "summary": "Den siger noget.",
    "text": "Først\n\n- et\n- to",
    "link": "",
    "source_date": "",
    "picture_alt": "",
}
NEWS = "/sekretariat/nyheder/"


@pytest.fixture
def secretary(db: None, log_in: LogIn, tmp_path: Path, settings: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path
    return log_in(make_secretary())


def draft(title: str = "Kladde", **fields: Any) -> NewsItem:
    return make_news(title, published_at=None, **fields)


def test_what_is_written_is_a_draft_that_the_secretariat_alone_sees(
    secretary: Client, client: Client, log_in: LogIn
):
    answer = secretary.post(f"{NEWS}ny/", TYPED)

    item = NewsItem.objects.get()
    page = item.get_absolute_url()
    assert (answer.status_code, answer.url) == (302, page)
    assert item.text == "<p>Først</p><ul><li>et</li><li>to</li></ul>"
    draft = secretary.get(f"/en{page}").content.decode()
    assert "Publish now" in draft
    assert 'href="/en/sekretariat/nyheder/">News</a>' in draft
    for reader in (client, log_in(make_member())):
        assert reader.get(page).status_code == 404
        assert "Ny rapport" not in reader.get("/nyt/").content.decode()
        assert "Ny rapport" not in reader.get("/soeg/?q=rapport").content.decode()
    assert "Ny rapport" not in client.get("/sitemap.xml").content.decode()


def test_publishing_shows_it_to_everybody_with_the_day(secretary: Client, client: Client):
    item = draft("Ny", summary="Kort")

    answer = secretary.post(f"{NEWS}{item.slug}/udgiv/", {"version": "1"})

    item.refresh_from_db()
    assert (answer.url, item.source_date) == (item.get_absolute_url(), timezone.localdate())
    assert client.get(item.get_absolute_url()).status_code == 200
    assert "Ny" in client.get("/feed/").content.decode()
    assert [row.verb for row in Activity.objects.all()] == [Verb.PUBLISHED]


def test_what_was_changed_since_it_was_read_is_not_published(secretary: Client):
    item = draft()
    secretary.post(f"{NEWS}{item.slug}/ret/", {**TYPED, "version": "1"})

    page = secretary.post(f"/en{NEWS}{item.slug}/udgiv/", {"version": "1"}, follow=True)

    assert "changed while you read it" in page.content.decode()
    item.refresh_from_db()
    assert not item.is_published


def test_thread_leads_both_ways_for_readers_and_hides_drafts(secretary: Client, client: Client):
    meeting, barrier, call = make_meeting(3), make_barrier("Dør"), make_call("Penge")
    hidden = make_barrier("Skjult", hidden_at=timezone.now())
    tied = {"shared_at": meeting.pk, "barriers": [barrier.pk], "calls": [call.pk]}
    secretary.post(f"{NEWS}ny/", {**TYPED, **tied})
    item = NewsItem.objects.get()
    hidden.news.add(item)
    pages = ["/moeder/3/", barrier.get_absolute_url(), call.get_absolute_url()]
    assert [item.title in client.get(page).content.decode() for page in pages] == [False] * 3

    secretary.post(f"{NEWS}{item.slug}/udgiv/", {"version": item.version})

    assert [item.title in client.get(page).content.decode() for page in pages] == [True] * 3
    text = client.get(item.get_absolute_url()).content.decode()
    assert [page in text for page in pages] == [True] * 3
    assert "Skjult" not in text
    # Saving again with nothing ticked takes what was offered away, and leaves the hidden one.
    item.refresh_from_db()
    secretary.post(f"{NEWS}{item.slug}/ret/", {**TYPED, "version": item.version})
    assert [*item.barriers.all()] == [hidden]
    assert not item.calls.exists()


def test_form_begins_with_what_somebody_came_from(secretary: Client):
    meeting, barrier, call = make_meeting(3), make_barrier("Dør"), make_call("Penge")
    came = f"?moede=3&barriere={barrier.slug}&opslag={call.slug}"

    form = secretary.get(f"{NEWS}ny/{came}").context["form"]

    assert [form[name].value() for name in ("barriers", "calls")] == [[barrier.pk], [call.pk]]
    assert form.initial["shared_at"] == meeting
    assert secretary.get(f"{NEWS}ny/?moede=x&barriere=y").status_code == 200


def test_edit_of_what_is_public_shows_its_day_and_an_untouched_save_does_not(
    secretary: Client, client: Client
):
    item = make_news("Ny rapport", kind="report", summary="Den siger noget.")
    same = {**TYPED, "text": ""}

    secretary.post(f"{NEWS}{item.slug}/ret/", {**same, "version": "1"})
    item.refresh_from_db()
    assert item.edited_at is None
    secretary.post(f"{NEWS}{item.slug}/ret/", {**same, "summary": "Mere", "version": "2"})

    item.refresh_from_db()
    assert item.edited_at is not None
    assert "Edited" in client.get(f"/en{item.get_absolute_url()}").content.decode()


def test_second_writer_sees_both_texts_and_loses_none(secretary: Client):
    item = draft("Kladde", summary="Deres")
    NewsItem.objects.update(version=2)

    page = secretary.post(f"/en{NEWS}{item.slug}/ret/", {**TYPED, "version": "1"})

    text = page.content.decode()
    assert "What the other one wrote" in text
    assert ("Deres" in text, "Den siger noget." in text) == (True, True)
    item.refresh_from_db()
    assert item.summary == "Deres"


def test_bad_input_is_told_at_its_field_and_keeps_the_picture(secretary: Client):
    page = secretary.post(
        f"/en{NEWS}ny/",
        {**TYPED, "title": "", "source_date": "snart", "upload": upload(image())},
    )

    errors = page.context["form"].errors
    assert {*errors} == {"title", "source_date", "picture_alt"}
    assert KeptFile.objects.count() == 1
    assert not NewsItem.objects.exists()


def test_picture_shows_to_whom_the_news_shows(secretary: Client, client: Client):
    secretary.post(f"{NEWS}ny/", {**TYPED, "picture_alt": "To bagere", "upload": upload(image())})
    item = NewsItem.objects.get()
    source = secretary.get(item.get_absolute_url()).context["image"]["src"]
    assert secretary.get(source)["Content-Type"] == "image/jpeg"
    assert client.get(source).status_code == 404

    secretary.post(f"{NEWS}{item.slug}/udgiv/", {"version": item.version})

    assert client.get(source).status_code == 200
    assert 'alt="To bagere"' in client.get(item.get_absolute_url()).content.decode()
    assert client.get(source.replace(source.split("/")[-1], "x.jpg")).status_code == 404


def test_take_back_leaves_the_reason_at_the_address(secretary: Client, client: Client):
    item = draft("Forkert")
    secretary.post(f"{NEWS}{item.slug}/udgiv/", {"version": "1"})

    secretary.post(f"{NEWS}{item.slug}/tag-tilbage/", {"reason": "Tallet var forkert"})

    answer = client.get(item.get_absolute_url())
    assert answer.status_code == 410
    assert "Tallet var forkert" in answer.content.decode()
    item.refresh_from_db()
    assert (item.is_published, item.source_date) == (False, None)
    assert "Forkert" not in client.get("/nyt/").content.decode()
    assert "Forkert" not in client.get("/feed/").content.decode()


def test_take_back_asks_for_a_reason(secretary: Client):
    item = make_news()

    page = secretary.post(f"/en{NEWS}{item.slug}/tag-tilbage/", {"reason": ""})

    assert [*page.context["form"].errors] == ["reason"]


def test_worker_publishes_what_is_due_however_late_and_nothing_else(
    transactional_db: None, secretary: Client
):
    due, later, drafted = draft("A"), draft("B"), draft("C")
    soon = timezone.localtime() + timedelta(hours=1)
    for item in (due, later):
        secretary.post(f"{NEWS}{item.slug}/planlaeg/", {"at": f"{soon:%Y-%m-%dT%H:%M}"})
    # The worker was down for three days.
    NewsItem.objects.filter(pk=due.pk).update(publish_at=timezone.now() - timedelta(days=3))

    publish_due_news(timestamp=0)
    publish_due_news(timestamp=0)

    assert [*NewsItem.objects.published()] == [due]
    assert [*NewsItem.objects.unpublished()] == [later, drafted]
    assert Activity.objects.filter(verb=Verb.PUBLISHED, actor=None).count() == 1


def test_time_that_has_passed_is_refused_at_its_field(secretary: Client):
    item = draft()

    page = secretary.post(f"/en{NEWS}{item.slug}/planlaeg/", {"at": "1.3.2020 kl. 9.30"})

    assert [*page.context["form"].errors] == ["at"]
    item.refresh_from_db()
    assert item.publish_at is None


def test_planned_item_becomes_a_draft_again(secretary: Client):
    item = draft(publish_at=timezone.now() + timedelta(hours=1))

    secretary.post(f"{NEWS}{item.slug}/ikke-planlagt/")

    item.refresh_from_db()
    assert item.publish_at is None


def test_draft_is_deleted_with_its_picture_and_what_is_public_is_not(
    secretary: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
):
    secretary.post(f"{NEWS}ny/", {**TYPED, "picture_alt": "Ord", "upload": upload(image())})
    item, public = NewsItem.objects.get(), make_news("Ude")
    assert len([*(tmp_path / "news").iterdir()]) == 2

    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(f"{NEWS}{item.slug}/slet/")
    page = secretary.post(f"/en{NEWS}{public.slug}/slet/", follow=True)

    assert [*NewsItem.objects.all()] == [public]
    assert [*(tmp_path / "news").iterdir()] == []
    assert "published already" in page.content.decode()


def test_published_by_two_at_once_is_published_once(transactional_db: None, log_in: LogIn):
    item, by = draft(), make_secretary()
    browsers = [log_in(by), log_in(by)]

    at_once(*(partial(one.post, f"{NEWS}{item.slug}/udgiv/", {"version": "1"}) for one in browsers))

    assert Activity.objects.filter(verb=Verb.PUBLISHED).count() == 1


def test_list_shows_what_waits_first_and_then_what_is_out(secretary: Client):
    assert "No news yet." in secretary.get(f"/en{NEWS}").content.decode()
    drafted, out = draft("Venter"), make_news("Ude")

    page = secretary.get(NEWS)

    assert [*page.context["waiting"]] == [drafted]
    assert page.context["page"].rows == [out]


@pytest.mark.parametrize("act", ["udgiv", "ikke-planlagt"])
def test_acts_take_a_post_only(secretary: Client, act: str):
    assert secretary.get(f"{NEWS}{draft().slug}/{act}/").status_code == 405
