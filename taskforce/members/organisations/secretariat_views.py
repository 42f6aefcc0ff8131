"""The secretariat's pages: its list of organisations, a new one, and the list of tags."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from taskforce.core.paging import page_of
from taskforce.members.inquiries import counting
from taskforce.members.models import Tag
from taskforce.members.organisations import acts, register
from taskforce.members.organisations.forms import AddForm, TagForm
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
@secretariat_required
def organisations(request: MemberRequest) -> HttpResponse:
    filters = register.RegisterFilter(request.GET, register.organisations())
    page = page_of(filters.qs, request)
    context = {
        "filters": filters,
        "page": page,
        "rows": [register.ready(row) for row in page.rows],
        "is_filtered": any(request.GET.get(name) for name in filters.filters),
        "inquiries": counting.counted(),
    }
    return render(request, "members/organisations/register.html", context)


@secretariat_required
def add(request: MemberRequest) -> HttpResponse:
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = acts.add(form=form, by=request.member)
        messages.success(request, _("The organisation is added. Here you tell more of it."))
        return redirect("members:edit_organisation", organisation.slug)
    return render(request, "members/organisations/add.html", {"form": form})


@secretariat_required
def tags(request: MemberRequest) -> HttpResponse:
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The tag is on the list."))
        return redirect("members:tags")
    rows = Tag.objects.annotate(
        offers=Count("offered_by", distinct=True), seeks=Count("sought_by", distinct=True)
    )
    return render(request, "members/organisations/tags.html", {"form": form, "tags": rows})


@secretariat_required
def edit_tag(request: MemberRequest, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag, pk=pk)
    form = TagForm(request.POST or None, instance=tag)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect("members:tags")
    return render(request, "members/organisations/edit_tag.html", {"form": form, "tag": tag})


@secretariat_required
def drop_tag(request: MemberRequest, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag, pk=pk)
    used = tag.offered_by.count() + tag.sought_by.count()
    if request.method == "POST":
        of = acts.drop_tag(tag=tag)
        told = [_("The tag is deleted.")]
        if of:
            words = ngettext("It was on %(n)s profile.", "It was on %(n)s profiles.", of)
            told.append(words % {"n": of})
        messages.success(request, " ".join(told))
        return redirect("members:tags")
    return render(request, "members/organisations/drop_tag.html", {"tag": tag, "used": used})
