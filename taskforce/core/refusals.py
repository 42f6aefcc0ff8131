"""How a view answers when an act refuses: on the form, on another page, or to a script."""

from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from taskforce.core.acts import Conflict, Refused

Keys = ParamSpec("Keys")
Request = TypeVar("Request", bound=HttpRequest)
View = Callable[Concatenate[Request, Keys], HttpResponseBase]
Answer = Callable[..., HttpResponseBase]  # takes the request, the Refused, and the view's own keys


def by_script(request: HttpRequest) -> bool:
    """Tell whether a script sent the request while somebody types, rather than a button."""
    return request.headers.get("Accept") == "application/json"


def refusals(answer: Answer) -> Callable[[View[Request, Keys]], View[Request, Keys]]:
    """Decorate a view: where an act refuses, answer with `answer(request, refused, **keys)`.

    A script gets status 409 and the sentence as JSON.
    """

    def decorate(view: View[Request, Keys]) -> View[Request, Keys]:
        @wraps(view)
        def answered(
            request: Request, /, *args: Keys.args, **keys: Keys.kwargs
        ) -> HttpResponseBase:
            try:
                return view(request, *args, **keys)
            except Refused as refused:
                if by_script(request):
                    return JsonResponse({"said": refused.sentence}, status=409)
                return answer(request, refused, *args, **keys)

        return answered

    return decorate


def on_page(name: str) -> Answer:
    """Make an answer for `refusals`: lead to a page with the view's keys, and say why there."""

    def answer(request: HttpRequest, refused: Refused, /, **keys: Any) -> HttpResponseBase:
        add_message(request, refused)
        response: HttpResponseBase = redirect(name, **keys)
        return response

    return answer


def add_message(request: HttpRequest, refused: Refused) -> None:
    """Say on the next page why an act was refused."""
    level = messages.SUCCESS if refused.already else messages.ERROR
    messages.add_message(request, level, refused.sentence)


class shown_in:  # noqa: N801  # reads as the statement that it is
    """Run an act whose refusal the form shows: `with shown_in(form): … return redirect(made)`.

    What follows the block shows the form's page, with everything that was typed. Given a kind,
    the form shows that alone: `shown_in(form, Conflict)`. The view's decorator answers the rest,
    and always what stands already, since the form holds nothing to put right.
    """

    def __init__(self, form: Any, *kinds: type[Exception]) -> None:
        self.form, self.kinds = form, kinds or (Refused, Conflict)

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> bool:
        if not isinstance(error, self.kinds):
            return False
        if isinstance(error, Conflict):
            self.form.show_conflict(error.current)
            return True
        if isinstance(error, Refused) and not error.already:
            self.form.add_error(error.field, error.sentence)
            return True
        return False
