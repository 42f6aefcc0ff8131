"""The texts of the portal's own pages, which the secretariat writes, and what the search knows."""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.members.models import User


class Page(models.TextChoices):
    """A page, by the word in its address."""

    FRONT = "forside", _("Front page, introduction")
    ABOUT = "om", _("About the taskforce")
    PARTNERS = "partnere", _("For partners abroad")
    CONTACT = "kontakt", _("Contact and press")
    PRIVACY = "privatliv", _("Privacy")
    ACCESSIBILITY = "tilgaengelighed", _("Accessibility")


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def newest(self, page: str) -> "PageVersion | None":
        return self.filter(page=page).order_by("-number").first()

    def newest_of_each(self) -> Self:
        return self.order_by("page", "-number").distinct("page")


class PageVersion(models.Model):
    """A page's text as somebody saved it, in both languages. A version never changes.

    Until there is one, the page shows the text that the portal came with, its version 1
    (`taskforce.front.written.texts`).
    """

    page = models.CharField(_("page"), max_length=16, choices=Page)
    number = models.PositiveIntegerField(_("number"))
    title_da = models.CharField(_("heading in Danish"), max_length=120)
    lead_da = models.TextField(_("introduction in Danish"), max_length=600, blank=True)
    text_da = models.TextField(_("text in Danish"), blank=True)  # clean HTML
    # Where there is no English, the English page shows the Danish text.
    title_en = models.CharField(_("heading in English"), max_length=120, blank=True)
    lead_en = models.TextField(_("introduction in English"), max_length=600, blank=True)
    text_en = models.TextField(_("text in English"), blank=True)  # clean HTML
    saved_at = models.DateTimeField(_("saved"), db_default=Now(), editable=False)
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        ordering = ["page", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="page_version_number_unique"),
            # The first one comes with the portal.
            models.CheckConstraint(
                name="page_version_number_from_two", condition=models.Q(number__gt=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("front:page_versions", args=[self.page])


class PortalPage(models.Model):
    """A public page that is no row's, as a search knows it in a language.

    They are gathered from what the pages say (`front.search.portal`).
    """

    view = models.CharField(max_length=60)
    argument = models.CharField(max_length=60, blank=True)  # of its address
    language = models.CharField(max_length=2)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    search = search_field("title", "text")

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the portal")
        verbose_name_plural = _("pages of the portal")
        constraints = [
            models.UniqueConstraint(
                fields=["view", "argument", "language"], name="portal_page_once_a_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SynonymGroup(models.Model):
    """Words that a search takes for each other, in both languages, one a line."""

    danish = models.TextField(_("words in Danish"), max_length=600)
    english = models.TextField(_("words in English"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["danish", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.words)

    def get_absolute_url(self) -> str:
        return reverse("front:edit_synonyms", args=[self.pk])

    @property
    def words(self) -> list[str]:
        lines = f"{self.danish}\n{self.english}".splitlines()
        return [line.strip() for line in lines if line.strip()]


class MissedSearch(models.Model):
    """Words that found nothing, and how often: nothing of who looked, or from where."""

    words = models.CharField(_("words"), max_length=80, unique=True)
    times = models.PositiveIntegerField(_("how often"), default=1)
    last_on = models.DateField(_("last"))

    class Meta:
        verbose_name = _("search without hits")
        verbose_name_plural = _("searches without hits")
        ordering = ["-times", "-last_on", "words"]

    def __str__(self) -> str:
        return self.words


class KnownWord(models.Model):
    """A word that stands somewhere in the portal: what is misspelt may mean it.

    Nobody is told of one that stands only where they may not read (`front.search.correcting`).
    Names of people are none.
    """

    word = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveSmallIntegerField(db_index=True)

    class Meta:
        verbose_name = _("word that the search knows")
        verbose_name_plural = _("words that the search knows")

    def __str__(self) -> str:
        return self.word
