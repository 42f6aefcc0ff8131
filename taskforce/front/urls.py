from django.urls import path

from taskforce.front import views
from taskforce.front.feeds import LatestFeed
from taskforce.front.my_page import views as my_page

app_name = "front"
urlpatterns = [
    path("", views.front, name="front"),
    path("soeg/", views.search, name="search"),
    path("beloeb/", views.amount, name="amount"),
    path("om/", views.about, name="about"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("privatliv/", views.privacy, name="privacy"),
    path("feed/", LatestFeed(), name="feed"),
    path("min-side/", my_page.my_page, name="my_page"),
    path("min-side/om-mig/", my_page.profile, name="profile"),
    path("min-side/mine-data/", my_page.my_data, name="my_data"),
    path("min-side/tag-mit-navn-af/", my_page.take_name_off, name="take_name_off"),
    path("sekretariat/", views.desk, name="desk"),
]
