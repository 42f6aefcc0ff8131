"""Questions that the secretariat asks a few organisations, and what they answer.

Members read the answers. Whom a question went to, and who has not answered, only the secretariat
reads.
"""

from functools import reduce
from operator import or_
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meetings.agenda import linking
from taskforce.activity.models import Verb
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Slugged
from taskforce.members.models import Member, Organisation, User, Viewer
from taskforce.members.roles import is_secretariat, membership

MOST_ASKED = 5  # organisations at once
LONGEST_ANSWER = 4000


class QuestionState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class QuestionQuerySet(SearchQuerySet["Question"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Return those that a member reads: about nothing, or about what they see.

        Who was asked reads a question in any case, also that it was withdrawn.
        """
        if is_secretariat(viewer):
            return self
        if (member := membership(viewer)) is None:
            return self.none()
        own = Asked.objects.filter(question=OuterRef("pk"), organisation=member.organisation_id)
        standing = ~Q(state=QuestionState.WITHDRAWN)
        return self.filter(Exists(own) | standing & _about_what_is_seen(viewer))

    def open(self) -> Self:
        return self.filter(state=QuestionState.OPEN)

    def on(self, *things: models.Model) -> Self:
        """Return those about things of one kind."""
        kind = ContentType.objects.get_for_model(things[0])
        return self.filter(about_type=kind, about_id__in=[thing.pk for thing in things])


def _about_what_is_seen(viewer: Viewer) -> Q:
    found = (
        Q(
            about_type=ContentType.objects.get_for_model(model),
            about_id__in=seen(model, viewer).order_by().values("pk"),
        )
        for model in linking.MODELS
    )
    return reduce(or_, found, Q(about_type=None))


def seen(model: type[models.Model], viewer: Viewer) -> models.QuerySet[Any]:
    """Return the rows of something that can be asked about, as far as the viewer sees them."""
    rows: models.QuerySet[Any] = model._default_manager.visible_to(viewer)  # type: ignore[attr-defined]
    return rows


class Question(Slugged):
    """What the secretariat asks, by when, and about what: a barrier, a call, or nothing."""

    text = models.CharField(_("question"), max_length=300)
    background = models.TextField(_("background"), max_length=2000, blank=True)
    about_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    about_id = models.PositiveBigIntegerField(null=True)
    about = GenericForeignKey("about_type", "about_id")
    answer_by = models.DateField(_("answer by"))
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=9, choices=QuestionState, default=QuestionState.OPEN
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # why it was withdrawn
    search = search_field("text", "background")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to organisations")
        verbose_name_plural = _("questions to organisations")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["about_type", "about_id"], name="question_about")]
        constraints = [
            models.CheckConstraint(
                name="question_about_one_thing_or_nothing",
                condition=Q(about_type=None, about_id=None)
                | Q(about_type__isnull=False, about_id__isnull=False),
            ),
            models.CheckConstraint(
                name="question_ended_at_matches_state",
                condition=Q(state=QuestionState.OPEN, ended_at=None)
                | (~Q(state=QuestionState.OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="question_withdrawn_with_a_reason",
                condition=(Q(state=QuestionState.WITHDRAWN) & ~Q(reason=""))
                | (~Q(state=QuestionState.WITHDRAWN) & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("dialogue:question", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == QuestionState.OPEN

    @property
    def is_late(self) -> bool:
        return self.answer_by < timezone.localdate()

    def takes_from(self, asked: "Asked") -> bool:
        """Tell whether an organisation may answer now, or change its answer.

        A late answer is better than none, but what was said by the day stands.
        """
        return self.is_open and not (self.is_late and asked.answered_at)

    def thing(self, viewer: Viewer) -> Any:
        """Return what it is about, if the viewer sees that; a barrier that was merged leads on."""
        model = self.about_type.model_class() if self.about_type else None
        return model and seen(model, viewer).filter(pk=self.about_id).first()

    def shows_activity(self, verb: str) -> bool:
        """That it was asked shows in lists of the latest; that its day was moved does not."""
        return verb == Verb.ADDED


class AskedQuerySet(SearchQuerySet["Asked"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Return the answers that a member reads, and what their own organisation was asked."""
        if is_secretariat(viewer):
            return self
        if (member := membership(viewer)) is None:
            return self.none()
        given = Q(answered_at__isnull=False) & ~Q(question__state=QuestionState.WITHDRAWN)
        readable = self.filter(question__in=Question.objects.visible_to(viewer))
        return readable.filter(given | Q(organisation=member.organisation_id))

    def answered(self) -> Self:
        return self.exclude(answered_at=None)

    def unanswered(self) -> Self:
        """Return who has not answered; after a merge, neither as one organisation nor the other."""
        twins = Asked.objects.filter(
            question=OuterRef("question"), organisation=OuterRef("organisation")
        )
        return self.filter(~Exists(twins.answered()), answered_at=None)

    def waiting_for(self, member: Member) -> Self:
        """Return what a member's organisation is to answer."""
        return self.unanswered().filter(
            organisation=member.organisation_id, question__state=QuestionState.OPEN
        )


class Asked(models.Model):
    """An organisation that a question went to, and its answer.

    Answered without words, it has nothing to add.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="asked")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="questions")
    organisation_name = models.CharField(_("organisation on the day"), max_length=120)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    # Nobody where the answer came by a link that went to the organisation's mailbox.
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)
    search = search_field("answer")

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["answered_at", "organisation_name", "pk"]
        constraints = [
            # Two that were merged may both have answered; their words stay.
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=Q(answered_at=None),
                name="question_waits_once_for_each_organisation",
            ),
            models.CheckConstraint(
                name="question_words_only_when_answered",
                condition=Q(answered_at__isnull=False) | Q(answer="", answered_by=None),
            ),
        ]

    def __str__(self) -> str:
        words = self.answer or _now("We have nothing to add")
        return f"{self.organisation_name}: {Truncator(words).words(12)}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"svar-{self.pk}"

    def shows_activity(self, verb: str) -> bool:
        return verb == Verb.ADDED
