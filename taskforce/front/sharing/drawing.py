"""Draw a card as PNG. The same card is drawn once and kept in the cache."""

import json
from base64 import b64decode, b64encode

import typst
from django.core.cache import cache

from taskforce.front.sharing.cards import TEMPLATE, Card

KEPT = 30 * 24 * 3600  # seconds
WIDTH, HEIGHT = 1200, 630


def png(card: Card) -> bytes:
    key = f"card-{card.fingerprint}"
    if kept := cache.get(key):
        return b64decode(kept)
    drawn: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="png",
        ppi=72,
        sys_inputs={"card": json.dumps(card.drawn)},
        ignore_system_fonts=True,
    )
    cache.set(key, b64encode(drawn).decode(), KEPT)
    return drawn
