"""Add material to a meeting."""

from django.db import transaction

from meetings.materials.forms import MaterialForm
from meetings.models import Material
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def add(*, form: MaterialForm, by: Member) -> Material:
    material = form.save()
    record(Verb.CHANGED, material.meeting, by=by.user)
    return material
