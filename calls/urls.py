from django.urls import include, path

from calls.calendar import views as calendar
from calls.catalogue import views as catalogue
from calls.consortia import partner_views as partners
from calls.consortia import views as consortia
from calls.editing import views as editing
from taskforce.core import sheets

app_name = "calls"

CONSORTIUM = [
    path("", consortia.detail, name="consortium"),
    path("ret/", consortia.edit, name="edit_consortium"),
    path("udfald/", consortia.outcome, name="outcome"),
    path("deltag/", partners.ask, name="ask"),
    path("ja/", partners.accept, name="accept"),
    path("nej/", partners.decline, name="decline"),
    path("forlad/", partners.leave, name="leave"),
    path("forslag/", partners.suggest, name="suggest"),
    path("forslag/<int:suggestion>/svar/", partners.answer_suggestion, name="answer_suggestion"),
    path("partnere/ny/", partners.add_partner, name="add_partner"),
    path("partnere/<int:partner>/ret/", partners.edit_partner, name="edit_partner"),
    path("partnere/<int:partner>/tag-med/", partners.accept_partner, name="take_in"),
    path("partnere/<int:partner>/sig-nej/", partners.decline_partner, name="turn_down"),
    path("partnere/<int:partner>/tag-ud/", partners.remove_partner, name="take_out"),
    path("partnere/<int:partner>/inviter-igen/", partners.invite_again, name="invite_again"),
]

urlpatterns = [
    path("opslag.ics", calendar.calendar, name="calendar"),
    path("opslagskalender/", calendar.subscribe, name="subscribe"),
    path("opslagskalender/forny/", calendar.renew_calendar, name="renew_calendar"),
    path("opslagskalender/<str:key>.ics", calendar.own_calendar, name="own_calendar"),
    path("opslag/", catalogue.index, name="list"),
    *sheets.addresses("opslag/opslag", catalogue.sheet, "sheet"),
    path("opslag/ny/", editing.add, name="add"),
    path("opslag/ny/udfyld/", editing.fill, name="fill"),
    path("opslag/<slug:slug>/", catalogue.detail, name="detail"),
    path("opslag/<slug:slug>/ret/", editing.edit, name="edit"),
    path("opslag/<slug:slug>/laes-igen/", editing.refresh, name="reread"),
    path("opslag/<slug:slug>/konsortier/nyt/", consortia.start, name="start"),
    path("opslag/<slug:slug>/konsortier/<int:pk>/", include(CONSORTIUM)),
]
