"""Tell who keeps it (`following.visits`) that the page of a request is that of a thing."""

from django.db.models import Model
from django.http import HttpRequest


def note(request: HttpRequest, thing: Model) -> None:
    """Note of which thing the answer is the page; it counts once it is answered."""
    request.opened = thing  # type: ignore[attr-defined]


def noted(request: HttpRequest) -> Model | None:
    return getattr(request, "opened", None)
