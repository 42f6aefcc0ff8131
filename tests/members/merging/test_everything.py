"""A merge forgets no foreign key, whatever a floor adds."""

from taskforce.core import moving
from taskforce.members.merging import organisations
from tests.factories import make_organisation
from tests.world import World

STAYS = {"members.Organisation.merged_into", "barriers.Eligible.organisation"}


def test_all_that_points_at_an_organisation_moves(world: World):
    gone = world.home
    before = moving.pointing(gone)

    organisations.merge(
        gone=gone, kept=make_organisation(), from_gone=set(), by=world.secretary.user
    )

    left = {kind for kind, keys in moving.pointing(gone).items() if keys}
    assert left <= STAYS
    assert sum(map(bool, before.values())) >= 10
