from django.urls import path

from taskforce.members import views

app_name = "members"
urlpatterns = [
    path("organisationer/", views.organisations, name="organisations"),
    path("organisationer/<slug:slug>/", views.organisation, name="organisation"),
    path("bliv-medlem/", views.join, name="join"),
    path("bliv-medlem/tak/", views.join_thanks, name="join_thanks"),
    path("velkommen/<str:key>/<str:token>/", views.welcome, name="welcome"),
    path("min-side/mail/", views.choose_mail, name="choose_mail"),
    path("faa-ikke-mail/<str:key>/", views.stop_mail, name="stop_mail"),
    path("sekretariat/anmodninger/<int:pk>/", views.join_request, name="join_request"),
    path("sekretariat/anmodninger/<int:pk>/optag/", views.accept, name="accept"),
    path("sekretariat/anmodninger/<int:pk>/afvis/", views.decline, name="decline"),
]
