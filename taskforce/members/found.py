"""What a search finds of organisations, and of people whose names the viewer may read."""

from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import WordsOf
from taskforce.core.finding import Found, found, lines
from taskforce.members.models import Member, Organisation
from taskforce.members.models.organisation import LINE

found(
    Found(
        model=Organisation,
        key="organisation",
        one=_("Organisation"),
        many=_("Organisations"),
        rows=Organisation.objects.visible_to,
        view="members:organisation",
        keys=["slug"],
        title="name",
        text=lines(LINE, "description", WordsOf("former_names")),
        organisation="pk",
        suggests=True,
    ),
    Found(
        model=Member,
        key="person",
        one=_("Person"),
        many=_("People"),
        rows=lambda viewer: Member.objects.visible_to(viewer).current(),
        search="user__search",
        view="members:organisation",
        keys=["organisation__slug"],
        title="user__name",
        text="organisation__name",
        organisation="organisation",
        counts=0.9,
        suggests=True,
        is_of_people=True,
    ),
)
