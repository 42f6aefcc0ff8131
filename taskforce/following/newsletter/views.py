"""The newsletters for everybody, and the secretariat's page of the next one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.acts import Refused
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.following.models import Newsletter
from taskforce.following.newsletter import acts, content, pages
from taskforce.following.newsletter.forms import IntroductionForm, SkipForm
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = page_of(Newsletter.objects.sent(), request)
    return render(request, "newsletter/list.html", {"page": page})


@require_safe
def detail(request: HttpRequest, day: str) -> HttpResponse:
    letter = get_object_or_404(pages.on_day(day))
    context = {"letter": letter, "sections": content.sections(content.told_in(letter))}
    return render(request, "newsletter/detail.html", context)


@secretariat_required
def upcoming(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    letter = acts.upcoming(now)
    form = IntroductionForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.introduce(form=form)
            messages.success(request, _("The introduction is saved."))
            return redirect("following:next_newsletter")
    return render(request, "newsletter/next.html", {"form": form, **pages.upcoming(letter, now)})


def _back(request: HttpRequest, refused: Refused) -> HttpResponse:
    add_message(request, refused)
    return redirect("following:next_newsletter")


@require_POST
@secretariat_required
@refusals(_back)
def skip(request: MemberRequest) -> HttpResponse:
    form = SkipForm(request.POST)
    acts.skip(day=form.cleaned_data["day"].isoformat() if form.is_valid() else "")
    messages.success(request, _("It is skipped. The next newsletter covers both weeks."))
    return redirect("following:next_newsletter")


@require_POST
@secretariat_required
def skip_no_more(request: MemberRequest) -> HttpResponse:
    acts.skip_no_more()
    messages.success(request, _("The newsletter goes after all."))
    return redirect("following:next_newsletter")
