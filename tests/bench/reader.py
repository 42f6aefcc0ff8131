"""The reader on the bench: its score on documents by hand and at random, and what 30 pages cost.

As a program, with a file: reads it and prints the seconds and the most memory used. Without one:
`--half seen --seed 7 --count 300 --worst 5` reads documents drawn from another seed.
"""

import argparse
import io
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

DOCUMENTS = Path(__file__).parents[1] / "intake" / "reader" / "documents"
PAGE = 2_500  # characters on a page of minutes
PAGES = 30


def main() -> None:
    # What a process imports counts as its memory, see `measure`.
    from taskforce.intake.reader.score import score
    from tests.bench import generated, others

    generated.table("own", score(DOCUMENTS))
    for folder in ("developed", "apart"):
        generated.table(f"others, {folder}", others.score(folder))
    for half in generated.HALVES:
        generated.bench(half)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("minutes.txt", text()), ("minutes.docx", word())):
            file = Path(folder) / name
            file.write_bytes(content)
            command = [sys.executable, "-m", "tests.bench.reader", str(file)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            print(f"{PAGES} pages, {name:14} {told.strip()}")


def text() -> bytes:
    """Return thirty pages of text: the longest documents, one after another."""
    files = sorted(DOCUMENTS.glob("*.txt"), key=lambda file: -file.stat().st_size)
    whole = "\n\n".join(file.read_text("utf-8", errors="ignore") for file in files)
    while len(whole) < PAGE * PAGES:
        whole += whole
    return whole[: PAGE * PAGES].encode()


def word() -> bytes:
    """Return thirty pages as Word keeps them: the body of one document, again and again."""
    with zipfile.ZipFile(next(DOCUMENTS.glob("01-*.docx"))) as small:
        parts = {name: small.read(name) for name in small.namelist()}
    document = parts["word/document.xml"].decode()
    head, body, tail = re.split(r"(?<=<w:body>)|(?=<w:sectPr|</w:body>)", document, maxsplit=2)
    words = len(re.sub(r"<[^>]+>", "", body))
    parts["word/document.xml"] = (head + body * (PAGE * PAGES // words) + tail).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as large:
        for name, content in parts.items():
            large.writestr(name, content)
    return file.getvalue()


def measure(file: Path) -> None:
    from taskforce.intake.reader import read

    started = time.perf_counter()
    draft = read(file.read_bytes(), file.name)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(draft.text):8,} characters  {seconds:5.2f} s  {memory:4} MB at most")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.bench.reader")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--half", choices=("seen", "unseen"), default="seen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--worst", type=int, default=0, help="print so many documents (seen only)")
    parser.add_argument("--ways", action="store_true", help="print each way to write (seen only)")
    parser.add_argument("--into", type=Path, help="write these documents to a folder")
    return parser.parse_args()


if __name__ == "__main__":
    asked = arguments()
    if asked.file:
        measure(asked.file)
    else:
        from tests.bench.generated import bench, by_way

        if asked.ways:
            by_way(asked.seed, asked.count)
        bench(asked.half, asked.seed, asked.count, asked.worst, asked.into)
