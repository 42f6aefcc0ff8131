"""What the menu of every page shows of the desk."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from taskforce.front.desk import number


def waiting(request: HttpRequest) -> dict[str, object]:
    """Return how many things wait for the secretariat; asked when it is used."""
    return {"things_waiting": SimpleLazyObject(number.kept)}
