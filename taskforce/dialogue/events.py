"""What of talk can be followed, what is told of it and of answers: who takes part follows it."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from taskforce.activity.models import Verb
from taskforce.dialogue.models import Asked, Contribution
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.novelty import Part
from taskforce.following.things import followable

followable(
    Contribution, Kind.TALK, themed=lambda said: filter(None, [said.target]), reads=("target",)
)


def contributions(n: int) -> str:
    return ngettext("%(n)s contribution", "%(n)s contributions", n) % {"n": n}


# On the page of whatever is talked about.
TALK = Part(Contribution, "target_id", contributions, "samtale", kind="target_type")

event(
    Contribution,
    Verb.ADDED,
    Event(
        _("%(organisation)s in the talk about “%(title)s”"),
        about=lambda said: [said.target, said.parent or said],
        themes=lambda said: filter(None, [getattr(said.target, "theme", None)]),
        words=lambda said: said.text,
        stands=lambda said: said.target is not None,
        names=lambda said: {"organisation": said.organisation_name, "title": said.target},
        reads=("target", "parent"),
    ),
)
event(
    Asked,
    Verb.ADDED,
    Event(
        _("%(organisation)s has answered the secretariat: “%(title)s”"),
        about=lambda asked: [asked.question.about or asked.question],
        themes=lambda asked: filter(None, [getattr(asked.question.about, "theme", None)]),
        words=lambda asked: asked.answer or now("We have nothing to add"),
        names=lambda asked: {"organisation": asked.organisation_name, "title": asked.question},
        reads=("question__about",),
    ),
)
