"""Uploads in object storage: as on the disk, and nobody's who may not read them."""

import gc
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from meetings.models import Material
from taskforce.core import kept_files
from taskforce.core.files import NoRoom
from taskforce.core.models import KEPT_FILES
from taskforce.ops.doctor import examining
from tests.conftest import put_away
from tests.factories import make_meeting, make_minutes, make_user

moto = pytest.importorskip("moto.server", reason="moto is missing: make .venv/dev")
boto3 = pytest.importorskip("boto3", reason="boto3 is missing: requirements-s3.txt")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
KEYS = {"access_key": "key", "secret_key": "hush"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
    gc.collect()  # files that the server left open are cleared away here, within no other test


def use(settings: Any, endpoint: str, bucket: str = "uploads") -> None:
    options = {"bucket_name": bucket, "endpoint_url": endpoint, "region_name": "us-east-1", **KEYS}
    backend = "taskforce.core.object_storage.Uploads"
    uploads = {"default": {"BACKEND": backend, "OPTIONS": options}}
    settings.STORAGES = settings.STORAGES | uploads


@pytest.fixture
def bucket(endpoint: str, settings: Any) -> Any:
    use(settings, endpoint)
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "hush"}
    made = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    bucket = made.Bucket("uploads")
    bucket.create()
    yield bucket
    bucket.objects.delete()


def test_file_is_kept_read_and_deleted(bucket: Any):
    name = default_storage.save("papers/Oplæg til mødet.pdf", ContentFile(b"%PDF"))

    assert name.startswith("papers/")
    assert name.endswith("/Oplæg til mødet.pdf")
    with default_storage.open(name) as file:
        assert file.read() == b"%PDF"
    default_storage.delete(name)
    assert not default_storage.exists(name)
    with pytest.raises(FileNotFoundError):
        default_storage.open(name)


def test_files_of_one_name_at_one_moment_are_two(bucket: Any):
    def save(number: int) -> str:
        return default_storage.save("papers/a.txt", ContentFile(str(number).encode()))

    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(save, range(8)))

    read = []
    for name in names:
        with default_storage.open(name) as file:
            read.append(file.read())
    assert read == [str(number).encode() for number in range(8)]


def test_material_is_uploaded_and_downloaded_through_the_portal(
    as_secretary: Client, client: Client, bucket: Any
):
    meeting = make_meeting(3)
    name = "æ" * 240 + ".txt"
    file = SimpleUploadedFile(name, b"Tal")
    as_secretary.post("/moeder/3/materiale/ny/", {"title": "Oplæg", "file": file})
    make_minutes(meeting, published=True)
    material = Material.objects.get()
    (kept,) = bucket.objects.all()

    answer = client.get(f"/moeder/3/materiale/{material.pk}/")

    assert len(material.file.name) <= 100
    assert kept.key == material.file.name
    assert b"".join(answer.streaming_content) == b"Tal"
    assert "amazonaws" not in str(answer.headers)
    put_away(answer)


def test_bucket_gives_a_stranger_nothing(bucket: Any, endpoint: str):
    name = default_storage.save("papers/a.txt", ContentFile(b"Tal"))

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{endpoint}/uploads/{name}")
    refused.value.close()

    assert refused.value.code == 403
    assert [grant["Permission"] for grant in bucket.Object(name).Acl().grants] == ["FULL_CONTROL"]


def test_file_that_is_gone_is_not_found(as_secretary: Client, client: Client, bucket: Any):
    meeting = make_meeting(3)
    file = SimpleUploadedFile("a.txt", b"Tal")
    as_secretary.post("/moeder/3/materiale/ny/", {"title": "Oplæg", "file": file})
    make_minutes(meeting, published=True)
    bucket.objects.delete()

    assert client.get(f"/moeder/3/materiale/{Material.objects.get().pk}/").status_code == 404


@pytest.mark.usefixtures("bucket")
def test_chosen_file_is_kept_for_a_day(db: None, time_machine: Any):
    row = kept_files.keep(SimpleUploadedFile("a.txt", b"Tal"), by=make_user())
    default_storage.save(f"{KEPT_FILES}/of-a-crash", ContentFile(b"x"))
    assert row is not None
    assert len(default_storage.listdir(KEPT_FILES)[1]) == 2

    time_machine.move_to(timezone.now() + timedelta(days=1, hours=1))
    kept_files.forget()

    assert not default_storage.exists(f"{KEPT_FILES}/of-a-crash")


def test_storage_that_is_away_is_told_and_nothing_is_saved(
    as_secretary: Client, settings: Any, endpoint: str
):
    use(settings, endpoint, bucket="nowhere")
    make_meeting(3)
    file = SimpleUploadedFile("a.txt", b"Tal")

    with pytest.raises(NoRoom):
        default_storage.save("papers/a.txt", ContentFile(b"Tal"))
    page = as_secretary.post("/moeder/3/materiale/ny/", {"title": "Oplæg", "file": file})

    assert "Filen kan ikke gemmes lige nu." in page.content.decode()
    assert not Material.objects.exists()


@pytest.mark.parametrize(("name", "is_well"), [("uploads", True), ("nowhere", False)])
@pytest.mark.usefixtures("bucket")
def test_doctor_tries_the_bucket(settings: Any, endpoint: str, name: str, is_well: bool):
    use(settings, endpoint, bucket=name)
    settings.S3_BUCKET = name

    assert examining._bucket().is_well is is_well
