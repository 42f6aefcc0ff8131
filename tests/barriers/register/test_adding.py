"""Adding a barrier: likely doubles are shown, what was typed goes along, one tap adds one."""

import pytest
from django.utils import timezone

from barriers.models import Barrier, Statement
from barriers.register import acts as registering
from barriers.register.forms import NewBarrierForm
from barriers.statements import acts as statements
from tests.factories import (
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
    make_statement,
    make_theme,
)
from tests.racing import at_once

INSTEAD = 'formaction="/barrierer/store-udbud/udsagn/i-stedet/"'


@pytest.fixture
def typed(db: None) -> dict[str, object]:
    make_barrier("Store udbud")
    return {
        "title": "Udbuddene er for store",
        "theme": make_theme().pk,
        "description": "Små virksomheder kan ikke byde.",
    }


def test_likely_doubles_come_back_with_everything_that_was_typed(as_member, typed):
    page = as_member.post("/barrierer/ny/", typed)

    assert [row["title"] for row in page.context["form"].alike] == ["Store udbud"]
    text = page.content.decode()
    assert INSTEAD in text
    assert 'value="Udbuddene er for store"' in text
    assert "Små virksomheder kan ikke byde." in text
    assert f'<option value="{typed["theme"]}" selected>' in text
    assert Barrier.objects.count() == 1


def test_none_of_these_adds_it(as_member, typed):
    page = as_member.post("/barrierer/ny/", typed)
    seen = page.context["form"]["seen"].value()

    answer = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert answer.url == "/barrierer/udbuddene-er-for-store/"


def test_one_that_came_meanwhile_is_shown_too(as_member, typed):
    seen = as_member.post("/barrierer/ny/", typed).context["form"]["seen"].value()
    make_barrier("Udbud er alt for store")

    page = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert len(page.context["form"].alike) == 2


@pytest.mark.parametrize("seen", ["x", ",,", "99999", "1;2", "9" * 400])
def test_nonsense_in_what_was_seen_stops_as_nothing_seen(as_member, typed, seen: str):
    page = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert page.status_code == 200
    assert Barrier.objects.count() == 1


def test_what_was_typed_becomes_a_statement_there_instead(as_member, member, typed):
    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", typed)

    text = page.context["form"]["text"].value()
    assert text == "Udbuddene er for store\n\nSmå virksomheder kan ikke byde."
    assert 'action="/barrierer/store-udbud/udsagn/"' in page.content.decode()
    assert not Statement.objects.exists()

    as_member.post("/barrierer/store-udbud/udsagn/", {"text": text})
    statement = Statement.objects.get()
    assert (statement.organisation, statement.barrier.slug) == (
        member.organisation,
        "store-udbud",
    )


def test_text_too_long_for_a_statement_goes_along_whole(as_member, typed):
    words = {**typed, "title": "T" * 170, "description": "D" * 4100}

    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", words)

    assert len(page.context["form"]["text"].value()) == 170 + 2 + 4100


def test_nothing_typed_is_an_empty_form(as_member, typed):
    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", {})

    assert page.context["form"]["text"].value() == ""


def test_piece_of_the_page_while_one_types(as_member, typed):
    piece = as_member.get("/barrierer/ny/lignende/?titel=udbuddet").content.decode()

    assert INSTEAD in piece
    assert "<html" not in piece
    assert as_member.get("/barrierer/ny/lignende/?titel=ganske+andet").content.strip() == b""
    for query in ("", "?titel=", f"?titel={'x' * 161}", "?titel=%00"):
        assert as_member.get(f"/barrierer/ny/lignende/{query}").status_code == 200


def test_piece_tells_no_member_of_a_hidden_barrier(as_member, as_secretary, db):
    make_barrier("Store udbud", hidden_at=timezone.now())

    assert as_member.get("/barrierer/ny/lignende/?titel=store+udbud").content.strip() == b""
    assert b"Store udbud" in as_secretary.get("/barrierer/ny/lignende/?titel=store+udbud").content


