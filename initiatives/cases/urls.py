"""Addresses of cases, in the namespace of the app."""

from django.urls import path

from initiatives.cases import editing_views as editing
from initiatives.cases import publishing_views as publishing
from initiatives.cases import views
from taskforce.core import sheets

urlpatterns = [
    path("", views.index, name="cases"),
    *sheets.addresses("eksempler", views.sheet, "case_sheet"),
    path("ny/", editing.add, name="add_case"),
    path("<slug:slug>/", views.detail, name="case"),
    path("<slug:slug>/billede/<str:name>", views.picture, name="case_picture"),
    path("<slug:slug>/spoerg/", views.ask, name="ask_about_case"),
    path("<slug:slug>/ret/", editing.edit, name="edit_case"),
    path("<slug:slug>/indsend/", editing.submit, name="submit_case"),
    path("<slug:slug>/traek-tilbage/", publishing.withdraw, name="withdraw_case"),
    path("<slug:slug>/smid-vaek/", publishing.discard, name="throw_away_case"),
    path("<slug:slug>/bed-om-rettelse/", publishing.ask_for_change, name="ask_for_change"),
    path("<slug:slug>/offentliggoer/", publishing.publish, name="publish_case"),
    path("<slug:slug>/send-tilbage/", publishing.send_back, name="send_back"),
    path("<slug:slug>/afvis/", publishing.decline, name="decline_case"),
    path("<slug:slug>/svar-paa-rettelse/", publishing.answer_change, name="answer_change"),
]
