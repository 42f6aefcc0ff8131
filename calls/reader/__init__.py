"""Read EU topics: find the topic in a pasted link, and read the portal's JSON about it.

Plain Python that imports no Django. `find` finds a topic in a text, `read` reads its JSON,
`as_json` writes what is known of it.
"""

from calls.reader.links import TopicReference, find
from calls.reader.output import as_json
from calls.reader.topic import Topic, read

__all__ = ["Topic", "TopicReference", "as_json", "find", "read"]
