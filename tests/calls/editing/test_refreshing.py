"""Compare a call with the EU portal, and accept changes one by one."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import signing

from calls.editing import refreshing
from calls.editing.refreshing import AcceptForm, FieldChange
from calls.models import Call, CallDeadline
from calls.reader import read
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.calls.portal import TOPIC, Portal, topic
from tests.factories import make_call, make_member
from tests.outbox import sent_to
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

DAY, MARCH, APRIL = date(2030, 1, 10), date(2030, 3, 10), date(2030, 4, 10)


def row(day: date, label: str = "") -> dict[str, Any]:
    return {"day": day, "time": time(17), "label": label}


@pytest.fixture
def call(db: None) -> Call:
    call = Call.objects.create(title="Penge", summary="x", topic_id=TOPIC, grant_min=250_000)
    CallDeadline.objects.create(call=call, day=DAY, time=time(17))
    return Call.objects.get()


def accept(call: Call, by: Member, *accepted: str, **stated: Any) -> Call:
    return refreshing.accept(
        call=call, stated=stated, accepted=[*accepted], version=call.version, by=by
    )


# Compare


def test_ask_about_returns_what_the_portal_states(call: Call, eu_portal: Portal):
    stated = refreshing.ask_about(call)

    assert stated == refreshing.stated_by(read(topic()))
    assert stated["title"] == "Workshops and buyers"
    assert stated["deadlines"] == [row(DAY)]


@pytest.mark.parametrize("topic_id", [None, "EKSEMPEL-01"])
def test_ask_about_refuses_an_unknown_identifier(
    call: Call, eu_portal: Portal, topic_id: str | None
):
    call.topic_id = topic_id

    with refused("The EU portal knows no topic of that identifier."):
        refreshing.ask_about(call)

    assert eu_portal.asked == []


def test_stated_by_leaves_out_what_the_portal_does_not_state():
    stated = refreshing.stated_by(read(topic(title="", actions=[])))

    assert not {"title", "opens_on", "deadlines", "grant_min"} & stated.keys()
    assert stated["budget"] == 1_300_000


def test_changes_are_the_fields_that_differ(call: Call):
    CallDeadline.objects.create(call=call, day=MARCH)
    stated = {
        "title": "Flere penge",
        "opens_on": date(2029, 9, 29),
        "budget": 1_300_000,
        "grant_min": 250_000,
        "deadlines": [row(DAY), row(APRIL)],
    }

    assert refreshing.changes(call, stated) == [
        FieldChange("title", "titel", "Penge", "Flere penge"),
        FieldChange("opens_on", "åbner", "", "29. september 2029"),
        FieldChange("budget", "budget i euro", "", "1.300.000"),
        FieldChange(
            "deadlines",
            "frister",
            "10. januar 2030 kl. 17.00\n10. marts 2030",
            "10. januar 2030 kl. 17.00\n10. april 2030 kl. 17.00",
        ),
    ]


def test_changes_of_the_same_are_none(call: Call):
    assert refreshing.changes(call, {"title": "Penge", "deadlines": [row(DAY, "1. trin")]}) == []


def test_change_shows_the_difference():
    pieces = FieldChange("title", "titel", "Gammel titel", "Ny titel").pieces

    assert "".join(piece.text for piece in pieces if piece.kind != "-") == "Ny titel"


# Pack


def test_pack_keeps_days_and_times():
    stated = {"opens_on": DAY, "budget": 5, "deadlines": [row(DAY), row(MARCH, "2. trin")]}

    assert refreshing.unpack(refreshing.pack(stated)) == stated
    assert refreshing.unpack(refreshing.pack({})) == {}


def test_unpack_refuses_what_was_forged_or_is_old(time_machine: Any):
    time_machine.move_to("2030-01-01T12:00Z", tick=False)
    packed = refreshing.pack({"title": "x"})
    for forged in ("", "x", packed[:-1], signing.dumps({"title": "x"})):
        with pytest.raises(signing.BadSignature):
            refreshing.unpack(forged)

    time_machine.shift(timedelta(seconds=refreshing.GOOD_FOR))
    assert refreshing.unpack(packed) == {"title": "x"}
    time_machine.shift(timedelta(seconds=1))
    with pytest.raises(signing.BadSignature):
        refreshing.unpack(packed)


def test_form_reads_what_was_packed():
    sent = {"accepted": ["title"], "stated": refreshing.pack({"title": "x"}), "version": "1"}

    form = AcceptForm(sent)

    assert form.is_valid()
    assert form.cleaned_data == {"accepted": ["title"], "stated": {"title": "x"}, "version": 1}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"stated": "x"}, "stated", "Sammenligningen er for gammel. Hent opslaget igen."),
        (
            {"accepted": ["slug"]},
            "accepted",
            "Vælg en af mulighederne. slug er ikke en af dem.",
        ),
        ({"version": ""}, "version", "Udfyld feltet."),
    ],
)
def test_form_refuses(typed: dict[str, Any], field: str, sentence: str):
    sent = {"accepted": ["title"], "stated": refreshing.pack({}), "version": "1", **typed}

    assert AcceptForm(sent).errors == {field: [sentence]}


# Accept


def test_accept_saves_accepted_fields_alone(call: Call, secretary: Member):
    found = accept(call, secretary, "title", title="Ny", budget=5, deadlines=[row(MARCH)])

    call.refresh_from_db()
    assert found == call
    assert (call.title, call.budget, call.version) == ("Ny", None, 2)
    assert call.deadlines.get().day == DAY
    assert [*Activity.objects.values_list("verb", flat=True)] == [Verb.CORRECTED]


def test_accept_of_what_was_not_stated_changes_nothing(call: Call, secretary: Member):
    accept(call, secretary, "title", "deadlines")

    call.refresh_from_db()
    assert (call.title, call.deadlines.get().day) == ("Penge", DAY)


def test_accept_moves_deadlines_and_notifies_followers(
    call: Call, secretary: Member, member: Member
):
    following.follow(followed=call, member=member)
    first = call.deadlines.get()
    stated = [row(MARCH, "1. trin"), row(APRIL, "2. trin")]

    accept(call, secretary, "deadlines", deadlines=stated)

    found = call.deadlines.values_list("day", "time", "label")
    assert [*found] == [(MARCH, time(17), "1. trin"), (APRIL, time(17), "2. trin")]
    assert call.deadlines.first() == first
    assert sent_to() == [member.user.email]


def test_accept_swaps_deadlines_that_change_places(call: Call, secretary: Member):
    first = call.deadlines.get()
    second = CallDeadline.objects.create(call=call, day=MARCH)

    accept(call, secretary, "deadlines", deadlines=[row(MARCH), row(DAY)])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.day, second.day) == (MARCH, DAY)


def test_accept_deletes_a_deadline_that_is_gone(call: Call, secretary: Member):
    CallDeadline.objects.create(call=call, day=MARCH)

    accept(call, secretary, "deadlines", deadlines=[row(APRIL)])

    call.refresh_from_db()
    assert call.deadlines.get().day == APRIL
    assert call.closes_at == call.deadlines.get().passes_at


def test_accept_raises_conflict_if_somebody_saved_first(call: Call, secretary: Member):
    Call.objects.update(title="Deres", version=2)

    with conflict(call):
        accept(call, secretary, "title", title="Ny")

    assert Call.objects.get().title == "Deres"
    assert not Activity.objects.exists()


def test_accept_refuses_fields_that_do_not_fit_together(call: Call, secretary: Member):
    with refused("The largest grant is under the smallest."):
        accept(call, secretary, "grant_max", grant_max=200_000)

    call.refresh_from_db()
    assert (call.grant_max, call.version) == (None, 1)


def test_one_of_two_accepted_at_once_gets_a_conflict(transactional_db: None):
    call, by = make_call(), make_member()
    both = [partial(accept, call, by, "title", title=title) for title in ("En", "To")]

    assert answers(at_once(*both)) == ["Call", "Conflict"]
