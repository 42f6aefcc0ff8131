"""Everything that the portal keeps about one person."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from taskforce.front.my_page.my_data import KEPT, gather
from taskforce.members.models import Member, User
from tests.factories import make_attendance, make_join_request, make_meeting, make_member


def test_gather_returns_a_persons_rows_as_json_can_hold_them(member: Member):
    make_attendance(make_meeting(3), member=member, name="Ea")
    make_attendance(make_meeting(4), member=make_member())
    make_join_request(email=member.user.email.upper(), message="Let me in")

    data = gather(member.user)

    assert json.loads(json.dumps(data, cls=DjangoJSONEncoder))["email"] == member.user.email
    assert [row["meeting__number"] for row in data["meetings"]] == [3]
    assert [row["message"] for row in data["requests_to_join"]] == ["Let me in"]
    assert {name for name, rows in data.items() if rows} == {
        "email",
        "name",
        "created",
        "requests_to_join",
        "memberships",
        "meetings",
    }


def test_every_relation_to_a_person_is_in_the_file():
    kept = {(model, path.removesuffix("__user")) for model, path, _columns in KEPT.values()}

    missing = {
        (model.__name__, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model in (Member, User)
        if (model, field.name) not in kept
    }

    assert missing == set()


@pytest.mark.parametrize("name", KEPT)
def test_every_column_exists(db: None, name: str):
    model, owner, columns = KEPT[name]

    assert list(model.objects.filter(**{owner: None}).values(*columns)) == []
