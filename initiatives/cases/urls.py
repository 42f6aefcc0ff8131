"""Addresses of cases, in the namespace of the app."""

from django.urls import path

from initiatives.cases import casework_views as casework
from initiatives.cases import views

urlpatterns = [
    path("", views.list, name="cases"),
    path("ny/", casework.add, name="add_case"),
    path("<slug:slug>/", views.detail, name="case"),
    path("<slug:slug>/billede/<str:name>", views.picture, name="case_picture"),
    path("<slug:slug>/spoerg/", views.ask, name="ask_about_case"),
    path("<slug:slug>/ret/", casework.edit, name="edit_case"),
    path("<slug:slug>/indsend/", casework.submit, name="submit_case"),
    path("<slug:slug>/traek-tilbage/", casework.withdraw, name="withdraw_case"),
    path("<slug:slug>/smid-vaek/", casework.throw_away, name="throw_away_case"),
    path("<slug:slug>/bed-om-rettelse/", casework.ask_for_change, name="ask_for_change"),
    path("<slug:slug>/offentliggoer/", casework.publish, name="publish_case"),
    path("<slug:slug>/send-tilbage/", casework.send_back, name="send_back"),
    path("<slug:slug>/afvis/", casework.decline, name="decline_case"),
    path("<slug:slug>/svar-paa-rettelse/", casework.answer_change, name="answer_change"),
]
