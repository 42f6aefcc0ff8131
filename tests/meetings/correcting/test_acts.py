"""The acts that correct published minutes: both texts, a version, and who wins a race."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from meetings.correcting import acts
from meetings.correcting.forms import (
    CorrectActionForm,
    CorrectOutcomeForm,
    CorrectPassageForm,
    CorrectPresenceForm,
)
from meetings.models import (
    ActionPoint,
    Attendance,
    Correction,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
)
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_member,
    make_organisation,
    make_outcome,
    make_secretary,
    make_user,
)
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import make_ready, publish
from tests.racing import at_once

TEXT = "<p>Vi mødtes i Odense.</p>"
NOT_PUBLISHED = "Referatet er ikke offentliggjort, så der er intet at rette."


@pytest.fixture
def minutes(db: None) -> Minutes:
    return publish(make_ready())


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


@pytest.fixture
def decided(minutes: Minutes) -> Outcome:
    item = make_agenda_item(minutes.meeting, "Mål")
    return make_outcome(item, "decided", decision="Mål for 2024.")


def valid(form: Any) -> Any:
    assert form.is_valid(), form.errors
    return form


def passage_form(entry: MinutesEntry, **fields: Any) -> CorrectPassageForm:
    """Return the form that corrects a passage as it is now, filled in."""
    row = MinutesEntry.objects.select_related("minutes__meeting", "speaker").get(pk=entry.pk)
    typed = {"text": row.text, "heading": row.heading, "speaker": row.speaker_id or ""}
    typed |= {"version": row.version, "wrong": "Stedet manglede.", **fields}
    return valid(CorrectPassageForm(typed, instance=row))


def outcome_form(outcome: Outcome, **fields: Any) -> CorrectOutcomeForm:
    """Return the form that corrects an outcome as it is now, filled in."""
    row = Outcome.objects.select_related("agenda_item").get(pk=outcome.pk)
    seen = CorrectOutcomeForm(instance=row)["seen"].value()
    typed = {"kind": row.kind, "decision": row.decision, "seen": seen, "wrong": "Forkert."}
    return valid(CorrectOutcomeForm(typed | fields, instance=row))


def action_form(
    minutes: Minutes, point: ActionPoint | None = None, **fields: Any
) -> CorrectActionForm:
    """Return the form that corrects an action point as it is now, or adds one, filled in."""
    row = point and ActionPoint.objects.get(pk=point.pk)
    seen = CorrectActionForm(minutes=minutes, instance=row)["seen"].value()
    typed = {"what": "Send listen", "seen": seen, "wrong": "Forkert.", **fields}
    return valid(CorrectActionForm(typed, minutes=minutes, instance=row))


def presence_form(minutes: Minutes, **fields: Any) -> CorrectPresenceForm:
    """Return the form that corrects who was there, each `a1="…"` a mark of an attendance."""
    form = CorrectPresenceForm(minutes=minutes)
    now = {name: form.mark_of(row) for name, row in form.rows.items()}
    typed = {**now, **{f"initial-{name}": mark for name, mark in now.items()}, "wrong": "Forkert."}
    return valid(CorrectPresenceForm(typed | fields, minutes=minutes))


def texts(correction: Correction) -> tuple[str, str]:
    return correction.old_text, correction.new_text


# A passage


def test_correct_passage_keeps_both_texts_and_a_version(
    minutes: Minutes, entry: MinutesEntry, secretary: Member
) -> None:
    correction = acts.correct_passage(form=passage_form(entry, text=TEXT), by=secretary)

    entry.refresh_from_db()
    assert (entry.text, entry.version) == (TEXT, 2)
    assert Correction.objects.get() == correction
    assert texts(correction) == ("<p>Vi mødtes.</p>", TEXT)
    assert (correction.minutes, correction.entry, correction.version) == (minutes, entry, 2)
    assert (correction.outcome, correction.action_point) == (None, None)
    assert (correction.text, correction.old_is_hidden) == ("Stedet manglede.", False)
    assert (correction.corrected_on, correction.corrected_by) == (timezone.localdate(), secretary)
    assert [*minutes.versions.values_list("number", "frozen_by")][1:] == [(2, secretary.user.pk)]
    activity = Activity.objects.get()
    assert (activity.verb, activity.target_id) == (Verb.CORRECTED, minutes.pk)
    assert activity.actor == secretary.user


def test_correct_passage_hides_the_old_text_where_somebody_says_so(
    entry: MinutesEntry, secretary: Member
) -> None:
    form = passage_form(entry, text=TEXT, hide_old="on")

    assert acts.correct_passage(form=form, by=secretary).old_is_hidden


def test_correct_passage_names_heading_and_speaker_where_they_change(
    entry: MinutesEntry, secretary: Member
) -> None:
    comdia = make_attendance(entry.minutes.meeting, organisation_name="Comdia & co.")

    headed = acts.correct_passage(form=passage_form(entry, heading="Indledning"), by=secretary)
    said = acts.correct_passage(form=passage_form(entry, speaker=comdia.pk), by=secretary)
    reworded = acts.correct_passage(form=passage_form(entry, text=TEXT), by=secretary)

    assert texts(headed) == ("<p>Vi mødtes.</p>", "<h4>Indledning</h4><p>Vi mødtes.</p>")
    assert texts(said) == (
        "<h4>Indledning</h4><p>Vi mødtes.</p>",
        "<h4>Comdia &amp; co.</h4><p>Vi mødtes.</p>",
    )
    assert texts(reworded) == ("<p>Vi mødtes.</p>", TEXT)


def test_correct_passage_conflicts_where_somebody_else_corrected_it(
    minutes: Minutes, entry: MinutesEntry, secretary: Member
) -> None:
    form = passage_form(entry, text=TEXT)
    acts.correct_passage(form=passage_form(entry, text="<p>Først.</p>"), by=secretary)

    with pytest.raises(Conflict) as conflict:
        acts.correct_passage(form=form, by=secretary)

    assert conflict.value.current.text == "<p>Først.</p>"
    assert (Correction.objects.count(), minutes.versions.count()) == (1, 2)


def test_correct_passage_of_two_at_once_keeps_the_first(transactional_db: None) -> None:
    minutes, by = publish(make_ready()), make_secretary()
    entry = minutes.entries.get()
    forms = [passage_form(entry, text=text) for text in ("<p>Et.</p>", "<p>To.</p>")]

    answers = at_once(*(lambda form=form: acts.correct_passage(form=form, by=by) for form in forms))

    assert {type(answer) for answer in answers} == {Correction, Conflict}
    assert (Correction.objects.count(), minutes.versions.count()) == (1, 2)


# An outcome


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"decision": "Mål for 2025."}, ("Mål for 2024.", "Mål for 2025.")),
        (
            {"kind": "noted", "decision": ""},
            ("Besluttet: Mål for 2024.", "Taget til efterretning"),
        ),
    ],
)
def test_correct_outcome_keeps_both_texts_and_a_version(
    decided: Outcome, secretary: Member, fields: dict[str, str], expected: tuple[str, str]
) -> None:
    correction = acts.correct_outcome(form=outcome_form(decided, **fields), by=secretary)

    decided.refresh_from_db()
    assert {"kind": decided.kind, "decision": decided.decision} == {"kind": "decided", **fields}
    assert texts(correction) == expected
    assert (correction.outcome, correction.entry) == (decided, None)
    assert (correction.version, correction.old_is_hidden) == (2, False)


def test_correct_outcome_conflicts_where_somebody_else_corrected_it(
    decided: Outcome, secretary: Member
) -> None:
    form = outcome_form(decided, decision="Mål for 2025.")
    Outcome.objects.filter(pk=decided.pk).update(decision="Mål for 2026.")

    with pytest.raises(Conflict) as conflict:
        acts.correct_outcome(form=form, by=secretary)

    assert conflict.value.current == decided
    decided.refresh_from_db()
    assert decided.decision == "Mål for 2026."
    assert not Correction.objects.exists()


# An action point


def test_correct_action_keeps_both_texts_without_a_person(
    minutes: Minutes, secretary: Member
) -> None:
    owner = make_member(make_organisation("Odense"), user=make_user(name="Ea Hemmelig"))
    point = make_action_point(minutes.meeting, "Send liste", due_on=date(2023, 1, 2))
    form = action_form(minutes, point, owner=owner.pk, due_on="2023-02-03", hide_old="on")

    correction = acts.correct_action(minutes=minutes, form=form, by=secretary)

    point.refresh_from_db()
    assert (point.what, point.owner, point.due_on) == ("Send listen", owner, date(2023, 2, 3))
    assert texts(correction) == (
        "Send liste · Alle · senest 2. januar 2023",
        "Send listen · Odense · senest 3. februar 2023",
    )
    assert (correction.action_point, correction.version) == (point, 2)
    assert correction.old_is_hidden


def test_correct_action_adds_one_that_was_forgotten(minutes: Minutes, secretary: Member) -> None:
    form = action_form(minutes, what="Ring til KL")

    correction = acts.correct_action(minutes=minutes, form=form, by=secretary)

    point = ActionPoint.objects.get()
    assert (point.what, point.meeting) == ("Ring til KL", minutes.meeting)
    assert texts(correction) == ("", "Ring til KL · Alle")
    assert correction.action_point == point


def test_correct_action_conflicts_where_somebody_else_corrected_it(
    minutes: Minutes, secretary: Member
) -> None:
    point = make_action_point(minutes.meeting, "Send liste")
    form = action_form(minutes, point)
    ActionPoint.objects.update(what="Noget andet")

    with pytest.raises(Conflict) as conflict:
        acts.correct_action(minutes=minutes, form=form, by=secretary)

    assert str(conflict.value.current) == "Noget andet"
    assert not Correction.objects.exists()


# Who was there


def test_correct_presence_keeps_the_organisations_of_before_and_after(
    minutes: Minutes, secretary: Member
) -> None:
    meeting = minutes.meeting
    meeting.attendances.all().delete()
    came = make_attendance(meeting, organisation_name="Comdia", status="apologies")
    away = make_attendance(meeting, organisation_name="Incita")
    make_attendance(meeting, organisation_name="Alfa", name="Ib Hemmelig")
    marks = {f"a{came.pk}": "online", f"a{away.pk}": ""}
    guest = {"name": "Ea Hemmelig", "organisation_name": "Gæstehuset"}

    correction = acts.correct_presence(
        minutes=minutes, form=presence_form(minutes, **marks, **guest), by=secretary
    )

    assert texts(correction) == ("Alfa\nIncita", "Alfa\nComdia (online)\nGæstehuset")
    assert (correction.entry, correction.outcome, correction.action_point) == (None, None, None)
    rows = meeting.attendances.order_by("pk").values_list("organisation_name", "status", "online")
    assert [*rows] == [
        ("Comdia", "present", True),
        ("Incita", "invited", False),
        ("Alfa", "present", False),
        ("Gæstehuset", "present", False),
    ]


def test_correct_presence_refuses_to_mark_a_speaker_as_absent(
    minutes: Minutes, secretary: Member
) -> None:
    rows = [make_attendance(minutes.meeting, organisation_name=name) for name in ("Her", "Der")]
    other = make_attendance(minutes.meeting, status="invited")
    for row in rows:
        make_entry(minutes, speaker=row)
    marks = {f"a{row.pk}": "" for row in rows}
    form = presence_form(minutes, **marks, **{f"a{other.pk}": "room"})

    with pytest.raises(Refused) as refused:
        acts.correct_presence(minutes=minutes, form=form, by=secretary)

    assert str(refused.value) == "Her, Der tog ordet på mødet. Ret først afsnittet i referatet."
    assert refused.value.field is None
    other.refresh_from_db()
    assert other.status == "invited"
    assert not Correction.objects.exists()


def test_correct_presence_refuses_a_guest_who_is_on_the_list(
    minutes: Minutes, secretary: Member
) -> None:
    make_attendance(minutes.meeting, name="Ib", organisation_name="Her")
    other = make_attendance(minutes.meeting)
    fields = {"name": "Ib", "organisation_name": "Her", f"a{other.pk}": ""}

    with pytest.raises(Refused) as refused:
        acts.correct_presence(minutes=minutes, form=presence_form(minutes, **fields), by=secretary)

    assert str(refused.value) == "Personen står allerede på listen. Kryds af på listen."
    assert refused.value.field is None
    other.refresh_from_db()
    assert other.status == "present"
    assert not Correction.objects.exists()


def test_correct_presence_adds_a_guest_alone(minutes: Minutes, secretary: Member) -> None:
    guest = {"name": "Ea", "organisation_name": "Gæstehuset"}

    acts.correct_presence(minutes=minutes, form=presence_form(minutes, **guest), by=secretary)

    row = Attendance.objects.get(organisation_name="Gæstehuset")
    assert (row.name, row.status, row.meeting) == ("Ea", "present", minutes.meeting)


def test_correct_presence_needs_no_guest(minutes: Minutes, secretary: Member) -> None:
    row = minutes.meeting.attendances.get()
    form = presence_form(minutes, **{f"a{row.pk}": "online"})

    correction = acts.correct_presence(minutes=minutes, form=form, by=secretary)

    name = row.organisation_name
    assert texts(correction) == (name, f"{name} (online)")


# Only what is published


@pytest.mark.parametrize("state", [MinutesState.DRAFT, MinutesState.IN_REVIEW])
def test_every_act_refuses_minutes_that_are_not_published(
    minutes: Minutes, entry: MinutesEntry, decided: Outcome, secretary: Member, state: str
) -> None:
    passage = passage_form(entry, text=TEXT)
    outcome = outcome_form(decided, decision="Mål for 2025.")
    action = action_form(minutes)
    presence = presence_form(minutes, name="Ea", organisation_name="Gæstehuset")
    calls: list[Callable[[], object]] = [
        lambda: acts.correct_passage(form=passage, by=secretary),
        lambda: acts.correct_outcome(form=outcome, by=secretary),
        lambda: acts.correct_action(minutes=minutes, form=action, by=secretary),
        lambda: acts.correct_presence(minutes=minutes, form=presence, by=secretary),
    ]
    Minutes.objects.update(state=state, published_at=None, review_ends_on=date(2030, 1, 1))

    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == NOT_PUBLISHED
    assert not Correction.objects.exists()


# Asking


def test_ask_writes_to_the_secretariat(mailbox: Mailbox, settings: Any) -> None:
    minutes, member = publish(make_ready()), make_member()

    acts.ask(minutes=minutes, place="/moeder/3/#afsnit-1", text="I Aarhus.\nJa.", by=member)

    (letter,) = mailbox.letters
    assert (letter["to"], letter["reply-to"]) == (settings.SECRETARIAT_EMAIL, member.user.email)
    words = body(letter).replace("\r\n", "\n")
    assert "I Aarhus.\nJa." in words
    assert "/moeder/3/#afsnit-1" in words
