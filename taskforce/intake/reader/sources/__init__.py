"""Files and pasted text in, a document out; a refusal in words where that cannot be."""

from taskforce.intake.reader.sources.opening import open_document

__all__ = ["open_document"]
