"""What the worker's jobs have in common."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

Args = ParamSpec("Args")
Result = TypeVar("Result")


def fresh_connection(work: Callable[Args, Result]) -> Callable[Args, Result]:
    """Keep no dead database connection from job to job, as Django does from request to request."""

    @wraps(work)
    def worked(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return worked
