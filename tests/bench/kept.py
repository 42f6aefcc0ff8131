"""How kept pages hold under a crowd: a burst on a page that nobody has, and floods of queries.

`python -m tests.bench.kept PORT PID` asks a portal (`tests.bench.counted`) that runs on this
machine, with the settings of the environment; PID is the process that started its only worker.
"""

import re
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from statistics import median

import django

HEADER = "X-Pages-Made"  # by the process that answers
CROWD = 64  # connections at once; of so few, 99 in 100 are all of them
BURST = 3  # times as long as making the page, at most, for whoever waits longest
TURNS = 5
READ, UNREAD = 1_000, 100_000  # queries that differ in what the page reads, and in what it does not
MOST = 200  # MB of memory
PAGE = "/"  # where a newsletter sends its readers


def main(port: str, parent: str) -> None:
    django.setup()
    ask(HTTPConnection("127.0.0.1", int(port), timeout=60), PAGE)  # the first one loads templates
    turns = [(crowd(port, 1), crowd(port, CROWD)) for _turn in range(TURNS)]
    alone, last = (median(column) for column in zip(*turns, strict=True))
    print(
        f"{PAGE} is made in {alone * 1000:.0f} ms; of {CROWD} who ask at once the last one has it"
    )
    times = median(last / alone for alone, last in turns)
    print(f"after {last * 1000:.0f} ms, {times:.1f} times as long (aim {BURST}); it is made once")
    worker = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").strip()
    begun = memory(worker)
    flood(port, "/barrierer/?q=", READ)
    flood(port, "/barrierer/?utm_source=", UNREAD)
    print(f"{begun} MB of memory; {memory(worker)} MB after {READ + UNREAD:,} queries (aim {MOST})")


def change() -> None:
    """Let something public change, so that nobody has any page."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE page_stamp SET value = gen_random_uuid()")


def crowd(port: str, size: int) -> float:
    """Return how long the last of a crowd waits for a page that nobody has, in seconds.

    One process reads all answers as they come, so that the crowd costs the portal's machine little.
    """
    change()
    before = made(port)
    waiting = DefaultSelector()
    for _reader in range(size):
        reader = socket.create_connection(("127.0.0.1", int(port)))
        waiting.register(reader, EVENT_READ, bytearray())
    request = f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    began = time.perf_counter()
    readers = [*waiting.get_map().values()]
    for key in readers:
        key.fileobj.sendall(request)
    while waiting.get_map():
        for key, _events in waiting.select():
            got = key.fileobj.recv(1 << 20)
            key.data.extend(got)
            if not got:
                waiting.unregister(key.fileobj)
                key.fileobj.close()
    took = time.perf_counter() - began
    answers = [bytes(key.data) for key in readers]
    if not all(answer.startswith(b"HTTP/1.1 200") for answer in answers):
        sys.exit(f"{PAGE} is not answered with 200 to all of a crowd.")
    if max(map(_made, answers)) != before + 1:
        sys.exit(f"{PAGE} is made more than once for a crowd.")
    return took


def made(port: str) -> int:
    """Return how many pages the portal's process has made so far."""
    asked = HTTPConnection("127.0.0.1", int(port), timeout=60)
    asked.request("GET", "/robots.txt")
    return int(asked.getresponse().headers[HEADER])


def _made(answer: bytes) -> int:
    found = re.search(rb"%s: (\d+)" % HEADER.encode(), answer)
    return int(found[1]) if found else sys.exit("An answer does not count.")


def flood(port: str, start: str, number: int) -> None:
    """Ask for so many different queries, over one connection."""
    connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
    for query in range(number):
        ask(connection, f"{start}{query}")


def ask(connection: HTTPConnection, path: str) -> None:
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != HTTPStatus.OK:
        sys.exit(f"{path} is answered with {answer.status}.")
    answer.read()


def memory(process: str) -> int:
    """Return how much memory a process holds, in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    told = next(line for line in lines if line.startswith("VmRSS:"))
    return round(int(told.split()[1]) / 1024)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
