"""The contracts of `lint-imports` name what they look at; here nothing is missing from them."""

import tomllib
from typing import Any

from django.apps import apps
from django.conf import settings


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
