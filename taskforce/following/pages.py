"""What the pages of following show: what somebody follows, why, and how often they are told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from taskforce.core import unasked
from taskforce.core.models import How
from taskforce.core.prepared import prepared
from taskforce.following import digests
from taskforce.following.forms import ChoicesForm, FollowedForm, field_of
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Follower, Rhythm, sees_as
from taskforce.following.resolving import Near, Reason, Why, resolve
from taskforce.following.things import kind_of, near, reads_of
from taskforce.members.models import User, Viewer

WHY: dict[str, StrOrPromise] = {
    Why.THING: gettext_lazy("As you chose here: %(how)s"),
    Why.THEME: gettext_lazy("As its theme says: %(how)s"),
    Why.KIND: gettext_lazy("As you chose for the kind: %(how)s"),
    Why.DEFAULT: gettext_lazy("As for everybody: %(how)s"),
}


HINTS: dict[str, StrOrPromise] = {
    Kind.BARRIERS: gettext_lazy("New statements, initiatives and solutions"),
    Kind.INITIATIVES: gettext_lazy("Updates, and how it ends"),
    Kind.CALLS: gettext_lazy("Changed dates and rules"),
    Kind.CONSORTIA: gettext_lazy("Partners, suggestions and dates"),
    Kind.MEETINGS: gettext_lazy("Agenda, minutes and corrections"),
    Kind.ORGANISATIONS: gettext_lazy("What they raise, begin and tell"),
    Kind.THEMES: gettext_lazy("All that is new on a theme"),
    Kind.TALK: gettext_lazy("Answers to you, and who mentions you"),
    Kind.NEW_MINUTES: gettext_lazy("When minutes are published"),
}


def choices_form(data: Any, user: User) -> ChoicesForm:
    rhythm = Rhythm.objects.filter(user=user).first() or Rhythm(user=user)
    return ChoicesForm(data, user=user, rhythm=rhythm, follows=[*Follow.objects.of(user)])


def choices_page(form: ChoicesForm, user: User) -> dict[str, Any]:
    """Return the page on which a member chooses what they hear of, and how often."""
    sections = (
        (_("What you are asked for"), form.asked()),
        (_("What you follow"), form.followed()),
        (_("News from the taskforce"), form.news()),
    )
    return {
        "form": form,
        "sections": [Section(heading, fields) for heading, fields in sections],
        "followed": followed(user, unasked.chosen_by(user.pk), form),
        "rhythm": form.rhythm,
        "previews": digests.preview(user, timezone.now()),
    }


@dataclass(frozen=True)
class Section:
    """Kinds that are chosen for together; they are folded, and their levels are counted."""

    heading: str
    fields: list[BoundField]

    @property
    def kinds(self) -> list[tuple[BoundField, StrOrPromise]]:
        return [(field, HINTS.get(field.name, "")) for field in self.fields]

    @property
    def levels(self) -> str:
        chosen = Counter(field.value() for field in self.fields)
        return " · ".join(f"{how.label}: {chosen[how]}" for how in How if chosen[how])

    @property
    def errors(self) -> bool:
        return any(field.errors for field in self.fields)


@dataclass(frozen=True)
class Followed:
    """A row of what somebody follows. A thing that they may not see any more has no title."""

    follow: Follow
    title: str
    url: str
    icon: str
    kind: StrOrPromise
    why: str
    field: Any = None


def followed(
    reader: User | Follower, choices: Mapping[str, str], form: FollowedForm
) -> list[Followed]:
    """Return what a form offers to follow no longer, in a query for each kind of thing."""
    seen = fetched(form.follows, reader)
    own = {_key(follow): follow.how for follow in form.follows}
    return [_row(follow, seen, own, choices, form) for follow in form.follows]


def things_followed(user: User) -> list[models.Model]:
    """Return the things that somebody follows and may see, those last followed first."""
    follows = _follows_of_things(user.pk)
    seen = fetched(follows, user, with_themes=False)
    return [seen[key] for follow in follows if (key := _key(follow)) in seen]


@prepared
def _follows_of_things(user: int) -> models.QuerySet[Follow]:
    return Follow.objects.filter(user=user).exclude(target_type=None).order_by("-pk")


def fetched(
    follows: Iterable[Follow], reader: User | Follower, *, with_themes: bool = True
) -> dict[tuple[int, int], models.Model]:
    """Return the things that are followed and that the reader may see today."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for follow in follows:
        if follow.target_type_id and follow.target_id:
            wanted[follow.target_type_id].append(follow.target_id)
    found: dict[tuple[int, int], models.Model] = {}
    for kind, keys in wanted.items():
        model: Any = ContentType.objects.get_for_id(kind).model_class()
        rows = _with_keys(model, sees_as(reader), tuple(keys), with_themes=with_themes)
        found |= {(kind, row.pk): row for row in rows}
    return found


@prepared
def _with_keys(
    model: type[models.Model], viewer: Viewer, keys: tuple[int, ...], *, with_themes: bool
) -> models.QuerySet[Any]:
    """Return rows with what stands in a consortium's address, and what themes are read from."""
    manager: Any = model._default_manager
    rows: models.QuerySet[Any] = manager.visible_to(viewer).filter(pk__in=keys)
    names = {field.name for field in model._meta.fields}
    if with_themes:
        rows = rows.prefetch_related(*reads_of(model))
    return rows.select_related("call") if "call" in names else rows


def _key(follow: Follow) -> Any:
    if follow.target_type_id:
        return (follow.target_type_id, follow.target_id)
    return follow.words


def _row(
    follow: Follow,
    seen: Mapping[Any, models.Model],
    own: Mapping[Any, str],
    choices: Mapping[str, str],
    form: FollowedForm,
) -> Followed:
    field = form[field_of(follow)]
    if not follow.target_type_id:
        return _no_thing(follow, choices, field)
    thing: Any = seen.get(_key(follow))
    if thing is None:
        gone = _("Something that you cannot see at present")
        return Followed(follow, gone, "", "lock", "", _("You hear nothing of it"), field)
    words = _in_words(resolve(near(thing), own, choices))
    url, icon = thing.get_absolute_url(), thing._meta.model_name
    return Followed(follow, str(thing), url, icon, kind_of(type(thing)).label, words, field)


def _no_thing(follow: Follow, choices: Mapping[str, str], field: Any) -> Followed:
    """Return a row of search words, or of the newsletter."""
    if not follow.words:
        url, why = reverse("following:newsletters"), _("It comes once a week, when there is news.")
        return Followed(follow, _("The newsletter"), url, "newsitem", "", why)
    reason = resolve([Near(follow.words, Kind.WORDS)], {follow.words: follow.how}, choices)
    url = f"{reverse('front:search')}?q={follow.words}"
    title = _("Search: %(words)s") % {"words": follow.words}
    return Followed(follow, title, url, "search", Kind.WORDS.label, _in_words(reason), field)


def _in_words(reason: Reason | None) -> str:
    assert reason is not None  # noqa: S101  # what is followed has a level
    return str(WHY[reason.why]) % {"how": reason.how.label.lower()}
