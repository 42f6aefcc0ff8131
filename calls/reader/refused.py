"""Why a document is not read."""

from enum import Enum


class Refusal(Enum):
    """A sentence for each reason; pages translate it."""

    EMPTY = "The document is empty."
    TOO_BIG = "The document is larger than an EU topic ever is."
    NOT_JSON = "The document is not JSON, as the EU portal writes topics."
    NO_TOPIC = "The document tells of no EU topic."
    NO_IDENTIFIER = "The document names no topic identifier."


class NotATopicError(Exception):
    """Raised with its `Refusal` where a document is no EU topic."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
