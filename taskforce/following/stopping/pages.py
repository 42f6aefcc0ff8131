"""What the page of a link in a letter shows: what it stops, and how to stop all."""

from typing import Any

from django.utils.translation import gettext as _

from taskforce.following.models import Follow, Follower, sees_as
from taskforce.following.outside.links import choices_of
from taskforce.following.stopping.links import ALL, Stop
from taskforce.following.things import seen_by
from taskforce.members.models import User
from taskforce.members.roles import is_member


def stop_page(asked: Stop, *, is_stopped: bool) -> dict[str, Any]:
    """Return what is stopped in words.

    Nobody logs in, and mail is passed on: it names what everybody may read now, and nothing else.
    """
    return {
        "named": asked.kind.label if asked.kind else _name(asked),
        "is_all": asked.is_all,
        "is_stopped": is_stopped,
        "all": "" if asked.is_all else Stop(asked.reader, ALL).path,
        "choices": "" if is_stopped else choices_of(asked.reader),
        "is_member": isinstance(asked.reader, User) and is_member(sees_as(asked.reader)),
    }


def _name(asked: Stop) -> str:
    follow = asked.follow
    if follow is None:
        return ""
    if follow.target_type is None:
        return follow.words or _("The newsletter")
    return str(_thing(follow) or "")


def _thing(follow: Follow) -> Any:
    assert follow.target_type is not None  # noqa: S101  # the caller looked
    return seen_by(Follower(), follow.target_type).filter(pk=follow.target_id).first()
