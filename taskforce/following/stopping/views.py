"""One page with one button, which a link in a letter leads to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from taskforce.core.acts import Refused
from taskforce.core.refusals import refusals
from taskforce.following.stopping import links, pages


def _no_link(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    return render(request, "members/stop_mail_expired.html", status=404)


@csrf_exempt  # mail programs send it too (RFC 8058); the signed link is what lets in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@refusals(_no_link)
def stop(request: HttpRequest, key: str) -> HttpResponse:
    asked = links.read(key)
    context = pages.stop_page(asked, is_stopped=request.method == "POST")
    if request.method == "POST":
        links.carry_out(asked)
    return render(request, "following/stop.html", context)
