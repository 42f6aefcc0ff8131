"""Contributions: questions, experiences, proposals and objections, and what others reply.

The thing that they are about is named by its id only, as in the activity: what it is called and
who sees it are read through it (`dialogue.things`).
"""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Verb
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Versioned
from taskforce.dialogue import things
from taskforce.members.models import Organisation, Role, User, Viewer
from taskforce.members.roles import is_member

LONGEST = 4000


class ContributionKind(models.TextChoices):
    QUESTION = "question", _("Question")
    EXPERIENCE = "experience", _("Experience")
    PROPOSAL = "proposal", _("Proposal")
    OBJECTION = "objection", _("Objection")


class AboutThing(models.Model):
    """A row about something that can be talked about."""

    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target: Any = GenericForeignKey("target_type", "target_id")

    class Meta:
        abstract = True


def about(rows: models.QuerySet[Any]) -> Q:
    """Match what is about one of the rows."""
    kind = ContentType.objects.get_for_model(rows.model)
    return Q(target_type=kind, target_id__in=rows.order_by().values("pk"))


class PublicTalk(AboutThing):
    """What is written about this from now on, everybody can read."""

    since = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("public talk")
        verbose_name_plural = _("public talks")
        constraints = [
            models.UniqueConstraint(fields=["target_type", "target_id"], name="public_talk_once")
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"


class ContributionQuerySet(SearchQuerySet["Contribution"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Return what the viewer may read: hidden and withdrawn words are nobody's."""
        return self.in_talk_of(viewer).spoken()

    def in_talk_of(self, viewer: Viewer) -> Self:
        """Return what has a place in the talk that the viewer reads, also without its words.

        Members read what is about things that they see; everybody else what was written for
        everybody, as long as the talk about it is public.
        """
        seen = (about(talk.seen(viewer)) for _kind, talk in things.models_of_talk())
        rows = self.filter(reduce(or_, seen, Q(pk__in=[])))
        if is_member(viewer):
            return rows
        talk = PublicTalk.objects.filter(
            target_type=OuterRef("target_type"), target_id=OuterRef("target_id")
        )
        return rows.filter(Exists(talk), is_public=True)

    def spoken(self) -> Self:
        """Return those whose words stand."""
        return self.filter(hidden_at=None, withdrawn_at=None)

    def open(self) -> Self:
        """Return those about things whose talk goes on."""
        ongoing = (about(talk.open()) for _kind, talk in things.models_of_talk())
        return self.filter(reduce(or_, ongoing, Q(pk__in=[])))

    def on(self, thing: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(target_type=kind, target_id=thing.pk)

    def unanswered(self) -> Self:
        """Return the questions without an answer whose words stand."""
        gone = Q(answered_by__hidden_at__isnull=False) | Q(answered_by__withdrawn_at__isnull=False)
        questions = self.spoken().filter(kind=ContributionKind.QUESTION)
        return questions.filter(Q(answered_by=None) | gone)


class Contribution(AboutThing, Versioned):
    """What somebody says on behalf of their organisation; a reply has a parent and no kind."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    kind = models.CharField(_("kind"), max_length=10, choices=ContributionKind, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)  # withdrawn: none
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contributions", verbose_name=_("organisation")
    )
    organisation_name = models.CharField(_("organisation on the day"), max_length=120)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True)  # the `Hiding` tells why
    answered_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # The promise under which it was written.
    is_public = models.BooleanField(_("everybody can read it"), default=False)
    # The answer to a question of the secretariat that it was made of.
    of_answer = models.OneToOneField(
        "Asked", models.SET_NULL, null=True, related_name="contribution"
    )
    # The thing of the same kind that it was written about, before that was merged.
    moved_from = models.PositiveBigIntegerField(null=True)
    search = search_field("text")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(
                fields=["target_type", "target_id", "written_at"], name="contribution_of_thing"
            ),
            GinIndex(fields=["search"], name="contribution_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="contribution_kind_goes_with_no_parent",
                condition=Q(parent=None, kind__gt="") | Q(parent__isnull=False, kind=""),
            ),
            models.CheckConstraint(
                name="contribution_answers_no_other_than_itself", condition=~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="contribution_words_go_when_withdrawn",
                condition=Q(withdrawn_at=None, text__gt="")
                | Q(withdrawn_at__isnull=False, text=""),
            ),
            models.CheckConstraint(
                name="contribution_only_questions_are_answered",
                condition=Q(answered_by=None) | Q(kind=ContributionKind.QUESTION),
            ),
            # Whoever answered was told that members read it, and nobody else.
            models.CheckConstraint(
                name="contribution_of_an_answer_is_the_members",
                condition=Q(of_answer=None) | Q(is_public=False),
            ),
            models.CheckConstraint(
                name="contribution_moved_from_elsewhere", condition=~Q(moved_from=F("target_id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name}: {Truncator(self.text).words(12)}"

    def get_absolute_url(self) -> str:
        """Return an address that leads to its place in the talk, wherever that stands by now."""
        return reverse("dialogue:contribution", args=[self.pk])

    @property
    def anchor(self) -> str:
        return f"bidrag-{self.pk}"

    @property
    def is_spoken(self) -> bool:
        """Whether its words stand, as `spoken` selects many."""
        return self.hidden_at is None and self.withdrawn_at is None

    @property
    def is_question(self) -> bool:
        return self.kind == ContributionKind.QUESTION

    def shows_activity(self, verb: str) -> bool:
        """Only that somebody said something shows in lists of the latest."""
        return verb == Verb.ADDED


class OfContribution(models.QuerySet[Any]):
    """Rows that show with their contribution."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(contribution__in=Contribution.objects.visible_to(viewer))


class EditedText(models.Model):
    """What a contribution said before its author edited it, after others could have read it."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="earlier")
    text = models.TextField(_("text"), max_length=LONGEST)
    until = models.DateTimeField(_("until"), default=timezone.now)

    objects = OfContribution.as_manager()

    class Meta:
        verbose_name = _("earlier text of a contribution")
        verbose_name_plural = _("earlier texts of contributions")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)


class Mention(models.Model):
    """An organisation or a person whom a contribution asks something of."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="mentions")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="mentions"
    )
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")

    objects = OfContribution.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="mention_of_one",
                condition=Q(organisation=None, user__isnull=False)
                | Q(organisation__isnull=False, user=None),
            ),
            models.UniqueConstraint(
                fields=["contribution", "organisation", "user"],
                name="mention_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.user)


class HidingQuerySet(models.QuerySet["Hiding"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def on(self, contributions: list[Contribution]) -> Self:
        return self.filter(contribution__in=[row.pk for row in contributions if row.hidden_at])


class Hiding(models.Model):
    """That the secretariat hid a contribution, why, and whether that was undone: the log."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="hidings")
    at = models.DateTimeField(_("hidden"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(_("as"), max_length=12, choices=Role, default=Role.SECRETARIAT)
    reason = models.CharField(_("reason"), max_length=300)
    undone_at = models.DateTimeField(_("shown again"), null=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = HidingQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution that was hidden")
        verbose_name_plural = _("contributions that were hidden")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="hiding_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(undone_at=None),
                name="hiding_one_that_stands",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
