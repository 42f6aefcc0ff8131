"""The two commands: `read_minutes FILE` and `score_reader FOLDER`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FOLDER = Path(__file__).parent / "documents"


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_prints_the_structure_as_json():
    out, err = run("read_minutes", str(next(FOLDER.glob("09-*.txt"))))

    found = json.loads(out)
    assert (found["number"], found["date"], found["mode"]) == (11, "2002-05-15", "physical")
    assert set(found["attendees"][0]) >= {"name", "organisation"}
    assert set(found["agenda"][0]) >= {"start", "end", "title", "responsible"}
    assert set(found["next_meeting"]) >= {"date", "start", "end", "place"}
    assert err == ""


def test_says_why_it_cannot_read(tmp_path: Path):
    file = tmp_path / "referat.docx"
    file.write_bytes(b"")

    out, err = run("read_minutes", str(file))

    assert json.loads(out)["attendees"] == []
    assert err.strip() == "The document is empty."


def test_names_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read"):
        run("read_minutes", str(tmp_path / "none.txt"))


@pytest.mark.slow  # reads every document
def test_prints_the_score_of_a_folder():
    out, _ = run("score_reader", str(FOLDER))

    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()[1:]}
    assert float(rows["all"][2]) >= 0.97
    assert int(rows["all"][3]) > 500


def test_says_that_a_folder_holds_no_documents(tmp_path: Path):
    with pytest.raises(CommandError, match="holds no documents"):
        run("score_reader", str(tmp_path))
