"""Read one document in a process of its own: `python -m taskforce.intake.reader file`, or `text`.

The document comes on standard input, the draft goes as JSON to standard output. A document that
would take all memory or the whole day ends this process, and nothing else.
"""

import contextlib
import json
import os
import resource
import sys

MEMORY = 1024 * 1024 * 1024  # bytes; the longest minutes take about 150 MB
SECONDS = 60  # of a processor
POLITE = 10  # letters and pages go first


def limit() -> None:
    """Bound what this process may take; macOS knows no bound of memory."""
    os.nice(POLITE)
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str) -> None:
    # Imported within the bounds.
    from taskforce.intake.reader import as_json, read

    content = sys.stdin.buffer.read()
    # Pasted text is kept as UTF-8; the encoding of a file is for the reader to find out.
    json.dump(as_json(read(content.decode() if kind == "text" else content)), sys.stdout)


if __name__ == "__main__":
    limit()
    main(sys.argv[1])
