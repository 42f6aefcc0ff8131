"""How the secretariat keeps the register in order: answers, parts, themes."""

import pytest
from django.utils import timezone

from barriers.curation import resolving, retheming, splitting
from barriers.curation.forms import SplitForm
from barriers.models import Barrier, BarrierState, Statement
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from tests.factories import (
    make_barrier,
    make_initiative,
    make_meeting,
    make_secretary,
    make_statement,
    make_support,
    make_theme,
)
from tests.racing import at_once

# Answers


def test_closed_with_an_answer_that_everybody_reads(as_secretary, client):
    make_barrier("Udbud")

    sent = {"answer": "Loven er ændret.", "version": 1}
    assert as_secretary.post("/barrierer/udbud/loest/", sent).url == "/barrierer/udbud/"

    barrier = Barrier.objects.get()
    assert (barrier.state, barrier.resolved_on) == (BarrierState.RESOLVED, timezone.localdate())
    page = client.get("/barrierer/udbud/").content.decode()
    assert "Loven er ændret." in page
    assert Activity.objects.get().verb == Verb.RESOLVED
    assert "Udbud" in client.get("/feed/").content.decode()


def test_empty_answer_closes_nothing(as_secretary):
    make_barrier("Udbud")

    page = as_secretary.post("/barrierer/udbud/loest/", {"answer": " ", "version": 1})

    assert list(page.context["form"].errors) == ["answer"]
    assert Barrier.objects.get().state == BarrierState.OPEN


def test_answer_is_put_in_other_words_and_keeps_its_day(as_secretary, client):
    day = timezone.localdate() - timezone.timedelta(days=9)
    make_barrier("Udbud", state=BarrierState.RESOLVED, resolved_on=day, answer="Første.")

    as_secretary.post("/barrierer/udbud/loest/", {"answer": "Anden.", "version": 1})

    barrier = Barrier.objects.get()
    assert (barrier.answer, barrier.resolved_on) == ("Anden.", day)
    (line,) = client.get("/barrierer/udbud/").context["history"]
    assert (line.before, line.after) == ("Første.", "Anden.")


def test_second_answer_of_two_sees_the_first(as_secretary):
    make_barrier("Udbud")
    as_secretary.post("/barrierer/udbud/loest/", {"answer": "Den første.", "version": 1})

    page = as_secretary.post("/barrierer/udbud/loest/", {"answer": "Den anden.", "version": 1})

    assert [text for _label, text in page.context["form"].theirs] == ["Den første."]
    assert "Den anden." in page.content.decode()
    assert Barrier.objects.get().answer == "Den første."


def test_opened_again_with_a_reason(as_secretary, client):
    make_barrier("Udbud", state=BarrierState.RESOLVED, resolved_on=timezone.localdate())

    sent = {"reason": "Loven gælder ikke her.", "state": "addressed"}
    assert as_secretary.post("/barrierer/udbud/genaabn/", sent).url == "/barrierer/udbud/"

    barrier = Barrier.objects.get()
    assert (barrier.state, barrier.resolved_on, barrier.answer) == ("addressed", None, "")
    (line,) = client.get("/barrierer/udbud/").context["history"]
    assert (line.before, line.after) == ("The law was changed.", "Loven gælder ikke her.")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"state": "open"}, "reason"),
        ({"reason": "x", "state": "merged"}, "state"),
        ({"reason": "x", "state": "open"}, "__all__"),  # it is open already
    ],
)
def test_opened_again_wrongly(as_secretary, sent: dict[str, str], field: str):
    make_barrier("Udbud")

    page = as_secretary.post("/barrierer/udbud/genaabn/", sent)

    assert list(page.context["form"].errors) == [field]


def test_two_open_it_again_at_once(transactional_db):
    barrier = make_barrier(state=BarrierState.RESOLVED, resolved_on=timezone.localdate())
    by = make_secretary()

    def reopen() -> Barrier:
        return resolving.reopen(barrier=barrier, reason="x", state="open", by=by)

    told = at_once(reopen, reopen)

    assert [type(answer) for answer in told].count(Refused) == 1
    assert barrier.changes.count() == 1


# Parts


