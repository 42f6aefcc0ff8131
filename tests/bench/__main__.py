"""`make bench`: scores of reader and search, minutes on paper, similar barriers, pages, a crowd.

Nothing fails for being slow; an answer other than 200 does. `python -m tests.bench.pages` measures
the pages alone.
"""

import tempfile
from pathlib import Path

from tests.bench import pages, reader
from tests.bench.serving import end_on_sigterm, own_database, run

REGISTER = 5_000  # barriers, among which similar ones are looked for
FOUND = 50_000  # barriers, among which is searched


def main() -> None:
    pages.need_wrk()
    end_on_sigterm()
    reader.main()
    print(run("-m", "tests.bench.papers"))
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        run("-m", "tests.bench.register", "0")
        print(run("-m", "tests.bench.similar", str(REGISTER)))
    with tempfile.TemporaryDirectory() as folder, own_database(Path(folder)):
        print(run("-m", "tests.bench.search", str(FOUND)))
    pages.main()


if __name__ == "__main__":
    main()
