from django.urls import include, path

from barriers.curation import views as curation
from barriers.register import views as register
from barriers.rounds import secretariat_views as secretariat
from barriers.rounds import views as rounds
from barriers.statements import views as statements
from barriers.themes import views as themes
from taskforce.core import sheets

THEMES = [
    path("", themes.index, name="themes"),
    path("ny/", themes.add, name="add_theme"),
    path("<slug:slug>/", themes.edit, name="edit_theme"),
    path("<slug:slug>/slet/", themes.delete, name="delete_theme"),
]
ROUNDS = [
    path("", rounds.index, name="rounds"),
    path("ny/", secretariat.plan, name="plan_round"),
    path("<slug:slug>/", rounds.detail, name="round"),
    path("<slug:slug>/stem/", rounds.vote, name="vote"),
    path("<slug:slug>/resultat.csv", rounds.result_csv, name="result_csv"),
    path("<slug:slug>/ret/", secretariat.edit, name="edit_round"),
    path("<slug:slug>/stemmeseddel/", secretariat.preview, name="preview_round"),
    path("<slug:slug>/aabn/", secretariat.open_round, name="open_round"),
    path("<slug:slug>/aabner-selv/", secretariat.schedule, name="schedule_round"),
    path("<slug:slug>/aabner-ikke-selv/", secretariat.unschedule, name="unschedule_round"),
    path("<slug:slug>/kasser/", secretariat.discard, name="discard_round"),
    path("<slug:slug>/paamind/", secretariat.remind, name="remind_round"),
    path("<slug:slug>/luk/", secretariat.close, name="close_round"),
    path("<slug:slug>/ugyldig/", secretariat.declare_void, name="void_round"),
]
app_name = "barriers"
urlpatterns = [
    path("prioritering/", include(ROUNDS)),
    path("sekretariat/temaer/", include(THEMES)),
    path("barrierer/", register.index, name="list"),
    path("barrierer/ny/", register.add, name="add"),
    path("barrierer/ny/lignende/", register.alike, name="alike"),
    *sheets.addresses("barrierer/barrierer", register.sheet, "sheet"),
    path("barrierer/temaer/skift/", curation.retheme, name="retheme"),
    path("barrierer/<slug:slug>/", register.detail, name="detail"),
    path("barrierer/<slug:slug>/ret/", register.edit, name="edit"),
    path("barrierer/<slug:slug>/traek-tilbage/", register.withdraw, name="withdraw_barrier"),
    path("barrierer/<slug:slug>/udsagn/", statements.add_statement, name="add_statement"),
    path(
        "barrierer/<slug:slug>/udsagn/i-stedet/",
        statements.add_statement_instead,
        name="state_instead",
    ),
    path(
        "barrierer/<slug:slug>/udsagn/<int:pk>/ret/",
        statements.edit_statement,
        name="edit_statement",
    ),
    path(
        "barrierer/<slug:slug>/udsagn/<int:pk>/traek-tilbage/",
        statements.withdraw_statement,
        name="withdraw_statement",
    ),
    path("barrierer/<slug:slug>/stoet/", statements.support, name="support"),
    path("barrierer/<slug:slug>/stoet-ikke/", statements.withdraw, name="withdraw"),
    path("barrierer/<slug:slug>/laeg-sammen/", curation.merge, name="merge"),
    path("barrierer/<slug:slug>/skil-ad/", curation.take_apart, name="take_apart"),
    path("barrierer/<slug:slug>/del/", curation.split, name="split"),
    path("barrierer/<slug:slug>/loest/", curation.resolve, name="resolve"),
    path("barrierer/<slug:slug>/ikke-aktuel/", curation.drop, name="drop"),
    path("barrierer/<slug:slug>/genaabn/", curation.reopen, name="reopen"),
    path("barrierer/<slug:slug>/skjul/", curation.hide, name="hide"),
    path("barrierer/<slug:slug>/vis/", curation.show, name="show"),
    path("barrierer/udsagn-fra-referat/<int:pk>/", statements.from_passage, name="from_passage"),
    path(
        "barrierer/udsagn-fra-referat/<int:pk>/<int:statement>/fjern/",
        statements.remove_statement,
        name="take_back",
    ),
]
