from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("moeder/", views.list, name="list"),
    path("moeder/<int:number>/", views.detail, name="detail"),
    path("moeder/<int:number>/materiale/ny/", views.add_material, name="add_material"),
    path("moeder/<int:number>/materiale/<int:pk>/", views.material, name="material"),
    path("moeder/<int:number>/referat/offentliggoer/", views.publish, name="publish"),
]
