"""The reader's score on minutes by somebody who did not know how it reads.

Those in `developed/` were looked at while the reader was changed. Of those in `apart/` only totals
are printed, and nobody who changes the reader opens them. Their answers tell less than those of
the reader's own documents: of who was absent the name, of an item its title, of a call its
deadline, of the next meeting its day and place.
"""

import re
from pathlib import Path
from typing import Any

from taskforce.intake.reader import as_json, read
from taskforce.intake.reader.score import FIELDS, Count, add, documents

BY_OTHERS = Path(__file__).with_name("by_others")


def score(folder: str) -> dict[str, Count]:
    """Return the counts of each field, and of all fields under "all"."""
    counts = {name: Count() for name in (*FIELDS, "all")}
    for path, expected in documents(BY_OTHERS / folder):
        add(counts, _told(as_json(read(path.read_bytes(), path.name))), _told(expected))
    return counts


def _told(minutes: dict[str, Any]) -> dict[str, Any]:
    """Return what the answers tell."""
    later = minutes["next_meeting"]
    if later and re.match(r"samme", later["place"] or ""):  # as some answers say it
        later = {**later, "place": minutes["place"] or later["place"]}
    return {
        **{name: minutes[name] for name in ("number", "date", "mode", "place", "links")},
        "attendees": minutes["attendees"],
        "absent": [{"name": one["name"], "organisation": None} for one in minutes["absent"]],
        "agenda": [{"title": one["title"]} for one in minutes["agenda"]],
        "calls": [
            {"title": "", "deadline": one["deadline"], "deadline_time": None}
            for one in minutes["calls"]
        ],
        "next_meeting": later and {"date": later["date"], "place": later["place"]},
    }
