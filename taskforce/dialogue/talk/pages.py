"""What pages show of talk, as the viewer may read it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from meetings.agenda import linking, proposing
from meetings.models import Meeting
from meetings.models import Outcome as Decision
from taskforce.core.prepared import prepared
from taskforce.dialogue.models import Asked, Contribution, Hiding, Mention
from taskforce.dialogue.talk.contributing import is_read_by_all
from taskforce.dialogue.talk.forms import ContributionForm
from taskforce.dialogue.talk.locking import is_open, is_own, may_mark
from taskforce.dialogue.things import Outcome, models_of_talk, talk_of
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat, membership


@dataclass
class Entry:
    """A contribution in its talk, and what the viewer may do with it."""

    contribution: Any
    replies: list["Entry"] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)  # as the viewer may read them
    hiding: Hiding | None = None
    moved_from: str = ""  # the title of what it was written about first
    is_answer: bool = False
    may_reply: bool = False
    may_edit: bool = False
    may_take_away: bool = False
    may_hide: bool = False
    may_mark: bool = False


@dataclass(frozen=True)
class Talk:
    """The talk about a thing, as its page shows it."""

    thing: models.Model
    key: str
    entries: list[Entry]
    number: int  # of contributions and replies whose words stand
    is_public: bool
    may_be_public: bool
    is_open: bool
    outcome: Outcome | None
    form: ContributionForm | None
    decisions: list[Decision]
    meeting: Meeting | None  # whose agenda takes a proposal from the talk
    about: str  # the thing's key for that proposal


def talk_about(thing: models.Model, viewer: Viewer) -> Talk | None:
    """Return the talk about a thing that the viewer sees; None where they read none of it."""
    talk, member = talk_of(type(thing)), membership(viewer)
    is_public = talk.may_be_public and is_read_by_all(thing)
    if not (member or is_public):
        return None
    goes_on = is_open(thing)
    entries, number = _entries(thing, viewer, member, goes_on)
    if not (entries or (goes_on and member)):
        return None
    return Talk(
        thing=thing,
        key=talk.key,
        entries=entries,
        number=number,
        is_public=is_public,
        may_be_public=talk.may_be_public and is_secretariat(viewer),
        is_open=goes_on,
        outcome=None if goes_on else talk.outcome(thing),
        form=_form(is_public) if goes_on and member else None,
        decisions=[*linking.decided_about(thing, viewer)],
        **_carried_on(thing, talks=bool(goes_on and member and number)),
    )


def _carried_on(thing: models.Model, *, talks: bool) -> dict[str, Any]:
    """Return to which meeting's agenda members may carry the talk."""
    key = linking.key_of_thing(thing) if talks else ""
    return {"about": key, "meeting": proposing.next_meeting() if key else None}


def _form(is_public: bool) -> ContributionForm:
    return ContributionForm(asks=False, initial={"for_all": is_public})


def _entries(
    thing: models.Model, viewer: Viewer, member: Member | None, goes_on: bool
) -> tuple[list[Entry], int]:
    rows = _in_talk(viewer, ContentType.objects.get_for_model(thing).pk, thing.pk)
    if rows:
        prefetch_related_objects(rows, *_beside_words(viewer))
    hidings = {each.contribution_id: each for each in Hiding.objects.standing().on(rows)}
    titles = _titles(thing, rows, viewer)
    by_key: dict[int | None, Entry] = {}
    for row in rows:
        entry = by_key[row.pk] = Entry(row, hiding=hidings.get(row.pk))
        entry.mentions = _mentioned(row)
        entry.moved_from = titles.get(row.moved_from, "")
    for entry in by_key.values():
        if above := by_key.get(entry.contribution.parent_id):
            above.replies.append(entry)
        asks = above and above.contribution.answered_by_id
        entry.is_answer = asks == entry.contribution.pk
        if member is not None:
            _allow(entry, above, member, goes_on)
    first = [entry for entry in by_key.values() if entry.contribution.parent_id not in by_key]
    return first, sum(row.is_spoken for row in rows)


def _mentioned(row: Any) -> list[str]:
    """Return whom a contribution mentions: who does not show their name, by their organisation."""
    found = (
        each.organisation.name if each.organisation else each.person or each.seat
        for each in row.mentions.all()
    )
    return [name for name in found if name]


def _allow(entry: Entry, above: Entry | None, member: Member, goes_on: bool) -> None:
    """Say what a member may do with a contribution; the acts ask again."""
    row, own = entry.contribution, is_own(entry.contribution, member)
    entry.may_reply = goes_on and above is None and row.is_spoken
    entry.may_edit = goes_on and own and row.is_spoken
    entry.may_take_away = own and row.withdrawn_at is None
    entry.may_hide = is_secretariat(member.user) and row.is_spoken
    entry.may_mark = (
        goes_on
        and row.is_spoken
        and above is not None
        and above.contribution.is_spoken
        and may_mark(above.contribution, member)
    )


@prepared
def _in_talk(viewer: Viewer, kind: int, key: int) -> QuerySet[Any]:
    rows = Contribution.objects.in_talk_of(viewer).filter(target_type=kind, target_id=key)
    return _with_author(rows, viewer)


def with_words(rows: QuerySet[Contribution], viewer: Viewer) -> QuerySet[Any]:
    """Add what a page tells of contributions: who wrote them, as they agreed, and whom they ask."""
    return _with_author(rows, viewer).prefetch_related(*_beside_words(viewer))


def _with_author(rows: QuerySet[Contribution], viewer: Viewer) -> QuerySet[Any]:
    person = Subquery(_name_of("written_by", viewer))
    return rows.select_related("organisation").annotate(person=person)


def _name_of(user: str, viewer: Viewer) -> QuerySet[Any, Any]:
    people = Member.objects.current().visible_to(viewer).filter(user=OuterRef(user))
    return people.values("user__name")[:1]


def _beside_words(viewer: Viewer) -> list[str | Prefetch[Any]]:
    seat = Member.objects.current().filter(user=OuterRef("user")).values("organisation__name")[:1]
    mentions = Mention.objects.select_related("organisation").annotate(
        person=Subquery(_name_of("user", viewer)), seat=Subquery(seat)
    )
    answers = Asked.objects.visible_to(viewer).select_related("question")
    return ["earlier", Prefetch("mentions", mentions), Prefetch("of_answer", answers)]


def _titles(thing: models.Model, rows: list[Contribution], viewer: Viewer) -> dict[int | None, str]:
    moved = {row.moved_from for row in rows if row.moved_from}
    there = talk_of(type(thing)).seen(viewer).filter(pk__in=moved)
    return {each.pk: str(each) for each in there}


def unanswered(viewer: Viewer) -> QuerySet[Any]:
    """Return the questions without an answer whose talk goes on, the longest waiting first."""
    rows = Contribution.objects.visible_to(viewer).open().unanswered()
    return beside_their_things(with_words(rows, viewer), viewer)


def beside_their_things(rows: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """Fetch what contributions are about along with them."""
    seen = [talk.seen(viewer).select_related() for _kind, talk in models_of_talk()]
    return rows.prefetch_related(GenericPrefetch("target", seen))


def log(viewer: Viewer) -> QuerySet[Any]:
    """Return what was hidden and shown again, the latest first."""
    readable = Contribution.objects.in_talk_of(viewer)
    rows = Hiding.objects.filter(contribution__in=readable)
    contributions = beside_their_things(readable.select_related("organisation"), viewer)
    return rows.select_related("by", "undone_by").prefetch_related(
        Prefetch("contribution", contributions)
    )
