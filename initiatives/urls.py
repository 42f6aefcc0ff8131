from django.urls import include, path

from initiatives.views import initiatives

app_name = "initiatives"
urlpatterns = [
    path("indsatser/", initiatives.list, name="list"),
    path("indsatser/<slug:slug>/", initiatives.detail, name="detail"),
    path("indsatser/<slug:slug>/deltag/", initiatives.join, name="join"),
    path("indsatser/<slug:slug>/forlad/", initiatives.leave, name="leave"),
    path("eksempler/", include("initiatives.cases.urls")),
]
