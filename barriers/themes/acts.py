"""Change a theme, and delete one that no barrier has."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from barriers.models import Theme
from barriers.themes.forms import ThemeForm
from taskforce.core.acts import Refused


@transaction.atomic
def rename(*, form: ThemeForm) -> Theme:
    """Save a theme's name; raises Conflict if somebody else saved or deleted it first."""
    form.must_be_current(Theme.objects.select_for_update().filter(pk=form.instance.pk).first())
    return form.save()


@transaction.atomic
def delete(*, theme: Theme) -> Theme:
    """Delete a theme; raises Refused where barriers have it."""
    try:
        theme.delete()
    except ProtectedError as error:
        raise Refused(
            _("Barriers have this theme. Give them another one first, in the register.")
        ) from error
    return theme
