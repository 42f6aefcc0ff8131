"""Why two voters cannot become one: each has a vote in a round that is open."""

from typing import Any

from django.utils.translation import gettext as _

from barriers.models import Eligible, PrioritisationRound
from taskforce.members.models import Member


def why_not(gone: Any, kept: Any) -> str:
    """Return in a sentence why two organisations or two members stay apart; empty if nothing."""
    voters = Eligible.objects.filter(round__closed_at=None)
    if isinstance(gone, Member):
        both = [voters.filter(member=one) for one in (gone, kept)]
    else:
        both = [voters.filter(member=None, organisation=one) for one in (gone, kept)]
    rounds = PrioritisationRound.objects.all()
    for one in both:
        rounds = rounds.filter(pk__in=one.values("round"))
    if voting := rounds.first():
        return _("Both vote in “%(round)s”. Merge them once it has closed.") % {"round": voting}
    return ""
