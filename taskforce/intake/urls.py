from django.urls import path

from taskforce.intake.importing import views as importing
from taskforce.intake.reviewing import views as reviewing
from taskforce.intake.uploading import views as uploading

app_name = "intake"
urlpatterns = [
    path("sekretariat/indlaes/", uploading.upload, name="bring"),
    path("sekretariat/indlaes/<int:pk>/", reviewing.review, name="review"),
    path("sekretariat/indlaes/<int:pk>/bekraeft/", importing.confirm, name="confirm"),
    path("sekretariat/indlaes/<int:pk>/fortryd/", importing.undo, name="undo"),
    path("sekretariat/indlaes/<int:pk>/laes-igen/", uploading.read_again, name="read_again"),
    path("sekretariat/indlaes/<int:pk>/slet/", uploading.discard, name="throw_away"),
    path("sekretariat/indlaes/<int:pk>/fil/", uploading.download, name="file"),
]