def test_two_taps_at_once_add_one(transactional_db):
    member, theme = make_member(), make_theme()

    def add() -> Barrier:
        form = NewBarrierForm({"title": "Udbud", "theme": theme.pk, "description": ""})
        assert form.is_valid()
        return registering.add(form=form, by=member)

    added = at_once(add, add, add)

    assert len({barrier.pk for barrier in added}) == Barrier.objects.count() == 1


def test_two_organisations_may_raise_the_same(db):
    theme = make_theme()
    for member in (make_member(), make_member()):
        form = NewBarrierForm({"title": "Udbud", "theme": theme.pk, "description": ""})
        assert form.is_valid()
        registering.add(form=form, by=member)

    assert Barrier.objects.count() == 2


# Statements


def test_member_says_at_which_meeting(as_member, client):
    meeting = make_meeting(3)
    make_barrier("Udbud")

    as_member.post("/barrierer/udbud/udsagn/", {"text": "Svært.", "meeting": meeting.pk})

    assert Statement.objects.get().meeting == meeting
    said = client.get("/barrierer/udbud/").content.decode().partition('id="udsagn"')[2]
    assert meeting.get_absolute_url() in said


def test_meeting_that_is_ahead_or_cancelled_is_no_choice(as_member):
    make_barrier("Udbud")
    day = timezone.localdate() + timezone.timedelta(days=1)
    for meeting in (make_meeting(date=day, state="planned"), make_meeting(state="cancelled")):
        sent = {"text": "Svært.", "meeting": meeting.pk}
        page = as_member.post("/barrierer/udbud/udsagn/", sent)
        assert list(page.context["form"].errors) == ["meeting"]
        assert "Svært." in page.content.decode()


def test_secretariat_speaks_for_any_organisation_and_a_member_for_one(as_secretary, as_member):
    make_barrier("Udbud")
    other = make_organisation("Incita")

    as_secretary.post("/barrierer/udbud/udsagn/", {"text": "A", "organisation": other.pk})
    as_member.post("/barrierer/udbud/udsagn/", {"text": "B", "organisation": other.pk})

    assert Statement.objects.get(text="A").organisation == other
    assert Statement.objects.get(text="B").organisation.name == "Odense Kommune"


def test_secretariat_puts_in_other_words_what_a_passage_says(as_secretary):
    entry = make_entry(make_minutes(published=True))
    statement = make_statement(make_barrier("Udbud"), entry=entry)
    path = f"/barrierer/udbud/udsagn/{statement.pk}/ret/"
    assert "meeting" not in as_secretary.get(path).context["form"].fields

    sent = {"text": "Andre ord", "organisation": statement.organisation_id}
    as_secretary.post(path, sent)

    statement.refresh_from_db()
    assert (statement.text, statement.entry) == ("Andre ord", entry)


def test_statement_sent_twice_at_once_is_stated_once(transactional_db):
    from barriers.statements.forms import StatementForm

    barrier, member = make_barrier(), make_member()

    def state() -> Statement:
        form = StatementForm({"text": "Svært."}, by=member)
        assert form.is_valid()
        return statements.add_statement(barrier=barrier, form=form, by=member)

    at_once(state, state, state)

    assert Statement.objects.count() == 1


def test_editing_brings_back_no_old_count(transactional_db, log_in):
    """A form saves the whole row: what others wrote to it meanwhile must stay."""
    from barriers.register.forms import BarrierForm
    from barriers.statements import supporting

    home = make_member()
    barrier = make_barrier("Udbud", raised_by=home.organisation)
    form = BarrierForm(
        {"title": "Nyt", "theme": barrier.theme_id, "version": 1},
        instance=Barrier.objects.get(pk=barrier.pk),
    )
    assert form.is_valid()
    supporting.support(barrier=barrier, by=make_member())
    Barrier.objects.filter(pk=barrier.pk).update(rank=1, points=9)

    registering.change(form=form, by=make_secretary())

    barrier.refresh_from_db()
    assert (barrier.title, barrier.support_count, barrier.rank) == ("Nyt", 2, 1)
