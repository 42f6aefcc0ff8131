"""The secretariat's pages of a year's report, and its files for everybody."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.papers import downloads
from taskforce.activity.taking_back import ReasonForm, notes_on
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.results.models import Report
from taskforce.results.report import acts, pages
from taskforce.results.report.content import paper_of
from taskforce.results.report.forms import IntroductionForm, ReadForm

log = logging.getLogger(__name__)
READ = "results:read_report"


@require_safe
def download(request: HttpRequest, year: int, ending: str) -> HttpResponseBase:
    """Answer with the report; the secretariat also reads a draft. A fault can be tried again."""
    report = get_object_or_404(Report.objects.visible_to(request.user), year=year)
    paper = paper_of(report, pages.book_of(year))
    try:
        response = downloads.download(request, paper, ending)
    except acts.FAULTS:
        log.exception("%s.%s could not be made", paper.name, ending)
        response = render(request, "results/report/not_made.html", {"report": report}, status=503)
        response["Retry-After"] = "30"  # seconds
    if not report.is_published:
        patch_cache_control(response, private=True, no_store=True)
    return response


@secretariat_required
@refusals(on_page(READ))
def write(request: MemberRequest, year: int) -> HttpResponse:
    report = pages.report_of(year)
    if request.method != "POST" and report.is_published:
        return redirect(READ, year=year)
    form = IntroductionForm(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.introduce(form=form)
            messages.success(request, _("The introduction is saved."))
            return redirect(READ, year=year)
    context = {"form": form, "year": year, "taken_back": notes_on(report) if report.pk else ()}
    return render(request, "results/report/write.html", context)


@require_safe
@secretariat_required
def read(request: MemberRequest, year: int) -> HttpResponse:
    """Show the report as it would be published, or as it is."""
    report = pages.report_of(year)
    if report.pk is None:
        return redirect("results:write_report", year=year)
    form = ReadForm(initial={"version": report.version})
    return render(request, "results/report/read.html", {"form": form, **pages.preview(report)})


@require_POST
@secretariat_required
@refusals(on_page(READ))
def publish(request: MemberRequest, year: int) -> HttpResponse:
    form = ReadForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    report = acts.publish(year=year, version=version, by=request.member)
    messages.success(request, _("The report is published, and the figures of the year stand."))
    return redirect(report)


@secretariat_required
@refusals(on_page(READ))
def take_back(request: MemberRequest, year: int) -> HttpResponse:
    report = get_object_or_404(Report, year=year)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.take_back(year=year, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The report is a draft again."))
        return redirect("results:write_report", year=year)
    return render(request, "results/report/take_back.html", {"form": form, "report": report})
