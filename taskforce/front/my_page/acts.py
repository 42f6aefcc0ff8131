"""What members change about themselves."""

from django.db import transaction

from meetings.checking import consent
from taskforce.members.forms import ProfileForm
from taskforce.members.models import Member


@transaction.atomic
def change_profile(*, form: ProfileForm) -> Member:
    """Save a member's name, title and name visibility, here and at the meetings to come."""
    member = form.save()
    consent.follow_profile(member=member)
    return member
