"""The front page, pages about the portal, and the secretariat's desk."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.core.amounts import CURRENCIES, AmountField, read_as
from taskforce.front import pages
from taskforce.front.desk import pages as desk_pages
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front/front.html", pages.page(request.user, timezone.now()))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "front/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def amount(request: HttpRequest) -> HttpResponse:
    """Tell a script how an amount is read that somebody is typing, or what is unclear in it."""
    currency = request.GET.get("valuta", "")
    field = AmountField(currency=currency if currency in CURRENCIES else "", required=False)
    try:
        words = read_as(field.clean(request.GET.get("beloeb", "")), field.currency).removesuffix(
            "."
        )
    except ValidationError as error:
        return JsonResponse({"words": error.messages[0]})
    return JsonResponse({"words": _("That is %(words)s.") % {"words": words} if words else ""})


@require_safe
@secretariat_required
def desk(request: MemberRequest) -> HttpResponse:
    return render(request, "front/desk/desk.html", desk_pages.desk(request.member, timezone.now()))
