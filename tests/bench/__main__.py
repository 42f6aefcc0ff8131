"""`make bench`: scores of reader and search, minutes on paper, similar barriers, pages by wrk.

Prints requests a second, the ratio to the bare view of the same minute, and queries a page, for a
register of 50 and of 50,000 barriers. Nothing fails for being slow; an answer other than 200 does.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from taskforce.ops import embedded_postgres
from tests.bench import reader

PAGES = ["/barrierer/", "/barrierer/?sorter=dato", "/moeder/", "/opslag/", "/"]
SIZES = [50, 50_000]
REGISTER = 5_000  # barriers, among which similar ones are looked for
TURNS = 3  # how often each page is measured, a bare view before it every time
SECONDS = 2  # how long each time
AIM = 0.06
SERVER = ["-m", "gunicorn", "--worker-class=gthread", "--workers=1", "--threads=4"]


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("The bench needs wrk, a load tool: install the package wrk.")
    # A time limit's SIGTERM ends the servers and the database, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was told to end."))
    reader.main()
    print(run("-m", "tests.bench.papers"))
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        run("-m", "tests.bench.register", "0")
        print(run("-m", "tests.bench.similar", str(REGISTER)))
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        print(run("-m", "tests.bench.search", str(SIZES[-1])))
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        print(f"{'page':26}{'barriers':>9}{'bare/s':>9}{'page/s':>9}{'ratio':>8}{'queries':>9}")
        ratios = {size: measure(size) for size in SIZES}
    print(f"\naim: lists at {AIM} and more of the bare view, the same for 50 and 50,000 barriers")
    for page in PAGES:
        few, many = (ratios[size][page] for size in SIZES)
        print(f"{page:26}{many / few:5.2f} times its ratio with 1,000 times the barriers")


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """Run an embedded Postgres of the bench's own, and leave nothing of it."""
    os.environ |= {"VAR": str(folder), "DEMO": "1", "DEBUG": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "taskforce.settings"
    os.environ.pop("DATABASE_URL", None)
    embedded_postgres.start(folder)
    try:
        manage("collectstatic", "--noinput", "-v0")
        yield
    finally:
        embedded_postgres.remove(folder)


def measure(size: int) -> dict[str, float]:
    """Fill the register, print a line for each page, and return the pages' ratios."""
    filled = run("-m", "tests.bench.register", str(size), *PAGES)
    queries: dict[str, int] = json.loads(filled.splitlines()[-1])
    with (
        serving("tests.bench.bare:application") as bare,
        serving("taskforce.wsgi:application") as portal,
    ):
        return {page: compare(page, size, bare, portal, queries[page]) for page in PAGES}


def compare(page: str, size: int, bare: str, portal: str, queries: int) -> float:
    turns = [(rate(bare + "/"), rate(portal + page)) for _ in range(TURNS)]
    ratio = median(there / nothing for nothing, there in turns)
    nothing, there = (median(column) for column in zip(*turns, strict=True))
    print(f"{page:26}{size:9,}{nothing:9.0f}{there:9.1f}{ratio:8.3f}{queries:9}", flush=True)
    return ratio


def rate(url: str) -> float:
    """Return the requests a second that wrk gets answered with 200, over a few connections."""
    told = subprocess.run(
        ["wrk", "--threads=1", "--connections=4", f"--duration={SECONDS}s", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(f"{url} does not answer as it should:\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else sys.exit(f"wrk says no rate:\n{told}")


@contextmanager
def serving(application: str) -> Iterator[str]:
    """Serve an application on a free loopback port, and return its address."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    bind = f"--bind=127.0.0.1:{port}"
    command = [sys.executable, *SERVER, "--log-level=error", "--no-control-socket", bind]
    # The bare view has settings of its own.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DJANGO_SETTINGS_MODULE" or application.startswith("taskforce")
    }
    server = subprocess.Popen([*command, application], env=environment)
    try:
        await_answer(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


def await_answer(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"{url} does not answer.")


def manage(*words: str) -> str:
    return run("manage.py", *words)


def run(*words: str) -> str:
    ran = subprocess.run([sys.executable, *words], check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout


if __name__ == "__main__":
    main()
