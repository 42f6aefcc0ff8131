"""Save a page's text as its next version, and bring an earlier one back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taskforce.core.acts import Conflict, Refused
from taskforce.front.models import Page, PageVersion
from taskforce.front.search import portal
from taskforce.front.written import texts
from taskforce.front.written.forms import PageForm
from taskforce.members.models import Member


def write(*, form: PageForm, by: Member) -> PageVersion:
    """Save the next version of a page; raises Conflict if somebody saved first."""
    return _add(form.save(commit=False), after=form.cleaned_data["began_with"], by=by)


def bring_back(*, page: Page, number: int, after: int, by: Member) -> PageVersion:
    """Make an earlier version the newest one again; the ones between stay.

    `after` is the newest version that was read. Raises Refused where somebody saved another.
    """
    if (earlier := texts.version(page, number)) is None:
        raise Refused(_("There is no such version."))
    copy = PageVersion(page=page, **{name: getattr(earlier, name) for name in texts.TEXTS})
    try:
        return _add(copy, after=after, by=by)
    except Conflict as conflict:
        raise Refused(
            _("Somebody else saved this page while you read its versions. Look again.")
        ) from conflict


def _add(version: PageVersion, *, after: int, by: Member) -> PageVersion:
    version.number, version.saved_by = after + 1, by.user
    if (newest := _newest(version.page)).number == after:
        try:
            with transaction.atomic():
                version.save()
        except IntegrityError:  # somebody saved at this moment
            newest = _newest(version.page)
        else:
            portal.gather()
            return version
    raise Conflict(newest)


def _newest(page: str) -> PageVersion:
    return PageVersion.objects.newest(page) or texts.first(Page(page))
