"""Pages on which the secretariat keeps the register in order."""

import pytest
from django.utils import timezone

from barriers.models import (
    Barrier,
    BarrierState,
    Statement,
)
from taskforce.activity.models import Activity, Verb
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_initiative,
    make_meeting,
    make_member,
    make_round,
    make_statement,
    make_support,
    make_theme,
)


def titles(page) -> list[str]:
    return [row["title"] for row in page.context["rows"]]


# Answers


def test_resolve_shows_the_answer_to_everybody(as_secretary, client):
    make_barrier("Udbud")

    sent = {"answer": "Loven er ændret.", "version": 1}
    assert as_secretary.post("/barrierer/udbud/loest/", sent).url == "/barrierer/udbud/"

    barrier = Barrier.objects.get()
    assert (barrier.state, barrier.resolved_on) == (BarrierState.RESOLVED, timezone.localdate())
    page = client.get("/barrierer/udbud/").content.decode()
    assert "Loven er ændret." in page
    assert Activity.objects.get().verb == Verb.RESOLVED
    assert "Udbud" in client.get("/feed/").content.decode()


def test_resolve_needs_an_answer(as_secretary):
    make_barrier("Udbud")

    page = as_secretary.post("/barrierer/udbud/loest/", {"answer": " ", "version": 1})

    assert list(page.context["form"].errors) == ["answer"]
    assert Barrier.objects.get().state == BarrierState.OPEN


def test_resolve_changes_an_answer_and_keeps_its_day(as_secretary, client):
    day = timezone.localdate() - timezone.timedelta(days=9)
    make_barrier("Udbud", state=BarrierState.RESOLVED, resolved_on=day, answer="Første.")

    as_secretary.post("/barrierer/udbud/loest/", {"answer": "Anden.", "version": 1})

    barrier = Barrier.objects.get()
    assert (barrier.answer, barrier.resolved_on) == ("Anden.", day)
    (line,) = client.get("/barrierer/udbud/").context["history"]
    assert (line.before, line.after) == ("Første.", "Anden.")


def test_resolve_shows_both_answers_where_somebody_saved_first(as_secretary):
    make_barrier("Udbud")
    as_secretary.post("/barrierer/udbud/loest/", {"answer": "Den første.", "version": 1})

    page = as_secretary.post("/barrierer/udbud/loest/", {"answer": "Den anden.", "version": 1})

    assert [text for _label, text in page.context["form"].theirs] == ["Den første."]
    assert "Den anden." in page.content.decode()
    assert Barrier.objects.get().answer == "Den første."


def test_drop_shows_the_reason_to_everybody_and_in_lists(as_secretary, client):
    make_barrier("Udbud")
    make_barrier("Andet")

    sent = {"answer": "Ordningen er afskaffet.", "version": 1}
    assert as_secretary.post("/barrierer/udbud/ikke-aktuel/", sent).url == "/barrierer/udbud/"

    barrier = Barrier.objects.get(slug="udbud")
    assert (barrier.state, barrier.resolved_on) == (BarrierState.DROPPED, timezone.localdate())
    page = client.get("/barrierer/udbud/")
    assert "Ordningen er afskaffet." in page.content.decode()
    assert [line.after for line in page.context["history"]] == ["Ordningen er afskaffet."]
    assert Activity.objects.get().verb == Verb.DROPPED
    assert titles(client.get("/barrierer/?status=dropped")) == ["Udbud"]


def test_drop_needs_a_reason(as_secretary):
    make_barrier("Udbud")

    page = as_secretary.post("/barrierer/udbud/ikke-aktuel/", {"answer": " ", "version": 1})

    assert list(page.context["form"].errors) == ["answer"]
    assert Barrier.objects.get().state == BarrierState.OPEN


def test_a_dropped_barrier_may_be_changed_and_reopened(as_secretary):
    make_barrier("Udbud", state=BarrierState.DROPPED, resolved_on=timezone.localdate())

    page = as_secretary.get("/barrierer/udbud/").content.decode()
    assert "/barrierer/udbud/genaabn/" in page
    assert "/barrierer/udbud/ikke-aktuel/" in page
    assert "/barrierer/udbud/loest/" not in page
    as_secretary.post("/barrierer/udbud/genaabn/", {"reason": "Den er her igen.", "state": "open"})

    assert Barrier.objects.get().state == BarrierState.OPEN


def test_reopen_speaks_the_language_of_the_page(as_secretary):
    make_barrier("Udbud", state=BarrierState.RESOLVED, resolved_on=timezone.localdate())

    page = as_secretary.get("/en/barrierer/udbud/genaabn/").content.decode()

    assert "It stands in the way, and nobody has taken it up yet." in page


