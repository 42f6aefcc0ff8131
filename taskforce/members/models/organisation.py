"""Organisations: members of the taskforce, and others that are named in it."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.core import countries, places
from taskforce.core.addresses import address_of
from taskforce.core.danish import (
    DanishOrder,
    SearchQuerySet,
    WordsOf,
    search_field,
    spelling,
)
from taskforce.core.models import Slugged, Versioned
from taskforce.core.relations import Viewer
from taskforce.members.organisations.supply import MOST_DIVISIONS, Customer, Division, Effect

HOLDS = timedelta(days=365)  # that something was checked, or confirmed
SHOWN_UNCONFIRMED, HIDDEN = 2, 3  # unanswered letters that ask whether a profile still holds
LINE = Case(When(unanswered__lt=HIDDEN, then="line"), default=Value(""))  # as far as it shows


class Kind(models.TextChoices):
    """Kinds of organisation, in the order in which pages list them."""

    MUNICIPALITY = "municipality", _("Municipality")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    COMPANY = "company", _("Private company")
    FOUNDATION = "foundation", _("Foundation")
    NETWORK = "network", _("Network or association")
    AUTHORITY = "authority", _("Public authority")
    HOUSING = "housing", _("Housing organisation")
    ADVISORY = "advisory", _("Advisory")
    OTHER = "other", _("Other")


class Tag(models.Model):
    """A word for what organisations offer and seek, from the list that the secretariat keeps."""

    name = models.CharField(
        _("tag"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("This tag is on the list already.")},
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = [DanishOrder("name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Say that the tag is there already, spelled otherwise."""
        key = spelling(self.name)
        others = Tag.objects.exclude(pk=self.pk).values_list("name", flat=True)
        if key in map(spelling, others):
            raise ValidationError({"name": _("This tag is on the list already.")})


class OrganisationQuerySet(SearchQuerySet["Organisation"]):
    def in_taskforce(self) -> Self:
        return self.filter(in_taskforce=True)

    def open_to_buyers(self) -> Self:
        """Return those that want to be found, and have not left us without an answer."""
        return self.filter(is_found=True, unanswered__lt=HIDDEN)

    def in_directory(self) -> Self:
        """Return the members, and others that asked to stand there."""
        return self.filter(Q(in_taskforce=True) | Q(is_found=True, unanswered__lt=HIDDEN))

    def visible_to(self, viewer: Viewer) -> Self:
        """Every organisation is public, whoever looks."""
        return self

    def named(self, words: str) -> "Organisation | None":
        """Return the organisation of a name, however it is spelled; a former name gives way."""
        key = spelling(words)
        rows = [*self.order_by("pk").values_list("pk", "name", "former_names")]
        today = [pk for pk, name, _former in rows if spelling(name) == key]
        before = [pk for pk, _name, former in rows if key in map(spelling, former)]
        return self.filter(pk=[*today, *before][0]).first() if today or before else None


OrganisationManager = models.Manager.from_queryset(OrganisationQuerySet)


class NotMerged(OrganisationManager["Organisation"]):
    """Organisations as everybody knows them: a double that was merged shows nowhere."""

    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).filter(merged_into=None)


