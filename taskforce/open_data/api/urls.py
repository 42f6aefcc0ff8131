from django.urls import path

from taskforce.open_data.api import views

# In one language, and so without a namespace of the pages'.
urlpatterns = [
    path("", views.index, name="api"),
    path("openapi.json", views.openapi, name="api_openapi"),
    path("<slug:name>/", views.page, name="api_rows"),
    path("<slug:name>/<int:pk>/", views.row, name="api_row"),
]
