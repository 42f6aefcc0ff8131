from django.urls import path

from taskforce.front.feeds import LatestFeed
from taskforce.front.views import mine, public

app_name = "front"
urlpatterns = [
    path("", public.front, name="front"),
    path("soeg/", public.search, name="search"),
    path("om/", public.about, name="about"),
    path("tilgaengelighed/", public.accessibility, name="accessibility"),
    path("privatliv/", public.privacy, name="privacy"),
    path("feed/", LatestFeed(), name="feed"),
    path("min-side/", mine.my_page, name="my_page"),
    path("min-side/om-mig/", mine.profile, name="profile"),
    path("min-side/mine-data/", mine.my_data, name="my_data"),
    path("min-side/tag-mit-navn-af/", mine.take_name_off, name="take_name_off"),
    path("sekretariat/", mine.desk, name="desk"),
]
