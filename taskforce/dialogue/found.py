"""What a search finds of talk: words that stand, about things that the viewer sees."""

from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from taskforce.core.finding import Found, found
from taskforce.dialogue.models import Contribution

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
    )
)
