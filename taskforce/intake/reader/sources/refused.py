from taskforce.intake.reader.reasons import Refusal


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """The document cannot be read; `reason` says why, to the person who brought it."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(str(reason))
        self.reason = reason
