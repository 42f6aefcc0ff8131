"""Minutes documents in, a structure out. Plain Python: knows no Django and no database.

`read` takes the bytes of a file or pasted text and returns a `MinutesDraft`; it never raises.
"""

from taskforce.intake.reader.draft import MinutesDraft
from taskforce.intake.reader.output import as_json
from taskforce.intake.reader.reading import read

__all__ = ["MinutesDraft", "as_json", "read"]
