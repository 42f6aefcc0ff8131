"""Read EU topics: what a pasted link names, and what the portal's JSON tells of it.

Plain Python that knows no Django. `find` recognises, `read` reads, `as_json` writes down.
"""

from calls.reader.links import Found, find
from calls.reader.output import as_json
from calls.reader.refused import NotATopicError, Refusal
from calls.reader.topic import Topic, read

__all__ = ["Found", "NotATopicError", "Refusal", "Topic", "as_json", "find", "read"]
