from django.urls import include, path

from meetings.action_points import views as action_points
from meetings.agenda import views as agenda
from meetings.browsing import views as browsing
from meetings.calendar import views as calendar
from meetings.checking import views as checking
from meetings.correcting import views as correcting
from meetings.inviting import views as inviting
from meetings.materials import views as materials
from meetings.papers import views as papers
from meetings.planning import views as planning
from meetings.review import views as review
from meetings.round_table import views as round_table
from meetings.writing import views as writing
from taskforce.core import sheets

MEETINGS = [
    path("", browsing.index, name="list"),
    *sheets.addresses("moeder", browsing.sheet, "sheet"),
    *sheets.addresses("fremmoede", browsing.attendance, "attendance"),
    path("<int:number>/", browsing.detail, name="detail"),
    path("<int:number>/materiale/ny/", materials.add, name="add_material"),
    path("<int:number>/materiale/<int:pk>/", materials.download, name="material"),
    path("<int:number>/referat/offentliggoer/", review.publish, name="publish"),
    path("<int:number>/referat/tag-tilbage/", review.unpublish, name="unpublish"),
    path("<int:number>/materiale/<int:pk>/ret/", materials.edit, name="edit_material"),
    path("<int:number>/materiale/<int:pk>/fjern/", materials.remove, name="drop_material"),
    # Planning, inviting, answering, round-table news
    path("ny/", planning.plan, name="plan"),
    path("<int:number>/rediger/", planning.edit, name="edit"),
    path("<int:number>/tag-tilbage/", planning.take_back, name="take_back"),
    path("<int:number>/aflys/", planning.cancel, name="cancel"),
    path("<int:number>/kalender.ics", calendar.download, name="calendar_file"),
    path("<int:number>/indkald/", inviting.invite, name="invite"),
    path("<int:number>/svar/", inviting.answer, name="answer"),
    path("svar/<str:key>/", inviting.answer_by_link, name="answer_by_link"),
    path("<int:number>/bordet-rundt/", round_table.write, name="write_news"),
    # Reading: minutes on paper
    path("<int:number>/referat.pdf", papers.as_pdf, name="pdf"),
    path("<int:number>/referat.docx", papers.as_word, name="word"),
]
# The agenda
MEETINGS += [
    path(f"<int:number>/dagsorden/{place}", view, name=name)
    for place, view, name in (
        ("", agenda.agenda, "agenda"),
        ("nyt/", agenda.add, "add_item"),
        ("punkt/<int:pk>/", agenda.edit, "edit_item"),
        ("punkt/<int:pk>/flyt/", agenda.move, "move_item"),
        ("punkt/<int:pk>/fjern/", agenda.remove, "remove_item"),
        ("overfoer/", agenda.carry_over, "carry_over"),
        ("hent/", agenda.copy, "copy_agenda"),
        ("send/", agenda.send, "send_agenda"),
        ("foreslaa/", agenda.propose, "propose_item"),
        ("forslag/<int:pk>/optag/", agenda.accept, "take_proposal"),
        ("forslag/<int:pk>/afvis/", agenda.decline, "decline_proposal"),
        ("forslag/<int:pk>/traek-tilbage/", agenda.withdraw, "withdraw_proposal"),
    )
]
# Minutes: written, checked, reviewed, corrected
MEETINGS += [
    path(f"<int:number>/referat/{place}", view, name=name)
    for place, view, name in (
        ("begynd/", writing.begin, "begin_minutes"),
        ("skriv/", writing.write, "write_minutes"),
        ("afsnit/nyt/", writing.add_passage, "add_passage"),
        ("afsnit/<int:pk>/", writing.save_passage, "save_passage"),
        ("afsnit/<int:pk>/fjern/", writing.remove_passage, "remove_passage"),
        ("punkt/<int:pk>/udfald/", writing.set_outcome, "set_outcome"),
        ("punkt/<int:pk>/aftale/", writing.add_action_point, "note_action"),
        ("aftale/ny/", writing.add_action_point, "note_other_action"),
        ("aftale/<int:pk>/", writing.change_action_point, "edit_action"),
        ("aftale/<int:pk>/fjern/", writing.remove_action_point, "drop_action"),
        ("fremmoede/", writing.mark_attendance, "tick_attendance"),
        ("fremmoede/alle/", writing.mark_expected, "tick_coming"),
        ("fremmoede/ny/", writing.add_guest, "let_in"),
        ("fremmoede/<int:pk>/fjern/", writing.remove_guest, "take_off"),
        ("tjek/", checking.check, "check_minutes"),
        ("tjek/ret/<str:doubt>/", checking.fix, "mend"),
        ("tjek/lad-staa/", checking.waive, "waive"),
        ("tjek/lad-resten-staa/", checking.waive_rest, "waive_rest"),
        ("tjek/tag-op-igen/", checking.reopen_doubt, "take_up_again"),
        # Review
        ("gennemsyn/", review.review, "review"),
        ("gennemsyn/start/", review.start, "start_review"),
        ("gennemsyn/forlaeng/", review.extend, "extend_review"),
        ("gennemsyn/tag-tilbage/", review.take_back, "take_back_review"),
        ("gennemsyn/afsnit/<int:pk>/foreslaa/", review.propose, "propose_change"),
        ("gennemsyn/forslag/<int:pk>/optag/", review.accept, "accept_change"),
        ("gennemsyn/forslag/<int:pk>/afvis/", review.decline, "decline_change"),
        # Corrections and versions
        ("ret/<int:pk>/", correcting.correct_passage, "correct_passage"),
        ("ret-udfald/<int:pk>/", correcting.correct_outcome, "correct_outcome"),
        ("ret-aftale/<int:pk>/", correcting.correct_action, "correct_action"),
        ("ret-aftale/ny/", correcting.correct_action, "add_forgotten_action"),
        ("ret-fremmoede/", correcting.correct_presence, "correct_presence"),
        ("bed-om-rettelse/", correcting.ask, "ask_for_correction"),
        ("versioner/", correcting.index, "versions"),
        ("versioner/sammenlign/", correcting.compare, "compare_versions"),
        ("versioner/gem/", correcting.keep, "keep_version"),
        ("versioner/<int:version>/gendan/", correcting.restore, "restore_version"),
    )
]
# What was agreed at all meetings
ACTION_POINTS = [
    path("", action_points.index, name="action_points"),
    path("<int:pk>/udfoert/", action_points.finish, name="finish"),
    path("<int:pk>/genaabn/", action_points.reopen, name="open_again"),
    *sheets.addresses("aftaler", action_points.sheet, "action_points"),
]

app_name = "meetings"
urlpatterns = [
    path("moeder/", include(MEETINGS)),
    path("aftaler/", include(ACTION_POINTS)),
]
