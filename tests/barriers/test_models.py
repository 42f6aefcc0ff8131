"""Barriers as rows."""

from tests.factories import (
    make_barrier,
)


def test_barriers_of_one_title_have_different_addresses(db):
    assert [make_barrier("Ny").slug, make_barrier("Ny").slug] == ["ny-2", "ny-3"]
