from django.urls import path

from taskforce.core import sheets
from taskforce.results import views
from taskforce.results.figures import views as figures
from taskforce.results.goals import views as goals
from taskforce.results.report import views as report
from taskforce.results.years import views as years

app_name = "results"
urlpatterns = [
    path("resultater/", views.index, name="index"),
    *sheets.addresses("resultater/resultater", views.sheet, "sheet"),
    path("resultater/<int:year>/", views.index, name="year"),
    path(
        "resultater/<int:year>/rapport.pdf", report.download, {"ending": "pdf"}, name="report_pdf"
    ),
    path(
        "resultater/<int:year>/rapport.docx",
        report.download,
        {"ending": "docx"},
        name="report_word",
    ),
    path("resultater/tal/<slug:key>/", views.rows, name="rows"),
    path("sekretariat/resultater/", years.desk, name="desk"),
    path("sekretariat/resultater/tal/nyt/", figures.enter, name="enter_figure"),
    path("sekretariat/resultater/tal/<int:pk>/", figures.edit, name="edit_figure"),
    path(
        "sekretariat/resultater/tal/<int:pk>/tag-tilbage/",
        figures.take_back,
        name="take_back_figure",
    ),
    path("sekretariat/resultater/tal/<int:pk>/slet/", figures.discard, name="discard_figure"),
    path("sekretariat/resultater/maal/nyt/", goals.set_goal, name="set_goal"),
    path("sekretariat/resultater/maal/<int:pk>/", goals.goal, name="goal"),
    path("sekretariat/resultater/maal/<int:pk>/udgiv/", goals.publish, name="publish_goal"),
    path(
        "sekretariat/resultater/maal/<int:pk>/tag-tilbage/", goals.take_back, name="take_back_goal"
    ),
    path("sekretariat/resultater/aar/<int:year>/", years.keep, name="keep_year"),
    path("sekretariat/resultater/aar/<int:year>/ret/", years.note, name="note_year"),
    path("sekretariat/resultater/aar/<int:year>/rapport/", report.write, name="write_report"),
    path("sekretariat/resultater/aar/<int:year>/rapport/se/", report.read, name="read_report"),
    path(
        "sekretariat/resultater/aar/<int:year>/rapport/udgiv/",
        report.publish,
        name="publish_report",
    ),
    path(
        "sekretariat/resultater/aar/<int:year>/rapport/tag-tilbage/",
        report.take_back,
        name="take_back_report",
    ),
]
