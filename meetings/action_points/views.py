"""Pages of what was agreed: the list for members, and marking a point as done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.action_points import finishing, pages
from meetings.action_points.filters import ActionPointFilter
from meetings.action_points.forms import FinishForm
from meetings.models import ActionPoint
from taskforce.core.paging import page_of
from taskforce.members.roles import MemberRequest, member_required


@require_safe
@member_required
def list(request: MemberRequest) -> HttpResponse:
    filters = ActionPointFilter(request.GET, pages.agreed(), request=request)
    page = page_of(pages.rows(filters.qs, request.member), request)
    today = timezone.localdate()
    context = {
        "filters": filters,
        "page": page,
        "rows": [pages.ready(row, today) for row in page.rows],
    }
    return render(request, "meetings/action_points/list.html", context)


@member_required
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    points = ActionPoint.objects.finishable_by(request.user).select_related("meeting")
    point = get_object_or_404(points, pk=pk)
    form = FinishForm(request.POST if request.method == "POST" else None, instance=point)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if finishing.finish(point=point, note=note, by=request.member):
            messages.success(request, _("Marked as done."))
            return _back(request)
        form.refuse()
    return render(request, "meetings/action_points/finish.html", {"form": form, "point": point})


@require_POST
@member_required
def open_again(request: MemberRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(ActionPoint.objects.finishable_by(request.user), pk=pk)
    if finishing.open_again(point=point, by=request.member):
        messages.success(request, _("The action point is open again."))
    else:
        messages.error(request, _("The action point is open already."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the list, filtered as it was."""
    return redirect(f"{reverse('meetings:action_points')}?{request.GET.urlencode()}")
