"""What pages of the newsletter show."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from taskforce.following.models import Newsletter
from taskforce.following.newsletter import acts, content, due
from taskforce.following.newsletter.forms import SkipForm

LATEST = 5


def on_day(written: str) -> QuerySet[Newsletter]:
    """Return the newsletter of a day in an address; none for what is no day."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return Newsletter.objects.none()
    return Newsletter.objects.sent().filter(day=day)


def upcoming(letter: Newsletter, now: datetime) -> dict[str, Any]:
    """Return what the next newsletter would hold if it went now, and when it goes."""
    goes_on = due.goes_on(letter, now)
    return {
        "letter": letter,
        "sections": content.sections(content.happened(letter.begins_at, now)),
        "goes_at": due.moment(goes_on),
        "is_skipped": due.is_skipped(letter, now),
        "skip": SkipForm(initial={"day": goes_on.isoformat()}),
        "followers": len(acts.followers()),
        "sent": Newsletter.objects.sent()[:LATEST],
    }
