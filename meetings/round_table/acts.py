"""Write the round-table news of an organisation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState, Minutes, RoundTableNews
from meetings.round_table.forms import RoundTableForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def takes_news(meeting: Meeting) -> bool:
    """Tell whether news may be written: until the minutes are begun."""
    begun = Minutes.objects.filter(meeting=meeting)
    return meeting.state == MeetingState.PLANNED and not begun.exists()


def own_news(meeting: Meeting, member: Member) -> RoundTableNews:
    """Return what the member's organisation wrote, or a row that is not saved yet."""
    found = meeting.round_table.filter(organisation=member.organisation).first()
    return found or RoundTableNews(meeting=meeting, organisation=member.organisation)


@transaction.atomic
def write(*, form: RoundTableForm, by: Member) -> RoundTableNews:
    """Save an organisation's news; raises Conflict if a colleague saved first."""
    news = form.instance
    meeting = Meeting.objects.select_for_update().get(pk=news.meeting_id)
    if not takes_news(meeting):
        raise Refused(
            _("The minutes are begun, so your news was not taken. Send it to the secretariat.")
        )
    if is_first := news.pk is None:
        _make_row(news)
    news.written_by = by
    saved = form.save_current()
    record(Verb.ADDED if is_first else Verb.CHANGED, saved, by=by.user)
    return saved


def _make_row(news: RoundTableNews) -> None:
    """Make the row that the version is checked on, unless a colleague made it meanwhile."""
    key: dict[str, Any] = {"meeting": news.meeting, "organisation": news.organisation}
    row, _created = RoundTableNews.objects.get_or_create(**key)
    news.pk = row.pk
    news._state.adding = False
