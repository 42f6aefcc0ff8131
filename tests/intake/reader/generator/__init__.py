"""Minutes drawn at random, each with the answer that a reader must give.

`seen` is to develop the reader on, `unseen` only to score it: they share no layout and no names.
"""

from tests.intake.reader.generator.drawing import Document, document
from tests.intake.reader.generator.seen_last import SEEN
from tests.intake.reader.generator.unseen import UNSEEN

HALVES = {"seen": SEEN, "unseen": UNSEEN}

__all__ = ["HALVES", "Document", "document"]
