"""Rounds that were opened get their voters, and their ballots a voter each."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def fill(apps: Any, schema_editor: Any) -> None:
    rounds = apps.get_model("barriers", "PrioritisationRound").objects
    for round in rounds.filter(opens_at__lte=timezone.now()):
        round.opened_at = round.opens_at
        round.save(update_fields=["opened_at"])
        add_voters(apps, round)
        for ballot in round.ballots.all():
            ballot.voter = voter(apps, round, ballot.organisation, ballot.member)
            ballot.save(update_fields=["voter"])
    rounds.filter(opened_at=None).update(opens_by_itself=True)


def add_voters(apps: Any, round: Any) -> None:
    """Give a round that is still open its voters of today; of a counted one only ballots tell."""
    members = apps.get_model("members", "Member").objects.filter(
        to_date=None, user__is_active=True, organisation__is_example=round.is_example
    )
    if round.closed_at is None:
        for member in members.select_related("organisation"):
            voter(apps, round, member.organisation, member if round.per == "member" else None)


def voter(apps: Any, round: Any, organisation: Any, member: Any) -> Any:
    voters = apps.get_model("barriers", "Eligible").objects
    found, _made = voters.get_or_create(
        round=round,
        organisation=organisation,
        member=member,
        defaults={"name": organisation.name, "kind": organisation.kind},
    )
    return found


def empty(apps: Any, schema_editor: Any) -> None:
    """Give the ballots their round and their voter's names back."""
    for ballot in apps.get_model("barriers", "Ballot").objects.select_related("voter"):
        ballot.round_id = ballot.voter.round_id
        ballot.organisation_id = ballot.voter.organisation_id
        ballot.member_id = ballot.voter.member_id
        ballot.save()


class Migration(migrations.Migration):
    dependencies = [("barriers", "0002_rounds_and_voters")]

    operations = [migrations.RunPython(fill, empty)]
