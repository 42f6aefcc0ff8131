"""What models of several apps have in common."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import free_slug


class Slugged(models.Model):
    """A row with its own page, whose address is made from its name when it is first saved."""

    slug = models.SlugField(_("slug"), max_length=70, unique=True, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(type(self)._default_manager.all(), str(self))
        super().save(*args, **kwargs)


class Versioned(models.Model):
    """A row that several people edit: it counts its versions."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
