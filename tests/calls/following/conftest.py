from datetime import time
from typing import Any

import pytest

from calls.models import Call, CallDeadline
from tests.calls.following.moving import DEADLINE, move


@pytest.fixture
def call(db: None, time_machine: Any) -> Call:
    """Return a call that closes in a hundred days."""
    move(time_machine, 100)
    call = Call.objects.create(title="Penge", summary="x")
    CallDeadline.objects.create(call=call, day=DEADLINE, time=time(17))
    return Call.objects.get()
