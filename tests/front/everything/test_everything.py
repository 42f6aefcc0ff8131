"""Everything out: all that the secretariat may read, streamed, and not one secret."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from calls.models import Openness
from meetings.models import Material
from taskforce.front.everything import archive, contents
from tests.conftest import LogIn, put_away
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_meeting,
    make_member,
    make_news,
    make_organisation,
    make_round,
    make_secretary,
)
from tests.initiatives.cases.case_forms import give_picture, make_draft

ADDRESS = "/sekretariat/alt-ud/"


@pytest.fixture
def secretary(db: None, log_in: LogIn, tmp_path: Path, settings: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path
    return log_in(make_secretary())


def fetched(browser: Client) -> ZipFile:
    answer: Any = browser.post(f"{ADDRESS}hent/")
    whole = answer.getvalue()
    put_away(answer)
    assert answer["Content-Type"] == "application/zip"
    found = ZipFile(io.BytesIO(whole))
    assert found.testzip() is None
    return found


def rows(found: ZipFile, label: str) -> Any:
    return json.loads(found.read(f"data/{label}.json"))


def test_every_row_is_json_and_every_upload_is_there(secretary: Client):
    case = give_picture(make_case("Frokost"))
    material = Material(meeting=make_meeting(3), title="Oplæg")
    material.file.save("oplæg.txt", ContentFile("Æble".encode()))
    barrier, news = make_barrier("Dør"), make_news("Nyt", text="<p>Ord</p>")
    barrier.news.add(news)

    found = fetched(secretary)

    (told,) = rows(found, "news.newsitem")
    assert (told["title"], told["text"]) == ("Nyt", "<p>Ord</p>")
    assert rows(found, "barriers.barrier_news") == [
        {"id": barrier.news.through.objects.get().pk, "barrier": barrier.pk, "newsitem": news.pk}
    ]
    assert found.read(f"filer/{material.file.name}").decode() == "Æble"
    for kept in (case.picture, case.picture_small):
        assert found.read(f"filer/{kept.name}")[:2] == b"\xff\xd8"
    assert rows(found, "meetings.material")[0]["file"] == material.file.name


def test_readme_names_each_file_its_columns_and_how_many_rows_there_are(secretary: Client):
    make_organisation("Værkstedet & Co")

    found = fetched(secretary)

    readme = found.read("README.md").decode()
    names = [name for name in found.namelist() if name.startswith("data/")]
    assert len(names) == len(contents.models())
    assert all(f"### {name}" in readme for name in names)
    assert f"Organisationer: {len(rows(found, 'members.organisation'))}" in readme
    assert "- `lead`: tovholder → `data/members.organisation.json`" in readme
    assert "Nobody" not in readme  # it speaks Danish


def test_no_secret_and_no_session_goes_out(secretary: Client):
    make_member(user=make_secretary().user.__class__.objects.create_user("a@example.org", "pw-1"))

    found = fetched(secretary)

    columns = rows(found, "members.user")[0].keys()
    assert {"password", "log_in_key", "is_superuser"} & columns == set()
    names = {name.removeprefix("data/").removesuffix(".json") for name in found.namelist()}
    assert not {name for name in names if name.startswith(("sessions", "mfa", "procrastinate"))}
    assert "barriers.ballot" not in names
    secrets = [session.encode() for session in secretary.cookies["sessionid"].value.split()]
    assert not [s for s in secrets for name in found.namelist() if s in found.read(name)]


def test_what_the_secretariat_does_not_read_stays_in(secretary: Client):
    draft = make_draft(make_member(), title="hidden-draft")
    give_picture(draft)
    draft.barriers.add(make_barrier("Dør"))
    lead = make_organisation("Lead")
    for openness in (Openness.HIDDEN, Openness.CLOSED):
        make_consortium(
            make_call(), lead=lead, openness=openness, description=f"words-{openness}", seeking="x"
        )

    found = fetched(secretary)

    assert rows(found, "initiatives.case") == rows(found, "initiatives.case_barriers") == []
    assert [name for name in found.namelist() if name.startswith("filer/")] == []
    hidden, closed = rows(found, "calls.consortium")
    assert {*hidden} == {*contents.OF_A_CLOSED_ROOM}
    assert closed["description"] == f"words-{Openness.CLOSED}"


def test_upload_that_is_gone_from_the_disk_is_named_and_the_rest_is_whole(secretary: Client):
    case = give_picture(make_case())
    default_storage.delete(case.picture.name)

    found = fetched(secretary)

    assert case.picture.name in found.read("README.md").decode()
    assert f"filer/{case.picture_small.name}" in found.namelist()


def test_large_upload_passes_through_in_small_pieces(secretary: Client):
    material = Material(meeting=make_meeting(3), title="Film")
    material.file.save("film.bin", ContentFile(b"0123456789" * 2_000_000))
    viewer = make_secretary().user
    tracemalloc.start()

    largest = max(len(piece) for piece in archive.stream(viewer, timezone.now(), "da"))

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert largest < 1_000_000
    assert peak < 10_000_000


def test_every_model_of_ours_goes_out_or_stays_in_for_a_reason():
    known = {*contents.WITHHELD}
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert known - models == set()
    pointing = {
        (model._meta.label, field.name)
        for model in contents.models()
        for field in contents.columns(model)
        if field.related_model and field.related_model._meta.label in known
    }
    assert pointing == set()
    for model in contents.models():
        names = {field.name for field in model._meta.get_fields()}
        assert contents.SECRETS.get(model._meta.label, set()) - names == set()
        told = {field.name for field in contents.columns(model)}
        assert not {name for name in told if "password" in name or name.endswith("key")}, model


def test_download_takes_a_post_only(secretary: Client):
    assert secretary.get(f"{ADDRESS}hent/").status_code == 405


def test_round_that_is_open_lists_its_voters_and_no_ballot(secretary: Client):
    make_round(make_barrier())

    found = fetched(secretary)

    assert len(rows(found, "barriers.prioritisationround")) == 1
    assert "barriers.ballotdraft" not in str(found.namelist())
