from django.urls import path

from taskforce.members.importing import views

urlpatterns = [
    path("", views.bring, name="bring_list"),
    path("<int:pk>/", views.preview, name="import"),
    path("<int:pk>/optag/", views.take, name="take_list"),
    path("<int:pk>/resten/", views.left, name="left_of_list"),
    path("<int:pk>/slet/", views.drop, name="drop_list"),
]
