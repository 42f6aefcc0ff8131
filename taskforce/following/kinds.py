"""Kinds of events, and how often somebody is told of each if they did not choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.following.models import How


class Kind(models.TextChoices):
    """What a member chooses for; in the order of the page."""

    # What they follow
    BARRIERS = "followed_barriers", _("Barriers that you follow")
    INITIATIVES = "followed_initiatives", _("Initiatives that you follow")
    CASES = "followed_cases", _("Good examples that you follow")
    CALLS = "followed_calls", _("EU calls that you follow")
    CONSORTIA = "followed_consortia", _("Consortia that you follow")
    MEETINGS = "followed_meetings", _("Meetings that you follow")
    ORGANISATIONS = "followed_organisations", _("Organisations that you follow")
    THEMES = "followed_themes", _("Themes that you follow")
    WORDS = "followed_words", _("Search words that you follow")
    TALK = "followed_talk", _("Talk that you take part in")
    # News from the taskforce, whether they follow it or not
    NEW_MINUTES = "new_minutes", _("Minutes and corrections")
    NEW_MEETINGS = "new_meetings", _("Meetings that are planned, moved or cancelled")
    NEW_BARRIERS = "new_barriers", _("New barriers")
    NEW_RESULTS = "new_results", _("Results of prioritisation rounds")
    NEW_INITIATIVES = "new_initiatives", _("New initiatives")
    NEW_CASES = "new_cases", _("New good examples")
    NEW_CALLS = "new_calls", _("New EU calls")
    NEW_ORGANISATIONS = "new_organisations", _("New organisations")
    NEWS = "news", _("News")


FOLLOWED = (
    *(Kind.BARRIERS, Kind.INITIATIVES, Kind.CASES, Kind.CALLS, Kind.CONSORTIA),
    *(Kind.MEETINGS, Kind.ORGANISATIONS, Kind.THEMES, Kind.WORDS, Kind.TALK),
)
NEW = tuple(kind for kind in Kind if kind not in FOLLOWED)
DEFAULT = dict.fromkeys(Kind, How.WEEKLY) | {
    Kind.CALLS: How.AT_ONCE,
    Kind.CONSORTIA: How.AT_ONCE,
}
