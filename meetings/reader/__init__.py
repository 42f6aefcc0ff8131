"""Minutes documents in, a structure out. Plain Python: knows no Django and no database.

`read` takes the bytes of a file or pasted text and returns a `MinutesDraft`; it never raises.
"""

from meetings.reader.draft import MinutesDraft
from meetings.reader.output import as_json
from meetings.reader.reading import read

__all__ = ["MinutesDraft", "as_json", "read"]
