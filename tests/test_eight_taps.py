"""A form sent eight times at the same moment counts once, whichever form it is."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.filling import MAKING, Form, every_form, right
from tests.racing import at_once
from tests.world import World

pytestmark = pytest.mark.slow

OURS = ("taskforce.", "meetings.", "barriers.", "initiatives.", "calls.")
MODELS = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
# What differs between two rows that say the same, beside times.
OWN = {"id", "slug", "order", "number", "digest", "topic_id"}
UNREADABLE = ("GeneratedField", "FileField", "ImageField")
TIMES = 8


def rows() -> dict[tuple[str, Any], str]:
    """Return what each row of ours says, and each letter that waits."""
    found: dict[tuple[str, Any], str] = {}
    for model in MODELS:
        kinds = {each.attname: type(each).__name__ for each in model._meta.concrete_fields}
        names = [
            name
            for name, kind in kinds.items()
            if name not in OWN and "Time" not in kind and kind not in UNREADABLE
        ]
        for row in model._base_manager.values("pk", *names):
            found[model._meta.label, row.pop("pk")] = f"{model._meta.label} {row}"
    for job in ProcrastinateJob.objects.filter(queue_name="mail"):
        # A letter that the secretariat wrote is named by its copy, and written by the worker.
        letter = job.args.get("letter")
        what = f"{letter['to']} {letter['subject']}" if letter else f"copy {job.args['copy']}"
        found["mail", job.pk] = f"mail {what}"
    return found


def send(form: Form, typed: dict[str, Any], world: World) -> int:
    """Send a form, each file anew; return the status of the answer."""
    browser = world.browser(form.who)
    browser.raise_request_exception = False
    return browser.post(form.path, {name: anew(value) for name, value in typed.items()}).status_code


def anew(value: Any) -> Any:
    if isinstance(value, SimpleUploadedFile):
        return SimpleUploadedFile(str(value.name), b"Ord", "text/plain")
    return value


def test_form_sent_eight_times_at_once_counts_once(
    transactional_db: None, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    world = World()
    forms = sorted(every_form(world), key=lambda form: form.name not in MAKING)
    faults, taken = [], set()
    for form in forms:
        before = rows()
        typed = right(form) | MAKING.get(form.name, {}) | {"engang": "k"}
        answers = at_once(*[lambda f=form, t=typed: send(f, t, world)] * TIMES)
        made = Counter(said for key, said in rows().items() if key not in before)
        twice = [f"{number} × {said}" for said, number in made.items() if number > 1]
        if twice or len({*answers}) > 1 or not isinstance(answers[0], int) or answers[0] >= 500:
            faults.append(f"{form.name} by {form.who}: {answers} {twice}")
        if answers[0] == 302:
            taken.add(form.name)

    assert faults == [], "\n".join(faults)
    assert MAKING.keys() - taken == set()
