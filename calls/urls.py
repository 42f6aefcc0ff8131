from django.urls import path

from calls import views

app_name = "calls"
urlpatterns = [
    path("opslag/", views.list, name="list"),
    path("opslag/<slug:slug>/", views.detail, name="detail"),
]
