"""The image, built and used as on a server: mail, an upload, and a backup after all was lost.

Built on a Debian that debootstrap makes, since a registry may be out of reach; both stay in
var/image/ for the next time.
"""

import fcntl
import http.client
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from aiosmtpd.controller import Controller
from django.conf import settings

from taskforce.core.version import version
from taskforce.ops.restoring import reach
from tests.conftest import Catcher, _free_port
from tests.servers import address, installed, server

pytestmark = pytest.mark.slow  # an operating system is unpacked, and an image built

TOP = Path(__file__).parents[2]
PLACE = Path(settings.VAR) / "image"
BASE, IMAGE = "localhost/taskforce-base", "localhost/taskforce"
DEBIAN, PACKAGES = "bookworm", "python3,python3-venv,ca-certificates,tzdata"
CERTIFICATES = "/etc/ssl/certs:/etc/ssl/certs:ro"  # where a proxy of the network has its own
AWAY = re.compile(  # what apt and pip say where there is no way out
    "Failed to fetch|Unable to locate|Temporary failure|name resolution"
    "|NewConnectionError|ConnectTimeout|ProxyError|CERTIFICATE_VERIFY"
)
MOST = 300_000_000  # bytes
USER = 10001
PATIENCE = 120  # seconds, on a busy machine
HOST, SECRETARY = "portal.example", "sekretariat@taskforce.example"
WORDS = "Referat fra mødet, som blev lagt op."


def started(*words: str) -> dict[str, Any]:
    """Return how to start buildah, which keeps its images in this clone."""
    return {
        "args": ["buildah", f"--root={PLACE / 'storage'}", f"--runroot={PLACE / 'run'}", *words],
        "env": {**os.environ, "BUILDAH_ISOLATION": "chroot"},
    }


