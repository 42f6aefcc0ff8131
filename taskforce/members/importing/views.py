"""Pages that take lists of people in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.core import sheets
from taskforce.core.acts import Conflict
from taskforce.core.refusals import on_page, refusals
from taskforce.members.importing import acts, pages
from taskforce.members.importing.forms import ColumnsForm, ListForm, TakeForm
from taskforce.members.importing.taking import stamp, take_in
from taskforce.members.models import MemberImport
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def bring(request: MemberRequest) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ListForm(data, files, keeper=request.user)
    if form.is_valid():
        file = form.cleaned_data["file"]
        name = file.name if file else _("Pasted rows")
        imported = acts.bring(name=name, lines=form.cleaned_data["lines"], by=request.user)
        form.forget_files()
        return redirect(imported)
    lists = MemberImport.objects.defer("lines", "left")[:10]
    return render(request, "members/importing/bring.html", {"form": form, "lists": lists})


@secretariat_required
@refusals(on_page("members:import"))
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    imported = get_object_or_404(MemberImport, pk=pk)
    posted = request.method == "POST"
    form = ColumnsForm(request.POST if posted else None, imported=imported)
    if posted and form.is_valid():
        return redirect(acts.set_columns(imported=imported, columns=form.columns))
    return _shown(request, imported, form)


def _shown(request: HttpRequest, imported: MemberImport, columns: ColumnsForm) -> HttpResponse:
    context = pages.preview(imported) if imported.taken_at is None else {}
    rows = context.get("rows", [])
    form = TakeForm(initial={"seen": stamp(rows)}, numbers=[row.line for row in rows])
    context |= {"imported": imported, "columns": columns, "form": form}
    return render(request, "members/importing/preview.html", context)


@require_POST
@secretariat_required
@refusals(on_page("members:import"))
def take(request: MemberRequest, pk: int) -> HttpResponse:
    imported = get_object_or_404(MemberImport, pk=pk)
    form = TakeForm(request.POST, numbers=[number for number, _cells in imported.people])
    if not form.is_valid():
        messages.error(request, _("Choose once more which rows are to be taken in."))
        return redirect(imported)
    typed = form.cleaned_data
    try:
        take_in(
            imported=imported,
            lines={*typed["lines"]},
            alike={*typed["alike"]},
            seen=typed["seen"],
            letters=typed["letters"] == "now",
            by=request.user,
        )
    except Conflict:
        messages.error(request, _("Somebody changed the register meanwhile. Look once more."))
    return redirect(imported)


@require_safe
@secretariat_required
def left(request: MemberRequest, pk: int) -> HttpResponse:
    imported = get_object_or_404(MemberImport, pk=pk)
    return sheets.as_xlsx(_("left"), pages.columns_of_left(imported), pages.left(imported))


@require_POST
@secretariat_required
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    get_object_or_404(MemberImport, pk=pk).delete()
    messages.success(request, _("The list is deleted."))
    return redirect("members:bring_list")
