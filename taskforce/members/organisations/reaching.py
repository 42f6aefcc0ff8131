"""Whom a letter to an organisation reaches. The address stands on no page."""

from django.conf import settings

from taskforce.members.models import Member, Organisation


def contact_of(organisation: Organisation) -> Member | None:
    """Return the person who said that they are the contact, as long as they are a member there."""
    contact = organisation.contact
    if contact is None or not contact.is_current:
        return None
    return contact if contact.organisation_id == organisation.pk else None


def address_of(organisation: Organisation) -> str:
    """Return where a letter goes: to the contact, the mailbox, or else the secretariat."""
    contact = contact_of(organisation)
    if contact:
        return contact.user.email
    return organisation.mailbox or settings.SECRETARIAT_EMAIL


def addresses_of(organisation: Organisation) -> list[str]:
    """Return who keeps the profile: the contact, the mailbox, or else all its members."""
    found = address_of(organisation)
    if found != settings.SECRETARIAT_EMAIL:
        return [found]
    people = Member.objects.current().filter(organisation=organisation).order_by("pk")
    return [*people.values_list("user__email", flat=True)]
