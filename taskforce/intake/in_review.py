"""Which page a document has in each state: its address is the same in all of them."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.intake.importing.pages import imported
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.uploading import pages as uploading
from taskforce.intake.uploading.forms import UploadForm
from taskforce.members.roles import MemberRequest


def in_review(
    view: Callable[[MemberRequest, Intake], HttpResponse],
) -> Callable[[MemberRequest, int], HttpResponse]:
    """Decorate a view of a document under review; a document in another state has its own page."""

    @wraps(view)
    def found(request: MemberRequest, pk: int) -> HttpResponse:
        intakes = Intake.objects.visible_to(request.user).select_related("meeting")
        intake = get_object_or_404(intakes, pk=pk)
        if intake.state == IntakeState.REVIEW:
            return view(request, intake)
        if request.method == "POST":
            return _too_late(request, intake)
        return _page(request, intake)

    return found


def _too_late(request: MemberRequest, intake: Intake) -> HttpResponse:
    """Lead to the document's page, and say there that somebody ended the review meanwhile."""
    if intake.state == IntakeState.IMPORTED:
        messages.error(request, _("The document is taken in already. This is what was made."))
    else:
        messages.error(
            request, _("Somebody else has imported the document, or undone it, in the meantime.")
        )
    return redirect(intake)


def _page(request: MemberRequest, intake: Intake) -> HttpResponse:
    if intake.state == IntakeState.IMPORTED:
        return render(request, "intake/taken.html", imported(intake, request.user))
    if intake.state == IntakeState.REFUSED:
        context = {"form": UploadForm(keeper=request.user), **uploading.refused(intake)}
        return render(request, "intake/refused.html", context)
    context = uploading.waiting(intake, timezone.now())
    answer = render(request, "intake/waiting.html", context)
    answer["Refresh"] = str(context["refresh"])
    return answer
