"""A case as search engines read it: schema.org/Article."""

from initiatives.cases import pictures
from initiatives.models import Case, CaseState
from taskforce.core import linked_data
from taskforce.core.linked_data import Thing, absolute


def article(case: Case) -> Thing | None:
    """Return a case by the organisation that wrote it; None until it is published."""
    if case.state != CaseState.PUBLISHED:
        return None
    author, image = case.written_by, pictures.of(case)
    return linked_data.thing(
        "Article",
        headline=case.title,
        description=case.achieved,
        url=absolute(case.get_absolute_url()),
        datePublished=case.published_at,
        image=absolute(image["src"]) if image else "",
        author=linked_data.thing(
            "Organization", name=author.name, url=absolute(author.get_absolute_url())
        ),
        publisher=linked_data.portal(),
        inLanguage="da",
    )
