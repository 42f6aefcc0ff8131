"""Add an organisation, keep its profile, and keep the list of tags."""

from django.db import transaction
from django.utils import timezone

from taskforce.activity.models import Verb
from taskforce.activity.recording import record, record_changes
from taskforce.core.danish import spelling
from taskforce.members.models import Certificate, Member, Organisation, Tag
from taskforce.members.organisations.forms import AddForm, Certificates, ProfileForm


@transaction.atomic
def add(*, form: AddForm, by: Member) -> Organisation:
    """Make an organisation."""
    organisation = form.save()
    record(Verb.ADDED, organisation, by=by.user)
    return organisation


@transaction.atomic
def keep_profile(*, form: ProfileForm, certificates: Certificates, by: Member) -> Organisation:
    """Save what an organisation tells of itself; by its own members that confirms it for a year.

    A name that is changed stays as a former one. Raises Conflict if somebody saved first.
    """
    before = form.initial.get("name")
    organisation = form.instance
    if by.organisation_id == organisation.pk or organisation.confirmed_on is None:
        organisation.confirmed_on, organisation.unanswered = timezone.localdate(), 0
        organisation.asked_on = None
    known = map(spelling, (organisation.name, *organisation.former_names))
    if "name" in form.changed_data and before and spelling(before) not in known:
        organisation.former_names = [*organisation.former_names, before]
    form.save_current()
    Certificate.objects.filter(organisation=organisation).delete()
    Certificate.objects.bulk_create(certificates.rows(organisation))
    record_changes(organisation, by=by.user)
    return organisation


@transaction.atomic
def drop_tag(*, tag: Tag) -> int:
    """Delete a tag from the list and from every profile; return of how many it was."""
    rows = Organisation.objects.filter(offers=tag) | Organisation.objects.filter(seeks=tag)
    used = rows.distinct().count()
    tag.delete()
    return used
