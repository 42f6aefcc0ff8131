"""What models of several apps have in common."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import drawn_slug, free_slug

KEPT_FILES = "kept"  # a folder beside those of uploads that have arrived


class Slugged(models.Model):
    """A row with its own page, whose address is made from its name when it is first saved.

    What is drawn ends it, unless everybody always sees every row (`has_plain_address`).
    """

    has_plain_address: ClassVar[bool] = False

    slug = models.SlugField(_("slug"), max_length=70, unique=True, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.slug:
            super().save(*args, **kwargs)
        else:
            self._save_first(*args, **kwargs)

    def _save_first(self, *args: Any, **kwargs: Any) -> None:
        """Save with a free address; where somebody takes it at this moment, with the next one."""
        make = free_slug if self.has_plain_address else drawn_slug
        for last in (False, False, False, True):
            self.slug = make(type(self)._default_manager.all(), str(self))
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
            except IntegrityError as error:
                if last or "slug" not in str(error):
                    raise
            else:
                return


class Versioned(models.Model):
    """A row that several people edit: it counts its versions."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class ToldInEnglish(models.Model):
    """A row that the secretariat sums up in English, for partners abroad."""

    summary_en = models.TextField(
        _("summary in English"), max_length=600, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True


class SentForm(models.Model):
    """A form that was sent, and where it led to (`taskforce.core.once`). Kept for a day."""

    digest = models.CharField(max_length=64, primary_key=True)
    location = models.TextField()  # of a filtered list it may be long
    messages = models.JSONField(default=list)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.location


class KeptFile(models.Model):
    """A file chosen in a form that is not sent yet (`taskforce.core.kept_files`)."""

    key = models.CharField(max_length=32, primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to=KEPT_FILES)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """One sending by a visitor who is counted (`taskforce.core.limits`)."""

    who = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="sending_by_who")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%F %R}"


class How(models.TextChoices):
    """How often somebody is told, from the loudest to the quietest."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


class MailChoice(models.Model):
    """How often somebody wants one kind of mail, where they chose.

    Who logs in is named by their user; a guest, or an organisation's mailbox, by the address. A
    kind of letters (`core.unasked`) comes at once or never; a kind of events (`following.kinds`)
    also in a digest.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)  # in lower case
    kind = models.CharField(max_length=24)
    how = models.CharField(_("how often"), max_length=8, choices=How)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_once"),
            models.UniqueConstraint(
                fields=["address", "kind"],
                condition=Q(user=None),
                name="mail_choice_once_an_address",
            ),
            models.CheckConstraint(
                condition=Q(user=None) & ~Q(address="") | Q(user__isnull=False, address=""),
                name="mail_choice_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"


class RefusedAddressQuerySet(models.QuerySet["RefusedAddress"]):
    def standing(self) -> Self:
        """Return those that take no mail today."""
        return self.filter(over_at=None)


class RefusedAddress(models.Model):
    """An address whose mail server takes no letters (`taskforce.core.bounces`)."""

    address = models.EmailField(primary_key=True)  # in lower case
    said = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(null=True)  # since when it takes them again

    objects = RefusedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")

    def __str__(self) -> str:
        return self.address


class SoftRefusal(models.Model):
    """A letter that an address did not take for now, as often as it was tried."""

    address = models.EmailField(db_index=True)  # in lower case
    said = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("letter that was refused for now")
        verbose_name_plural = _("letters that were refused for now")

    def __str__(self) -> str:
        return self.address


class Mailing(Versioned):
    """Letters of one kind that were sent at once (`taskforce.core.mailing`).

    One that the secretariat writes itself has a text, says to whom it goes, and begins as a draft.
    """

    name = models.CharField(max_length=40)  # of the template
    about = models.CharField(max_length=200, blank=True)  # the page of what they tell
    subject = models.CharField(_("subject"), max_length=120)
    note = models.TextField(blank=True)
    text = models.TextField(_("text"), blank=True)  # clean HTML
    audience = models.JSONField(default=dict, blank=True)
    is_draft = models.BooleanField(default=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)  # or begun, as a draft

    class Meta:
        verbose_name = _("letter to several")
        verbose_name_plural = _("letters to several")
        ordering = ["-is_draft", "-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("front:letter", args=[self.pk])


class MailingFile(models.Model):
    """A file that goes with each letter of a mailing."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="breve")
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("file of a letter")
        verbose_name_plural = _("files of letters")

    def __str__(self) -> str:
        return self.name


class MailingCopy(models.Model):
    """One letter of a mailing. Who logs in is named by their user, a guest by name and address."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=300, blank=True)  # what the mail server said

    class Meta:
        verbose_name = _("letter that somebody got")
        verbose_name_plural = _("letters that somebody got")
        constraints = [
            # Nobody gets the same letter twice.
            models.UniqueConstraint(fields=["mailing", "user"], name="mailing_once_a_user"),
            models.CheckConstraint(
                name="mailing_copy_is_sent_or_refused", condition=Q(sent_at=None) | Q(refused="")
            ),
        ]

    def __str__(self) -> str:
        return self.addressee

    @property
    def addressee(self) -> str:
        """Whom it is for; needs the user."""
        return self.name or getattr(self.user, "name", "")
