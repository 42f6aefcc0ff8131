"""The page on which the secretariat reviews what was found in a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taskforce.core.refusals import shown_in
from taskforce.intake.in_review import in_review
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import pages, window
from taskforce.intake.reviewing.forms import ReviewForm
from taskforce.intake.reviewing.review import ALL
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
@in_review
def review(request: MemberRequest, intake: Intake) -> HttpResponse:
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=intake)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.save_current()
            return _saved(request, form)
    first = request.GET.get(window.OPEN, "")
    context = {"form": form, **pages.review(intake, form.review, form.lines, first, form.sent)}
    return render(request, "intake/review.html", context)


def _saved(request: HttpRequest, form: ReviewForm) -> HttpResponse:
    """Say what was saved, and go where the button leads."""
    if opens := form.changed or _asked_for(form):
        messages.success(request, _("Saved."))
        return _to(form, opens, opens)
    if form.cleaned_data["accept"]:
        sentence = ngettext("%(n)s is decided.", "%(n)s are decided.", form.accepted)
        messages.success(request, sentence % {"n": form.accepted})
        if form.unready:
            sentence = ngettext(
                "%(n)s needs an answer first.", "%(n)s need an answer first.", form.unready
            )
            messages.error(request, sentence % {"n": form.unready})
    elif form.cleaned_data["next"] == "confirm":
        return redirect("intake:confirm", form.instance.pk)
    else:
        messages.success(request, _("Your decisions are saved. You can go on whenever you like."))
    if form.cleaned_data["next"] == "later":
        return redirect("intake:bring")
    group = (
        form.cleaned_data["accept"].partition(":")[0].removeprefix(ALL)
    )  # ALL is no group to go to
    return _to(form, request.GET.get(window.OPEN, ""), f"gruppe-{group}" if group else "")


def _asked_for(form: ReviewForm) -> str:
    """Return the key of what a button opens: one thing, or what is undecided now."""
    asked: str = form.cleaned_data["aabn"]
    key = pages.first_undecided(form.review) if asked == window.NEXT else asked
    return key if key in form.review.by_key else ""


def _to(form: ReviewForm, opens: str, anchor: str) -> HttpResponse:
    """Lead back to the page; of a large document the same things are open again, or others."""
    is_known = window.is_long(form.review.forms) and opens in form.review.by_key
    where = f"{form.instance.get_absolute_url()}{f'?{window.OPEN}={opens}' if is_known else ''}"
    return redirect(f"{where}{f'#{anchor}' if anchor else ''}")
