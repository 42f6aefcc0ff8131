"""Let everybody read what is written from now on; what was written before stays the members'."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.dialogue.models import PublicTalk
from taskforce.dialogue.talk.locking import lock_open
from taskforce.dialogue.things import talk_of
from taskforce.members.models import Member


@transaction.atomic
def open_to_all(*, about: models.Model, by: Member) -> PublicTalk:
    """Raises Refused where the talk is closed, open to all (`already`), or always the members'."""
    thing = lock_open(about)
    if not talk_of(type(thing)).may_be_public:
        raise Refused(_("The talk about this is the members'."))
    kind = ContentType.objects.get_for_model(thing)
    made, is_new = PublicTalk.objects.get_or_create(
        target_type=kind, target_id=thing.pk, defaults={"by": by.user}
    )
    if not is_new:
        raise Refused(_("Everybody can read the talk already."), already=True)
    return made


@transaction.atomic
def close_to_others(*, about: models.Model) -> None:
    """Let members alone read the talk again, also what was written for everybody."""
    kind = ContentType.objects.get_for_model(about)
    PublicTalk.objects.filter(target_type=kind, target_id=about.pk).delete()
