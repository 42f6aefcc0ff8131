"""Enter a figure from outside, publish it and take it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity import taking_back
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record, record_changes
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from taskforce.results.figures.forms import FigureForm
from taskforce.results.models import Figure

SAYS = {"number", "unit", "what", "from_on", "to_on"}  # a change of these corrects the figure


@transaction.atomic
def enter(*, form: FigureForm, by: Member) -> Figure:
    """Save a new figure, and publish it where that was asked for."""
    form.instance.entered_by = by
    if form.cleaned_data["publish"]:
        form.instance.published_at = timezone.now()
    figure: Figure = form.save()
    record(Verb.PUBLISHED if figure.is_published else Verb.ADDED, figure, by=by.user)
    return figure


@transaction.atomic
def edit(*, form: FigureForm, by: Member) -> Figure:
    """Save a figure; raises Conflict if somebody saved first. A public one says that it changed."""
    publishes = form.cleaned_data["publish"] and not form.instance.is_published
    if form.instance.is_published and SAYS & {*form.changed_data}:
        form.instance.corrected_at = timezone.now()
    if publishes:
        form.instance.published_at = timezone.now()
    figure = form.save_current()
    if publishes:
        record(Verb.PUBLISHED, figure, by=by.user)
    elif form.has_changed():
        record_changes(figure, by=by.user)
    return figure


@transaction.atomic
def take_back(*, figure: Figure, reason: str, by: Member) -> TakenBack:
    """Make a published figure a draft again; the reason is kept with it."""
    current = _locked(figure)
    if not current.is_published:
        raise Refused(_("The figure has been taken back already."), already=True)
    current.published_at = current.corrected_at = None
    current.version += 1
    current.save()
    return taking_back.note(current, Verb.PUBLISHED, reason=reason, by=by.user)


@transaction.atomic
def discard(*, figure: Figure) -> Figure:
    """Delete a figure that is not public; return it as it was."""
    current = _locked(figure)
    if current.is_published:
        raise Refused(_("The figure is published. Take it back first."))
    current.delete()
    return current


def _locked(figure: Figure) -> Figure:
    current = Figure.objects.select_for_update().filter(pk=figure.pk).first()
    if current is None:
        raise Refused(_("The figure has been deleted in the meantime."), already=True)
    return current
