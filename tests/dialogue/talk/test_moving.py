"""The talk moves with a merge, says from where, and goes back when the merge is undone."""

import pytest

from barriers.curation import merging, taking_apart
from barriers.models import Barrier
from taskforce.dialogue.models import Contribution
from tests.factories import make_barrier, make_contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    return make_barrier("Gone")


@pytest.fixture
def kept():
    return make_barrier("Kept")


def merge(gone, kept, by):
    gone, kept = (Barrier.objects.get(pk=row.pk) for row in (gone, kept))
    return merging.merge(double=gone, into=kept, by=by)


def apart(gone, by):
    return taking_apart.take_apart(
        double=Barrier.objects.get(pk=gone.pk), reason="Det var to.", by=by
    )


def places() -> dict[str, tuple[object, int | None]]:
    return {row.text: (row.target, row.moved_from) for row in Contribution.objects.all()}


def test_talk_moves_with_a_merge_and_back(gone, kept, secretary):
    first = make_contribution(gone, text="moved")
    make_contribution(kept, text="there")

    merge(gone, kept, secretary)

    assert places() == {"moved": (kept, gone.pk), "there": (kept, None)}
    make_contribution(kept, parent=first, text="since")

    apart(gone, secretary)

    assert places() == {"moved": (gone, None), "there": (kept, None), "since": (gone, None)}


def test_line_says_from_where(gone, kept, secretary, as_member):
    make_contribution(gone)

    merge(gone, kept, secretary)

    page = " ".join(as_member.get(kept.get_absolute_url()).content.decode().split())
    assert 'Skrevet om ”<span lang="da">Gone</span>”, før den blev lagt sammen' in page


def test_talk_of_two_merges_goes_back_one_by_one(gone, kept, secretary):
    last = make_barrier("Last")
    make_contribution(gone, text="gone")
    make_contribution(kept, text="kept")
    merge(gone, kept, secretary)
    merge(kept, last, secretary)
    assert places() == {"gone": (last, gone.pk), "kept": (last, kept.pk)}

    apart(kept, secretary)
    assert places() == {"gone": (kept, gone.pk), "kept": (kept, None)}

    apart(gone, secretary)
    assert places() == {"gone": (gone, None), "kept": (kept, None)}


def test_preview_counts_what_is_said(gone, kept):
    make_contribution(gone)

    assert ("bidrag", 1, 0) in {
        (each.kind, each.number, each.there) for each in merging.preview(gone, kept)
    }
