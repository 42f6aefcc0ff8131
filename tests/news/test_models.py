"""What a news item knows of itself."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from meetings.models import Meeting
from taskforce.news.models import NewsItem
from tests.factories import make_meeting, make_news


def test_news_item_is_public_and_has_a_page_of_its_own(db: None):
    item = make_news("Ny rapport om indkøb")

    assert list(NewsItem.objects.visible_to(AnonymousUser()).with_own_page()) == [item]
    assert (str(item), item.get_absolute_url()) == (
        "Ny rapport om indkøb",
        "/nyt/ny-rapport-om-indkoeb/",
    )


def test_latest_come_first_and_undated_last(db: None):
    undated = make_news("Undated")
    first, second = (make_news(title, source_date=date(2023, 1, 17)) for title in ("A", "B"))
    older = make_news("Older", source_date=date(2022, 1, 17))

    assert list(NewsItem.objects.all()) == [second, first, older, undated]


def test_item_outlives_the_meeting_that_shared_it(db: None):
    item = make_news(shared_at=make_meeting())

    Meeting.objects.all().delete()

    item.refresh_from_db()
    assert item.shared_at is None


def test_item_is_found_by_its_words(db: None):
    item = make_news("Rapport", summary="Om sociale virksomheder")
    make_news("Andet")

    assert list(NewsItem.objects.search("social virksomhed")) == [item]
