"""The pictures of pages, for sites on which they are shared."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from taskforce.front.sharing import cards, drawing
from taskforce.front.sharing.cards import FRONT, Card


@require_safe
def picture(request: HttpRequest, token: str, fingerprint: str) -> HttpResponse:
    """Return a picture as long as everybody may read its page, and its words are these."""
    card = cards.front() if token == FRONT else _card_of(token)
    if card is None or card.fingerprint != fingerprint:
        raise Http404
    answer = HttpResponse(drawing.png(card), content_type="image/png")
    patch_cache_control(answer, public=True, max_age=24 * 3600)
    return answer


def _card_of(token: str) -> Card | None:
    name, _dash, pk = token.partition("-")
    model: Any = next((one for one in cards.CARDS if one._meta.model_name == name), None)
    if model is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    thing = model.objects.visible_to(AnonymousUser()).filter(pk=pk).first()
    return cards.of(thing) if thing else None
