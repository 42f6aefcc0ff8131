"""Lock what is talked about, and contributions, and refuse what has come to an end meanwhile."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.dialogue.models import Contribution
from taskforce.dialogue.things import talk_of
from taskforce.members.models import Member
from taskforce.members.roles import is_secretariat


def is_open(thing: models.Model) -> bool:
    return talk_of(type(thing)).open().filter(pk=thing.pk).exists()


def lock_open(thing: models.Model) -> Any:
    """Lock a thing until the transaction ends; raises Refused where its talk has closed."""
    rows = type(thing)._default_manager.select_for_update(of=("self",), no_key=True)
    found = rows.get(pk=thing.pk)
    if talk_of(type(found)).moved_to(found):
        raise Refused(_("It is merged into another one meanwhile, and the talk goes on there."))
    if not is_open(found):
        raise Refused(_("The talk is closed, since what it is about has come to an end."))
    return found


def lock(contribution: Contribution) -> Contribution:
    """Lock a contribution until the transaction ends; raises Refused where it was deleted."""
    rows = Contribution.objects.select_for_update(of=("self",))
    found = rows.filter(pk=contribution.pk).first()
    if found is None:
        raise Refused(_("The contribution was deleted meanwhile."))
    return found


def lock_shown(contribution: Contribution) -> Contribution:
    """Lock a contribution as `lock` does; raises Refused where it is hidden."""
    found = lock(contribution)
    if found.hidden_at:
        raise Refused(_("The secretariat has hidden the contribution."))
    return found


def lock_spoken(contribution: Contribution) -> Contribution:
    """Lock a contribution as `lock` does; raises Refused where its words do not stand any more."""
    found = lock_shown(contribution)
    if found.withdrawn_at:
        raise Refused(_("The contribution was withdrawn."))
    return found


def is_own(contribution: Contribution, by: Member) -> bool:
    """Tell whether a member wrote it, and still speaks for the organisation that it speaks for."""
    own = (contribution.written_by_id, contribution.organisation_id)
    return own == (by.user_id, by.organisation_id)


def may_mark(question: Contribution, by: Member) -> bool:
    """Tell whether a member says what answers a question: who asked, and the secretariat."""
    return question.is_question and (is_own(question, by) or is_secretariat(by.user))
