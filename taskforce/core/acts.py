"""How an act refuses: it returns what it made or changed, and raises one of these otherwise."""

from typing import Any


class Refused(Exception):  # noqa: N818  # an answer to the person who tried, not a fault of ours
    """The act cannot be done. `sentence` says why, to the person who tried.

    `field` names the form's field that it concerns. `already` means that what was asked for
    stands already, so there is nothing to put right.
    """

    def __init__(
        self, sentence: object, *, field: str | None = None, already: bool = False
    ) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field, self.already = field, already

    def __str__(self) -> str:
        return self.sentence


class Conflict(Exception):  # noqa: N818  # as above
    """Somebody else saved first. `current` is what they saved, None where they removed it."""

    def __init__(self, current: Any) -> None:
        super().__init__(current)
        self.current = current
