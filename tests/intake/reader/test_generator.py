"""The minutes drawn at random: the same seed draws the same, and the answer stands in the text."""

import unicodedata
from functools import cache
from pathlib import Path

import pytest

from taskforce.intake.reader import read
from taskforce.intake.reader.score import documents
from tests.bench import generated
from tests.intake.reader.generator import HALVES, Document, document
from tests.intake.reader.generator.content import Person, fill
from tests.intake.reader.generator.drawing import PARTS, chosen_by
from tests.intake.reader.generator.files import KINDS

FOLDER = Path(__file__).parent / "generator"


@cache
def drawn_of(half: str) -> list[Document]:
    return [document(HALVES[half], 5, number, "txt") for number in range(150)]


@pytest.mark.parametrize("half", HALVES)
def test_same_seed_draws_the_same_document(half: str):
    once, again = (document(HALVES[half], 3, 4, "txt") for _ in range(2))
    other = document(HALVES[half], 4, 4, "txt")

    assert once == again
    assert other.content != once.content


@pytest.mark.parametrize("half", HALVES)
def test_every_layout_is_drawn(half: str):
    chosen = (chosen_by(HALVES[half], 5, number)[0] for number in range(1500))
    drawn = {way.name for ways in chosen for way in ways.values()}

    assert drawn == {way.name for ways in HALVES[half].parts.values() for way in ways}
    assert {
        part: len(ways) >= least
        for (part, ways), least in zip(
            HALVES[half].parts.items(), (12, 15, 12, 6, 6, 5), strict=True
        )
    } == dict.fromkeys(PARTS, True)


def test_halves_share_no_layout_and_no_name_of_a_person():
    seen, unseen = (HALVES[half] for half in ("seen", "unseen"))
    ways = [{way.name for part in half.parts.values() for way in part} for half in (seen, unseen)]
    names = [{*half.words.first, *half.words.last, *half.words.whole} for half in (seen, unseen)]

    assert ways[0] & ways[1] == set()
    assert names[0] & names[1] == set()


@pytest.mark.parametrize("half", HALVES)
def test_answer_holds_only_what_stands_in_the_text(half: str):
    for one in drawn_of(half):
        text = " ".join(one.text.split())
        answer = one.expected
        people = [*answer["attendees"], *answer["absent"]]
        told = [person[key] for person in people for key in ("name", "organisation")]
        told += [item[key] for item in answer["agenda"] for key in ("title", "responsible")]
        told += [call["title"] for call in answer["calls"]]
        told += [link.removeprefix("https://") for link in answer["links"]]
        told += [answer["place"], (answer["next_meeting"] or {}).get("place")]
        days = [answer["date"], *(call["deadline"] for call in answer["calls"])]
        days.append((answer["next_meeting"] or {}).get("date", ""))
        told += [str(int(day[8:10])) for day in days if len(day) == 10]
        if answer["number"]:
            told.append(str(answer["number"]))

        assert [part for part in told if part and part not in text] == [], one.name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", HALVES)
def test_every_kind_of_file_is_read(half: str, kind: str):
    for number in range(10):
        drawn = document(HALVES[half], 6, number, kind)

        draft = read(drawn.content, drawn.name)

        assert draft.refusal is None
        words = unicodedata.normalize("NFC", draft.text).split()
        assert drawn.expected["attendees"][0]["name"].split()[-1] in " ".join(words)


@pytest.mark.parametrize(
    ("template", "person", "text"),
    [
        ("{name}[, {org}][ ({role})]", Person("Ea Holm"), "Ea Holm"),
        ("{name}[, {org}][ ({role})]", Person("Ea Holm", "KL", "formand"), "Ea Holm, KL (formand)"),
        ("{name:upper} ({initials})", Person("Ea Holm-Dam"), "EA HOLM-DAM (EHD)"),
    ],
)
def test_fill_leaves_out_brackets_without_a_value(template: str, person: Person, text: str):
    assert fill(template, person) == text


def test_bench_shows_the_worst_of_the_seen_half_and_none_of_the_unseen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    generated.bench("seen", seed=2, count=2, worst=1, into=tmp_path)

    assert "F1 " in capsys.readouterr().out.split("=" * 78)[1]
    assert len(list(documents(tmp_path))) == 1
    with pytest.raises(SystemExit, match="totals only"):
        generated.bench("unseen", count=1, worst=1)
    with pytest.raises(SystemExit, match="totals only"):
        generated.bench("unseen", count=1, into=tmp_path)
    generated.bench("unseen", seed=2, count=2)
    told = capsys.readouterr().out
    assert not any(name in told for name in HALVES["unseen"].words.towns)


def test_bench_shows_how_well_each_way_is_read(capsys: pytest.CaptureFixture[str]):
    generated.by_way(seed=2, count=1)

    told = capsys.readouterr().out.split()
    ways = [way for way in document(HALVES["seen"], 2, 0).layouts if way.split(":")[0] != "extra"]
    assert sorted(told[::3]) == sorted(ways)
