"""The secretariat's page of results, and the years that it keeps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.core.refusals import on_page, refusals
from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.results import pages as public
from taskforce.results.models import KeptYear
from taskforce.results.years import acts, pages
from taskforce.results.years.forms import NoteForm


@require_safe
@secretariat_required
def desk(request: MemberRequest) -> HttpResponse:
    return render(request, "results/desk.html", pages.desk())


def _desk(request: MemberRequest, refused: object, year: int) -> HttpResponse:
    return on_page("results:desk")(request, refused)  # type: ignore[return-value]


@secretariat_required
@refusals(_desk)
def keep(request: MemberRequest, year: int) -> HttpResponse:
    """Show the year as it would be kept, and keep it."""
    if request.method == "POST":
        kept = acts.keep(year=year, by=request.member)
        messages.success(request, _("The figures of %(year)s stand from now on.") % {"year": year})
        return redirect(kept)
    found = public.page(year)
    if found is None or found["kept"]:
        raise Http404
    return render(request, "results/keep_year.html", found)


@secretariat_required
def note(request: MemberRequest, year: int) -> HttpResponse:
    kept = get_object_or_404(KeptYear, year=year)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.note(kept=kept, text=form.cleaned_data["text"], by=request.member)
        messages.success(request, _("The correction stands on the year's page."))
        return redirect(kept)
    return render(request, "results/note_year.html", {"form": form, "kept": kept})
