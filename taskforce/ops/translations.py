"""The Danish texts of the interface: compiled without gettext, and checked to be complete.

python -m taskforce.ops.translations compile | check | extract
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from taskforce.core.acts import Refused

BASE = Path(__file__).resolve().parents[2]
WITHOUT_TEXTS = [".*", "__pycache__", "docs", "static", "tests", "var"]  # not read by extract
EXTRACT = ["makemessages", "--locale=da", "--no-location", "--no-obsolete", "--verbosity=0"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")

Text = tuple[str | None, str]  # context and English text


def catalogues(base: Path = BASE) -> list[Path]:
    return sorted((base / "locale").glob("*/LC_MESSAGES/django.po"))


def compile_all(base: Path = BASE) -> list[Path]:
    """Compile each catalogue that changed since it was compiled; return the files written."""
    return [_compile(po) for po in catalogues(base) if not _is_fresh(po.with_suffix(".mo"), po)]


def _is_fresh(mo: Path, po: Path) -> bool:
    return mo.exists() and mo.stat().st_mtime > po.stat().st_mtime


def _compile(po: Path) -> Path:
    mo = po.with_suffix(".mo")
    part = mo.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(po)).save_as_mofile(str(part))
    return part.replace(mo)  # in one step, since another process may be reading the file


def missing(base: Path = BASE) -> list[str]:
    """Return a line for each text whose translation is missing, fuzzy or broken."""
    return [
        f"{po.relative_to(base)}:{entry.linenum}: {fault}: {entry.msgid!r}"
        for po in catalogues(base)
        for entry in polib.pofile(str(po))
        if not entry.obsolete
        for fault in _faults(entry)
    ]


def _faults(entry: polib.POEntry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    elif not entry.translated():
        yield "not translated"
    source = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if unknown := set(PLACEHOLDER.findall(text)) - source:
            yield f"{', '.join(sorted(unknown))} is not in the English text"


def absent(base: Path = BASE) -> list[str]:
    """Return the English texts in the source that the Danish catalogue lacks.

    Raises Refused where gettext is not installed.
    """
    known = _texts(base / "locale/da/LC_MESSAGES/django.po")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(base, copy, ignore=shutil.ignore_patterns(*WITHOUT_TEXTS, "locale"))
        extract(copy)
        found = _texts(copy / "locale/da/LC_MESSAGES/django.po")
    return [text for _, text in sorted(found - known, key=str)]


def extract(base: Path = BASE) -> None:
    """Bring the Danish catalogue up to date with the source. Raises Refused without gettext."""
    if shutil.which("xgettext") is None:
        raise Refused("The program xgettext is missing; the package that has it is gettext.")
    (base / "locale").mkdir(exist_ok=True)
    ignored = [f"--ignore={pattern}" for pattern in WITHOUT_TEXTS]
    # Without settings, makemessages reads the folder it runs in.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
    command = [sys.executable, "-m", "django", *EXTRACT, *ignored]
    subprocess.run(command, cwd=base, env=environment, check=True)
    for po in catalogues(base):
        normalise(po)


def normalise(po: Path) -> None:
    """Sort the texts and wrap none, so that a change shows in the lines of its own text only.

    The order of gettext follows the source files, and its wrapping differs between versions.
    """
    catalogue = polib.pofile(str(po), wrapwidth=0)
    catalogue.metadata.pop("POT-Creation-Date", None)  # differs at each run
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save()


def _texts(po: Path) -> set[Text]:
    if not po.exists():
        return set()
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(po)) if not entry.obsolete}


def check(base: Path = BASE) -> list[str]:
    """Return a line for each fault. Only gettext can find texts that the catalogue lacks."""
    faults = missing(base)
    try:
        faults += [
            f"not in the Danish catalogue (make messages): {text!r}" for text in absent(base)
        ]
    except Refused as refusal:
        print(f"Not compared with the source: {refusal}")
    return faults


def main(arguments: list[str], base: Path = BASE) -> None:
    match arguments:
        case ["compile"]:
            for written in compile_all(base):
                print(f"Compiled {written.relative_to(base)}")
        case ["extract"]:
            extract(base)
        case ["check"]:
            faults = check(base)
            print("\n".join(faults) if faults else "Every text has its Danish.")
            sys.exit(bool(faults))
        case _:
            sys.exit("Say one of: compile, check, extract.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
