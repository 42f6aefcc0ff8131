"""A member's own page, their profile, and what the portal keeps about them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.checking import consent
from taskforce.front.my_page import acts, pages
from taskforce.front.my_page.my_data import gather
from taskforce.members.accounts.sessions import log_ins
from taskforce.members.forms import ProfileForm
from taskforce.members.roles import MemberRequest, UserRequest, member_required


@require_safe
@login_required
def my_page(request: UserRequest) -> HttpResponse:
    member = request.user.member
    context = {"log_ins": log_ins(request.user, request.session.session_key)}
    if member is None:
        return render(request, "front/former_member.html", context)
    return render(request, "front/my_page.html", context | pages.my_page(member, timezone.now()))


@member_required
def profile(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.member)
    if request.method == "POST" and form.is_valid():
        acts.change_profile(form=form)
        messages.success(request, _("Your changes are saved."))
        return redirect("front:my_page")
    return render(request, "front/profile.html", {"form": form})


@require_safe
@login_required
def my_data(request: UserRequest) -> HttpResponse:
    answer = JsonResponse(
        gather(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="mine-data.json"'
    return answer


@login_required
def take_name_off(request: UserRequest) -> HttpResponse:
    """Ask once, and hide the name."""
    if request.method != "POST":
        return render(request, "front/take_name_off.html")
    consent.take_name_off(user=request.user)
    hidden = _(
        "Your name is hidden, in past meetings too. Only the secretariat still sees it. Where it "
        "was written into a text, it stands until the secretariat has changed the text."
    )
    messages.success(request, hidden)
    return redirect("front:my_page")
