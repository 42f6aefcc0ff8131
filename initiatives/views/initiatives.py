"""Pages of initiatives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from initiatives import pages, taking_part
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from taskforce.members.roles import MemberRequest, member_required
from taskforce.paging import page_of


@require_safe
def list(request: HttpRequest) -> HttpResponse:
    filters = InitiativeFilter(request.GET, Initiative.objects.visible_to(request.user))
    page = page_of(pages.initiative_rows(filters.qs), request)
    rows = [pages.ready_initiative(row) for row in page.rows]
    return render(
        request, "initiatives/list.html", {"filters": filters, "page": page, "rows": rows}
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Initiative.objects.visible_to(request.user).select_related("lead")
    found = get_object_or_404(shown, slug=slug)
    return render(request, "initiatives/detail.html", pages.initiative(found, request.user))


@require_POST
@member_required
def join(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.under_way(), slug=slug)
    taking_part.join(initiative=found, by=request.member)
    return redirect(found)


@require_POST
@member_required
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.under_way(), slug=slug)
    taking_part.leave(initiative=found, by=request.member)
    return redirect(found)
