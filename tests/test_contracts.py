"""What holds of all code: contracts of `lint-imports` miss nothing, forms read as people write."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from taskforce.core.dates import ClockField, DayField, MomentField
from taskforce.core.kept_files import KeepsFiles

CRUMBS = r"(?s){% crumbs %}(.*?){% endcrumbs %}"
OURS = ("taskforce", "meetings", "barriers", "initiatives", "calls")
# Rows of the portal's own, on no page and in no archive.
NAMELESS = {"SentForm", "KeptFile", "Sending", "Tally"}
# What Playwright tells of a page at once, whether the page of the last click is there or not.
AT_ONCE = re.compile(
    r"""(?x) [.](is_\w+ | all_inner_texts | all_text_contents | inner_text | inner_html
    | text_content | input_value | get_attribute | count)[(] | [.]url\b"""
)


def contracts() -> Any:
    found = tomllib.loads((settings.BASE / "pyproject.toml").read_text())
    return found["tool"]["importlinter"]


def test_root_packages_hold_every_app_of_ours() -> None:
    tops = {app.name.split(".")[0] for app in apps.get_app_configs()}

    assert sorted(top for top in tops if (settings.BASE / top).is_dir()) == sorted(
        contracts()["root_packages"]
    )


def test_every_module_of_views_is_protected() -> None:
    (protected,) = [one for one in contracts()["contracts"] if one["type"] == "protected"]
    roots = [settings.BASE / name for name in contracts()["root_packages"]]
    modules = {path.stem for root in roots for path in root.rglob("*views.py")}

    assert "views" in modules
    assert sorted(protected["protected_modules"]) == sorted(f"**.{name}" for name in modules)


def forms_with_fields() -> Iterator[tuple[Any, forms.Field]]:
    """Yield every field of the portal's own forms with its form."""
    get_resolver().url_patterns  # noqa: B018  # loads every form that an address leads to
    waiting: list[Any] = [forms.BaseForm]
    ours = tuple(contracts()["root_packages"])
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(ours):
            for field in getattr(form, "base_fields", {}).values():
                yield form, field


def form_fields() -> Iterator[tuple[str, forms.Field]]:
    """Yield every field that is not hidden, with its name."""
    for form, field in forms_with_fields():
        (name,) = [name for name, one in form.base_fields.items() if one is field]
        if not field.widget.is_hidden:
            yield f"{form.__module__}.{form.__name__}.{name}", field


def test_every_number_day_and_time_is_read_as_people_write_it() -> None:
    sent_by_buttons = {
        "barriers.rounds.forms.BallotForm.version",
        "initiatives.cases.forms.PublishForm.version",
        "meetings.agenda.forms.PlaceForm.place",
        "taskforce.intake.reviewing.forms.ReviewForm.number",
    }
    kinds = (forms.IntegerField, forms.DateField, forms.TimeField, forms.DateTimeField)
    ours = (DayField, ClockField, MomentField)
    found = {name for name, field in form_fields() if isinstance(field, kinds)}
    read = {name for name, field in form_fields() if isinstance(field, ours)}

    assert read
    assert found - read == sent_by_buttons


def test_every_form_with_a_file_keeps_it() -> None:
    found = [form for form, field in forms_with_fields() if isinstance(field, forms.FileField)]

    assert found
    assert all(issubclass(form, KeepsFiles) for form in found)


def test_breadcrumbs_are_parted_by_a_slash() -> None:
    pages = [path.read_text() for path in (settings.BASE / "templates").rglob("*.html")]
    trails = [found for page in pages for found in re.findall(CRUMBS, page)]

    assert len(trails) > 40
    assert [trail for trail in trails if re.search(r"</a>[^/]*<a ", trail)] == []


def test_every_kind_of_row_that_a_page_names_has_a_name() -> None:
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]

    assert len(ours) > 50
    assert {
        model.__name__ for model in ours if "verbose_name" not in model._meta.original_attrs
    } == NAMELESS


def looks_at_once(source: str) -> list[str]:
    """Return the assertions of a test in a browser that do not wait for the page."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)]
    asserted = [ast.unparse(node.test) for node in nodes]
    return [one for one in asserted if AT_ONCE.search(one) and ".objects." not in one]


def test_tests_in_a_browser_expect_and_wait() -> None:
    """What looks at once fails where an answer comes late: `expect` of Playwright waits for it."""
    files = [*(settings.BASE / "tests" / "browser").glob("*.py")]
    found = [f"{path.name}: {one}" for path in files for one in looks_at_once(path.read_text())]

    assert looks_at_once("assert page.main.is_visible(), page.url") == ["page.main.is_visible()"]
    assert found == []
    assert [path.name for path in files if "wait_for_timeout" in path.read_text()] == []
