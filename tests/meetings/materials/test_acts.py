"""Acts of materials: adding one records a change of its meeting."""

from meetings.materials import acts as materials
from meetings.materials.forms import MaterialForm
from meetings.models import Material
from taskforce.activity.models import Activity
from taskforce.members.models import Member
from tests.factories import make_meeting


def test_add_returns_the_material(secretary: Member):
    meeting = make_meeting(3)
    typed = {"title": "Oplæg", "link": "https://example.org/"}
    form = MaterialForm(typed, instance=Material(meeting=meeting), keeper=None)
    assert form.is_valid()

    material = materials.add(form=form, by=secretary)

    assert material == meeting.materials.get()
    assert [(act.verb, act.target_id, act.actor) for act in Activity.objects.all()] == [
        ("changed", meeting.pk, secretary.user)
    ]
