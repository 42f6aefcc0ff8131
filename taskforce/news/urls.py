from django.urls import path

from taskforce.core import sheets
from taskforce.news import views

app_name = "news"
urlpatterns = [
    path("nyt/", views.index, name="list"),
    *sheets.addresses("nyt/nyt", views.sheet, "sheet"),
    path("nyt/<slug:slug>/", views.detail, name="detail"),
    path("nyt/<slug:slug>/billede/<str:name>", views.picture, name="picture"),
]
