"""The files that put the portal on a server: read by the programs that they are for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from taskforce.core.version import version

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "docs/deploy"
UNITS = DEPLOY / "systemd"
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
ANSWERS = {
    "PORTAL_HOST": "portal.example",
    "DEFAULT_FROM_EMAIL": "The portal <portal@portal.example>",
    "SECRETARIAT_EMAIL": "secretariat@portal.example",
    "EMAIL_URL": "smtp://user:hush@mail.example:25",
}


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"The program {name} is missing here.")
    return found


PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-s3.txt"])
def test_server_gets_the_versions_that_the_tests_run_with(name: str):
    pins, tested = (
        dict(PIN.findall((TOP / each).read_text())) for each in (name, "requirements-dev.txt")
    )

    assert len(pins) > 40
    assert {package: tested.get(package) for package in pins} == pins


# The image


def test_image_tells_the_version_and_names_its_base_by_digest():
    lines = (TOP / "Containerfile").read_text()

    assert f'org.opencontainers.image.version="{version()}"' in lines
    [base] = re.findall(r"^ARG BASE=(\S+)", lines, re.MULTILINE)
    assert DIGEST.search(base)


def test_image_holds_all_code_and_neither_tests_nor_secrets():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    folders = {path.split("/")[0] for path in tracked if path.endswith((".py", ".html", ".css"))}
    folders |= {"locale", "pyproject.toml", "requirements.txt", "requirements-s3.txt"}

    # Docker reads no other name, and would send secrets/ along.
    lines = (TOP / ".dockerignore").read_text().splitlines()

    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == folders - {"tests"}


# Compose


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((TOP / "compose.yaml").read_text())["services"]
    return found


def test_each_starts_after_what_it_needs(services):
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in services.items()
    }

    migrated = {"migrate": "service_completed_successfully"}
    assert waits == {
        "db": {},
        "migrate": {"db": "service_healthy"},
        "web": migrated,
        "worker": migrated,
        "backup": migrated,
        "caddy": {"web": "service_healthy"},
    }


def test_only_the_door_is_open_and_no_log_grows_without_end(services):
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    bound = {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}
    assert [service["logging"] for service in services.values()] == [bound] * len(services)
    assert {name for name, service in services.items() if service["restart"] == "no"} == {"migrate"}


def test_the_portals_containers_may_do_little(services):
    for name in ("migrate", "web", "worker", "backup"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["tmpfs"] == ["/tmp:size=512m"]


def test_others_images_are_named_by_digest(services):
    assert all(DIGEST.search(services[name]["image"]) for name in ("db", "caddy"))


def test_volume_is_named_after_the_release_of_postgres_and_mounted_above_its_data(services):
    volumes = yaml.safe_load((TOP / "compose.yaml").read_text())["volumes"]
    [release] = re.findall(r"postgres:(\d+)@", services["db"]["image"])

    assert volumes["postgres"] == {"name": f"taskforce-postgres-{release}"}
    assert services["db"]["volumes"] == ["postgres:/var/lib/postgresql"]


# Secrets


def prepare(folder: Path, *words: str, **answers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(DEPLOY / "prepare.sh"), *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **answers},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def written(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_prepare_makes_secrets_once(tmp_path):
    done = prepare(tmp_path, **ANSWERS)
    first = written(tmp_path)
    again = prepare(tmp_path)

    assert done.returncode == again.returncode == 0, done.stderr + again.stderr
    assert written(tmp_path) == first
    password = first["secrets/database_password"].strip()
    assert first["secrets/database_url"] == f"postgres://taskforce:{password}@db/taskforce\n"
    assert len(first["secrets/secret_key"].strip()) >= 50
    assert "hush" not in first[".env"]
    assert first[".env"].splitlines()[-2:] == [
        "# Lines of the log: as words or as json",
        "LOG=lines",
    ]
    assert "DEFAULT_FROM_EMAIL='The portal <portal@portal.example>'" in first[".env"]
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_portal_reads_what_prepare_writes_for_units(tmp_path):
    answers = ANSWERS | {"FOLDER": str(tmp_path / "etc"), "GROUP": str(os.getegid())}
    assert prepare(tmp_path, "systemd", **answers).returncode == 0
    lines = (tmp_path / "etc/.env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    values = {name: value.strip("'") for name, value in values.items()}

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=TOP,
        env={"PATH": os.environ["PATH"], **values, "VAR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


def test_no_two_portals_share_a_secret(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        prepare(folder, **ANSWERS)

    one, two = (written(folder) for folder in folders)

    assert one["secrets/secret_key"] != two["secrets/secret_key"]
    assert one["secrets/database_password"] != two["secrets/database_password"]


def test_example_holds_no_secret():
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    values = [line for line in lines if line and not line.startswith("#")]

    assert values == ["PORTAL_HOST=", "DEFAULT_FROM_EMAIL=", "SECRETARIAT_EMAIL=", "LOG=lines"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (ANSWERS | {"EMAIL_URL": ""}, "EMAIL_URL is missing."),
        (ANSWERS | {"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL is missing."),
        (ANSWERS | {"PORTAL_HOST": "it's"}, "PORTAL_HOST may hold no apostrophe."),
        (
            ANSWERS | {"PORTAL_HOST": "https://portal.example"},
            "PORTAL_HOST is a name alone, without https:// and slashes.",
        ),
        (ANSWERS | {"SECRETARIAT_EMAIL": "Ida"}, "SECRETARIAT_EMAIL cannot be Ida."),
        (ANSWERS | {"EMAIL_URL": "mail.example"}, "EMAIL_URL cannot be mail.example."),
    ],
)
def test_prepare_says_what_is_missing_and_can_be_run_again(tmp_path, answers, sentence):
    refused = prepare(tmp_path, **answers)
    mended = prepare(tmp_path, **ANSWERS)

    assert (refused.returncode, mended.returncode) == (1, 0)
    assert refused.stderr.splitlines()[-1].endswith(sentence)
    assert "secrets/database_url" in written(tmp_path)


# Units and the door


def unit_names() -> list[str]:
    return sorted(path.name for path in UNITS.iterdir() if path.is_file())


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with programs that this machine has."""
    shutil.copytree(UNITS, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("*.service"):
        path.write_text(re.sub(r"=/srv/taskforce/\S+", "=/bin/true", path.read_text()))
    return tmp_path


def systemd_analyze(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("systemd-analyze"), *words],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"},
        capture_output=True,
        text=True,
    )


