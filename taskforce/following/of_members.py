"""What of organisations can be followed and is told; their floor knows nothing of following."""

from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Verb
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.things import followable
from taskforce.members.models import Organisation

followable(Organisation, Kind.ORGANISATIONS)

event(
    Organisation,
    Verb.JOINED,
    Event(
        _("New in the taskforce: %(title)s"),
        stands=lambda organisation: organisation.in_taskforce,
        new=Kind.NEW_ORGANISATIONS,
    ),
)
