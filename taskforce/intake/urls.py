from django.urls import path

from taskforce.intake import views

app_name = "intake"
urlpatterns = [
    path("sekretariat/indlaes/", views.bring, name="bring"),
    path("sekretariat/indlaes/<int:pk>/", views.review, name="review"),
    path("sekretariat/indlaes/<int:pk>/bekraeft/", views.confirm, name="confirm"),
    path("sekretariat/indlaes/<int:pk>/fortryd/", views.undo, name="undo"),
    path("sekretariat/indlaes/<int:pk>/laes-igen/", views.read_again, name="read_again"),
    path("sekretariat/indlaes/<int:pk>/slet/", views.throw_away, name="throw_away"),
    path("sekretariat/indlaes/<int:pk>/fil/", views.file, name="file"),
]
