"""Follows, how often somebody is told of which kind of event, and what they were told.

Whoever is told is a user, or a follower: a stranger with a confirmed address.
"""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Activity
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import How as How
from taskforce.core.models import Versioned
from taskforce.members.models import User, Viewer
from taskforce.members.roles import is_secretariat

CONFIRM_WITHIN = timedelta(hours=48)
ONE_OF_THE_TWO = Q(user=None, follower__isnull=False) | Q(user__isnull=False, follower=None)


class Weekday(models.IntegerChoices):
    MONDAY = 0, WEEKDAYS[0]
    TUESDAY = 1, WEEKDAYS[1]
    WEDNESDAY = 2, WEEKDAYS[2]
    THURSDAY = 3, WEEKDAYS[3]
    FRIDAY = 4, WEEKDAYS[4]
    SATURDAY = 5, WEEKDAYS[5]
    SUNDAY = 6, WEEKDAYS[6]


def new_key() -> str:
    return get_random_string(32)


class FollowerQuerySet(models.QuerySet["Follower"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)


class Follower(models.Model):
    """A stranger who follows something by their address. Nobody is told before it is confirmed."""

    email = models.EmailField(_("e-mail"), unique=True)  # in lower case
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.email


class FollowRequestQuerySet(models.QuerySet["FollowRequest"]):
    def waiting(self) -> Self:
        return self.filter(confirmed_at=None, asked_at__gte=timezone.now() - CONFIRM_WITHIN)


class FollowRequest(models.Model):
    """A stranger asked to follow something; nothing comes of it before they confirm by mail."""

    email = models.EmailField(_("e-mail"))  # in lower case
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    target_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    target_id = models.PositiveBigIntegerField(null=True)
    words = models.CharField(_("search words"), max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    objects = FollowRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to follow")
        verbose_name_plural = _("requests to follow")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="follow_request_once",
                fields=["email", "target_type", "target_id", "words"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def what(self) -> dict[str, Any]:
        """The fields by which a follow names the same."""
        return {
            "target_type": self.target_type,
            "target_id": self.target_id,
            "words": self.words,
        }


class OfReader(models.QuerySet[Any]):
    """Rows that belong to somebody who is told."""

    def of(self, reader: "User | Follower") -> Self:
        return self.filter(**whose(reader))


def whose(reader: User | Follower) -> dict[str, Any]:
    """Return the field that names somebody who is told, for a filter or a new row."""
    return {"user" if isinstance(reader, User) else "follower": reader}


def sees_as(reader: User | Follower) -> Viewer:
    """Return with whose eyes somebody who is told reads the portal."""
    return reader if isinstance(reader, User) else AnonymousUser()


class ByReader(models.Model):
    """A row that belongs to a user or to a follower."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    follower = models.ForeignKey(Follower, models.CASCADE, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def reader(self) -> User | Follower:
        found = self.user or self.follower
        assert found is not None  # noqa: S101  # the database holds it
        return found


class Follow(ByReader):
    """Somebody follows one thing, words in a search, or the newsletter (neither of the two).

    The thing is named by its id only, as in the activity: its title and who sees it are read
    through it. Without `how`, the kind of event says how often.
    """

    target_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    target_id = models.PositiveBigIntegerField(null=True)
    words = models.CharField(_("search words"), max_length=200, blank=True)
    how = models.CharField(_("how often"), max_length=8, choices=How, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = OfReader.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ["pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="following_target")]
        constraints = [
            models.CheckConstraint(name="following_by_one", condition=ONE_OF_THE_TWO),
            models.CheckConstraint(
                name="following_thing_or_words",
                condition=Q(target_type=None, target_id=None)
                | Q(target_type__isnull=False, target_id__isnull=False, words=""),
            ),
            models.UniqueConstraint(
                name="following_once",
                fields=["user", "follower", "target_type", "target_id", "words"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(_("follow"))

    def comes_back(self, **kept: int) -> bool:
        """Tell whether it comes back when a merge is taken apart that dropped it as a double.

        Whoever ended the one that was kept ended both.
        """
        columns = ("user", "follower", "target_type", "target_id", "words")
        own = {column: getattr(self, column) for column in columns}
        return Follow.objects.filter(**own | kept).exists()


class Rhythm(models.Model):
    """When a user gets digests, in Copenhagen; until when none; and whether only what asks."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(
        _("weekday"), choices=Weekday, default=Weekday.TUESDAY
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"), default=8, validators=[MaxValueValidator(23)]
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    only_asked = models.BooleanField(_("only what asks something of me"), default=False)
    # A digest that was due before is not sent after: it comes at the time that was chosen.
    changed_at = models.DateTimeField(auto_now=True, null=True)

    class Meta:
        verbose_name = _("rhythm of mail")
        verbose_name_plural = _("rhythms of mail")
        constraints = [
            models.CheckConstraint(
                name="rhythm_within_a_week", condition=Q(weekday__lte=6, hour__lte=23)
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.hour}"

    def is_paused(self, day: date) -> bool:
        return self.paused_until is not None and day < self.paused_until


class Digest(ByReader):
    """What somebody was told at once, of the moments from `begins_at` to before `ends_at`.

    A run with nothing to tell is kept too, so that the next one begins where it ended.
    """

    stays_behind = True

    how = models.CharField(max_length=8, choices=How)  # daily or weekly
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    events = models.PositiveIntegerField(default=0)

    objects = OfReader.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-ends_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="digest_to_one", condition=ONE_OF_THE_TWO),
            models.CheckConstraint(
                name="digest_has_a_length", condition=Q(ends_at__gt=models.F("begins_at"))
            ),
            models.UniqueConstraint(
                name="digest_begins_once",
                fields=["user", "follower", "how", "begins_at"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%F %R} – {self.ends_at:%F %R}"


class Told(ByReader):
    """Somebody was told of one event, at once (without a digest) or in one: never twice."""

    stays_behind = True

    event = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, related_name="told")
    at = models.DateTimeField(default=timezone.now)

    objects = OfReader.as_manager()

    class Meta:
        verbose_name = _("event that was told")
        verbose_name_plural = _("events that were told")
        constraints = [
            models.CheckConstraint(name="told_to_one", condition=ONE_OF_THE_TWO),
            models.UniqueConstraint(
                name="told_once", fields=["user", "follower", "event"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}"


class Visit(models.Model):
    """When a member last opened a thing, and when on the visit to it before that."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    opened_at = models.DateTimeField(default=timezone.now, db_index=True)
    before = models.DateTimeField(null=True)

    stays_behind = True  # where two accounts become one

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["user", "target_type", "target_id"], name="visit_once")
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"


class Reminder(models.Model):
    """Somebody was reminded of one thing and date (`following.reminding`): never twice."""

    stays_behind = True

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    row = models.CharField(max_length=40, blank=True)  # where nobody logs in, such as a guest's
    of = models.CharField(max_length=80)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder that was sent")
        verbose_name_plural = _("reminders that were sent")
        constraints = [
            models.UniqueConstraint(
                name="reminded_once", fields=["of", "user", "row"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="reminder_to_one",
                condition=Q(user=None) & ~Q(row="") | Q(user__isnull=False, row=""),
            ),
        ]

    def __str__(self) -> str:
        return self.of


class NewsletterQuerySet(SearchQuerySet["Newsletter"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A newsletter is public once it was sent; the next one is the secretariat's."""
        return self if is_secretariat(viewer) else self.sent()

    def with_own_page(self) -> Self:
        return self.sent()

    def sent(self) -> Self:
        return self.exclude(sent_at=None)

    def waiting(self) -> Self:
        """Return the next one, if somebody or the worker has begun it."""
        return self.filter(sent_at=None)

    def introducing(self, reader: "User | Follower", begins: datetime, ends: datetime) -> Self:
        """Return those with an introduction that a digest with these bounds carries along.

        Whoever got the newsletter itself has read it there.
        """
        got = NewsletterCopy.objects.sent().to(reader).values("newsletter")
        found = self.sent().filter(ends_at__gt=begins, ends_at__lte=ends).exclude(pk__in=got)
        return found.exclude(introduction="").order_by("ends_at")


class Newsletter(Versioned):
    """What became public from `begins_at` to before `ends_at`, as it was sent to its followers.

    One row is the next newsletter. It begins where the last one ended, and goes on the first
    Tuesday that is not before `not_before`.
    """

    introduction = models.TextField(_("introduction"), blank=True)  # clean HTML
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    not_before = models.DateField(null=True)
    day = models.DateField(_("day"), null=True, unique=True)  # of sending, in its address
    sent_at = models.DateTimeField(_("sent"), null=True)
    copies = models.PositiveIntegerField(_("copies"), default=0)
    events = models.ManyToManyField(Activity, related_name="+")
    search = search_field("introduction")

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = [models.F("day").desc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                name="newsletter_one_is_next",
                fields=["sent_at"],
                condition=Q(sent_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="newsletter_is_sent_whole",
                condition=Q(sent_at=None, ends_at=None, day=None)
                | Q(sent_at__isnull=False, day__isnull=False, ends_at__gt=models.F("begins_at")),
            ),
        ]

    def __str__(self) -> str:
        title = _("Since last in the taskforce")
        return f"{title}, {date_format(self.day, 'DATE_FORMAT')}" if self.day else str(title)

    def get_absolute_url(self) -> str:
        if self.day is None:
            return reverse("following:next_newsletter")
        return reverse("following:newsletter", args=[self.day.isoformat()])


class NewsletterCopyQuerySet(models.QuerySet["NewsletterCopy"]):
    def to(self, reader: User | Follower) -> Self:
        return self.filter(follow__in=Follow.objects.of(reader))

    def sent(self) -> Self:
        return self.exclude(sent_at=None)

    def waiting(self) -> Self:
        return self.filter(sent_at=None)


class NewsletterCopy(models.Model):
    """A follower's copy of a newsletter; it waits where their address took no mail that day."""

    stays_behind = True

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="letters")
    follow = models.ForeignKey(Follow, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True)

    objects = NewsletterCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a newsletter")
        verbose_name_plural = _("copies of newsletters")
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "follow"], name="newsletter_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.newsletter_id}/{self.follow_id}"