def test_reopen_shows_the_reason_in_the_history(as_secretary, client):
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
def test_reopen_shows_errors(as_secretary, sent: dict[str, str], field: str):
    make_barrier("Udbud")

    page = as_secretary.post("/barrierer/udbud/genaabn/", sent)

    assert list(page.context["form"].errors) == [field]


# Parts


def test_split_moves_the_chosen_statements(as_secretary, client):
    meeting = make_meeting(3)
    whole = make_barrier("Whole", raised_at=meeting)
    goes, stays = make_statement(whole, "Goes"), make_statement(whole, "Stays")
    make_support(whole)
    make_initiative().barriers.add(whole)

    sent = {"title": "Part", "theme": whole.theme_id, "description": "", "statements": [goes.pk]}
    made = as_secretary.post("/barrierer/whole/del/", sent).url

    part = Barrier.objects.get(title="Part")
    assert made == part.get_absolute_url()
    assert (part.split_from, part.raised_by, part.raised_at) == (whole, whole.raised_by, meeting)
    assert [*part.statements.all()] == [goes]
    assert [*whole.statements.all()] == [stays]
    assert (part.support_count, part.initiatives.count()) == (1, 0)
    assert client.get("/barrierer/whole/").context["parts"] == [part]
    assert client.get(made).context["whole"] == whole
    assert "/barrierer/whole/" in client.get(made).content.decode()


def test_part_of_a_hidden_barrier_is_hidden(as_secretary, client):
    whole = make_barrier("Whole", hidden_at=timezone.now())

    sent = {"title": "Part", "theme": whole.theme_id}
    made = as_secretary.post("/barrierer/whole/del/", sent).url

    assert client.get(made).status_code == 404
    assert as_secretary.get(made).status_code == 200


def test_split_cannot_move_a_statement_of_another_barrier(as_secretary):
    whole, other = make_barrier("Whole"), make_statement(make_barrier())

    sent = {"title": "Part", "theme": whole.theme_id, "statements": [other.pk]}
    page = as_secretary.post("/barrierer/whole/del/", sent)

    assert list(page.context["form"].errors) == ["statements"]
    assert 'value="Part"' in page.content.decode()


# Themes


def test_retheme_moves_several_barriers_and_leads_back_to_the_list(as_secretary, client):
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
def test_retheme_shows_errors(as_secretary, sent):
    make_barrier()

    page = as_secretary.post("/barrierer/temaer/skift/", sent, follow=True)

    assert 'class="notice wrong"' in page.content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "\r\nX: y", "&&&"])
def test_retheme_leads_nowhere_but_to_the_register(as_secretary, back: str):
    barrier = make_barrier()

    sent = {"barriers": [barrier.pk], "theme": make_theme().pk, "back": back}
    answer = as_secretary.post("/barrierer/temaer/skift/", sent)

    assert answer.url.startswith("/barrierer/?")
    assert "\n" not in answer.url


@pytest.mark.parametrize("has_kept", [True, False])
def test_merge_page_refuses_while_an_open_round_lists_the_double(as_secretary, has_kept: bool):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    voting = make_round(*([double, kept] if has_kept else [double]), title="Efterår")
    make_statement(double)

    page = as_secretary.get("/barrierer/double/laeg-sammen/?ind-i=kept")
    assert "Efterår" in page.context["why_not"]
    assert '<form method="post"' not in page.content.decode().partition("Efterår")[2]
    sent = {"into": "kept", "version": 1, "into_version": 1}
    answer = as_secretary.post("/barrierer/double/laeg-sammen/", sent)

    assert answer.status_code == 409
    assert "Efterår" in answer.context["refused"]
    assert Statement.objects.get().barrier == double
    assert voting.barriers.filter(pk=double.pk).exists()


def test_merge_page_refuses_where_somebody_changed_one_meanwhile(as_secretary):
    make_barrier("Double")
    kept = make_barrier("Kept")
    page = as_secretary.get("/barrierer/double/laeg-sammen/?ind-i=kept").content.decode()
    assert 'name="into_version" value="1"' in page
    Barrier.objects.filter(pk=kept.pk).update(version=2)

    sent = {"into": "kept", "version": 1, "into_version": 1}
    again = as_secretary.post("/barrierer/double/laeg-sammen/", sent)

    assert again.status_code == 409
    assert 'name="into_version" value="2"' in again.content.decode()  # to look at and send anew
    assert not Barrier.objects.exclude(merged_into=None).exists()


def test_merge_page_that_refused_merges_when_it_is_sent_again(as_secretary):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    Barrier.objects.filter(pk=double.pk).update(version=2)
    path, sent = "/barrierer/double/laeg-sammen/", {"into": "kept", "version": 1, "into_version": 1}

    page = as_secretary.post(path, sent)
    assert page.status_code == 409
    sent = {"into": "kept", "version": page.context["barrier"].version, "into_version": 1}

    assert as_secretary.post(path, sent).url == "/barrierer/kept/"
    double.refresh_from_db()
    assert double.merged_into == kept


