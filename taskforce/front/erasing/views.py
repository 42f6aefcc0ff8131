"""The page that erases a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from taskforce.core.refusals import shown_in
from taskforce.front.erasing import acts
from taskforce.front.erasing.forms import EraseForm
from taskforce.front.erasing.places import places_of
from taskforce.members.models import Erasure, User
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def erase(request: MemberRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.exclude(pk__in=Erasure.objects.values("person")), pk=pk)
    places = places_of(user.name)
    form = EraseForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_valid():
        with shown_in(form):
            acts.erase(user=user, texts={*form.cleaned_data["texts"]}, by=request.user)
            messages.success(request, _("The person is erased."))
            return redirect("members:people")
    context = {
        "person": user,
        "form": form,
        "corrected": [place for place in places if not place.can_be_replaced],
        "instead": acts.INSTEAD,
    }
    return render(request, "front/erasing/erase.html", context)
