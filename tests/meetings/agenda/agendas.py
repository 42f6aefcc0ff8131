"""What tests of the agenda share."""

from typing import Any

from meetings.agenda.offers import offers
from meetings.models import AgendaItem, Meeting

HERE = "/moeder/7/dagsorden/"
SEND = f"{HERE}send/"


def titles(meeting: Meeting) -> list[str]:
    return [*meeting.agenda.values_list("title", flat=True)]


def form_of(meeting: Meeting, **typed: Any) -> dict[str, Any]:
    return {"seen": "", "title": "Nyt", "minutes": "", "details": "", **typed}


def seen(browser: Any, item: AgendaItem) -> str:
    value: str = browser.get(f"{HERE}punkt/{item.pk}/").context["form"]["seen"].value()
    return value


def keys(meeting: Meeting) -> list[str]:
    return [offer.key for offer in offers(meeting)]
