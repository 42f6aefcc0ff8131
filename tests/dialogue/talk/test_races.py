"""Two who do something with the same talk in one moment."""

from barriers.curation import merging
from barriers.models import Barrier
from taskforce.dialogue.models import Contribution, Hiding
from taskforce.dialogue.talk import contributing, editing, hiding
from tests.factories import make_barrier, make_contribution, make_member, make_secretary
from tests.racing import at_once
from tests.refusing import answers


def test_words_sent_twice_in_one_moment_stand_once(transactional_db):
    barrier, by = make_barrier(), make_member()

    def once() -> Contribution:
        return contributing.contribute(about=barrier, kind="question", text="Hvem?", by=by)

    assert answers(at_once(once, once)) == ["Contribution", "Contribution"]
    assert Contribution.objects.count() == 1


def test_what_is_answered_in_the_moment_is_not_deleted_with_the_answer(transactional_db):
    by, other = make_member(), make_member()
    first = make_contribution(make_barrier(), by)

    at_once(
        lambda: editing.take_away(contribution=first, by=by),
        lambda: contributing.reply(to=first, text="Ja.", by=other),
    )

    left = {row.text for row in Contribution.objects.all()}
    assert left in (set(), {"", "Ja."}), left  # whoever came first


def test_words_of_the_moment_of_a_merge_stand_at_the_kept_barrier_or_nowhere(transactional_db):
    gone, kept, by = make_barrier(), make_barrier(), make_member()

    at_once(
        lambda: merging.merge(double=gone, into=kept, by=make_secretary()),
        lambda: contributing.contribute(about=gone, kind="question", text="Hvem?", by=by),
    )

    assert Barrier.objects.get(pk=gone.pk).merged_into == kept
    assert {row.target for row in Contribution.objects.all()} <= {kept}


def test_contribution_is_hidden_once(transactional_db):
    made, by = make_contribution(make_barrier()), make_secretary()

    def once() -> Hiding:
        return hiding.hide(contribution=made, reason="Det nævner en kunde.", by=by)

    assert answers(at_once(once, once)) == ["Hiding", "Refused"]
    assert Hiding.objects.count() == 1


def test_second_of_two_edits_is_told_of_the_first(transactional_db):
    by = make_member()
    made = make_contribution(make_barrier(), by)

    def edit(text: str) -> Contribution:
        return editing.edit(contribution=made, text=text, version=1, by=by)

    assert answers(at_once(lambda: edit("Det ene."), lambda: edit("Det andet."))) == [
        "Conflict",
        "Contribution",
    ]
