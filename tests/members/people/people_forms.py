"""What a secretary types about people."""

from typing import Any

from django.utils import timezone

from taskforce.members.models import Member
from taskforce.members.people.forms import AddForm, PersonForm
from tests.factories import make_organisation, make_secretary, make_user


def typed(**fields: Any) -> dict[str, Any]:
    """Return a filled-in form of a new person, of an organisation that is made for it."""
    if "organisation" not in fields:
        fields["organisation"] = make_organisation().pk
    return {"name": "Ea Holm", "email": "Ea@example.org", "role": "member", **fields}


def add_form(**fields: Any) -> AddForm:
    form = AddForm(typed(**fields))
    assert form.is_valid(), form.errors
    return form


def person_form(member: Member, **fields: Any) -> PersonForm:
    """Return the form of a member with what is typed in it, as its page shows it now."""
    begun = PersonForm(instance=Member.objects.get(pk=member.pk)).initial
    sent = {name: begun[name] for name in ("name", "email", "title", "role", "seen")}
    form = PersonForm({**sent, **fields}, instance=Member.objects.get(pk=member.pk))
    assert form.is_valid(), form.errors
    return form


def standing_secretary(**fields: Any) -> Member:
    """Make a secretary who has logged in."""
    return make_secretary(user=make_user(last_login=timezone.now()), **fields)
