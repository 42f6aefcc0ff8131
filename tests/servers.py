"""A Postgres server of this machine's own, over TCP and with a password, as in production."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from taskforce.ops import embedded_postgres

PASSWORD = "of-a-test"


def installed() -> Path:
    """Return the programs of an older release of Postgres, as Debian packs it, or skip the test."""
    ours = embedded_postgres.program("postgres")
    said = subprocess.run([ours, "--version"], capture_output=True, text=True, check=True).stdout
    release = int(said.split()[2].split(".")[0])
    found = [
        path
        for path in Path("/usr/lib/postgresql").glob("*/bin")
        if int(path.parent.name) < release and (path / "initdb").exists()
    ]
    if not found:
        pytest.skip(f"No Postgres older than {release} is installed here (package postgresql).")
    return max(found, key=lambda path: int(path.parent.name))


@contextmanager
def server(programs: Path) -> Iterator[dict[str, Any]]:
    """Run a server until the block ends; yield its empty database as an entry of DATABASES."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="taskforce-server-"))
    try:
        (folder / "password").write_text(PASSWORD)
        how: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL}
        if os.geteuid() == 0:  # as whom Postgres refuses to run
            shutil.chown(folder, "nobody")
            shutil.chown(folder / "password", "nobody")
            how |= {"user": "nobody", "extra_groups": []}
        words = ["--auth=scram-sha-256", "--pwfile=password", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = [programs / "initdb", "--username=taskforce", *words, "data"]
        subprocess.run(made, check=True, **how)
        options = ["-D", "data", "-c", "fsync=off", "-c", f"port={port}"]
        options += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        process = subprocess.Popen(
            [programs / "postgres", *options], stderr=subprocess.DEVNULL, **how
        )
        try:
            _wait(port, process)
            yield {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "taskforce",
                "PASSWORD": PASSWORD,
                "HOST": "127.0.0.1",
                "PORT": str(port),
                "OPTIONS": {},
            }
        finally:
            process.terminate()
            process.wait(60)
    finally:
        shutil.rmtree(folder)


def address(database: dict[str, Any]) -> str:
    """Return a database as a DATABASE_URL."""
    quoted = {name: quote(str(database[name]), safe="") for name in ("USER", "PASSWORD", "HOST")}
    where = {**database, **quoted}
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**where)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    from psycopg import pq

    where = f"host=127.0.0.1 port={port} connect_timeout=5".encode()
    deadline = time.monotonic() + 60
    while pq.PGconn.ping(where) != pq.Ping.OK:
        assert process.poll() is None, "Postgres ended by itself"
        assert time.monotonic() < deadline, "Postgres does not answer"
        time.sleep(0.1)