def test_systemd_reads_the_units(units):
    done = systemd_analyze(units, "verify", *(str(units / name) for name in unit_names()))

    # Systemd speaks of the machine's own units too.
    assert [line for line in done.stderr.splitlines() if "taskforce" in line] == []
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [name for name in unit_names() if name.endswith(".service")])
def test_units_are_hardened(units, name):
    done = systemd_analyze(units, "security", "--offline=yes", "--threshold=20", name)

    assert done.returncode == 0, done.stdout  # 20 of 100 at most; systemd says OK to 49


def test_what_serves_starts_again_after_the_migration():
    for name in ("web", "worker"):
        unit = (UNITS / f"taskforce-{name}.service").read_text()
        assert "\nRestart=always\n" in unit
        assert "\nRequires=taskforce-migrate.service\nAfter=taskforce-migrate.service\n" in unit


def test_commands_of_units_compose_and_texts_exist():
    files = [TOP / "compose.yaml", TOP / "docs/operations.md", *UNITS.glob("*.service")]
    texts = "".join(path.read_text() for path in files)
    named = set(re.findall(r"(?:python manage\.py|manage\.sh) ([a-z_]+)", texts))

    assert named - set(get_commands()) == set()
    assert {"backup", "migrate", "first_run", "doctor"} <= named


def test_caddy_reads_its_file():
    done = subprocess.run(
        [program("caddy"), "validate", "--adapter=caddyfile", f"--config={DEPLOY / 'Caddyfile'}"],
        env={"PATH": os.environ["PATH"], "PORTAL_HOST": "portal.example", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
