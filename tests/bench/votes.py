"""Votes, sent as the browser sends them: each is another ballot than the one before."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import urlencode

SECONDS = 2
TOKEN = "a" * 32  # against forged requests: the same in cookie and form

_numbers = count(time.time_ns())


def votes(port: int, path: str, voters: list[dict[str, Any]]) -> float:
    """Return the votes a second that are taken, of voters who each send one after the other."""
    with ThreadPoolExecutor(len(voters)) as crowd:
        sent = sum(crowd.map(lambda voter: _votes_of(voter, port, path), voters))
    return sent / SECONDS


def _votes_of(voter: dict[str, Any], port: int, path: str) -> int:
    """Vote for so many seconds; return how often. A voter is a session, a version and choices."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": f"sessionid={voter['session']}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    ends = time.perf_counter() + SECONDS
    for sent in count():
        if time.perf_counter() >= ends:
            return sent
        voter["choices"].reverse()
        form = [
            ("csrfmiddlewaretoken", TOKEN),
            ("engang", str(next(_numbers))),
            ("act", "send"),
            ("version", voter["version"]),
            *(("choice", choice) for choice in voter["choices"]),
        ]
        connection.request("POST", path, urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        leads_to_the_round = path.startswith(answer.headers.get("Location", "none"))
        if answer.status != HTTPStatus.FOUND or not leads_to_the_round:
            sys.exit(f"A vote is answered with {answer.status}.")
        voter["version"] += 1
    raise AssertionError("unreachable")
