"""What models of several apps have in common."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
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


class SentForm(models.Model):
    """A form that was sent, and where it led to (`taskforce.core.once`). Kept for a day."""

    digest = models.CharField(max_length=64, primary_key=True)
    location = models.CharField(max_length=2000)
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


class StoppedMail(models.Model):
    """A kind of mail that somebody wants no more of (`taskforce.core.unasked`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stopped_mail")
    kind = models.CharField(max_length=12)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="stopped_mail_once")]

    def __str__(self) -> str:
        return self.kind
