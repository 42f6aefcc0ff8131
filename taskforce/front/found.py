"""What a search finds of the portal's own pages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taskforce.core.finding import Found, found
from taskforce.front.models import PortalPage

found(
    Found(
        model=PortalPage,
        key="side",
        one=_("Page"),
        many=_("Pages"),
        rows=lambda _viewer: PortalPage.objects.filter(language=get_language() or "da"),
        view="",
        keys=["view", "argument"],
        title="title",
        text="text",
        counts=0.5,
        suggests=True,
    )
)
