"""Read one document in a process of its own: `python -m taskforce.intake.reader "its name"`.

The document comes on standard input, the draft goes as JSON to standard output. A document that
would take all memory or the whole day ends this process, and nothing else.
"""

import contextlib
import json
import os
import resource
import sys

MEMORY = 500 * 1024 * 1024  # bytes; the longest minutes take about 150 MB
SECONDS = 60  # of a processor
POLITE = 10  # letters and pages go first


def limit() -> None:
    """Bound what this process may take; macOS knows no bound of memory."""
    os.nice(POLITE)
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(name: str) -> None:
    # Imported within the bounds.
    from taskforce.intake.reader import as_json, read

    content = sys.stdin.buffer.read()
    # Pasted text has no name and is kept as UTF-8; a file's encoding is for the reader to find out.
    json.dump(as_json(read(content if name else content.decode(), name)), sys.stdout)


if __name__ == "__main__":
    limit()
    main(sys.argv[1])
