"""News as search engines read it: schema.org/NewsArticle."""

from taskforce.core import linked_data
from taskforce.core.linked_data import Thing, absolute
from taskforce.news.models import NewsItem
from taskforce.news.pages import image_of


def article(item: NewsItem) -> Thing | None:
    """Return an item of news; None until it is published."""
    if not item.is_published:
        return None
    image = image_of(item)
    return linked_data.thing(
        "NewsArticle",
        headline=item.title,
        description=item.summary,
        url=absolute(item.get_absolute_url()),
        datePublished=item.published_at,
        dateModified=item.edited_at,
        image=absolute(image["src"]) if image else "",
        isBasedOn=item.link,
        publisher=linked_data.portal(),
        inLanguage="da",
    )
