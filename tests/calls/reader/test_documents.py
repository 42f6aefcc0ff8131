"""Documents in every shape of the portal's, each with what `read_call` prints of it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

FOLDER = Path(__file__).parent / "documents"
DOCUMENTS = sorted(path for path in FOLDER.glob("*.json") if ".expected." not in path.name)


def run(source: object) -> str:
    out = StringIO()
    call_command("read_call", str(source), stdout=out)
    return out.getvalue()


def refusal(source: object) -> str:
    """Return the one line that is said, and see to it that the command fails."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("read_call", str(source), stdout=out, stderr=err)
    assert ended.value.code == 1
    assert out.getvalue() == ""
    (line,) = err.getvalue().splitlines()
    return line


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_command_prints_a_topic(path: Path):
    expected = json.loads(path.with_suffix(".expected.json").read_text())

    found = json.loads(run(path))

    assert found == expected
    assert [*found] == [*expected]  # in the order that is agreed


def test_every_document_is_tried():
    assert len(DOCUMENTS) == 9


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The document is empty."),
        (b" \n", "The document is empty."),
        (b"rubbish", "The document is not JSON, as the EU portal writes topics."),
        (b"<html><body>Not found</body></html>", "The document is not JSON"),
        (b'<?xml version="1.0"?><TopicDetails/>', "The document is not JSON"),
        (b"\xff\xfe\x00", "The document is not JSON"),
        (b"\x80" * 40, "The document is not JSON"),
        (b"[" * 200_000, "The document is not JSON"),
        (b'{"a":' * 200_000, "The document is not JSON"),
        (b'{"TopicDetails": {"identifier": "A-2022-B"', "The document is not JSON"),
        (b" " * (5 * 1024 * 1024) + b"{}", "The document is larger than an EU topic ever is."),
        (b"null", "The document tells of no EU topic."),
        (b"7", "The document tells of no EU topic."),
        (b'"text"', "The document tells of no EU topic."),
        (b"[]", "The document tells of no EU topic."),
        (b"{}", "The document tells of no EU topic."),
        (b'{"TopicDetails": null}', "The document tells of no EU topic."),
        (b'{"TopicDetails": []}', "The document tells of no EU topic."),
        (b'{"TopicDetails": "text"}', "The document tells of no EU topic."),
        (b'{"TopicDetails": {"title": "x"}}', "The document names no topic identifier."),
        (b'{"TopicDetails": {"identifier": null, "title": "x"}}', "The document names no topic"),
        (b'{"TopicDetails": {"identifier": 7}}', "The document names no topic identifier."),
    ],
)
def test_command_refuses_rubbish_in_a_sentence(content: bytes, sentence: str, tmp_path: Path):
    path = tmp_path / "topic.json"
    path.write_bytes(content)

    assert refusal(path).startswith(sentence)


def test_command_refuses_a_missing_file_and_a_folder(tmp_path: Path):
    assert "cannot be read: No such file" in refusal(tmp_path / "none.json")
    assert "cannot be read: Is a directory" in refusal(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_command_reads_every_encoding(encoding: str, tmp_path: Path):
    path = tmp_path / "topic.json"
    topic = {"TopicDetails": {"identifier": "SMP-EKS-2022-X-01", "title": "Frühstück på Ærø"}}
    path.write_bytes(json.dumps(topic, ensure_ascii=False).encode(encoding))

    assert json.loads(run(path))["title"] == "Frühstück på Ærø"
