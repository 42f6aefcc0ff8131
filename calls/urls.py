from django.urls import include, path

from calls import views
from calls.consortia import partner_views
from calls.consortia import views as consortium_views
from calls.entering import views as entering_views
from calls.following import views as following_views

app_name = "calls"

ROOM = [
    path("", consortium_views.detail, name="consortium"),
    path("ret/", consortium_views.edit, name="edit_consortium"),
    path("udfald/", consortium_views.outcome, name="outcome"),
    path("foelg/", following_views.follow_consortium, name="follow_consortium"),
    path("foelg-ikke/", following_views.unfollow_consortium, name="unfollow_consortium"),
    path("deltag/", partner_views.ask, name="ask"),
    path("ja/", partner_views.accept, name="accept"),
    path("nej/", partner_views.decline, name="decline"),
    path("forlad/", partner_views.leave, name="leave"),
    path("forslag/", partner_views.suggest, name="suggest"),
    path(
        "forslag/<int:suggestion>/svar/", partner_views.answer_suggestion, name="answer_suggestion"
    ),
    path("partnere/ny/", partner_views.add_partner, name="add_partner"),
    path("partnere/<int:partner>/ret/", partner_views.edit_partner, name="edit_partner"),
    path("partnere/<int:partner>/tag-med/", partner_views.take_in, name="take_in"),
    path("partnere/<int:partner>/sig-nej/", partner_views.turn_down, name="turn_down"),
    path("partnere/<int:partner>/tag-ud/", partner_views.take_out, name="take_out"),
    path("partnere/<int:partner>/inviter-igen/", partner_views.invite_again, name="invite_again"),
]

urlpatterns = [
    path("opslag.ics", following_views.calendar, name="calendar"),
    path("opslagskalender/", following_views.subscribe, name="subscribe"),
    path("opslagskalender/forny/", following_views.renew_calendar, name="renew_calendar"),
    path("opslagskalender/<str:key>.ics", following_views.own_calendar, name="own_calendar"),
    path("foelg-ikke/<str:key>/", following_views.unfollow_by_link, name="unfollow_by_link"),
    path("opslag/", views.list, name="list"),
    path("opslag/ny/", entering_views.add, name="add"),
    path("opslag/ny/udfyld/", entering_views.fill, name="fill"),
    path("opslag/<slug:slug>/", views.detail, name="detail"),
    path("opslag/<slug:slug>/ret/", entering_views.edit, name="edit"),
    path("opslag/<slug:slug>/laes-igen/", entering_views.reread, name="reread"),
    path("opslag/<slug:slug>/foelg/", following_views.follow, name="follow"),
    path("opslag/<slug:slug>/foelg-ikke/", following_views.unfollow, name="unfollow"),
    path("opslag/<slug:slug>/konsortier/nyt/", consortium_views.start, name="start"),
    path("opslag/<slug:slug>/konsortier/<int:pk>/", include(ROOM)),
]
