"""What is wrong in a review: each fault with a link to its field."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.text import Truncator

from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.review import CandidateGroup, Review


@dataclass
class Fault:
    """What is wrong with a field. The sentence stands at the field, too."""

    field: str  # its id
    label: str
    sentence: str
    key: str  # of its candidate


def in_order(groups: Iterable[CandidateGroup]) -> Iterable[CandidateForm]:
    """Yield the forms in the order of the page."""
    return (form for group in groups for form in group.forms)


def faults(current: Review) -> Iterable[Fault]:
    """Yield what must be fixed, in the order of the page."""
    for form in filter(attrgetter("has_shown_errors"), in_order(current.groups())):
        for name in form.errors:
            label = str(form.fields[name].label)
            # A fact of the meeting has the label of its only field; the others have many fields.
            of = "" if label == form.label else f"{Truncator(form.full_title).chars(60)} – "
            yield Fault(
                field_id(form, name),
                f"{of}{label}",
                " ".join(sentences(form, name)),
                form.candidate.key,
            )


def sentences(form: CandidateForm, name: str) -> list[str]:
    """Return what is wrong with a field, each sentence once."""
    return [*dict.fromkeys(str(error) for error in form.errors.get(name, []))]


def missing(current: Review) -> Iterable[Fault]:
    """Yield what must be accepted first, though nothing is wrong with it."""
    for key, sentence in current.missing():
        form = current.by_key[key]
        yield Fault(field_id(form, "value"), form.label, sentence, key)


def field_id(form: CandidateForm, name: str) -> str:
    return f"id_{form.add_prefix(name)}"
