"""What models of several apps have in common."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import free_slug


class Slugged(models.Model):
    """Something with a page of its own, whose address is made of its name the first time."""

    slug = models.SlugField(_("slug"), max_length=70, unique=True, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(type(self)._default_manager.all(), str(self))
        super().save(*args, **kwargs)


class Versioned(models.Model):
    """Something that several people edit: it counts its versions."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
