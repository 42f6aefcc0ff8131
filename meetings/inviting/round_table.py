"""Round-table news: each organisation writes its own before the meeting, colleagues together."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, MeetingState, Minutes, RoundTableNews
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.forms import VersionedForm
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.members.models import Member

LONGEST = 10_000  # characters


class RoundTableForm(VersionedForm[RoundTableNews]):
    text = RichTextField(
        label=_("Our news"),
        max_length=LONGEST,
        help_text=_("An empty line starts a paragraph, and a line that begins with - is a point."),
    )

    class Meta:
        model = RoundTableNews
        fields = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_from(self, "text")

    def refuse_late(self) -> None:
        self.add_error(
            None,
            _("The minutes are begun, so your news was not taken. Send it to the secretariat."),
        )


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
