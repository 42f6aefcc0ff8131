"""Pages of news."""

from datetime import date

from tests.factories import make_meeting, make_news


def test_index_lists_the_latest_first_and_the_undated_last(client, db):
    make_news("Undated")
    make_news("Older", source_date=date(2022, 11, 9))
    make_news("Newer", source_date=date(2022, 11, 14))

    page = client.get("/en/nyt/")

    assert [row["title"] for row in page.context["rows"]] == ["Newer", "Older", "Undated"]
    text = page.content.decode()
    assert "14 November 2022" in text
    assert 'href="/en/nyt/newer/"' in text


def test_detail_links_to_the_source_and_to_the_meeting(client, db):
    make_news("Plan", link="https://example.org/plan", shared_at=make_meeting(3))

    text = client.get("/nyt/plan/").content.decode()

    assert 'href="https://example.org/plan"' in text
    assert 'href="/moeder/3/"' in text
    assert "/nyt/plan/" in client.get("/moeder/3/").content.decode()


def test_detail_of_an_unknown_item_is_not_found(client, db):
    assert client.get("/nyt/nothing/").status_code == 404


def test_index_without_news_says_so(client, db):
    assert "No news yet." in client.get("/en/nyt/").content.decode()


def test_index_has_24_rows_a_page(client, db):
    for number in range(25):
        make_news(f"{number:02}")

    first, second = client.get("/nyt/").context, client.get("/nyt/?side=2").context

    assert (len(first["rows"]), len(second["rows"])) == (24, 1)
    assert (first["page"].total, second["page"].earlier) == (25, "?side=1")
