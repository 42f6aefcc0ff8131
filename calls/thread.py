"""What the page of a barrier offers to add here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from barriers.thread import Way, adds_to
from taskforce.members.models import Viewer
from taskforce.members.roles import is_secretariat


@adds_to("calls")
def call(barrier: Barrier, viewer: Viewer) -> Way | None:
    url = f"{reverse('calls:add')}?barriere={barrier.slug}"
    return Way(_("Add a call"), url) if is_secretariat(viewer) else None
