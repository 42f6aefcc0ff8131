from django.urls import path

from initiatives.views import cases, initiatives

app_name = "initiatives"
urlpatterns = [
    path("indsatser/", initiatives.list, name="list"),
    path("indsatser/<slug:slug>/", initiatives.detail, name="detail"),
    path("indsatser/<slug:slug>/deltag/", initiatives.join, name="join"),
    path("indsatser/<slug:slug>/forlad/", initiatives.leave, name="leave"),
    path("eksempler/", cases.list, name="cases"),
    path("eksempler/ny/", cases.add, name="add_case"),
    path("eksempler/<slug:slug>/", cases.detail, name="case"),
    path("eksempler/<slug:slug>/ret/", cases.edit, name="edit_case"),
    path("eksempler/<slug:slug>/indsend/", cases.submit, name="submit_case"),
    path("eksempler/<slug:slug>/offentliggoer/", cases.publish, name="publish_case"),
    path("eksempler/<slug:slug>/send-tilbage/", cases.send_back, name="send_back"),
]
