"""The list of action points for members, and pages that mark one as done or open it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.action_points import exports, finishing, pages
from meetings.action_points.filters import ActionPointFilter
from meetings.action_points.forms import FinishForm
from meetings.models import ActionPoint
from taskforce.core import sheets
from taskforce.core.acts import Refused
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest, member_required


@require_safe
@member_required
def index(request: MemberRequest) -> HttpResponse:
    filters = ActionPointFilter(request.GET, pages.agreed(), request=request)
    page = page_of(pages.rows(filters.qs, request.member), request)
    today = timezone.localdate()
    context = {
        "filters": filters,
        "page": page,
        "rows": [pages.ready(row, today) for row in page.rows],
    }
    return render(request, "meetings/action_points/list.html", context)


@require_safe
@member_required
def sheet(request: MemberRequest, kind: str) -> HttpResponse:
    filters = ActionPointFilter(request.GET, pages.agreed(), request=request)
    rows = exports.rows(filters.qs, request.member)
    return sheets.as_file(kind, "aftaler", exports.columns(), rows)


def _to_list(request: HttpRequest) -> HttpResponse:
    """Return to the list, filtered as it was."""
    return redirect(reverse("meetings:action_points", query=request.GET))


def _refuse_on_list(request: HttpRequest, refused: Refused, /, **keys: Any) -> HttpResponse:
    add_message(request, refused)
    return _to_list(request)


@member_required
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    points = ActionPoint.objects.finishable_by(request.user).select_related("meeting")
    point = get_object_or_404(points, pk=pk)
    form = FinishForm(request.POST if request.method == "POST" else None, instance=point)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            finishing.finish(point=point, note=form.cleaned_data["note"], by=request.member)
            messages.success(request, _("Marked as done."))
            return _to_list(request)
    return render(request, "meetings/action_points/finish.html", {"form": form, "point": point})


@require_POST
@member_required
@refusals(_refuse_on_list)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(ActionPoint.objects.finishable_by(request.user), pk=pk)
    finishing.reopen(point=point, by=request.member)
    messages.success(request, _("The action point is open again."))
    return _to_list(request)
