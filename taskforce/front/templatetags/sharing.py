"""What other sites show where a page is shared."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from taskforce.following.things import token
from taskforce.front.sharing import cards, drawing

register = template.Library()


@register.inclusion_tag("front/shared.html")
def shared(thing: Model | None = None) -> dict[str, Any]:
    """Name the picture of a thing's page; without a thing, that of the portal."""
    card = cards.of(thing) if thing else cards.front()
    name = token(thing) if thing else cards.FRONT
    address = reverse("share_picture", args=[name, card.fingerprint])
    return {
        "alt": f"{card.number} {card.title}".strip(),
        "share_picture": settings.SITE_URL + address,
        "width": drawing.WIDTH,
        "height": drawing.HEIGHT,
    }
