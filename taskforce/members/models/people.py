"""People: who can log in, who is a member for which organisation, and who asks to join."""

from typing import Any, Self

from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.danish import DanishOrder, search_field
from taskforce.core.prepared import prepared
from taskforce.core.relations import known
from taskforce.members.models.organisation import Kind, Organisation


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    SECRETARIAT = "secretariat", _("Secretariat")


class NameVisibility(models.TextChoices):
    """Who may read a person's name; the organisation is always shown."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the taskforce")
    NOBODY = "nobody", _("Nobody; show my organisation only")


class RequestState(models.TextChoices):
    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user. Without a password the person logs in by a code in an e-mail."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in, by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    # A second account of the same person was given up for this one.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )
    # A new key ends every log-in (`members.accounts.sessions`).
    log_in_key = models.CharField(max_length=22, default="", db_default="", editable=False)
    # The latest page of the visit under way, and that of the visit before (`following.visits`).
    seen_at = models.DateTimeField(null=True, editable=False)
    last_visit_at = models.DateTimeField(null=True, editable=False)
    search = search_field("name")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = [DanishOrder("name"), "pk"]
        indexes = [GinIndex(fields=["search"], name="user_search")]
        constraints = [
            # With one spelling of an address, unique is unique.
            models.CheckConstraint(
                name="user_email_in_lower_case", condition=Q(email=Lower(F("email")))
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must match to stay a log-in; Django's own, and the key."""
        known = f"{self.password}{self.log_in_key}"
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, known, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def member(self) -> "Member | None":
        """The person's place in the taskforce today, None for a former member."""
        return next(iter(known(_membership_of(self.pk), user=self)), None)

    @property
    def is_secretariat(self) -> bool:
        return self.member is not None and self.member.role == Role.SECRETARIAT


Viewer = User | AnonymousUser


@prepared
def _membership_of(user: int) -> models.QuerySet["Member"]:
    return Member.objects.current().filter(user=user).select_related("organisation")


def names_shown_to(viewer: Viewer) -> list[NameVisibility]:
    """Return the visibilities of a name that this viewer may read."""
    member = viewer.member if isinstance(viewer, User) else None
    if member is None:
        return [NameVisibility.PUBLIC]
    if member.role == Role.SECRETARIAT:
        return list(NameVisibility)
    return [NameVisibility.PUBLIC, NameVisibility.MEMBERS]


def shown_name(viewer: Viewer, *, name: str, visibility: str = "name_visibility") -> Case:
    """Return an expression for a name that is empty where its owner did not agree to show it.

    The name of a person who did not agree never leaves the database.
    """
    agreed = {f"{visibility}__in": names_shown_to(viewer)}
    return Case(When(**agreed, then=F(name)), default=Value(""), output_field=models.CharField())


class MemberQuerySet(models.QuerySet["Member"]):
    def current(self) -> Self:
        return self.filter(to_date=None, user__is_active=True)

    def secretariat(self) -> Self:
        return self.current().filter(role=Role.SECRETARIAT)

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the members whose names the viewer may read."""
        return self.filter(name_visibility__in=names_shown_to(viewer))


class Member(models.Model):
    """A person's place in the taskforce: for which organisation, as what, and from when to when."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="members", verbose_name=_("organisation")
    )
    title = models.CharField(_("job title"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    from_date = models.DateField(_("from"), default=timezone.localdate)
    to_date = models.DateField(_("until"), null=True, blank=True)
    name_visibility = models.CharField(
        _("who may read the name"),
        max_length=8,
        choices=NameVisibility,
        default=NameVisibility.NOBODY,
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(to_date=None),
                name="member_one_current_per_user",
                violation_error_message=_("This person already is a member today."),
            ),
            models.CheckConstraint(
                name="member_dates_in_order",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()

    @property
    def is_current(self) -> bool:
        """Whether this is a member today; a deactivated person is none. Needs the user."""
        return self.to_date is None and self.user.is_active

    def shows_activity(self, verb: str) -> bool:
        """What is recorded of a person is for the audit, and stands in no list."""
        return False


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=RequestState.RECEIVED)

    def closed_before(self, moment: Any) -> Self:
        return self.exclude(state=RequestState.RECEIVED).filter(handled_at__lt=moment)

    def visible_to(self, viewer: Viewer) -> Self:
        """Only the secretariat reads who asked to join."""
        sees = isinstance(viewer, User) and viewer.is_secretariat
        return self if sees else self.none()


class JoinRequest(models.Model):
    """Somebody outside the taskforce who asks to join."""

    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    organisation_name = models.CharField(_("organisation"), max_length=120)
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=Kind)
    message = models.TextField(_("why would you like to join?"), max_length=4000)
    state = models.CharField(
        _("state"), max_length=8, choices=RequestState, default=RequestState.RECEIVED
    )
    created_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    handled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="join_request_state_matches_date",
                condition=Q(state=RequestState.RECEIVED, handled_at=None)
                | (~Q(state=RequestState.RECEIVED) & Q(handled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="join_request_declined_with_reason",
                condition=~Q(state=RequestState.DECLINED) | ~Q(reason=""),
            ),
            # A second request from the same address waits until the first is answered.
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(state=RequestState.RECEIVED),
                name="join_request_one_waiting_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation_name}"

    def get_absolute_url(self) -> str:
        return reverse("members:join_request", args=[self.pk])
