"""Consent in minutes: whose name may show, and which texts name somebody without consent."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from meetings.checking.names import Names, sentence_around, tidy
from meetings.models import Attendance, MeetingState, Minutes, MinutesEntry
from taskforce.core.relations import related, visible
from taskforce.core.rich_text import as_html
from taskforce.members.models import Member, NameVisibility, Organisation, User, Viewer

# Every tag but these begins a new word: "<p>Ea</p><p>Holm</p>" is two words.
BEGINS_A_WORD = re.compile(r"<(?!/?(?:strong|em|a)\b)")


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
class Place:
    """Where a name stands: what is before it in its sentence, the name as written, what follows."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Text:
    """A text that everybody reads once the minutes are published, and where to fix it."""

    kind: str | Promise
    title: str
    url: str
    words: str
    row: Any = None  # what holds it, where a name in it can be replaced with one click
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """Another for each row."""
        return f"{self.row._meta.model_name}-{self.row.pk}" if self.row else ""


@dataclass(frozen=True)
class HiddenName:
    """A name whose owner did not agree to show it, and the texts that hold it.

    A first name or a surname alone may be that of several people.
    """

    name: str
    texts: list[Text]
    owners: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()  # what may stand instead of the name

    @property
    def is_alone(self) -> bool:
        return self.owners != (self.name,)

    @property
    def whose(self) -> str:
        return ", ".join(self.owners)


def names_in_text(minutes: Minutes, viewer: Viewer) -> list[HiddenName]:
    """Return the names in the texts of the minutes whose owners did not agree to show them.

    First those in full, then first names and surnames alone. No rule of visibility reaches into
    a text, so a person must look before publishing.
    """
    hidden, organisations = _hidden_people(minutes)
    looked_for = Names(hidden, _shown_names())
    found: dict[tuple[bool, str], list[Text]] = defaultdict(list)
    for text in _texts(minutes, viewer):
        words = tidy(text.words)
        places: dict[tuple[bool, str], list[Place]] = defaultdict(list)
        for name in looked_for.find(words):
            place = Place(*sentence_around(words, name.start, name.end))
            if place not in places[name.is_alone, name.name]:
                places[name.is_alone, name.name].append(place)
        for key, those in places.items():
            found[key].append(replace(text, places=tuple(those)))
    return [
        HiddenName(
            name,
            found[is_alone, name],
            owners := tuple(looked_for.alone[name]) if is_alone else (name,),
            tuple(sorted({organisations[owner] for owner in owners} - {""})),
        )
        for is_alone, name in sorted(found)
    ]


def names_of(hidden: Iterable[str]) -> Names:
    """Return these names to look for, but not within names that may show."""
    return Names(hidden, _shown_names())


def name_finder() -> Callable[[str], bool]:
    """Return a function that tells whether a text names somebody who did not agree to it."""
    names = names_of(_all_hidden())

    def names_somebody(html: str) -> bool:
        return any(True for _found in names.find(tidy(_words(html))))

    return names_somebody


def hidden_names_among(html: str, *, alone: bool = True) -> tuple[str, ...]:
    """Return the names in a text whose owners did not agree to show them to everybody.

    `alone`: first names and surnames alone, too; those may be words as well.
    """
    found = names_of(_all_hidden()).find(tidy(_words(html)))
    return tuple(sorted({name.name for name in found if alone or not name.is_alone}))


def _all_hidden() -> set[str]:
    listed = Attendance.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    return {*listed.values_list("name", flat=True), *hidden_members().values()}


def _shown_names() -> set[str]:
    """Return the names within which no name alone counts: organisations, and who agreed."""
    public = {"name_visibility": NameVisibility.PUBLIC}
    found = Organisation.objects.order_by().values_list("name")
    return {
        name
        for (name,) in found.union(
            Attendance.objects.order_by().values_list("organisation_name"),
            Attendance.objects.order_by().filter(**public).values_list("name"),
            Member.objects.order_by().filter(**public).values_list("user__name"),
        )
    }


def _texts(minutes: Minutes, viewer: Viewer) -> Iterator[Text]:
    """Yield every text that publishing the minutes shows."""
    meeting = minutes.meeting
    page = meeting.get_absolute_url()
    for item in meeting.agenda.all():
        url = f"{page}#dagsorden"
        yield _text(_("Agenda item"), item.title, url, _words(item.details), row=item)
    statements = visible(MinutesEntry, "statements", viewer).select_related("barrier")
    for entry in minutes.entries.prefetch_related(Prefetch("statements", statements)):
        words = _words(entry.text)
        url = entry.get_absolute_url()
        yield _text(_("Passage"), entry.heading or words, url, words, row=entry)
        for statement in entry.statements.all():
            yield _text(_("Statement"), statement.text, statement.get_edit_url(), row=statement)
    for outcome in minutes.outcomes.exclude(decision="").select_related("minutes__meeting"):
        yield _text(_("Decision"), outcome.decision, outcome.get_absolute_url(), row=outcome)
    for point in related(meeting, "action_points", viewer):
        url = point.get_absolute_url()
        yield _text(_("Action point"), point.what, url, point.note, row=point)
    for material in related(meeting, "materials", viewer):
        yield _text(_("Material"), material.title, f"{page}#materiale", row=material)
    for organisation in meeting.attendances.present().values_list("organisation_name", flat=True):
        yield _text(_("Participant"), organisation, f"{page}#deltagere")
    for correction in related(minutes, "corrections", viewer):
        yield _text(_("Correction"), correction.text, f"{page}#rettelser")


def _words(html: str) -> str:
    """Return the words of clean HTML, or of typed text, as people read them."""
    return unescape(strip_tags(BEGINS_A_WORD.sub(" <", as_html(html))))


def _text(kind: Promise | str, title: str, url: str, more: str = "", *, row: Any = None) -> Text:
    # The bar is no word: no name begins in a title and ends in a text.
    return Text(kind, Truncator(title.strip()).chars(60), url, f"{title} | {more}", row)


def _hidden_people(minutes: Minutes) -> tuple[set[str], dict[str, str]]:
    """Return the names to look for, and the organisation of each."""
    members = Member.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    at_meeting = minutes.meeting.attendances.exclude(name_visibility=NameVisibility.PUBLIC)
    organisations = dict(members.values_list("user__name", "organisation__name"))
    organisations |= dict(at_meeting.values_list("name", "organisation_name"))
    return {*organisations}, organisations


def hidden_members() -> dict[int, str]:
    """Return the names of members who did not agree to show them to everybody, by their key."""
    members = Member.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    return dict(members.values_list("pk", "user__name"))