def buildah(*words: str) -> str:
    done = subprocess.run(**started(*words), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def image() -> str:
    """Build the image on a base of its own, or skip with what is missing."""
    missing = [name for name in ("buildah", "debootstrap") if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        pytest.skip(f"Building needs root and these programs: {' '.join(missing) or 'all here'}.")
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker of this run may be at it
        if BASE not in buildah("images", "--format={{.Name}}").splitlines():
            _make_base()
        words = ["--quiet", "--layers", "--format=docker", "--network=host"]
        words += [f"--volume={CERTIFICATES}", f"--build-arg=BASE={BASE}", f"--tag={IMAGE}"]
        done = subprocess.run(**started("bud", *words, str(TOP)), capture_output=True, text=True)
        if done.returncode != 0 and AWAY.search(done.stdout + done.stderr):
            pytest.skip("The packages cannot be fetched while building here.")
        assert done.returncode == 0, done.stdout + done.stderr
    return IMAGE


def _make_base() -> None:
    folder = PLACE / "debian"
    words = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", DEBIAN, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True)
    subprocess.run(["umount", folder / "proc"], capture_output=True)  # it may stay behind
    if done.returncode != 0:
        said = [*done.stdout.splitlines(), *done.stderr.splitlines(), "it does not say why"]
        pytest.skip(f"No Debian can be made here: {said[0]}")
    for unused in ("var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man"):
        shutil.rmtree(folder / unused)
    shutil.rmtree(folder / "usr/share/locale")
    for bytecode in folder.rglob("__pycache__"):
        shutil.rmtree(bytecode)
    container = buildah("from", "scratch")
    buildah("add", "--quiet", container, str(folder), "/")
    buildah("commit", "--quiet", "--rm", container, BASE)
    shutil.rmtree(folder)


class Portal:
    """Containers of the image, with the files and settings that compose.yaml would give them."""

    def __init__(self, image: str, folder: Path, database: dict[str, Any], smtp: int) -> None:
        self.port, self.database = _free_port(), database
        self.data, secrets = folder / "data", folder / "secrets"
        secrets.mkdir()
        self.data.mkdir()
        os.chown(self.data, USER, USER)
        given = {"SECRET_KEY": "not-a-secret-" * 5, "DATABASE_URL": address(database)}
        given["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp}"
        for name, value in given.items():
            (secrets / name).write_text(f"{value}\n")
        self.container = buildah("from", image)
        values = {f"{name}_FILE": f"/run/secrets/{name}" for name in given}
        values |= {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1"}
        values |= {"DEFAULT_FROM_EMAIL": "portal@taskforce.example", "SECRETARIAT_EMAIL": SECRETARY}
        values |= {"PORT": str(self.port), "GUNICORN_CMD_ARGS": f"--bind=127.0.0.1:{self.port}"}
        self.words = ["run", "--isolation=chroot", "--network=host"]
        self.words += [f"--volume={self.data}:/data", f"--volume={secrets}:/run/secrets:ro"]
        self.words += [f"--env={name}={value}" for name, value in values.items()]
        self.running: list[subprocess.Popen[bytes]] = []

    def run(self, *words: str) -> str:
        return buildah(*self.words, self.container, "--", *words)

    def manage(self, *words: str) -> str:
        return self.run("python", "manage.py", *words)

    def start(self) -> None:
        for words in (["gunicorn"], ["python", "-m", "taskforce.ops.worker"]):
            how = started(*self.words, self.container, "--", *words)
            process = subprocess.Popen(**how, start_new_session=True)
            self.running.append(process)
        wait(lambda: Visitor(self.port).get("/sundhed/")[0] == 200)

    def stop(self) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.running:
            process.wait(60)
        self.running = []


class Visitor:
    """Somebody behind the proxy that ends TLS."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, file: str = "", **fields: str) -> tuple[int, str]:
        """Fill in the form of a page; return the status, and where it leads or what it says."""
        page = self.get(path)[1]
        keys = dict(re.findall(r'name="(csrfmiddlewaretoken|engang)" value="([^"]+)"', page))
        if not file:
            body = urllib.parse.urlencode(keys | fields)
            return self._ask("POST", path, body, "application/x-www-form-urlencoded")
        parts = [f'name="{name}"\r\n\r\n{value}' for name, value in (keys | fields).items()]
        parts.append(f'name="file"; filename="referat.txt"\r\n\r\n{file}')
        body = "".join(f"--edge\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
        return self._ask("POST", path, f"{body}--edge--\r\n", "multipart/form-data; boundary=edge")

    def _ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str]:
        headers = {"Host": HOST, "Referer": f"https://{HOST}{path}", "Content-Type": kind}
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as client:
            client.request(method, path, body.encode() or None, headers)
            answer = client.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            said = answer.read().decode()
            return answer.status, answer.headers["Location"] or said


def wait(until: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if until():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(1)


def log_in(portal: Portal, catcher: Catcher) -> Visitor:
    """Log in with the code of a letter."""
    visitor, before = Visitor(portal.port), len(catcher.letters)
    assert visitor.post("/konto/login/code/", email=SECRETARY)[0] == 302
    wait(lambda: len(catcher.letters) > before)
    [code] = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text(catcher), re.MULTILINE)[:1]
    status, leads = visitor.post("/konto/login/code/confirm/", code=code)
    assert (status, leads) == (302, "/min-side/")
    return visitor


def text(catcher: Catcher) -> str:
    return str(catcher.letters[-1].get_content())


@pytest.fixture
def catcher() -> Iterator[Controller]:
    controller = Controller(Catcher(), hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def portal(image: str, tmp_path: Path, catcher: Controller) -> Iterator[Portal]:
    with server(installed()) as database:
        found = Portal(image, tmp_path, database, catcher.port)
        yield found
        found.stop()
        buildah("rm", found.container)


def test_image_is_small_and_tells_what_it_is(image: str) -> None:
    size = buildah("images", "--format={{.Size}}", "--no-trunc", image)
    label = '{{index .Docker.Config.Labels "org.opencontainers.image.version"}}'

    assert buildah("inspect", "--type=image", f"--format={label}", image) == version()
    number, unit = size.split()
    assert unit == "MB"
    assert float(number) < MOST / 1e6
    configured = "{{.Docker.Config.User}} {{.Docker.Config.Healthcheck.Test}}"
    assert buildah("inspect", "--type=image", f"--format={configured}", image) == (
        f"{USER}:{USER} [CMD python -m taskforce.ops.alive]"
    )


def test_portal_of_the_image_comes_back_after_all_was_lost(
    portal: Portal, catcher: Controller
) -> None:
    compose = yaml.safe_load((TOP / "compose.yaml").read_text())
    portal.run(*compose["services"]["migrate"]["command"])
    portal.start()
    portal.run("python", "-m", "taskforce.ops.alive")
    first_run(portal, catcher.handler)
    visitor = log_in(portal, catcher.handler)
    status, leads = visitor.post("/sekretariat/indlaes/", file=WORDS, text="")
    assert status == 302
    file = f"{leads}fil/"
    assert visitor.get(file) == (200, WORDS)
    written = portal.manage("backup", "--rotate").splitlines()[0].removeprefix("Written: ")
    assert "FAULT" not in portal.manage("doctor")
    checked = portal.manage("restore", "--check", written)
    assert "can be restored: 1 people, 1 files" in checked

    portal.stop()
    lose_everything_but_backups(portal)
    portal.manage("restore", written)
    portal.start()

    assert log_in(portal, catcher.handler).get(file) == (200, WORDS)
    # The root may be read-only: nothing was written to it.
    assert portal.run("find", "/srv", "/usr", "-newer", "/run/secrets/SECRET_KEY") == ""


def first_run(portal: Portal, catcher: Catcher) -> None:
    """Make the first secretary, and type the code that came by mail."""
    given = ["--name=Ida Lund", f"--email={SECRETARY}", "--organisation=Sekretariatet"]
    words = [*portal.words, portal.container, "--", "python", "manage.py", "first_run", *given]
    with subprocess.Popen(**started(*words), stdin=subprocess.PIPE, text=True) as asking:
        wait(lambda: catcher.letters)
        [code] = re.findall(r"\b\d{6}\b", text(catcher))[:1]
        asking.communicate(f"{code}\n")
    assert asking.returncode == 0


def lose_everything_but_backups(portal: Portal) -> None:
    with psycopg.connect(**reach(portal.database), autocommit=True) as database:
        database.execute("DROP SCHEMA public CASCADE")
        database.execute("CREATE SCHEMA public")
    for path in portal.data.iterdir():
        if path.name != "backups":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
