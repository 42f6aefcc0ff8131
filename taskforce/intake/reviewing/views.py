"""The page on which the secretariat reviews what was found in a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from taskforce.core.refusals import shown_in
from taskforce.intake.in_review import in_review
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import pages
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
    context = {"form": form, **pages.review(intake, form.review, form.lines)}
    return render(request, "intake/review.html", context)


def _saved(request: HttpRequest, form: ReviewForm) -> HttpResponse:
    """Say what was saved, and go where the button leads."""
    if form.changed:
        messages.success(request, _("Saved."))
        return redirect(f"{form.instance.get_absolute_url()}#{form.changed}")
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
    return redirect(f"{form.instance.get_absolute_url()}{f'#gruppe-{group}' if group else ''}")