class Organisation(Slugged, Versioned):
    """An organisation of the taskforce, or a partner of one, and what it tells of itself.

    A double that was merged stays, out of sight: its address leads to the one that is kept, and it
    holds the ballots that it cast.
    """

    has_plain_address = True

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(
        _("country"),
        max_length=2,
        default="DK",
        blank=True,
        help_text=_("Two letters, such as DK."),
    )
    website = models.URLField(_("website"), blank=True)
    description = models.TextField(_("description"), blank=True)
    former_names = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("former and short names"),
        default=list,
        blank=True,
        help_text=_("Separated by commas."),
    )
    in_taskforce = models.BooleanField(_("member of the taskforce"), default=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    # What it tells of itself
    line = models.CharField(_("what you do, in one line"), max_length=160, blank=True)
    municipality = models.CharField(
        _("Municipality"), max_length=3, choices=places.municipalities, blank=True
    )
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    offers = models.ManyToManyField(
        Tag, related_name="offered_by", blank=True, verbose_name=_("what you offer")
    )
    seeks = models.ManyToManyField(
        Tag, related_name="sought_by", blank=True, verbose_name=_("what you seek")
    )
    # Two sizes of a square (organisations.logos); addresses are drawn anew with each logo.
    logo = models.FileField(upload_to="logos", blank=True)
    logo_small = models.FileField(upload_to="logos", blank=True)
    logo_alt = models.CharField(_("the logo in words"), max_length=160, blank=True)
    # Who gets what is written to it: a person who said so, else a mailbox that is never shown.
    contact = models.ForeignKey(
        "members.Member", models.SET_NULL, null=True, blank=True, related_name="contact_of"
    )
    mailbox = models.EmailField(_("mailbox"), blank=True)
    # What it tells buyers
    is_found = models.BooleanField(_("buyers may find us"), default=False)
    delivers = ArrayField(
        models.CharField(max_length=2, choices=Division), default=list, blank=True
    )
    delivers_to = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    customers = ArrayField(
        models.CharField(max_length=7, choices=Customer), default=list, blank=True
    )
    capacity = models.CharField(_("how much you can deliver"), max_length=200, blank=True)
    effects = ArrayField(models.CharField(max_length=6, choices=Effect), default=list, blank=True)
    # Registered social enterprise (RSV): since when it says so, and when we saw it in CVR
    rsv_said_on = models.DateField(null=True, blank=True)
    rsv_seen_on = models.DateField(null=True, blank=True)
    # "Is this still right?", asked once a year
    confirmed_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    # Nothing in it that shows only where buyers may find them.
    search = search_field("name", WordsOf("former_names"), LINE, "description")

    objects = NotMerged()
    with_merged = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [DanishOrder("name")]
        indexes = [
            models.Index("kind", DanishOrder("name"), name="organisation_by_kind"),
            GinIndex(fields=["search"], name="organisation_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisation_cvr_of_eight_digits",
                condition=Q(cvr="") | Q(cvr__regex=r"^[0-9]{8}$"),
            ),
            models.CheckConstraint(
                name="organisation_delivers_a_few_divisions",
                condition=Q(delivers__len__lte=MOST_DIVISIONS),
            ),
            models.CheckConstraint(
                name="organisation_logo_in_words",
                condition=Q(logo="") | ~Q(logo_alt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("members:organisation", self.slug)

    @property
    def country_name(self) -> str:
        return countries.name(self.country)

    @property
    def municipality_name(self) -> str:
        return places.name(self.municipality)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody has said for long that what it tells still holds."""
        return self.unanswered >= SHOWN_UNCONFIRMED

    @property
    def tells(self) -> bool:
        """Whether what it tells of itself is shown; not after letters that nobody answered."""
        return self.unanswered < HIDDEN

    @property
    def is_open_to_buyers(self) -> bool:
        return self.is_found and self.tells

    def clean(self) -> None:
        """Say that the organisation is there already, spelled otherwise."""
        others = Organisation.objects.exclude(pk=self.pk)
        if same := others.named(self.name):
            words = _("It is in the portal already, as “%(name)s”.")
            raise ValidationError({"name": words % {"name": same}})


def still_holds(day: date | None) -> bool:
    """Tell whether what was seen on a day may still be told as checked: for twelve months."""
    return day is not None and day > timezone.localdate() - HOLDS


class Certificate(models.Model):
    """A certificate that an organisation says it has, and since when."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="certificates")
    name = models.CharField(_("certificate"), max_length=80)
    given_on = models.DateField(_("given on"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-given_on", "pk"]

    def __str__(self) -> str:
        return self.name
