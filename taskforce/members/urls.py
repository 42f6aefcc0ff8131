from django.urls import include, path

from taskforce.core import sheets
from taskforce.members import views
from taskforce.members.inquiries import views as inquiries
from taskforce.members.merging import views as merging
from taskforce.members.organisations import secretariat_views as register
from taskforce.members.organisations import views as organisations
from taskforce.members.people import views as people
from taskforce.members.people import welcome_views

app_name = "members"
urlpatterns = [
    path("organisationer/", organisations.index, name="organisations"),
    *sheets.addresses("organisationer/organisationer", organisations.sheet, "sheet"),
    path("organisationer/<slug:slug>/", organisations.detail, name="organisation"),
    path("organisationer/<slug:slug>/ret/", organisations.edit, name="edit_organisation"),
    path("organisationer/<slug:slug>/skriv/", inquiries.write, name="write_to_organisation"),
    path("organisationer/<slug:slug>/logo/<str:name>", organisations.logo, name="logo"),
    path("forespoergsel/", inquiries.ask, name="ask_organisations"),
    path("forespoergsel/tak/", inquiries.thanks, name="ask_thanks"),
    path("forespoergsel/bekraeft/<str:key>/", inquiries.confirm, name="confirm_inquiry"),
    path("forespoergsel/svar/<str:key>/", inquiries.answer, name="answer_inquiry"),
    path("profil/<str:key>/", organisations.still_right, name="still_right"),
    path("sekretariat/organisationer/", register.organisations, name="register"),
    path("sekretariat/organisationer/ny/", register.add, name="add_organisation"),
    path("sekretariat/stikord/", register.tags, name="tags"),
    path("sekretariat/stikord/<int:pk>/", register.edit_tag, name="edit_tag"),
    path("sekretariat/stikord/<int:pk>/slet/", register.drop_tag, name="drop_tag"),
    path("bliv-medlem/", views.join, name="join"),
    path("bliv-medlem/tak/", views.join_thanks, name="join_thanks"),
    path("velkommen/<str:key>/", welcome_views.welcome, name="welcome"),
    path("velkommen/<str:key>/ny/", welcome_views.ask_again, name="ask_again"),
    path("faa-ikke-mail/<str:key>/", views.stop_mail, name="stop_mail"),
    path("faa-ingen-mail/<str:key>/", views.stop_all_mail, name="stop_all_mail"),
    path("sekretariat/personer/", people.people, name="people"),
    path("sekretariat/personer/ny/", people.add_person, name="add_person"),
    path("sekretariat/personer/indlaes/", include("taskforce.members.importing.urls")),
    path("sekretariat/personer/personer.csv", people.as_csv, name="people_csv"),
    path("sekretariat/personer/personer.xlsx", people.as_xlsx, name="people_xlsx"),
    path("sekretariat/personer/<int:pk>/flet/", merging.merge_person, name="merge_person"),
    path(
        "sekretariat/organisationer/<slug:slug>/flet/",
        merging.merge_organisation,
        name="merge_organisation",
    ),
    path("sekretariat/fletning/<int:pk>/fortryd/", merging.take_apart, name="take_apart"),
    path("sekretariat/personer/<int:pk>/", people.person, name="person"),
    path("sekretariat/personer/<int:pk>/ret/", people.edit_person, name="edit_person"),
    path("sekretariat/personer/<int:pk>/send-igen/", people.send_again, name="send_again"),
    path(
        "sekretariat/personer/<int:pk>/traek-tilbage/",
        people.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("sekretariat/personer/<int:pk>/luk-login/", people.deactivate, name="deactivate"),
    path("sekretariat/personer/<int:pk>/aabn-login/", people.reactivate, name="reactivate"),
    path(
        "sekretariat/personer/<int:pk>/slaa-to-trin-fra/",
        people.switch_off_two_step,
        name="switch_off_two_step",
    ),
    path("sekretariat/anmodninger/<int:pk>/", views.join_request, name="join_request"),
    path("sekretariat/anmodninger/<int:pk>/optag/", views.accept, name="accept"),
    path("sekretariat/anmodninger/<int:pk>/afvis/", views.decline, name="decline"),
]
