"""Pages beside a view that does nothing, for a register of 50 and of 50,000 barriers.

`python -m tests.bench.pages` prints, for each page, requests a second, the ratio to the bare view
of the same minute with its aim, and queries: as it is made each time, and for strangers as it is
kept and as the browser has it already (304). A vote is a ballot that differs from the one before.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench.serving import end_on_sigterm, own_database, run, serving
from tests.bench.votes import votes

SIZES = [50, 50_000]
TURNS = 3  # how often each page is measured, a bare view before it every time
SECONDS = 2  # how long each time
ALIKE = 0.1  # so much may a page's ratio differ with 1,000 times the barriers
KEPT, HAD = 0.4, 0.5  # aims
AIMS = {
    "/barrierer/": 0.04,
    "/barrierer/?sorter=dato": 0.04,
    "/moeder/": 0.04,
    "/opslag/": 0.04,
    "/": 0.03,
    "{barrier}": 0.025,
    "{meeting}": 0.02,
    "{own}": 0.02,
    "{vote}": 0.05,
}
NAMES = {
    "{barrier}": "a barrier",
    "{meeting}": "a meeting of 40 passages",
    "{own}": "a member's page",
    "{vote}": "a vote",
}


OF_MEMBERS = {"{own}", "{vote}"}


class Line(NamedTuple):
    """Requests a second, and their ratios to those of the bare view."""

    page: str
    size: int
    bare: float
    made: float
    ratio: float
    kept: float | None  # none for whoever is logged in
    had: float | None

    def __str__(self) -> str:
        kept = "".join(f"{ratio:8.2f}" if ratio else f"{'':8}" for ratio in (self.kept, self.had))
        name = NAMES.get(self.page, self.page)
        told = f"{name:26}{self.size:9,}{self.bare:9.0f}{self.made:9.1f}{self.ratio:8.3f}"
        return f"{told}{AIMS[self.page]:7}{kept}"


def main() -> None:
    need_wrk()
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        heads = f"{'made/s':>9}{'made':>8}{'aim':>7}{'kept':>8}{'304':>8}{'queries':>9}"
        print(f"{'page':26}{'barriers':>9}{'bare/s':>9}{heads}")
        few, many = ({line.page: line.ratio for line in measure(size)} for size in SIZES)
        with serving("tests.bench.counted:application") as keeping:
            told = run("-m", "tests.bench.kept", *map(str, keeping))
    print(f"\naims: kept {KEPT}; had already (304) {HAD}")
    for page, ratio in few.items():
        name = NAMES.get(page, page)
        times = many[page] / ratio
        is_alike = "" if abs(1 - times) <= ALIKE else f", not alike within {ALIKE:.0%}"
        print(f"{name:26}{times:5.2f} times its ratio with 1,000 times the barriers{is_alike}")
    print(f"\n{told}")


def need_wrk() -> None:
    if shutil.which("wrk") is None:
        sys.exit("The bench needs wrk, a load tool: install the package wrk.")


def measure(size: int) -> Iterator[Line]:
    """Fill the register; print and yield a line for each page."""
    filled = run("-m", "tests.bench.register", str(size), *AIMS)
    found: dict[str, Any] = json.loads(filled.splitlines()[-1])
    with (
        serving("tests.bench.bare:application") as bare,
        serving("taskforce.wsgi:application", PAGE_CACHE_MB="0") as making,
        serving("taskforce.wsgi:application") as keeping,
    ):
        for page in AIMS:
            path = found["paths"][page]
            cookies = [f"Cookie: sessionid={found['voters'][0]['session']}"]
            made = partial(rate, making.address + path, *(cookies if page == "{own}" else []))
            if page == "{vote}":
                made = partial(votes, making.port, path, found["voters"])
            kept = "" if page in OF_MEMBERS else keeping.address + path
            line = compare(page, size, bare.address, made, kept)
            print(f"{line}{found['queries'].get(page, ''):>9}", flush=True)
            yield line


def compare(page: str, size: int, bare: str, made: Callable[[], float], kept: str = "") -> Line:
    """Measure a page in turns with the bare view."""
    turns = [(rate(f"{bare}/"), made(), *had(kept)) for _ in range(TURNS)]
    ratios = [median(turn[place] / turn[0] for turn in turns) for place in range(1, len(turns[0]))]
    nothing, made_each_time = (median(turn[place] for turn in turns) for place in range(2))
    more = ratios[1:] or [None, None]
    return Line(page, size, nothing, made_each_time, ratios[0], *more)


def had(url: str) -> list[float]:
    """Measure a page that is kept, and one that the browser has."""
    if not url:
        return []
    with urllib.request.urlopen(url, timeout=60) as answer:
        has_it = f"If-None-Match: {answer.headers['ETag']}"
    return [rate(url), rate(url, has_it)]


def rate(url: str, *headers: str) -> float:
    """Return the requests a second that wrk gets answered, over a few connections."""
    told = subprocess.run(
        [
            *("wrk", "--threads=1", "--connections=4", f"--duration={SECONDS}s"),
            *(f"--header={header}" for header in headers),
            url,
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(f"{url} does not answer as it should:\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else sys.exit(f"wrk says no rate:\n{told}")


if __name__ == "__main__":
    end_on_sigterm()
    main()
