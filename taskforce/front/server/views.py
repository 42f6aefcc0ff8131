"""Health: for load balancers and watchers by status code, for the secretariat as a page."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.ops import health as checks
from taskforce.ops.doctor import mirror


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer without the database: whoever starts the portal again need not, if it is away."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Tell whether visitors can be sent here, whatever the worker does."""
    return _answer(checks.ready())


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    return _answer(checks.check(timezone.now()))


def _answer(found: checks.Found) -> HttpResponse:
    return JsonResponse(found, status=200 if checks.is_well(found) else 503)


@require_safe
@never_cache
def reflect(request: HttpRequest) -> HttpResponse:
    """Tell `manage.py doctor` what the portal sees of its request."""
    if not mirror.fits(request.GET.get("noegle", "")):
        raise Http404
    return JsonResponse(mirror.seen(request))


@require_safe
@secretariat_required
def server(request: MemberRequest) -> HttpResponse:
    """Show how the server is: what a call for help would ask first."""
    facts = list(checks.facts(timezone.now()))
    faults = [fact for fact in facts if not fact.is_well]
    return render(request, "front/server/server.html", {"facts": facts, "faults": faults})
