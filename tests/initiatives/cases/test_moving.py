"""Stories written as one move into parts and back, without losing a word."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from taskforce.members.models import Organisation
from tests.factories import make_member, make_organisation

BEFORE, AFTER = ("initiatives", "0003_word_forms"), ("initiatives", "0006_cases_told_in_parts")


def migrate(to: tuple[str, str]) -> Any:
    """Migrate the app and return its models as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_stories_move_and_come_back(before):
    author, member = make_organisation("Hus"), make_member()
    Case = before.get_model("initiatives", "Case")
    published = Case.objects.create(
        title="A",
        slug="a",
        story="En.\n\nTo.",
        state="published",
        published_at=timezone.now(),
        written_by_id=author.pk,
        contact_id=member.pk,
    )
    Case.objects.create(title="B", slug="b", story="Kladde.", written_by_id=author.pk)
    roles = {"Køber": "buyer", "Leverandør": "enterprise", "Støtter": "other", "": "other"}
    for role in roles:
        organisation = Organisation.objects.create(name=role or "x", kind="network")
        published.case_partners.create(organisation_id=organisation.pk, role=role)

    moved = migrate(AFTER).get_model("initiatives", "Case")

    told = moved.objects.get(slug="a")
    assert (told.problem, told.done, told.outcome) == ("", "En.\n\nTo.", "")
    assert (told.permission_at, told.permission_by_id) == (published.published_at, member.pk)
    assert moved.objects.get(slug="b").permission_at is None
    assert dict(told.case_partners.values_list("part", "role")) == roles

    told.problem, told.outcome = "Først.", "Sidst."
    told.save()
    told.case_partners.create(name="Bageren", role="buyer")
    moved.objects.filter(slug="b").update(state="asked", number=3)
    back = migrate(BEFORE).get_model("initiatives", "Case")

    assert back.objects.get(slug="a").story == "Først.\n\nEn.\n\nTo.\n\nSidst.\n\nBageren"
    assert {*back.objects.get(slug="a").case_partners.values_list("role", flat=True)} == {*roles}
    assert (back.objects.get(slug="b").state, back.objects.get(slug="b").number) == ("draft", None)
