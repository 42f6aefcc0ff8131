"""A line in the log tells what happened, and nothing of a person."""

import json
import logging
import sys
from typing import Any

from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory

from taskforce.ops import logs


def record(message: str, *args: Any, name: str = "taskforce", **extra: Any) -> logging.LogRecord:
    return logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, args, extra.pop("exc_info", None), extra=extra
    )


def caught(error: Exception, cause: Exception | None = None) -> Any:
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()


def test_line_names_level_logger_and_request():
    token = logs.request_id.set("abc")
    try:
        assert logs.Plain().format(record("Round %s opened", 7)) == (
            "ERROR taskforce: Round 7 opened [abc]"
        )
    finally:
        logs.request_id.reset(token)


def test_json_is_one_line():
    line = logs.Json().format(record("one\ntwo", exc_info=caught(ValueError("Anna Vang"))))

    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == "one\ntwo"
    assert told["fault"].endswith("builtins.ValueError")


def test_fault_is_told_by_its_place_and_kind():
    quoting = IntegrityError("Key (email)=(anna@example.org) already exists.")

    line = logs.Plain().format(record("Fault", exc_info=caught(RuntimeError("Anna"), quoting)))

    assert "test_logs.py" in line
    assert line.endswith("builtins.RuntimeError")
    assert "django.db.utils.IntegrityError" in line
    assert "anna" not in line.lower()


def test_database_that_is_away_is_told_in_its_words():
    line = logs.Plain().format(record("Fault", exc_info=caught(OperationalError("refused\nby"))))

    assert line.endswith("django.db.utils.OperationalError: refused")


def test_faults_of_a_group_are_told_once_each():
    one = caught(KeyError("Anna"))[1]
    group = ExceptionGroup("several", [one, one, ValueError("Bo")])

    line = logs.Plain().format(record("Fault", exc_info=caught(group)))

    assert line.count("builtins.KeyError") == 1
    assert "builtins.ValueError" in line
    assert "Anna" not in line


def test_faults_in_a_ring_come_to_an_end():
    first, second = ValueError("a"), TypeError("b")
    first.__context__, second.__context__ = second, first

    assert logs.Plain().format(record("Fault", exc_info=(ValueError, first, None)))


def test_job_is_told_without_what_it_carries():
    job = {"task_name": "taskforce.core.outbox.deliver", "id": 7, "call_string": "Dear Anna"}

    line = logs.Plain().format(
        record("Job deliver[7](letter=Dear Anna)", job=job, action="job_error")
    )

    assert line == "ERROR taskforce: taskforce.core.outbox.deliver[7] job_error"


def test_refused_form_is_told_without_what_it_quotes():
    request = RequestFactory().get("/svar/secret-key/?navn=Anna")
    said = "Forbidden (%s): %s"
    reason = "Referer checking failed - https://other.example/?navn=Anna does not match any."

    line = logs.Plain().format(
        record(said, reason, request.path, name="django.security.csrf", request=request)
    )

    assert line == "ERROR django.security.csrf: CSRF refused -: Referer checking failed"


def test_fault_of_a_page_is_told_by_its_route(db: None, monkeypatch: Any, caplog: Any):
    typed = "Anna Vang"

    def broken(*_args: Any) -> None:
        raise LookupError(typed)

    monkeypatch.setattr("taskforce.front.pages.page", broken)
    Client(raise_request_exception=False).get("/en/?q=Anna")

    (told,) = [one for one in caplog.records if one.name == "django.request"]
    line = logs.Plain().format(told)
    assert line.startswith("ERROR django.request: 500 en/")
    assert line.endswith("builtins.LookupError")
    assert "Anna" not in line


def test_host_that_is_refused_is_named_in_one_line(caplog: Any):
    Client(headers={"host": "evil.example"}).get("/")

    (told,) = [one for one in caplog.records if one.name == "django.security.DisallowedHost"]
    line = logs.Plain().format(told)
    assert told.exc_info
    assert line.startswith("ERROR django.security.DisallowedHost: Invalid HTTP_HOST header: 'evil.")
    assert "\n" not in line
