"""What is looked at before web server and worker start."""

import sys

from django.db import DatabaseError, connection

from taskforce.core.acts import Refused
from taskforce.ops.migrated import refuse_newer_database


def check_age() -> None:
    """End with a sentence if the database is newer than the code.

    A database that is away is waited for: the server answers 503 meanwhile.
    """
    try:
        refuse_newer_database()
    except Refused as refusal:
        sys.exit(f"The portal cannot start: {refusal}")
    except DatabaseError:
        pass
    finally:
        connection.close()  # each process has its own
