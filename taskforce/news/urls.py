from django.urls import path

from taskforce.news import views

app_name = "news"
urlpatterns = [
    path("nyt/", views.index, name="list"),
    path("nyt/<slug:slug>/", views.detail, name="detail"),
    path("nyt/<slug:slug>/billede/<str:name>", views.picture, name="picture"),
]
