"""The button that follows, for members, and the link to do so by mail, for everybody else."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db import models
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from taskforce.following import things
from taskforce.following.models import Follow
from taskforce.following.things import NEWSLETTER, NEWSLETTER_NAME, Named, named, searched
from taskforce.members.roles import is_member

register = template.Library()
PARTIAL = "_partials/follow.html"


@register.inclusion_tag(PARTIAL, takes_context=True)
def follow(context: Context, thing: models.Model, size: str = "") -> dict[str, Any]:
    """Offer to follow a thing, or no longer."""
    return _button(context, named(thing), size, ting=things.token(thing))


@register.inclusion_tag(PARTIAL, takes_context=True)
def follow_words(context: Context, words: str, size: str = "") -> dict[str, Any]:
    """Offer to follow words of a search."""
    return _button(context, searched(words), size, ord=words)


@register.inclusion_tag(PARTIAL, takes_context=True)
def follow_newsletter(context: Context, size: str = "") -> dict[str, Any]:
    """Offer to follow the newsletter."""
    return _button(context, NEWSLETTER, size, ting=NEWSLETTER_NAME)


@register.simple_tag(takes_context=True)
def feed_query(context: Context, thing: models.Model | None = None, listed: str = "") -> str:
    """Return the query of a page's feed: of a thing, or of a list with the filters of its page."""
    if thing:
        return urlencode({"ting": things.token(thing)})
    filters = context["request"].GET.urlencode()
    return urlencode({"liste": listed}) + (f"&{filters}" if filters else "")


def _button(context: Context, what: Named, size: str, **fields: str) -> dict[str, Any]:
    request = context["request"]
    by_member = is_member(request.user)
    follows = by_member and _key(what) in _followed(request)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "by_member": by_member,
        "follows": follows,
        "address": reverse("following:unfollow" if follows else "following:follow"),
        "fields": fields,
        "by_mail": f"{reverse('following:ask')}?{urlencode(fields)}",
        "size": size,
    }


def _key(what: Named) -> tuple[int | None, int | None, str]:
    kind = what["target_type"]
    return (kind.pk if kind else None, what["target_id"], what["words"])


def _followed(request: HttpRequest) -> set[Any]:
    """Return everything that the viewer follows: one query for a page, whatever stands on it."""
    kept: set[Any] | None = getattr(request, "followed", None)
    if kept is None:
        rows = Follow.objects.filter(user=request.user.pk)
        kept = {*rows.values_list("target_type", "target_id", "words")}
        request.followed = kept  # type: ignore[attr-defined]  # for the page's other buttons
    return kept
