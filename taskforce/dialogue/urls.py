from django.urls import path

from taskforce.dialogue.asking import views as asking
from taskforce.dialogue.talk import views as talk

app_name = "dialogue"
urlpatterns = [
    path("samtale/spoergsmaal/", talk.questions, name="questions"),
    path("samtale/<int:pk>/", talk.contribution, name="contribution"),
    path("samtale/<int:pk>/svar/", talk.reply, name="reply"),
    path("samtale/<int:pk>/ret/", talk.edit, name="edit"),
    path("samtale/<int:pk>/traek-tilbage/", talk.take_away, name="take_away"),
    path("samtale/<int:pk>/skjul/", talk.hide, name="hide"),
    path("samtale/<int:pk>/er-svaret/", talk.mark, name="mark"),
    path("samtale/<int:pk>/er-ikke-svaret/", talk.unmark, name="unmark"),
    path("samtale/<slug:key>/<int:pk>/nyt/", talk.add, name="add"),
    path("samtale/<slug:key>/<int:pk>/aabn/", talk.open_to_all, name="open_to_all"),
    path("samtale/<slug:key>/<int:pk>/luk/", talk.close_to_others, name="close_to_others"),
    path("sekretariat/samtale/", talk.log, name="log"),
    path("sekretariat/samtale/<int:pk>/vis/", talk.show, name="show"),
    path("spoergsmaal/", asking.index, name="asked"),
    path("spoergsmaal/nyt/", asking.ask, name="ask"),
    path("spoergsmaal/svar/<str:key>/", asking.answer_by_link, name="answer_by_link"),
    path("spoergsmaal/<slug:slug>/", asking.detail, name="question"),
    path("spoergsmaal/<slug:slug>/svar/", asking.answer, name="answer"),
    path("spoergsmaal/<slug:slug>/svar/<int:pk>/i-samtalen/", asking.carry, name="carry"),
    path("spoergsmaal/<slug:slug>/frist/", asking.extend, name="extend"),
    path("spoergsmaal/<slug:slug>/luk/", asking.close, name="close"),
    path("spoergsmaal/<slug:slug>/traek-tilbage/", asking.withdraw, name="withdraw_question"),
]