def test_part_takes_the_chosen_statements_along(as_secretary, client):
    meeting = make_meeting(3)
    whole = make_barrier("Whole", raised_at=meeting)
    goes, stays = make_statement(whole, "Goes"), make_statement(whole, "Stays")
    make_support(whole)
    make_initiative().barriers.add(whole)

    sent = {"title": "Part", "theme": whole.theme_id, "description": "", "statements": [goes.pk]}
    assert as_secretary.post("/barrierer/whole/del/", sent).url == "/barrierer/part/"

    part = Barrier.objects.get(slug="part")
    assert (part.split_from, part.raised_by, part.raised_at) == (whole, whole.raised_by, meeting)
    assert [*part.statements.all()] == [goes]
    assert [*whole.statements.all()] == [stays]
    assert (part.support_count, part.initiatives.count()) == (1, 0)
    assert client.get("/barrierer/whole/").context["parts"] == [part]
    assert client.get("/barrierer/part/").context["whole"] == whole
    assert "/barrierer/whole/" in client.get("/barrierer/part/").content.decode()


def test_part_of_a_hidden_barrier_is_hidden(as_secretary, client):
    whole = make_barrier("Whole", hidden_at=timezone.now())

    as_secretary.post("/barrierer/whole/del/", {"title": "Part", "theme": whole.theme_id})

    assert client.get("/barrierer/part/").status_code == 404
    assert as_secretary.get("/barrierer/part/").status_code == 200


def test_statement_of_another_barrier_is_no_choice(as_secretary):
    whole, other = make_barrier("Whole"), make_statement(make_barrier())

    sent = {"title": "Part", "theme": whole.theme_id, "statements": [other.pk]}
    page = as_secretary.post("/barrierer/whole/del/", sent)

    assert list(page.context["form"].errors) == ["statements"]
    assert 'value="Part"' in page.content.decode()


def test_two_that_take_one_statement_at_once(transactional_db):
    whole = make_barrier()
    statement, by = make_statement(whole), make_secretary()

    def split() -> Barrier:
        sent = {"title": "Part", "theme": whole.theme_id, "statements": [statement.pk]}
        form = SplitForm(sent, barrier=whole)
        assert form.is_valid()
        return splitting.split(barrier=whole, form=form, by=by)

    told = at_once(split, split)

    assert [type(answer) for answer in told].count(Refused) == 1
    assert Barrier.objects.count() == 2
    assert Statement.objects.get().barrier.split_from == whole


# Themes


def test_several_get_another_theme_at_once_and_the_list_stays(as_secretary, client):
    law, capital = make_theme("Lov"), make_theme("Kapital")
    moved, there, other = (make_barrier(theme=theme) for theme in (law, capital, law))

    sent = {"barriers": [moved.pk, there.pk], "theme": capital.pk, "back": "status=open&side=2"}
    answer = as_secretary.post("/barrierer/temaer/skift/", sent)

    assert answer.url == "/barrierer/?status=open&side=2"
    assert {*capital.barriers.all()} == {moved, there}
    assert [*law.barriers.all()] == [other]
    (line,) = client.get(moved.get_absolute_url()).context["history"]
    assert (line.before, line.after) == ("Lov", "Kapital")
    assert not there.changes.exists()  # it was there already


@pytest.mark.parametrize("sent", [{}, {"theme": "1"}, {"barriers": ["x"], "theme": "x"}])
def test_nothing_ticked_is_said(as_secretary, sent):
    make_barrier()

    page = as_secretary.post("/barrierer/temaer/skift/", sent, follow=True)

    assert 'class="notice error"' in page.content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "\r\nX: y", "&&&"])
def test_way_back_stays_in_the_register(as_secretary, back: str):
    barrier = make_barrier()

    sent = {"barriers": [barrier.pk], "theme": make_theme().pk, "back": back}
    answer = as_secretary.post("/barrierer/temaer/skift/", sent)

    assert answer.url.startswith("/barrierer/?")
    assert "\n" not in answer.url


def test_two_that_move_the_same_ones_at_once(transactional_db):
    barriers = [make_barrier() for _ in range(6)]
    theme, by = make_theme(), make_secretary()

    moved = at_once(
        lambda: retheming.retheme(barriers=barriers, theme=theme, by=by),
        lambda: retheming.retheme(barriers=barriers[::-1], theme=theme, by=by),
    )

    assert sorted(map(len, moved)) == [0, 6]
