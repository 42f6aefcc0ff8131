"""Consent in minutes: whose name may show, and which texts name somebody without consent."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from django.db import transaction
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, MeetingState, Minutes, MinutesEntry
from taskforce.core.relations import related, visible
from taskforce.core.rich_text import as_html
from taskforce.members.models import Member, NameVisibility, User, Viewer

# Every tag but these begins a new word: "<p>Ea</p><p>Holm</p>" is two words.
BEGINS_A_WORD = re.compile(r"<(?!/?(?:strong|em|a)\b)")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # within a word


@transaction.atomic
def take_name_off(*, user: User) -> User:
    """Hide a person's name wherever it shows as a name, in past meetings too."""
    Member.objects.filter(user=user).update(name_visibility=NameVisibility.NOBODY)
    Attendance.objects.filter(member__user=user).update(name_visibility=NameVisibility.NOBODY)
    return user


def follow_profile(*, member: Member) -> Member:
    """Copy name and visibility from a member's profile to the planned meetings."""
    planned = Attendance.objects.filter(member=member, meeting__state=MeetingState.PLANNED)
    planned.update(name=member.user.name, name_visibility=member.name_visibility)
    return member


@dataclass(frozen=True)
class Text:
    """A text that everybody reads once the minutes are published, and where to fix it."""

    kind: str | Promise
    title: str
    url: str
    words: str


@dataclass(frozen=True)
class HiddenName:
    """A name whose owner did not agree to show it, and the texts that hold it."""

    name: str
    texts: list[Text]


def names_in_text(minutes: Minutes, viewer: Viewer) -> list[HiddenName]:
    """Return the names in the texts of the minutes whose owners did not agree to show them.

    No rule of visibility reaches into a text, so a person must look before publishing.
    """
    texts = [(text, plain(text.words)) for text in _texts(minutes, viewer)]
    found = []
    for name in sorted(_hidden_names(minutes)):
        naming = [text for text, words in texts if stands_in(plain(name), words)]
        if naming:
            found.append(HiddenName(name, naming))
    return found


def stands_in(name: str, words: str) -> bool:
    """Tell whether a name stands among words, also in the genitive; both are plain.

    "Ib Dam" stands in "Ib Dams plan", and not in "Ib Damgaards plan".
    """
    if not name or name not in words:
        return False
    return bool(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", words))


def name_finder() -> Callable[[str], bool]:
    """Return a function that tells whether a text names somebody who did not agree to it."""
    names = _all_hidden()

    def names_somebody(html: str) -> bool:
        words = plain(_words(html))
        return any(stands_in(plain(name), words) for name in names)

    return names_somebody


def hidden_names_among(html: str) -> tuple[str, ...]:
    """Return the names in a text whose owners did not agree to show them to everybody."""
    words = plain(_words(html))
    return tuple(sorted(name for name in _all_hidden() if stands_in(plain(name), words)))


def _all_hidden() -> set[str]:
    listed = Attendance.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    return {*listed.values_list("name", flat=True), *hidden_members().values()}


def plain(text: str) -> str:
    """Return text in one spelling, so that the same words compare as equal."""
    seen = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    return " ".join(seen.casefold().split())


def _texts(minutes: Minutes, viewer: Viewer) -> Iterator[Text]:
    """Yield every text that publishing the minutes shows."""
    meeting = minutes.meeting
    page = meeting.get_absolute_url()
    for item in meeting.agenda.all():
        yield _text(_("Agenda item"), item.title, f"{page}#dagsorden", _words(item.details))
    statements = visible(MinutesEntry, "statements", viewer).select_related("barrier")
    for entry in minutes.entries.prefetch_related(Prefetch("statements", statements)):
        words = _words(entry.text)
        yield _text(_("Passage"), entry.heading or words, entry.get_absolute_url(), words)
        for statement in entry.statements.all():
            yield _text(_("Statement"), statement.text, statement.get_edit_url())
    for outcome in minutes.outcomes.exclude(decision="").select_related("minutes__meeting"):
        yield _text(_("Decision"), outcome.decision, outcome.get_absolute_url())
    for point in related(meeting, "action_points", viewer):
        yield _text(_("Action point"), point.what, point.get_absolute_url(), point.note)
    for material in related(meeting, "materials", viewer):
        yield _text(_("Material"), material.title, f"{page}#materiale")
    for organisation in meeting.attendances.present().values_list("organisation_name", flat=True):
        yield _text(_("Participant"), organisation, f"{page}#deltagere")
    for correction in related(minutes, "corrections", viewer):
        yield _text(_("Correction"), correction.text, f"{page}#rettelser")


def _words(html: str) -> str:
    """Return the words of clean HTML, or of typed text, as people read them."""
    return unescape(strip_tags(BEGINS_A_WORD.sub(" <", as_html(html))))


def _text(kind: Promise | str, title: str, url: str, more: str = "") -> Text:
    # The bar is no word: no name begins in a title and ends in a text.
    return Text(kind, Truncator(title.strip()).chars(60), url, f"{title} | {more}")


def _hidden_names(minutes: Minutes) -> set[str]:
    at_meeting = minutes.meeting.attendances.exclude(name_visibility=NameVisibility.PUBLIC)
    return {*at_meeting.values_list("name", flat=True), *hidden_members().values()}


def hidden_members() -> dict[int, str]:
    """Return the names of members who did not agree to show them to everybody, by their key."""
    members = Member.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    return dict(members.values_list("pk", "user__name"))
