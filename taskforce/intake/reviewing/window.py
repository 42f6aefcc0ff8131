"""Which things of a large document are open on its page; each of the others is a line that opens.

What is not on the page is not sent either: a review keeps it as it was.
"""

from taskforce.intake.reviewing.candidate_forms.base import CandidateForm

LONG = 100  # things; a document with no more has them all open
MOST, MOST_OPTIONS = 20, 500  # things that are open at once, and choices in all their lists
NEXT = "uafgjort"  # the value of the button that opens what is undecided
OPEN = "aabn"  # the name in the address, and of the button, of the thing at which they begin


def is_long(forms: list[CandidateForm]) -> bool:
    return len(forms) > LONG


def open_keys(forms: list[CandidateForm], first: str) -> set[str]:
    """Return the keys of what is open, from one on, or else from the first undecided one."""
    keys = [form.candidate.key for form in forms]
    if not is_long(forms):
        return {*keys}
    undecided = (place for place, form in enumerate(forms) if form.is_undecided)
    start = keys.index(first) if first in keys else next(undecided, 0)
    found: set[str] = set()
    options = 0
    for form in forms[start : start + MOST]:
        options += sum(len(getattr(field, "choices", ())) for field in form.fields.values())
        if found and options > MOST_OPTIONS:
            break
        found.add(form.candidate.key)
    return found
