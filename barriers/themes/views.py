"""Pages on which the secretariat keeps the themes."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from barriers.models import Theme
from barriers.themes import acts
from barriers.themes.forms import ThemeForm
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
@secretariat_required
def index(request: MemberRequest) -> HttpResponse:
    themes = Theme.objects.annotate(number=Count("barriers"))
    return render(request, "barriers/themes/list.html", {"themes": themes})


@secretariat_required
def add(request: MemberRequest) -> HttpResponse:
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The theme is added."))
        return redirect("barriers:themes")
    return render(request, "barriers/themes/edit.html", {"form": form})


@secretariat_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    theme = get_object_or_404(Theme, slug=slug)
    form = ThemeForm(request.POST or None, instance=theme)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.rename(form=form)
            messages.success(request, _("Your changes are saved."))
            return redirect("barriers:themes")
    return render(request, "barriers/themes/edit.html", {"form": form, "theme": theme})


def _to_list(request: MemberRequest, refused: Refused, slug: str) -> HttpResponse:
    add_message(request, refused)
    return redirect("barriers:themes")


@require_POST
@secretariat_required
@refusals(_to_list)
def delete(request: MemberRequest, slug: str) -> HttpResponse:
    acts.delete(theme=get_object_or_404(Theme, slug=slug))
    messages.success(request, _("The theme is deleted."))
    return redirect("barriers:themes")
