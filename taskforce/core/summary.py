"""What is wrong in the forms that a page shows again: a list of links to the fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet, BoundField
from django.template import Context
from django.utils.functional import LazyObject

OURS = ("taskforce.", "meetings.", "barriers.", "initiatives.", "calls.", "allauth.")
DEEPEST = 6  # how far inside what a template gets a form may stand


@dataclass(frozen=True)
class Fault:
    """A sentence, and the field that it is about; both may be of the form as a whole."""

    sentence: str
    label: str = ""
    place: str = ""  # id of the element to put right, "" where there is none

    def __str__(self) -> str:
        return f"{self.label}: {self.sentence}" if self.label else self.sentence


Sent = BaseForm | BaseFormSet[Any] | Fault


def faults_in(context: Context) -> list[Fault]:
    """Return each fault in what a POST is answered with, of its forms too, in their order, once."""
    if "request" not in context or context["request"].method != "POST":
        return []
    found = (fault for sent in _sent(context.flatten(), set(), DEEPEST) for fault in _of(sent))
    return [*dict.fromkeys(found)]


def _sent(thing: Any, seen: set[int], depth: int) -> Iterator[Sent]:
    """Yield the forms that were sent and looked at, in a page's rows and parts too."""
    # What is lazy is no form, and looking at it would do what it puts off, such as set a cookie.
    if not depth or id(thing) in seen or issubclass(type(thing), LazyObject):
        return
    seen.add(id(thing))
    # `errors` would look at the form now, which may not have been sent itself.
    if isinstance(thing, Fault) or getattr(thing, "_errors", None):
        yield thing
    for part in _parts(thing):
        yield from _sent(part, seen, depth - 1)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, dict):
        return thing.values()
    if isinstance(thing, list | tuple):
        return thing
    if isinstance(thing, BaseFormSet):
        return thing.forms if thing.is_bound else ()
    if getattr(thing, "tells_its_faults", False):
        return ()  # the page lists what is wrong in it by itself
    is_ours = type(thing).__module__.startswith(OURS)
    return vars(thing).values() if is_ours and hasattr(thing, "__dict__") else ()


def _of(sent: Sent) -> Iterator[Fault]:
    if isinstance(sent, Fault):
        yield sent
        return
    if isinstance(sent, BaseFormSet):
        yield from (Fault(str(sentence)) for sentence in sent.non_form_errors())
        return
    first = next((place(field) for field in sent.visible_fields()), "")
    yield from (Fault(str(sentence), place=first) for sentence in sent.non_field_errors())
    for field in sent:
        sentences = map(str, field.errors)
        yield from (Fault(each, str(field.label), place(field)) for each in sentences)


def place(field: BoundField) -> str:
    """Return the id of a field's first box; "" where nobody sees the field."""
    if field.is_hidden:
        return ""
    boxes = field.subwidgets if field.use_fieldset else []
    return boxes[0].id_for_label if boxes else field.id_for_label or field.auto_id
