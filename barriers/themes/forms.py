"""The form of a theme."""

from django.utils.translation import gettext as _

from barriers.models import Theme
from taskforce.core.danish import spelling
from taskforce.core.forms import FingerprintForm


class ThemeForm(FingerprintForm[Theme]):
    """A theme's name. Its address stays, so that links to it lead there still."""

    class Meta:
        model = Theme
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Theme.objects.exclude(pk=self.instance.pk)
        same = next((one for one in others if spelling(one.name) == spelling(name)), None)
        if same:
            self.add_error("name", _("There is a theme of this name: “%(name)s”.") % {"name": same})
        return name
