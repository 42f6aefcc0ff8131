from django.urls import include, path
from django.views.decorators.http import require_safe

from taskforce.front import views
from taskforce.front.english import views as english
from taskforce.front.erasing import views as erasing
from taskforce.front.everything import views as everything
from taskforce.front.feeds import views as feeds
from taskforce.front.feeds.latest import LatestFeed
from taskforce.front.leaving import views as leaving
from taskforce.front.letters import views as letters
from taskforce.front.my_page import views as my_page
from taskforce.front.newsroom import views as newsroom
from taskforce.front.search import views as search
from taskforce.front.server import views as server
from taskforce.front.written import views as written

MY_PAGE = [
    path("", my_page.my_page, name="my_page"),
    path("om-mig/", my_page.profile, name="profile"),
    path("mine-data/", my_page.my_data, name="my_data"),
    path("tag-mit-navn-af/", my_page.take_name_off, name="take_name_off"),
    path("meld-mig-ud/", leaving.leave, name="leave"),
    path("overdrag/", leaving.hand_over_mine, name="hand_over_mine"),
    path("overdrag/afblaes/", leaving.call_off_mine, name="call_off_mine"),
]
SECRETARIAT = [
    path("", views.desk, name="desk"),
    path("engelsk/", english.write, name="english"),
    path("soegning/", search.vocabulary, name="vocabulary"),
    path("soegning/ord/", search.add_synonyms, name="add_synonyms"),
    path("soegning/ord/<int:pk>/", search.edit_synonyms, name="edit_synonyms"),
    path("soegning/ord/<int:pk>/slet/", search.drop_synonyms, name="drop_synonyms"),
    path("alt-ud/", everything.everything, name="everything"),
    path("server/", server.server, name="server"),
    path("alt-ud/hent/", everything.download, name="everything_zip"),
    path("sider/", written.index, name="pages"),
    path("sider/<slug:key>/", written.write, name="write_page"),
    path("sider/<slug:key>/versioner/", written.versions, name="page_versions"),
    path("sider/<slug:key>/gendan/", written.bring_back, name="bring_back_page"),
    path("breve/", letters.index, name="letters"),
    path("breve/nyt/", letters.write, name="write_letter"),
    path("breve/<int:pk>/", letters.letter, name="letter"),
    path("breve/<int:pk>/ret/", letters.edit, name="edit_letter"),
    path("breve/<int:pk>/send/", letters.send, name="send_letter"),
    path("breve/<int:pk>/proev/", letters.try_out, name="try_letter"),
    path("breve/<int:pk>/igen/", letters.send_again, name="send_letter_again"),
    path("breve/<int:pk>/slet/", letters.discard, name="discard_letter"),
    path("breve/<int:pk>/bilag/<int:file>/", letters.attachment, name="letter_file"),
    path("nyheder/", newsroom.index, name="news"),
    path("nyheder/ny/", newsroom.write, name="write_news"),
    path("nyheder/<slug:slug>/ret/", newsroom.edit, name="edit_news"),
    path("nyheder/<slug:slug>/udgiv/", newsroom.publish, name="publish_news"),
    path("nyheder/<slug:slug>/planlaeg/", newsroom.plan, name="plan_news"),
    path("nyheder/<slug:slug>/ikke-planlagt/", newsroom.unplan, name="unplan_news"),
    path("nyheder/<slug:slug>/tag-tilbage/", newsroom.take_back, name="take_back_news"),
    path("nyheder/<slug:slug>/slet/", newsroom.discard, name="discard_news"),
    path("personer/<int:pk>/slet/", erasing.erase, name="erase"),
    path("personer/<int:pk>/slut/", leaving.end_membership, name="end_membership"),
    path("personer/<int:pk>/overdrag/", leaving.hand_over, name="hand_over"),
    path("personer/<int:pk>/afblaes/", leaving.call_off, name="call_off"),
    path("personer/<int:pk>/flyt/", leaving.move_person, name="move_person"),
    path("personer/<int:pk>/behold/", leaving.keep_silent, name="keep_silent"),
]
app_name = "front"
urlpatterns = [
    path("", views.front, name="front"),
    path("soeg/", search.search, name="search"),
    path("soeg/forslag/", search.suggest, name="suggest"),
    path("beloeb/", views.amount, name="amount"),
    path("om/", written.about, name="about"),
    path("partnere/", english.partners, name="partners"),
    path("kontakt/", written.contact, name="contact"),
    path("tilgaengelighed/", written.accessibility, name="accessibility"),
    path("privatliv/", written.privacy, name="privacy"),
    path("feed/", require_safe(LatestFeed()), name="feed"),
    path("feed/atom/", feeds.feed, {"kind": "atom"}, name="feed_atom"),
    path("feed/json/", feeds.feed, {"kind": "json"}, name="feed_json"),
    path("feed/kalender.ics", feeds.calendar, name="feed_calendar"),
    path("min-side/", include(MY_PAGE)),
    path("sekretariat/", include(SECRETARIAT)),
]
