from django.urls import include, path

from initiatives.work import board_views as initiatives
from initiatives.work import views as work
from taskforce.core import sheets

app_name = "initiatives"
urlpatterns = [
    path("indsatser/", initiatives.index, name="list"),
    *sheets.addresses("indsatser/indsatser", initiatives.sheet, "sheet"),
    path("indsatser/ny/", work.start, name="start"),
    path("indsatser/<slug:slug>/", initiatives.detail, name="detail"),
    path("indsatser/<slug:slug>/ret/", work.edit, name="edit"),
    path("indsatser/<slug:slug>/fremdrift/", work.post_update, name="tell"),
    path("indsatser/<slug:slug>/fil/<int:pk>/", initiatives.file, name="file"),
    path("indsatser/<slug:slug>/milepael/<int:pk>/naaet/", work.reach, name="reach"),
    path(
        "indsatser/<slug:slug>/milepael/<int:pk>/ikke-naaet/",
        work.take_back,
        name="take_back",
    ),
    path("indsatser/<slug:slug>/afslut/", work.end, name="end"),
    path("indsatser/<slug:slug>/genaabn/", work.open_again, name="open_again"),
    path("indsatser/<slug:slug>/deltag/", work.join, name="join"),
    path("indsatser/<slug:slug>/forlad/", work.leave, name="leave"),
    path("indsatser/<slug:slug>/kontakt/", work.become_contact, name="be_contact"),
    path("eksempler/", include("initiatives.cases.urls")),
]
