"""What every template knows about who is looking."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from taskforce.members.roles import is_member, is_secretariat


def viewer(request: HttpRequest) -> dict[str, object]:
    """Return whether the viewer is a member, and of the secretariat; asked when it is used."""
    return {
        "by_member": SimpleLazyObject(lambda: is_member(request.user)),
        "by_secretariat": SimpleLazyObject(lambda: is_secretariat(request.user)),
    }
