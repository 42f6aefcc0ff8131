from django.urls import path

from taskforce.open_data import views

app_name = "open_data"
urlpatterns = [
    path("data/", views.index, name="index"),
    path("data/<slug:name>/", views.dataset, name="dataset"),
]
# The files are the same in both languages, and stay where they are.
in_one_language = [
    path("data/taskforce.zip", views.package, name="data_package"),
    path("data/<slug:name>.<slug:kind>", views.file, name="data_file"),
]
