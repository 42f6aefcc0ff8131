"""What a search finds of talk, and for members of questions and what was answered."""

from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from taskforce.core.finding import Found, found
from taskforce.dialogue.models import Asked, Contribution, Question, QuestionState

found(
    Found(
        model=Contribution,
        key="bidrag",
        one=_("Contribution"),
        many=_("Contributions"),
        rows=Contribution.objects.visible_to,
        view="dialogue:contribution",
        keys=["pk"],
        title="organisation_name",
        text="text",
        day=TruncDate("written_at"),
        organisation="organisation",
        counts=0.25,
    ),
    Found(
        model=Question,
        key="spoergsmaal",
        one=_("Question"),
        many=_("Questions"),
        rows=Question.objects.visible_to,
        view="dialogue:question",
        keys=["slug"],
        title="text",
        text="background",
        day=TruncDate("asked_at"),
        state="state",
        states=dict(QuestionState.choices),
        counts=0.7,
        suggests=True,
        is_for_members=True,
    ),
    Found(
        model=Asked,
        key="svar",
        one=_("Answer"),
        many=_("Answers"),
        rows=lambda viewer: Asked.objects.visible_to(viewer).answered(),
        view="dialogue:question",
        keys=["question__slug"],
        anchor="svar-{}",
        title="question__text",
        text="answer",
        place="organisation_name",
        day=TruncDate("answered_at"),
        organisation="organisation",
        counts=0.25,
        is_for_members=True,
    ),
)
