"""Every address. Danish pages live at the root, the same pages in English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from meetings.calendar.views import feed
from taskforce.front.server.views import alive, health, ready, reflect
from taskforce.front.sharing.views import picture
from taskforce.front.sitemaps import SITEMAPS
from taskforce.front.views import robots
from taskforce.open_data.urls import in_one_language
from taskforce.ops.doctor import mirror

handler400 = "taskforce.front.faults.bad_request"
handler500 = "taskforce.front.faults.server_error"

urlpatterns = [
    path("sundhed/", health, name="health"),
    path("sundhed/lever/", alive, name="alive"),
    path("sundhed/klar/", ready, name="ready"),
    path(mirror.PATH, reflect, name="mirror"),
    path("meetings.ics", feed, name="calendar"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", include("taskforce.open_data.api.urls")),
    *in_one_language,
    path("del/<slug:token>/<slug:fingerprint>.png", picture, name="share_picture"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    # Tried one after the other: what is asked for most stands first.
    *i18n_patterns(
        path("", include("taskforce.front.urls")),
        path("", include("meetings.urls")),
        path("", include("barriers.urls")),
        path("", include("initiatives.urls")),
        path("", include("calls.urls")),
        path("", include("taskforce.news.urls")),
        path("", include("taskforce.following.urls")),
        path("", include("taskforce.open_data.urls")),
        path("", include("taskforce.results.urls")),
        path("", include("taskforce.intake.urls")),
        path("", include("taskforce.dialogue.urls")),
        path("", include("taskforce.members.urls")),
        path("konto/", include("taskforce.members.accounts.urls")),
        prefix_default_language=False,
    ),
]
