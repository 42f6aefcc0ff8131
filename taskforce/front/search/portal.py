"""The portal's own pages as a search knows them: gathered from what they say, in each language."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from taskforce.core.rich_text import as_text
from taskforce.front.models import PortalPage
from taskforce.front.written import texts
from taskforce.front.written.pages import ADDRESSES
from taskforce.open_data.catalogue import ALL
from taskforce.results.measures import MEASURES

# Lists, with what each says of itself.
LISTS = (
    (
        "meetings:list",
        _("Meetings"),
        _(
            "The taskforce meets a few times a year. Agendas are public before a meeting, "
            "minutes once they are published."
        ),
    ),
    (
        "barriers:list",
        _("Barriers"),
        _(
            "What stands in the way when public and private buyers want to buy from social "
            "enterprises, in the order in which members want it solved."
        ),
    ),
    (
        "barriers:rounds",
        _("Prioritisation"),
        _(
            "Members rank the barriers in rounds. Nobody sees a figure before a round closes; "
            "ballots are never published."
        ),
    ),
    ("initiatives:list", _("Initiatives"), _("What members do together against the barriers.")),
    (
        "initiatives:cases",
        _("Good examples"),
        _("Where buying socially worked, with whom, and what came of it."),
    ),
    (
        "calls:list",
        _("EU funding"),
        _("Calls that can pay for what we want. Find one, and apply together with others."),
    ),
    ("news:list", _("News"), _("News, reports and events that members have shared.")),
    ("following:newsletters", _("Newsletter"), _("What is new in the taskforce, once a week.")),
    (
        "results:index",
        _("Results"),
        _(
            "What came of it: figures with their sources, the lists behind them, and yearly "
            "reports."
        ),
    ),
    (
        "members:organisations",
        _("Organisations"),
        _(
            "They buy, deliver, support and clear the way. Find one to buy from, or one to join "
            "forces with."
        ),
    ),
    (
        "members:join",
        _("Join the taskforce"),
        _("The taskforce is open to everybody who wants to help more buy social."),
    ),
    (
        "open_data:index",
        _("Open data"),
        _("What everybody may read in the portal, as files and through an API, free to use."),
    ),
)
COLUMNS = ("view", "argument", "language", "title", "text")


@transaction.atomic
def gather() -> None:
    """Bring the table up to date with what the pages say."""
    standing = {row for language, _name in settings.LANGUAGES for row in _pages(language)}
    kept = {tuple(row): pk for pk, *row in PortalPage.objects.values_list("pk", *COLUMNS)}
    PortalPage.objects.filter(pk__in=[kept[row] for row in kept.keys() - standing]).delete()
    new = (PortalPage(**dict(zip(COLUMNS, row, strict=True))) for row in standing - kept.keys())
    PortalPage.objects.bulk_create(new, ignore_conflicts=True)


def _pages(language: str) -> Iterator[tuple[str, ...]]:
    with override(language):
        for page, view in ADDRESSES.items():
            text = texts.shown(page)
            yield view, "", language, text.title, f"{text.lead}\n{as_text(text.html)}"
        for listed, title, about in LISTS:
            yield listed, "", language, str(title), str(about)
        for dataset in ALL:
            named = f"{_('Open data')}: {dataset.title}"
            yield "open_data:dataset", dataset.name, language, named, str(dataset.about)
        for measure in MEASURES:
            named = f"{_('Results')}: {measure.label % 0}"
            yield "results:rows", measure.key, language, named, str(measure.about)
