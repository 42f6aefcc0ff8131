"""What was done by mistake is taken back for a day, with a note and a mail."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity import taking_back
from taskforce.activity.models import Activity, TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from tests.factories import make_barrier, make_secretary


def test_within_a_day_it_may_be_taken_back(db: None):
    moment = timezone.now() - timedelta(hours=23, minutes=59)

    assert taking_back.why_not(moment) == ""
    taking_back.must_be_open(moment)


@pytest.mark.parametrize("moment", [None, timedelta(hours=24), timedelta(days=9)])
def test_after_a_day_or_where_it_never_was_it_is_refused(moment: timedelta | None):
    done = timezone.now() - moment if moment else None

    with pytest.raises(Refused) as refused:
        taking_back.must_be_open(done)

    assert str(refused.value) == "Det kan tages tilbage i 24 timer, og de er gået."


def test_what_somebody_built_on_stays():
    with pytest.raises(Refused) as refused:
        taking_back.must_be_open(timezone.now(), "Two support it.")

    assert str(refused.value) == "Two support it."


def test_done_at_is_the_last_time(db: None):
    barrier, other = make_barrier(), make_barrier()
    now = timezone.now()
    for hours in (9, 2):
        record(Verb.MERGED, barrier, by=None, at=now - timedelta(hours=hours))
    record(Verb.MERGED, other, by=None, at=now)
    record(Verb.CHANGED, barrier, by=None, at=now)

    assert taking_back.done_at(barrier, Verb.MERGED) == now - timedelta(hours=2)
    assert taking_back.done_at(barrier, Verb.SPLIT) is None


def test_touched_since_looks_at_these_rows_and_after_the_moment(db: None):
    barrier, now = make_barrier(), timezone.now()
    record(Verb.CHANGED, make_barrier(), by=None, at=now)
    record(Verb.CHANGED, barrier, by=None, at=now - timedelta(hours=2))
    rows = Barrier.objects.filter(pk=barrier.pk)

    assert taking_back.touched_since(now - timedelta(hours=3), rows) is True
    assert taking_back.touched_since(now - timedelta(hours=1), rows) is False


def test_note_keeps_a_trace_and_writes_to_each_reader_once(
    db: None, mailoutbox: list[EmailMessage]
):
    barrier, by = make_barrier("Narrow door"), make_secretary()
    told = ["b@example.org", "a@example.org", "b@example.org"]

    taking_back.note(barrier, Verb.MERGED, reason="Another door.", by=by.user, told=told)

    (kept,) = taking_back.notes_on(barrier)
    assert (kept.by, kept.reason, kept.told) == (by.user, "Another door.", 2)
    assert str(kept) == "”Narrow door” blev lagt sammen ved en fejl, og det er fortrudt."
    assert [letter.to for letter in mailoutbox] == [["a@example.org"], ["b@example.org"]]
    assert mailoutbox[0].subject == "Taget tilbage: Narrow door"
    assert "Another door." in mailoutbox[0].body
    assert f"{settings.SITE_URL}{barrier.get_absolute_url()}" in mailoutbox[0].body
    assert Activity.objects.get(verb=Verb.TAKEN_BACK).target_id == barrier.pk


def test_note_without_mail_writes_to_nobody(db: None, mailoutbox: list[EmailMessage]):
    barrier, by = make_barrier(), make_secretary()

    taking_back.note(barrier, Verb.ADDED, reason="A slip.", by=by.user)

    assert TakenBack.objects.get().told == 0
    assert mailoutbox == []


def test_a_note_needs_a_reason():
    assert taking_back.ReasonForm({"reason": " "}).errors == {"reason": ["Skriv begrundelsen."]}
