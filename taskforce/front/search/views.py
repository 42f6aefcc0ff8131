"""The search, what it suggests, and the secretariat's page of what it knows and does not find."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.front.models import MissedSearch, SynonymGroup
from taskforce.front.search import explaining, pages, suggesting
from taskforce.front.search.forms import SearchForm, SynonymForm, TryForm
from taskforce.members.roles import MemberRequest, secretariat_required

MISSED = 100  # on the page


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    return render(request, "front/search/search.html", pages.page(form, request))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    return JsonResponse({"found": suggesting.suggestions(form.words, request.user)})


@require_safe
@secretariat_required
def vocabulary(request: MemberRequest) -> HttpResponse:
    form = TryForm(request.GET)
    words = form.cleaned_data["proev"] if form.is_valid() else ""
    context = {
        "form": form,
        "tried": explaining.explained(words) if words else None,
        "groups": SynonymGroup.objects.all(),
        "missed": MissedSearch.objects.all()[:MISSED],
    }
    return render(request, "front/search/vocabulary.html", context)


@secretariat_required
def add_synonyms(request: MemberRequest) -> HttpResponse:
    form = SynonymForm(request.POST or None, initial={"danish": request.GET.get("ord", "")[:80]})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The search takes these words for each other from now on."))
        return redirect("front:vocabulary")
    return render(request, "front/search/synonyms.html", {"form": form})


@secretariat_required
def edit_synonyms(request: MemberRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(SynonymGroup, pk=pk)
    form = SynonymForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect("front:vocabulary")
    return render(request, "front/search/synonyms.html", {"form": form, "group": group})


@require_POST
@secretariat_required
def drop_synonyms(request: MemberRequest, pk: int) -> HttpResponse:
    SynonymGroup.objects.filter(pk=pk).delete()
    messages.success(request, _("The words are off the list."))
    return redirect("front:vocabulary")
