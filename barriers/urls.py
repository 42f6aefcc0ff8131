from django.urls import path

from barriers import views
from barriers.rounds import running_views as running
from barriers.rounds import views as rounds

app_name = "barriers"
urlpatterns = [
    path("barrierer/", views.list, name="list"),
    path("barrierer/ny/", views.add, name="add"),
    path("barrierer/<slug:slug>/", views.detail, name="detail"),
    path("barrierer/<slug:slug>/ret/", views.edit, name="edit"),
    path("barrierer/<slug:slug>/udsagn/", views.add_statement, name="add_statement"),
    path("barrierer/<slug:slug>/udsagn/<int:pk>/ret/", views.edit_statement, name="edit_statement"),
    path("barrierer/<slug:slug>/skjul/", views.hide, name="hide"),
    path("barrierer/<slug:slug>/vis/", views.show, name="show"),
    path("barrierer/udsagn-fra-referat/<int:pk>/", views.from_passage, name="from_passage"),
    path(
        "barrierer/udsagn-fra-referat/<int:pk>/<int:statement>/fjern/",
        views.take_back,
        name="take_back",
    ),
    path("prioritering/", rounds.rounds, name="rounds"),
    path("prioritering/ny/", running.plan, name="plan_round"),
    path("prioritering/<slug:slug>/", rounds.round, name="round"),
    path("prioritering/<slug:slug>/stem/", rounds.vote, name="vote"),
    path("prioritering/<slug:slug>/resultat.csv", rounds.result_csv, name="result_csv"),
    path("prioritering/<slug:slug>/ret/", running.edit, name="edit_round"),
    path("prioritering/<slug:slug>/stemmeseddel/", running.preview, name="preview_round"),
    path("prioritering/<slug:slug>/aabn/", running.open, name="open_round"),
    path("prioritering/<slug:slug>/aabner-selv/", running.schedule, name="schedule_round"),
    path("prioritering/<slug:slug>/aabner-ikke-selv/", running.unschedule, name="unschedule_round"),
    path("prioritering/<slug:slug>/kasser/", running.discard, name="discard_round"),
    path("prioritering/<slug:slug>/paamind/", running.remind, name="remind_round"),
    path("prioritering/<slug:slug>/luk/", running.close, name="close_round"),
]
