"""Answer a form of a barrier that was merged into another one meanwhile."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from barriers.models import Barrier
from taskforce.members.roles import MemberRequest


def merged_meanwhile(request: MemberRequest, barrier: Barrier) -> HttpResponse:
    """Lead to the kept barrier; where a form was sent, show what was typed in it."""
    kept = get_object_or_404(Barrier.objects.visible_to(request.user), merged=barrier)
    if request.method != "POST":
        return redirect(kept)
    hidden = ("csrfmiddlewaretoken", "version", "theme", "statements", "state")
    typed = [str(text) for name, text in request.POST.items() if name not in hidden]
    written = [text for text in typed if text.strip()]
    context = {"barrier": kept, "written": written}
    return render(request, "barriers/merged_meanwhile.html", context, status=409)
