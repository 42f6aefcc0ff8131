"""Take a merge apart: everything is where it was, unless somebody built on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from barriers.curation import hiding, merging, taking_apart
from barriers.models import Act, Barrier, BarrierState, Change, MergeRecord, RoundBarrier
from barriers.register import acts as register
from barriers.rounds import opening
from barriers.statements import acts as statements
from barriers.statements import supporting
from barriers.statements.forms import StatementForm
from taskforce.activity.models import TakenBack, Verb
from taskforce.core.relations import pointing_at
from taskforce.members.models import Member
from tests.barriers.register.test_acts import edited
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
    make_statement,
    make_support,
    make_theme,
)
from tests.outbox import sent_to
from tests.racing import at_once
from tests.refusing import answers, refused

BUILT_ON = "Somebody built on the merge since, so it stays. Split the barrier instead."
OVER = "It could be taken back within 24 hours, and they have passed."


def merge(double: Barrier, kept: Barrier, by: Member | None = None) -> Barrier:
    double.refresh_from_db()
    kept.refresh_from_db()
    return merging.merge(double=double, into=kept, by=by or make_secretary())


def apart(double: Barrier, by: Member | None = None) -> Barrier:
    double.refresh_from_db()
    by = by or make_secretary()
    return taking_apart.take_apart(double=double, reason="Not the same.", by=by)


def everything() -> dict[str, list[Any]]:
    """Return what hangs on every barrier, and their own columns but for the version."""
    own = ("pk", "state", "resolved_on", "answer", "merged_into", "rank", "points", "support_count")
    found: dict[str, list[Any]] = {"barriers": [*Barrier.objects.order_by("pk").values_list(*own)]}
    for model, field in pointing_at(Barrier):
        if model is not Change:
            rows = model._base_manager.order_by("pk").values_list("pk", field)
            found[f"{model._meta.label}.{field}"] = [*rows]
    return found


@pytest.fixture
def pair(db: None) -> tuple[Barrier, Barrier]:
    return make_barrier("Double"), make_barrier("Kept")


def test_everything_is_where_it_was(pair):
    double, kept = pair
    both, of_double = make_organisation(), make_organisation()
    for barrier, organisation in ((double, both), (kept, both), (double, of_double)):
        make_support(barrier, organisation)
    make_support(double, kept.raised_by)
    make_statement(double)
    make_statement(kept)
    for row in (make_initiative(), make_case(), make_call()):
        row.barriers.add(double)
    shared = make_initiative()
    shared.barriers.add(double, kept)
    theirs = make_barrier("Earlier", state=BarrierState.MERGED, merged_into=double)
    count_with(make_round(double, kept, ballot_size=2), double, kept)
    later = timezone.now() + timedelta(days=1)
    make_round(double, kept, opens_at=later, closes_at=later + timedelta(days=1))
    make_round(double, opens_at=later, closes_at=later + timedelta(days=1))
    before = everything()

    merge(double, kept)
    assert everything() != before
    assert Barrier.objects.get(pk=theirs.pk).merged_into == kept
    apart(double)

    assert everything() == before


@pytest.mark.parametrize(
    "was",
    [
        {"state": BarrierState.ADDRESSED},
        {"state": BarrierState.RESOLVED, "answer": "Law.", "resolved_on": timezone.localdate()},
    ],
)
def test_states_are_what_they_were(db, was: dict[str, Any]):
    double, kept = make_barrier(**was), make_barrier()
    merge(double, kept)

    apart(double)

    double.refresh_from_db()
    kept.refresh_from_db()
    assert {name: getattr(double, name) for name in was} == was
    assert kept.state == BarrierState.OPEN


def test_both_pages_show_what_happened_and_the_old_address_is_its_own(as_secretary, client, pair):
    double, kept = pair
    make_statement(double, "Also us.")
    merge(double, kept)
    assert client.get("/barrierer/double/").url == "/barrierer/kept/"
    assert "/barrierer/double/skil-ad/" in as_secretary.get("/barrierer/kept/").content.decode()
    path = "/en/barrierer/double/skil-ad/"
    assert "“Double” was merged into “Kept”." in as_secretary.get(path).content.decode()

    done = as_secretary.post(path, {"reason": "Not the same."})

    assert done.url == "/en/barrierer/double/"
    for title in ("double", "kept"):
        page = client.get(f"/en/barrierer/{title}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert "“Double” was merged by mistake, and that is taken back." in text
        assert "Not the same." in text
        assert "Taken apart again after a merge by mistake" in text
    assert [row.text for row in client.get("/barrierer/double/").context["statements"]] == [
        "Also us."
    ]
    assert as_secretary.get(path).url == "/en/barrierer/double/"
    assert sent_to() == []  # a merge writes to nobody


def test_note_on_the_kept_page_goes_with_a_double_that_is_hidden_later(client, pair):
    double, kept = pair
    merge(double, kept)
    hiding.hide(barrier=apart(double), by=make_secretary())

    assert "Double" not in client.get("/barrierer/kept/").content.decode()


def test_only_the_secretariat_takes_apart_and_gives_a_reason(as_secretary, as_member, client, pair):
    double, kept = pair
    merge(double, kept)
    path = "/en/barrierer/double/skil-ad/"

    assert as_member.post(path, {"reason": "x"}).status_code == 403
    assert client.post(path, {"reason": "x"}).status_code == 302
    assert as_secretary.post(path, {"reason": ""}).context["form"].errors == {
        "reason": ["Skriv begrundelsen."]
    }
    assert "skil-ad" not in as_member.get("/barrierer/kept/").content.decode()
    double.refresh_from_db()
    assert double.merged_into == kept


# Until somebody built on it


def say(kept: Barrier) -> None:
    by = make_member()
    form = StatementForm({"text": "Also us."}, by=by)
    assert form.is_valid()
    statements.add_statement(barrier=kept, form=form, by=by)


def open_a_round(kept: Barrier) -> None:
    make_member()
    opening.open_round(voting_round=make_round(kept, make_barrier(), opened_at=None))


BUILDING: dict[str, Callable[[Barrier], Any]] = {
    "a statement": say,
    "an edit": lambda kept: register.change(form=edited(kept, title="New"), by=make_member()),
    "a theme": lambda kept: register.change(
        form=edited(kept, theme=make_theme().pk), by=make_member()
    ),
    "an initiative": lambda kept: make_initiative().barriers.add(kept),
    "a case": lambda kept: make_case().barriers.add(kept),
    "a call": lambda kept: make_call().barriers.add(kept),
    "another merge": lambda kept: merge(make_barrier(), kept),
    "a round": open_a_round,
}


@pytest.mark.parametrize("building", BUILDING)
def test_refuses_once_somebody_built_on_it(pair, building: str):
    double, kept = pair
    merge(double, kept)
    BUILDING[building](kept)

    with refused(BUILT_ON):
        apart(double)

    double.refresh_from_db()
    assert double.merged_into == kept


def test_refuses_where_the_kept_one_is_merged_or_hidden_since(pair):
    double, kept = pair
    merge(double, kept)
    hiding.hide(barrier=Barrier.objects.get(pk=kept.pk), by=make_secretary())
    with refused("The barrier that is kept is hidden since. Show it first."):
        apart(double)
    hiding.show(barrier=Barrier.objects.get(pk=kept.pk), by=make_secretary())
    merge(kept, make_barrier("Third"))
    with refused(
        "The barrier that is kept is merged into another one since. Take that apart first."
    ):
        apart(double)

    apart(kept)
    assert apart(double).merged_into is None


def test_refuses_after_a_day_and_where_nothing_is_known_of_the_merge(pair, as_secretary):
    double, kept = pair
    merge(double, kept)
    Change.objects.update(at=timezone.now() - timedelta(hours=24))

    with refused(OVER):
        apart(double)
    assert OVER in as_secretary.get("/en/barrierer/double/skil-ad/").content.decode()
    assert "skil-ad" not in as_secretary.get("/barrierer/kept/").content.decode()
    MergeRecord.objects.all().delete()
    with refused(OVER):
        apart(double)


def test_refuses_what_is_not_merged(pair):
    with refused("The barriers are taken apart already.", already=True):
        apart(pair[0])


# Support, and light changes since


def test_support_given_or_withdrawn_since_is_no_reason_and_stays_as_it_is(pair):
    double, kept = pair
    both, of_double, late = (make_member() for _ in range(3))
    for barrier, member in ((double, both), (kept, both), (double, of_double)):
        make_support(barrier, member.organisation)
    merge(double, kept)
    supporting.withdraw(barrier=kept, by=both)
    supporting.withdraw(barrier=kept, by=of_double)
    supporting.support(barrier=kept, by=late)

    apart(double)

    assert [row.organisation for row in kept.supports.all()] == [late.organisation]
    assert not double.supports.exists()
    double.refresh_from_db()
    kept.refresh_from_db()
    assert (double.support_count, kept.support_count) == (1, 2)


def test_edited_draft_of_a_round_is_no_reason(pair):
    double, kept = pair
    later = timezone.now() + timedelta(days=1)
    coming = make_round(double, opens_at=later, closes_at=later + timedelta(days=1))
    merge(double, kept)
    opening.list_barriers(coming, [kept])

    apart(double)

    assert [row.barrier for row in RoundBarrier.objects.filter(round=coming)] == [kept]


def test_merge_that_was_taken_apart_can_be_done_again_and_taken_apart_again(pair):
    double, kept = pair
    make_support(double)
    before = everything()
    for _ in range(2):
        merge(double, kept)
        apart(double)

    assert everything() == before
    assert [*Change.objects.filter(barrier=double).values_list("act", flat=True)] == [Act.APART] * 2
    assert TakenBack.objects.filter(verb=Verb.MERGED).count() == 2


def test_taking_apart_and_a_statement_in_one_moment(transactional_db):
    by = make_secretary()
    for _ in range(5):
        double, kept, member = make_barrier(), make_barrier(), make_member()
        merge(double, kept, by)
        form = StatementForm({"text": "Also us."}, by=member)
        assert form.is_valid()

        taken, said = at_once(
            lambda: apart(double, by),  # noqa: B023
            lambda: statements.add_statement(barrier=kept, form=form, by=member),  # noqa: B023
        )

        double.refresh_from_db()
        was_first = double.merged_into is None
        assert type(taken).__name__ == ("Barrier" if was_first else "Refused")
        assert said.barrier == kept  # written where it was read, whoever came first


def test_taking_apart_and_an_initiative_in_one_moment(transactional_db):
    by = make_secretary()
    for _ in range(5):
        double, kept, initiative = make_barrier(), make_barrier(), make_initiative()
        merge(double, kept, by)

        taken, _made = at_once(
            lambda: apart(double, by),  # noqa: B023
            lambda: initiative.barriers.add(kept),  # noqa: B023
        )

        double.refresh_from_db()
        assert type(taken).__name__ == ("Refused" if double.merged_into else "Barrier")
        assert [*initiative.barriers.all()] == [kept]


def test_taking_apart_happens_once_in_a_race(transactional_db):
    double, kept, by = make_barrier(), make_barrier(), make_secretary()
    merge(double, kept, by)
    gone = Barrier.objects.get(pk=double.pk)

    def once() -> Barrier:
        return taking_apart.take_apart(double=gone, reason="Wrong.", by=by)

    assert answers(at_once(once, once, once)) == ["Barrier", "Refused", "Refused"]
    assert TakenBack.objects.count() == 1
