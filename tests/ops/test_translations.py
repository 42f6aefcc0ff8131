"""Danish texts: compiled, kept up to date with the source, and checked to be complete."""

import ast
import difflib
import gettext
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from taskforce.core.acts import Refused
from taskforce.ops import translations

HEAD = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Meeting"
msgstr "Møde"
"""

LONG = "A text that gettext would wrap, since it is longer than a line of 79 letters. " * 2

with_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


def base(folder: Path, texts: str = "") -> Path:
    """A project with a Danish catalogue."""
    (folder / "locale/da/LC_MESSAGES").mkdir(parents=True)
    (folder / "locale/da/LC_MESSAGES/django.po").write_text(HEAD + texts)
    return folder


@pytest.fixture
def extracted(tmp_path: Path) -> Path:
    """A project whose catalogue holds all its texts, one of them longer than a line."""
    (base(tmp_path) / "views.py").write_text(f"_('Meeting'); _({LONG!r}); _('Barrier')")
    translations.extract(tmp_path)
    return tmp_path


def catalogue(base: Path) -> list[str]:
    return (base / "locale/da/LC_MESSAGES/django.po").read_text().splitlines()


def test_compile_writes_what_gettext_reads(tmp_path):
    [written] = translations.compile_all(base(tmp_path))

    with written.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Meeting") == "Møde"


def test_compile_writes_only_what_changed(tmp_path):
    [written] = translations.compile_all(base(tmp_path))

    assert translations.compile_all(tmp_path) == []
    os.utime(written, (0, 0))
    assert translations.compile_all(tmp_path) == [written]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Call"\nmsgstr ""', "not translated: 'Call'"),
        ('#, fuzzy\nmsgid "Call"\nmsgstr "Opslag"', "fuzzy: 'Call'"),
        ('msgid "Day"\nmsgid_plural "Days"\nmsgstr[0] "Dag"\nmsgstr[1] ""', "not translated"),
        ('msgid "%(n)s left"\nmsgstr "%(m)s tilbage"', "%(m)s is not in the English text"),
        ('msgid "Call {name}"\nmsgstr "Opslag {navn}"', "{navn} is not in the English text"),
    ],
)
def test_missing_finds(tmp_path, text, fault):
    [line] = translations.missing(base(tmp_path, text))

    assert fault in line
    assert line.startswith("locale/da/LC_MESSAGES/django.po:")


@pytest.mark.parametrize(
    "text",
    [
        '#~ msgid "Old"\n#~ msgstr ""',
        'msgid "%(n)s left"\nmsgstr "%(n)s tilbage"',
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "en dag"\nmsgstr[1] "%(n)s dage"',
    ],
)
def test_missing_accepts(tmp_path, text):
    assert translations.missing(base(tmp_path, text)) == []


@with_gettext
def test_absent_returns_texts_of_the_source_that_the_catalogue_lacks(tmp_path):
    base(tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app/views.py").write_text("_('Meeting'); _('Barrier')")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text("{% load i18n %}{% translate 'Case' %}")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test.py").write_text("_('Only a test')")

    assert translations.absent(tmp_path) == ["Barrier", "Case"]


@with_gettext
def test_extract_adds_new_texts_and_keeps_the_danish(tmp_path):
    (base(tmp_path) / "views.py").write_text("_('Meeting'); _('Barrier')")

    translations.extract(tmp_path)

    assert catalogue(tmp_path)[-5:] == [
        'msgid "Barrier"',
        'msgstr ""',
        "",
        'msgid "Meeting"',
        'msgstr "Møde"',
    ]


@with_gettext
def test_extract_changes_nothing_where_no_text_changed(extracted):
    before = catalogue(extracted)

    translations.extract(extracted)

    assert catalogue(extracted) == before


@with_gettext
def test_extract_changes_the_lines_of_a_new_text_only(extracted):
    before = catalogue(extracted)
    (extracted / "a_first_file.py").write_text("_('Meeting'); _('Zone')")

    translations.extract(extracted)

    assert [line for line in difflib.ndiff(before, catalogue(extracted)) if line[0] in "-+"] == [
        "+ ",
        '+ msgid "Zone"',
        '+ msgstr ""',
    ]


def test_catalogue_of_the_portal_is_normalised(tmp_path):
    [po] = translations.catalogues()
    copy = Path(shutil.copy(po, tmp_path))

    translations.normalise(copy)

    assert copy.read_text() == po.read_text()


def texts_in(code: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(code.read_text())):
        match node:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text)), *_]):
                yield text


@pytest.mark.slow
def test_catalogue_has_texts_that_stand_where_gettext_does_not_look():
    """Such as in an f-string."""
    known = {entry.msgid for entry in polib.pofile(str(translations.catalogues()[0]))}
    code = [
        file
        for floor in ("barriers", "calls", "initiatives", "meetings", "taskforce")
        for file in (translations.BASE / floor).rglob("*.py")
    ]

    found = {text for file in code for text in texts_in(file)}

    assert len(found) > 1000
    assert found - known == set()


def test_extract_says_what_to_install_where_gettext_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refused) as refusal:
        translations.extract(base(tmp_path))

    assert refusal.value.sentence == (
        "The program xgettext is missing; the package that has it is gettext."
    )


# The command


def status(*arguments: str, base: Path = translations.BASE) -> object:
    """Return what the command exits with."""
    with pytest.raises(SystemExit) as stopped:
        translations.main([*arguments], base)
    return stopped.value.code


def test_command_compiles(tmp_path, capsys):
    translations.main(["compile"], base(tmp_path))

    assert capsys.readouterr().out == "Compiled locale/da/LC_MESSAGES/django.mo\n"


@with_gettext
def test_command_extracts(tmp_path):
    (base(tmp_path) / "views.py").write_text("_('Meeting'); _('Barrier')")

    translations.main(["extract"], tmp_path)

    assert 'msgid "Barrier"' in catalogue(tmp_path)


@with_gettext
def test_command_checks_a_complete_catalogue(tmp_path, capsys):
    (base(tmp_path) / "views.py").write_text("_('Meeting')")

    assert status("check", base=tmp_path) == 0
    assert capsys.readouterr().out == "Every text has its Danish.\n"


@with_gettext
def test_command_checks_and_prints_every_fault(tmp_path, capsys):
    (base(tmp_path, '\nmsgid "Call"\nmsgstr ""\n') / "views.py").write_text(
        "_('Meeting'); _('Call'); _('Barrier')"
    )

    assert status("check", base=tmp_path) == 1
    assert capsys.readouterr().out == (
        "locale/da/LC_MESSAGES/django.po:8: not translated: 'Call'\n"
        "not in the Danish catalogue (make messages): 'Barrier'\n"
    )


def test_command_says_what_it_did_not_check_where_gettext_is_missing(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert status("check", base=base(tmp_path)) == 0
    assert capsys.readouterr().out == (
        "Not compared with the source:"
        " The program xgettext is missing; the package that has it is gettext.\n"
        "Every text has its Danish.\n"
    )


def test_command_refuses_another_word():
    assert status("dance") == "Say one of: compile, check, extract."
