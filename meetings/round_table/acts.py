"""Write the round-table news of an organisation."""

from typing import Any

from django.db import transaction

from meetings.models import Meeting, MeetingState, Minutes, RoundTableNews
from meetings.round_table.forms import RoundTableForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
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
def write(*, form: RoundTableForm, by: Member) -> bool:
    """Save an organisation's news; False where it was not, which the form then says why."""
    news = form.instance
    meeting = Meeting.objects.select_for_update().get(pk=news.meeting_id)
    if not takes_news(meeting):
        form.refuse_late()
        return False
    if is_first := news.pk is None:
        _make_room(news)
    news.written_by = by
    if not form.save_unless_changed():
        return False
    record(Verb.ADDED if is_first else Verb.CHANGED, news, by=by.user)
    return True


def _make_room(news: RoundTableNews) -> None:
    """Give news that nobody wrote before a row, so that of two first writers one is the second."""
    key: dict[str, Any] = {"meeting": news.meeting, "organisation": news.organisation}
    row, _created = RoundTableNews.objects.get_or_create(**key)
    news.pk = row.pk
    news._state.adding = False