def test_merge_leads_from_the_search_over_the_preview_to_the_kept_one(as_secretary, client):
    double = make_barrier("Udbud er for store", description="Hele teksten.")
    make_barrier("Store udbud", description="Den anden.")
    make_barrier("Noget helt andet")
    make_statement(double)
    make_initiative().barriers.add(double)

    search = as_secretary.get("/barrierer/udbud-er-for-store/laeg-sammen/")
    assert [row["title"] for row in search.context["rows"]] == ["Store udbud"]
    assert 'href="?ind-i=store-udbud"' in search.content.decode()
    preview = as_secretary.get("/barrierer/udbud-er-for-store/laeg-sammen/?ind-i=store-udbud")
    assert [(kind.number, kind.there) for kind in preview.context["moving"]] == [(1, 0), (1, 0)]
    sent = {"into": "store-udbud", "version": 1, "into_version": 1}
    done = as_secretary.post("/barrierer/udbud-er-for-store/laeg-sammen/", sent)

    assert done.url == "/barrierer/store-udbud/"
    page = client.get("/barrierer/store-udbud/")
    assert page.context["merged"] == [double]
    assert "Hele teksten." in page.content.decode()  # nobody's words are lost
    assert page.context["history"][0].other == double


@pytest.mark.parametrize(
    "sent", [{}, {"into": "nothing"}, {"into": "kept"}, {"into": "kept", "version": "x"}]
)
def test_merge_page_ignores_nonsense(as_secretary, sent: dict[str, str]):
    make_barrier("Double")
    make_barrier("Kept")

    assert as_secretary.post("/barrierer/double/laeg-sammen/", sent).status_code == 200
    assert not Barrier.objects.exclude(merged_into=None).exists()


def test_hidden_barrier_is_seen_by_the_secretariat_alone(as_secretary, client, log_in: LogIn):
    make_barrier("Udbud")

    as_secretary.post("/barrierer/udbud/skjul/")
    assert client.get("/barrierer/udbud/").status_code == 404
    assert log_in(make_member()).get("/barrierer/udbud/").status_code == 404
    assert titles(client.get("/barrierer/")) == []
    assert "Udbud" not in client.get("/feed/").content.decode()
    assert as_secretary.get("/barrierer/udbud/").status_code == 200

    as_secretary.post("/barrierer/udbud/vis/")
    assert client.get("/barrierer/udbud/").status_code == 200


# A barrier that was merged meanwhile


@pytest.mark.parametrize("page", ["laeg-sammen", "del", "loest", "ikke-aktuel", "genaabn"])
def test_page_of_a_merged_barrier_leads_to_the_kept_one(as_secretary, page: str):
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=make_barrier("Kept"))

    assert as_secretary.get(f"/barrierer/gone/{page}/").url == "/barrierer/kept/"


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("laeg-sammen", {"into": "other", "into_version": "1"}),
        ("del", {"title": "Part", "description": "Written."}),
        ("loest", {"answer": "Written."}),
        ("genaabn", {"reason": "Written."}),
    ],
)
def test_form_of_a_merged_barrier_shows_what_was_typed(as_secretary, page: str, typed):
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=make_barrier("Kept"))
    hidden = {"version": "1", "theme": "1", "state": "open", "statements": ["1"]}

    answer = as_secretary.post(f"/barrierer/gone/{page}/", {**hidden, **typed, "empty": " "})

    assert answer.status_code == 409
    assert answer.context["written"] == [*typed.values()]
    assert answer.context["barrier"].title == "Kept"


@pytest.mark.parametrize("page", ["loest", "ikke-aktuel", "genaabn", "del", "laeg-sammen"])
def test_form_is_shown_to_the_secretariat_alone(client, as_member, as_secretary, page: str):
    make_barrier("Udbud")
    path = f"/barrierer/udbud/{page}/"

    assert client.get(path).status_code == 302
    assert as_member.get(path).status_code == 403
    assert as_secretary.get(path).status_code == 200


@pytest.mark.parametrize("page", ["skjul", "vis"])
def test_hiding_and_showing_take_a_form_and_the_right_state(as_secretary, page: str):
    make_barrier("Shown")
    make_barrier("Hidden", hidden_at=timezone.now())
    wrong = {"skjul": "hidden", "vis": "shown"}[page]

    assert as_secretary.get(f"/barrierer/{wrong}/{page}/").status_code == 405
    assert as_secretary.post(f"/barrierer/{wrong}/{page}/").status_code == 404
