"""Release 1.0.0, filled with the example, comes up with today's code, and goes back again."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from django.conf import settings
from django.db import connection
from psycopg import sql

from taskforce.ops.restoring import reach
from tests.servers import address

pytestmark = pytest.mark.slow  # two releases are set up, each by its own programs

RELEASE = "8a202e982150"  # 1.0.0
DATABASE = f"test_upgrade_{os.getpid()}"
COUNT = "SELECT count(*) FROM {}"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
# Tables that migrating itself, or the time that passes, writes to; and words that a release adds.
MOVING = {"cache", "django_migrations", "django_content_type", "auth_permission"}
MOVING |= {"front_synonymgroup"}
# Every public page answers, and the desk of the secretariat does.
WALK = """
import re
from django.test import Client
from taskforce.members.models import User
client = Client(SERVER_NAME="localhost")
pages = re.findall("<loc>https?://[^/]+([^<]+)", client.get("/sitemap.xml").content.decode())
print(len(pages), [page for page in pages if client.get(page).status_code != 200])
client.force_login(User.objects.get(email="sekretariat@eksempel.example"))
print([page for page in ["/min-side/", "/sekretariat/"] if client.get(page).status_code != 200])
"""


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the first release, from git's history."""
    packed = subprocess.run(["git", "archive", RELEASE], cwd=settings.BASE, capture_output=True)
    if packed.returncode != 0:
        pytest.skip(f"This clone has no history back to {RELEASE}: {packed.stderr.decode()}")
    folder = tmp_path_factory.mktemp("older")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def database(db: None) -> Iterator[dict[str, Any]]:
    """An empty database beside the tests' own."""
    name = sql.Identifier(DATABASE)
    with psycopg.connect(**reach(connection.settings_dict), autocommit=True) as maker:
        maker.execute(sql.SQL("CREATE DATABASE {}").format(name))
        yield {**connection.settings_dict, "NAME": DATABASE}
        maker.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


class Portal:
    """One database and one folder, with the code of either release."""

    def __init__(self, database: dict[str, Any], var: Path) -> None:
        self.database, self.var = database, var
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DEMO": "1",
            "VAR": str(var),
            "DATABASE_URL": address(database),
        }

    def run(self, code: Path, *words: str, **values: str) -> str:
        environment = {**self.environment, **values}
        done = subprocess.run(words, cwd=code, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has."""
        with psycopg.connect(**reach(self.database)) as reader:
            names = [name for (name,) in reader.execute(TABLES)]
            counted = (sql.SQL(COUNT).format(sql.Identifier(name)) for name in names)
            return {
                name: reader.execute(query).fetchone()[0]  # type: ignore[index]
                for name, query in zip(names, counted, strict=True)
                if name not in MOVING and not name.startswith("procrastinate_")
            }


def test_first_release_is_upgraded_by_the_written_commands_and_goes_back(
    older: Path, database: dict[str, Any], tmp_path: Path
) -> None:
    portal = Portal(database, tmp_path / "var")
    portal.run(older, "python", "manage.py", "migrate", "--verbosity=0")
    portal.run(older, "python", "manage.py", "load_example", "--activity")
    before = portal.rows()
    assert sum(before.values()) > 400

    now = Path(settings.BASE)
    compose = yaml.safe_load((now / "compose.yaml").read_text())
    said = portal.run(now, *compose["services"]["migrate"]["command"])

    after = portal.rows()
    assert {name: after.get(name) for name in before} == before
    assert portal.run(now, "python", "manage.py", "migrate", "--check", "--verbosity=0") == ""
    # In development pages need no collected static files.
    walk = ["python", "manage.py", "shell", "-v0", "-c", WALK]
    walked = portal.run(now, *walk, DEMO="0", DEBUG="1").splitlines()
    assert walked[0].endswith(" []")
    assert int(walked[0].split()[0]) > 30
    assert walked[1] == "[]"

    # Back again: the backup of before, and the older code.
    [written] = [line for line in said.splitlines() if line.startswith("Written: ")]
    portal.run(now, "python", "manage.py", "restore", written.removeprefix("Written: "))
    assert portal.rows() == before
    assert portal.run(older, "python", "manage.py", "migrate", "--check", "--verbosity=0") == ""
