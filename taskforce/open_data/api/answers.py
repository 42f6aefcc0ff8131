"""How the API answers: English JSON for every site, faults as problem+json, 60 a minute."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from taskforce.core.acts import Refused
from taskforce.core.limits import Limit, visitor_of

View = Callable[..., HttpResponse]
MINUTE = 60
A_MINUTE = Limit("api", 60, timedelta(seconds=MINUTE))
TOO_MANY = "At most 60 requests a minute. The whole of each dataset is a file under /data/."


class Problem(Exception):  # noqa: N818  # named as in the standard
    """Something that the API refuses, with its status and a sentence."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def for_every_site(answer: HttpResponse) -> HttpResponse:
    """Let scripts of any site read an answer: it holds what everybody may see."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    return answer


def problem(status: HTTPStatus, sentence: str) -> HttpResponse:
    told = {"title": status.phrase, "status": status.value, "detail": sentence}
    answer = JsonResponse(told, status=status, content_type="application/problem+json")
    return for_every_site(answer)


def answers(view: Callable[..., dict[str, Any]]) -> View:
    """Decorate a view of the API, which returns what is told or raises Problem."""

    @csrf_exempt  # nothing can be posted, and programs are told so
    @wraps(view)
    def answered(request: HttpRequest, **keys: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            refused = problem(HTTPStatus.METHOD_NOT_ALLOWED, "The API is read-only.")
            refused["Allow"] = "GET, HEAD"
            return refused
        try:
            A_MINUTE.count(visitor_of(request), TOO_MANY)
            with override("en"):
                told = view(request, **keys)
        except Refused:
            refused = problem(HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY)
            refused["Retry-After"] = str(MINUTE)
            return refused
        except Problem as found:
            return problem(found.status, found.sentence)
        except Http404:
            return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        return _told(told)

    return answered


def _told(told: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    if told.get("next"):
        answer["Link"] = f'<{told["next"]}>; rel="next"'
    return for_every_site(answer)
