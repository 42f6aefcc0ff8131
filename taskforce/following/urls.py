from django.urls import path

from taskforce.following import views
from taskforce.following.newsletter import views as newsletter
from taskforce.following.outside import views as outside
from taskforce.following.stopping import views as stopping

app_name = "following"
urlpatterns = [
    path("foelg/", views.follow, name="follow"),
    path("foelg-med/", outside.ask, name="ask"),
    path("foelg-med/tak/", outside.asked, name="asked"),
    path("foelg-med/bekraeft/<str:key>/", outside.confirm, name="confirm"),
    path("det-jeg-foelger/<str:key>/", outside.own_page, name="own_page"),
    path("min-side/beskeder/", views.choices, name="choices"),
    path("foelg-ikke/", views.unfollow, name="unfollow"),
    path("foelg-ikke/<str:key>/", stopping.stop, name="stop_before"),
    path("nyhedsbrev/", newsletter.index, name="newsletters"),
    path("nyhedsbrev/<str:day>/", newsletter.detail, name="newsletter"),
    path("sekretariat/nyhedsbrev/", newsletter.upcoming, name="next_newsletter"),
    path("sekretariat/nyhedsbrev/spring-over/", newsletter.skip, name="skip_newsletter"),
    path("sekretariat/nyhedsbrev/alligevel/", newsletter.skip_no_more, name="skip_no_newsletter"),
    path("mails/stop/<str:key>/", stopping.stop, name="stop"),
]
