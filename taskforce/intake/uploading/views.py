"""Pages that upload a document, have it read again, delete it, and give its file."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.files import opened
from taskforce.core.paging import page_of
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.intake.models import Intake
from taskforce.intake.uploading import acts, pages
from taskforce.intake.uploading.forms import UploadForm
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def upload(request: MemberRequest) -> HttpResponse:
    posted = request.method == "POST"
    if len(files := request.FILES.getlist("file")) > 1:
        return _upload_several(request, files)
    data, sent = (request.POST, request.FILES) if posted else (None, None)
    form = UploadForm(data, sent, keeper=request.user)
    if posted and form.is_valid():
        with shown_in(form):
            intake, is_new = acts.upload(**form.cleaned_data, by=request.member)
            form.forget_files()
            if not is_new:
                messages.success(request, _("This document was brought in before. Here it is."))
            return redirect(intake)
    page = page_of(pages.rows(Intake.objects.visible_to(request.user)), request)
    context = {"form": form, "page": page, "rows": [pages.ready(row) for row in page.rows]}
    return render(request, "intake/bring.html", context)


def _upload_several(request: MemberRequest, files: list[UploadedFile[bytes]]) -> HttpResponse:
    """Take each file that can be taken, and say of the others why they are not."""
    taken = 0
    for file in files:
        form = UploadForm({}, {"file": file}, keeper=request.user)
        if form.is_valid():
            taken += acts.upload(**form.cleaned_data, by=request.member)[1]
        else:
            messages.error(request, f"{file.name}: {form.errors['file'][0]}")
    if text := request.POST.get("text", "").strip():
        taken += acts.upload(file=None, text=text, by=request.member)[1]
    sentence = ngettext(
        "%(n)s new document is received. It is read in a moment.",
        "%(n)s new documents are received. They are read one by one; review each in turn.",
        taken,
    )
    messages.success(request, sentence % {"n": taken})
    return redirect("intake:bring")


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def read_again(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    return redirect(acts.read_again(intake=intake))


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    acts.discard(intake=intake)
    messages.success(request, _("The document is deleted."))
    return redirect("intake:bring")


@require_safe
@secretariat_required
def download(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Intake.objects.visible_to(request.user).exclude(file=""), pk=pk)
    name = found.name or acts.PASTED
    return FileResponse(opened(found.file), as_attachment=True, filename=name)
