"""The acts that write minutes: what each saves, when it refuses, and who wins a race."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    Purpose,
)
from meetings.review import publishing
from meetings.writing import acts
from meetings.writing.forms import ActionForm, GuestForm, OutcomeForm, PassageForm
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Conflict, Refused
from taskforce.core.forms import Options
from taskforce.members.models import Member
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_round_table_news,
    make_secretary,
    make_statement,
)
from tests.meetings.review.reviews import let_everything_stand
from tests.racing import at_once

IN_REVIEW = "Referatet er til gennemsyn. Det, der skal ændres, foreslås dér."
PUBLISHED = "Referatet er offentliggjort. Det, der var forkert, ændres med en rettelse."


@pytest.fixture
def minutes(db: None) -> Minutes:
    return make_minutes(make_meeting(3))


@pytest.fixture
def item(minutes: Minutes) -> AgendaItem:
    return make_agenda_item(minutes.meeting, "Nyt")


@pytest.fixture
def entry(minutes: Minutes, item: AgendaItem) -> MinutesEntry:
    return make_entry(minutes, "<p>Vi mødtes.</p>", agenda_item=item)


def valid(form: Any) -> Any:
    assert form.is_valid(), form.errors
    return form


def passage_form(entry: MinutesEntry, text: str, **fields: Any) -> PassageForm:
    """Return the form of a passage as it is now in the database, filled in."""
    row = MinutesEntry.objects.select_related("minutes").get(pk=entry.pk)
    typed = {"version": row.version, "text": text, "heading": "", "speaker": "", **fields}
    return valid(PassageForm(typed, instance=row, speakers=Options([])))


def outcome_form(item: AgendaItem, kind: str, **fields: Any) -> OutcomeForm:
    """Return the form of an item's outcome as it is now in the database, filled in."""
    row = Outcome.objects.filter(agenda_item=item).first()
    seen = OutcomeForm(instance=row, item=item)["seen"].value()
    return valid(OutcomeForm({"kind": kind, "seen": seen, **fields}, instance=row, item=item))


def action_form(minutes: Minutes, point: ActionPoint | None = None, **fields: Any) -> ActionForm:
    """Return the form of an action point as it is now in the database, filled in."""
    row = point and ActionPoint.objects.get(pk=point.pk)
    options: Any = {"instance": row, "minutes": minutes}
    options |= {"organisations": Options([]), "owners": Options([])}
    seen = ActionForm(**options)["seen"].value()
    return valid(ActionForm({"what": "Ring", "seen": seen, **fields}, **options))


def guest_form(**fields: Any) -> GuestForm:
    return valid(GuestForm({"name": "Ea", "organisation_name": "Comdia", **fields}))


# Only drafts


def act_on_everything(minutes: Minutes) -> list[Callable[[], object]]:
    """Return a call of every act that writes in these minutes."""
    item = make_agenda_item(minutes.meeting)
    entry, empty = make_entry(minutes), make_entry(minutes, "")
    point, guest = make_action_point(minutes.meeting), make_attendance(minutes.meeting)
    forms: Any = {
        "passage": passage_form(entry, "x"),
        "outcome": outcome_form(item, "noted"),
        "new": action_form(minutes),
        "changed": action_form(minutes, point),
        "guest": guest_form(),
    }
    return [
        lambda: acts.save_passage(form=forms["passage"]),
        lambda: acts.add_passage(minutes=minutes, item=item),
        lambda: acts.remove_passage(entry=empty),
        lambda: acts.set_outcome(minutes=minutes, item=item, form=forms["outcome"]),
        lambda: acts.add_action_point(minutes=minutes, form=forms["new"]),
        lambda: acts.change_action_point(minutes=minutes, form=forms["changed"]),
        lambda: acts.remove_action_point(minutes=minutes, point=point),
        lambda: acts.mark_attendance(minutes=minutes, marks={guest.pk: ""}),
        lambda: acts.mark_expected(minutes=minutes),
        lambda: acts.add_guest(minutes=minutes, form=forms["guest"]),
        lambda: acts.remove_guest(minutes=minutes, attendance=guest),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": MinutesState.IN_REVIEW, "review_ends_on": date(2030, 1, 1)}, IN_REVIEW),
        ({"state": MinutesState.PUBLISHED, "published_at": timezone.now()}, PUBLISHED),
    ],
)
def test_every_act_refuses_minutes_that_are_no_draft(
    minutes: Minutes, fields: dict[str, Any], sentence: str
) -> None:
    calls = act_on_everything(minutes)
    Minutes.objects.update(**fields)  # since the page was opened

    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == sentence


def test_every_act_writes_in_a_draft(minutes: Minutes) -> None:
    assert [call() is not None for call in act_on_everything(minutes)] == [True] * 11


def test_nothing_is_written_behind_a_publication(transactional_db: None) -> None:
    entry = make_entry(make_minutes(make_meeting(3)), "<p>Før</p>")
    secretary = make_secretary()
    let_everything_stand(entry.minutes)
    form = passage_form(entry, "Efter")

    _published, saved = at_once(
        lambda: publishing.publish(minutes=entry.minutes, by=secretary),
        lambda: acts.save_passage(form=form),
    )

    frozen = entry.minutes.versions.get().content["entries"][0]["text"]
    entry.refresh_from_db()
    assert entry.text == frozen
    if isinstance(saved, Refused):
        assert (str(saved), frozen) == (PUBLISHED, "<p>Før</p>")
    else:
        assert (saved, frozen) == (entry, "<p>Efter</p>")


# Begin


def test_begin_makes_a_passage_for_each_item_and_each_news(secretary: Member) -> None:
    meeting = make_meeting(3, state=MeetingState.PLANNED)
    first = make_agenda_item(meeting, "Velkomst", details="Med kaffe.")
    since = make_agenda_item(meeting, "Siden sidst", purpose=Purpose.SINCE_LAST, details="- En")
    table = make_agenda_item(meeting, "Bordet rundt", purpose=Purpose.ROUND_TABLE)
    last = make_agenda_item(meeting, "Eventuelt")
    odense, aarhus = make_organisation("Odense"), make_organisation("Aarhus")
    speaker = make_attendance(meeting, organisation=odense)
    make_round_table_news(meeting, "<p>Fra Odense</p>", organisation=odense)
    make_round_table_news(meeting, "<p>Fra Aarhus</p>", organisation=aarhus)

    minutes = acts.begin(meeting=meeting, by=secretary)

    assert (minutes.meeting, minutes.state) == (meeting, MinutesState.DRAFT)
    fields = ("order", "agenda_item", "speaker", "heading", "text")
    assert [*minutes.entries.values_list(*fields)] == [
        (1, first.pk, None, "", ""),
        (2, since.pk, None, "", "<ul><li>En</li></ul>"),
        (3, table.pk, None, "Aarhus", "<p>Fra Aarhus</p>"),
        (4, table.pk, speaker.pk, "", "<p>Fra Odense</p>"),
        (5, last.pk, None, "", ""),
    ]
    activity = Activity.objects.get()
    assert (activity.verb, activity.target_id) == (Verb.ADDED, minutes.pk)
    assert activity.actor == secretary.user


def test_begin_keeps_an_empty_passage_for_a_round_table_without_news(secretary: Member) -> None:
    meeting = make_meeting(3)
    table = make_agenda_item(meeting, purpose=Purpose.ROUND_TABLE)

    minutes = acts.begin(meeting=meeting, by=secretary)

    assert [*minutes.entries.values_list("agenda_item", "text")] == [(table.pk, "")]


def test_begin_keeps_news_without_a_round_table_behind_everything(secretary: Member) -> None:
    meeting = make_meeting(3)
    item = make_agenda_item(meeting, "Velkomst")
    make_round_table_news(meeting, "<p>Nyt</p>")

    minutes = acts.begin(meeting=meeting, by=secretary)

    found = [*minutes.entries.values_list("agenda_item", "text")]
    assert found == [(item.pk, ""), (None, "<p>Nyt</p>")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("coming", False), ("coming", True)], 1),  # the author
        ([("coming", False), ("invited", True)], 1),
        ([("present", False), ("coming", True)], 0),  # who is there tells it
        ([("present", False), ("present", True)], 1),
        ([("invited", False), ("coming", False)], 1),
        ([("apologies", True), ("invited", False)], 1),
        ([("apologies", True)], None),
        ([], None),
    ],
)
def test_begin_lets_the_most_likely_one_tell_the_news(
    secretary: Member, rows: list[tuple[str, bool]], expected: int | None
) -> None:
    meeting, odense = make_meeting(3), make_organisation("Odense")
    author = make_member(odense)
    make_attendance(meeting, organisation=make_organisation("Aarhus"))  # tells nothing of Odense
    made = [
        make_attendance(
            meeting, organisation=odense, status=status, member=author if wrote else None
        )
        for status, wrote in rows
    ]
    make_round_table_news(meeting, organisation=odense, written_by=author)

    minutes = acts.begin(meeting=meeting, by=secretary)

    speaker = minutes.entries.get().speaker
    assert speaker == (None if expected is None else made[expected])


def test_begin_renames_organisations_to_their_names_of_today(secretary: Member) -> None:
    meeting = make_meeting(3)
    odense = make_organisation("Ny Kommune")
    make_attendance(meeting, organisation=odense, organisation_name="Gammel Kommune")
    make_attendance(meeting, organisation_name="Gæst")
    make_attendance(make_meeting(2), organisation=odense, organisation_name="Gammel Kommune")

    acts.begin(meeting=meeting, by=secretary)

    names = Attendance.objects.order_by("pk").values_list("organisation_name", flat=True)
    assert [*names] == ["Ny Kommune", "Gæst", "Gammel Kommune"]


def test_begin_refuses_a_cancelled_meeting(secretary: Member) -> None:
    meeting = make_meeting(3)
    Meeting.objects.update(state=MeetingState.CANCELLED)  # since the page was opened

    with pytest.raises(Refused) as refused:
        acts.begin(meeting=meeting, by=secretary)

    assert str(refused.value) == "Mødet er aflyst, så der er intet at skrive ned."
    assert not refused.value.already
    assert not Minutes.objects.exists()


def test_begin_refuses_minutes_that_are_begun_already(minutes: Minutes, secretary: Member) -> None:
    with pytest.raises(Refused) as refused:
        acts.begin(meeting=minutes.meeting, by=secretary)

    assert str(refused.value) == "Referatet er begyndt. Kun sekretariatet kan se det."
    assert refused.value.already
    assert not Activity.objects.exists()


def test_begin_happens_once_where_four_begin_at_the_same_time(transactional_db: None) -> None:
    meeting, secretary = make_meeting(3), make_secretary()
    make_agenda_item(meeting)

    answers = at_once(*[lambda: acts.begin(meeting=meeting, by=secretary)] * 4)

    assert sorted(type(answer).__name__ for answer in answers) == ["Minutes", *["Refused"] * 3]
    assert (Minutes.objects.count(), MinutesEntry.objects.count()) == (1, 1)


# Passages


def test_save_passage_saves_and_counts_the_version(entry: MinutesEntry) -> None:
    speaker = make_attendance(entry.minutes.meeting)

    saved = acts.save_passage(form=passage_form(entry, "Nyt", heading="H", speaker=speaker.pk))

    entry.refresh_from_db()
    assert saved == entry
    assert (saved.version, entry.version) == (2, 2)
    assert (entry.heading, entry.speaker, entry.text) == ("H", speaker, "<p>Nyt</p>")


def test_save_passage_conflicts_where_somebody_else_saved_first(entry: MinutesEntry) -> None:
    form = passage_form(entry, "Den anden")
    first = acts.save_passage(form=passage_form(entry, "Den første"))

    with pytest.raises(Conflict) as conflict:
        acts.save_passage(form=form)

    assert conflict.value.current == first
    assert conflict.value.current.text == "<p>Den første</p>"
    entry.refresh_from_db()
    assert (entry.text, entry.version) == ("<p>Den første</p>", 2)


def test_save_passage_does_not_find_one_that_somebody_else_removed(entry: MinutesEntry) -> None:
    form = passage_form(entry, "Nyt")
    entry.delete()

    with pytest.raises(Http404):
        acts.save_passage(form=form)

    assert not MinutesEntry.objects.exists()


def test_save_passage_keeps_the_order_that_another_passage_gave_it(
    entry: MinutesEntry, item: AgendaItem
) -> None:
    later = make_entry(entry.minutes, agenda_item=None)
    form = passage_form(later, "Nyt")
    added = acts.add_passage(minutes=entry.minutes, item=item)

    acts.save_passage(form=form)

    assert [*entry.minutes.entries.values_list("pk", "order")] == [
        (entry.pk, 1),
        (added.pk, 2),
        (later.pk, 3),
    ]


def test_save_passage_of_two_at_once_loses_neither(transactional_db: None) -> None:
    entry = make_entry(make_minutes(make_meeting(3)))
    forms = [passage_form(entry, text) for text in ("Den ene", "Den anden")]

    answers = at_once(*(lambda form=form: acts.save_passage(form=form) for form in forms))

    assert {type(answer) for answer in answers} == {MinutesEntry, Conflict}
    entry.refresh_from_db()
    is_first = isinstance(answers[0], MinutesEntry)
    assert entry.text == ("<p>Den ene</p>" if is_first else "<p>Den anden</p>")


def test_add_passage_adds_it_behind_the_last_of_its_item(minutes: Minutes) -> None:
    first, second, third = (make_agenda_item(minutes.meeting, title) for title in "abc")
    one = make_entry(minutes, agenda_item=first)
    three = make_entry(minutes, agenda_item=third)
    loose = make_entry(minutes)

    added = [acts.add_passage(minutes=minutes, item=each) for each in (first, second, third, None)]

    assert {(entry.text, entry.heading, entry.speaker) for entry in added} == {("", "", None)}
    assert [entry.agenda_item for entry in added] == [first, second, third, None]
    assert [*minutes.entries.all()] == [one, added[0], added[1], three, added[2], loose, added[3]]
    assert [entry.order for entry in minutes.entries.all()] == [1, 2, 3, 4, 5, 6, 7]


def test_add_passage_of_three_at_once_gives_each_its_order(transactional_db: None) -> None:
    minutes = make_minutes(make_meeting(3))

    at_once(*[lambda: acts.add_passage(minutes=minutes, item=None)] * 3)

    assert [entry.order for entry in minutes.entries.all()] == [1, 2, 3]


def test_remove_passage_removes_an_empty_one(entry: MinutesEntry, item: AgendaItem) -> None:
    empty = make_entry(entry.minutes, " ", agenda_item=item)

    removed = acts.remove_passage(entry=empty)

    assert removed.agenda_item == item
    assert [*MinutesEntry.objects.all()] == [entry]


def test_remove_passage_refuses_one_that_was_filled_meanwhile(minutes: Minutes) -> None:
    empty = make_entry(minutes, "")
    MinutesEntry.objects.update(text="<p>Nyt</p>")

    with pytest.raises(Refused) as refused:
        acts.remove_passage(entry=empty)

    assert str(refused.value) == "Der er tekst i afsnittet. Tøm det først."
    assert [*MinutesEntry.objects.all()] == [empty]


@pytest.mark.parametrize(
    "refer",
    [
        lambda entry: make_statement(make_barrier(), entry=entry),
        lambda entry: make_action_point(entry.minutes.meeting, entry=entry),
    ],
)
def test_remove_passage_refuses_one_that_another_row_refers_to(
    minutes: Minutes, refer: Callable[[MinutesEntry], Any]
) -> None:
    empty = make_entry(minutes, "")
    refer(empty)

    with pytest.raises(Refused) as refused:
        acts.remove_passage(entry=empty)

    sentence = "Et udsagn eller en aftale hører til afsnittet. Fjern det først."
    assert str(refused.value) == sentence
    assert [*MinutesEntry.objects.all()] == [empty]


# Outcomes


def test_set_outcome_adds_changes_and_removes_it(minutes: Minutes, item: AgendaItem) -> None:
    def set_to(kind: str, decision: str = "") -> tuple[Outcome, list[Any]]:
        form = outcome_form(item, kind, decision=decision)
        made = acts.set_outcome(minutes=minutes, item=item, form=form)
        return made, [*Outcome.objects.values_list("pk", "kind", "decision", "agenda_item")]

    added, after_adding = set_to("decided", "Vi laver en guide.")
    changed, after_changing = set_to("deferred")
    removed, after_removing = set_to("")
    again, _rows = set_to("")

    assert after_adding == [(added.pk, "decided", "Vi laver en guide.", item.pk)]
    assert after_changing == [(added.pk, "deferred", "", item.pk)]
    assert changed == added
    assert (after_removing, removed.pk, again.pk) == ([], None, None)


def test_set_outcome_conflicts_where_somebody_else_set_another(
    minutes: Minutes, item: AgendaItem
) -> None:
    form = outcome_form(item, "noted")
    first = make_outcome(item, "decided", decision="Det første.")

    with pytest.raises(Conflict) as conflict:
        acts.set_outcome(minutes=minutes, item=item, form=form)

    assert conflict.value.current == first
    assert Outcome.objects.get().kind == "decided"


def test_set_outcome_conflicts_where_somebody_else_removed_it(
    minutes: Minutes, item: AgendaItem
) -> None:
    make_outcome(item, "deferred")
    form = outcome_form(item, "noted")
    Outcome.objects.all().delete()

    with pytest.raises(Conflict) as conflict:
        acts.set_outcome(minutes=minutes, item=item, form=form)

    assert conflict.value.current is None
    assert not Outcome.objects.exists()


def test_set_outcome_of_two_at_once_keeps_the_first(transactional_db: None) -> None:
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting)
    forms = [outcome_form(item, kind) for kind in ("noted", "deferred")]

    answers = at_once(
        *(
            lambda form=form: acts.set_outcome(minutes=minutes, item=item, form=form)
            for form in forms
        )
    )

    assert {type(answer) for answer in answers} == {Outcome, Conflict}
    is_first = isinstance(answers[0], Outcome)
    assert Outcome.objects.get().kind == ("noted" if is_first else "deferred")


# Action points


def test_add_action_point_adds_what_is_sent_twice_once(
    minutes: Minutes, entry: MinutesEntry
) -> None:
    owner = make_member()
    fields = {"what": "Send guiden", "owner": owner.pk, "due_on": "2030-02-01", "entry": entry.pk}

    first = acts.add_action_point(minutes=minutes, form=action_form(minutes, **fields))
    second = acts.add_action_point(minutes=minutes, form=action_form(minutes, **fields))

    point = ActionPoint.objects.get()
    assert first == second == point
    assert (point.what, point.entry, point.meeting) == ("Send guiden", entry, minutes.meeting)
    assert (point.owner, point.organisation) == (owner, owner.organisation)
    assert point.due_on == date(2030, 2, 1)


@pytest.mark.parametrize("field", ["what", "organisation", "owner", "due_on", "entry", "meeting"])
def test_add_action_point_adds_one_that_differs_in_anything(
    minutes: Minutes, entry: MinutesEntry, field: str
) -> None:
    owner = make_member()
    row: Any = {"what": "Ring", "owner": owner, "organisation": owner.organisation}
    row |= {"due_on": date(2030, 2, 1), "entry": entry, "meeting": minutes.meeting}
    other: Any = {
        "what": "Skriv",
        "organisation": make_organisation(),
        "owner": make_member(owner.organisation),
        "due_on": None,
        "entry": None,
        "meeting": make_meeting(4),
    }
    ActionPoint.objects.create(**(row | {field: other[field]}))
    fields = {"owner": owner.pk, "due_on": "2030-02-01", "entry": entry.pk}

    acts.add_action_point(minutes=minutes, form=action_form(minutes, **fields))

    assert ActionPoint.objects.count() == 2


def test_change_action_point_saves_it(minutes: Minutes) -> None:
    point = make_action_point(minutes.meeting)

    changed = acts.change_action_point(minutes=minutes, form=action_form(minutes, point))

    point.refresh_from_db()
    assert (changed, point.what) == (point, "Ring")


def test_change_action_point_conflicts_where_somebody_else_changed_it(minutes: Minutes) -> None:
    point = make_action_point(minutes.meeting)
    form = action_form(minutes, point)
    ActionPoint.objects.update(what="Noget andet")

    with pytest.raises(Conflict) as conflict:
        acts.change_action_point(minutes=minutes, form=form)

    assert str(conflict.value.current) == "Noget andet"
    point.refresh_from_db()
    assert point.what == "Noget andet"


def test_change_action_point_does_not_find_one_that_somebody_else_removed(
    minutes: Minutes,
) -> None:
    point = make_action_point(minutes.meeting)
    form = action_form(minutes, point)
    point.delete()

    with pytest.raises(Http404):
        acts.change_action_point(minutes=minutes, form=form)

    assert not ActionPoint.objects.exists()


def test_change_action_point_of_two_at_once_keeps_the_first(transactional_db: None) -> None:
    minutes = make_minutes(make_meeting(3))
    point = make_action_point(minutes.meeting)
    forms = [action_form(minutes, point, what=what) for what in ("Ring", "Skriv")]

    answers = at_once(
        *(lambda form=form: acts.change_action_point(minutes=minutes, form=form) for form in forms)
    )

    assert {type(answer) for answer in answers} == {ActionPoint, Conflict}
    point.refresh_from_db()
    assert point.what == ("Ring" if isinstance(answers[0], ActionPoint) else "Skriv")


def test_remove_action_point_removes_it_alone(minutes: Minutes) -> None:
    point, other = make_action_point(minutes.meeting), make_action_point(minutes.meeting)

    removed = acts.remove_action_point(minutes=minutes, point=point)

    assert removed.what == point.what
    assert [*ActionPoint.objects.all()] == [other]


# Attendance


def statuses(minutes: Minutes) -> list[tuple[str, bool]]:
    return [*minutes.meeting.attendances.order_by("pk").values_list("status", "online")]


@pytest.mark.parametrize(
    ("before", "answered", "mark", "after"),
    [
        ("invited", False, "room", ("present", False)),
        ("coming", True, "online", ("present", True)),
        ("apologies", True, "room", ("present", False)),
        ("coming", True, "apologies", ("apologies", False)),
        ("present", True, "", ("coming", False)),  # back to what they had said
        ("present", False, "", ("invited", False)),
        ("apologies", True, "", ("invited", False)),
    ],
)
def test_mark_attendance_saves_who_is_there(
    minutes: Minutes, before: str, answered: bool, mark: str, after: tuple[str, bool]
) -> None:
    answered_at = timezone.now() if answered else None
    row = make_attendance(minutes.meeting, status=before, answered_at=answered_at)
    make_attendance(minutes.meeting, status="coming")  # is not marked

    (marked,) = acts.mark_attendance(minutes=minutes, marks={row.pk: mark})

    assert (marked, (marked.status, marked.online)) == (row, after)
    assert statuses(minutes) == [after, ("coming", False)]


def test_mark_attendance_takes_online_back(minutes: Minutes) -> None:
    row = make_attendance(minutes.meeting, online=True)

    acts.mark_attendance(minutes=minutes, marks={row.pk: "room"})

    assert statuses(minutes) == [("present", False)]


@pytest.mark.parametrize("mark", ["", "apologies"])
def test_mark_attendance_leaves_speakers_present_and_marks_the_rest(
    minutes: Minutes, mark: str
) -> None:
    spoke, silent = make_attendance(minutes.meeting), make_attendance(minutes.meeting)
    make_entry(minutes, speaker=spoke)

    rows = acts.mark_attendance(minutes=minutes, marks={spoke.pk: mark, silent.pk: "apologies"})

    assert {row.pk: row.status for row in rows} == {spoke.pk: "present", silent.pk: "apologies"}
    assert statuses(minutes) == [("present", False), ("apologies", False)]


def test_mark_attendance_moves_speakers_between_room_and_screen(minutes: Minutes) -> None:
    spoke = make_attendance(minutes.meeting)
    make_entry(minutes, speaker=spoke)

    acts.mark_attendance(minutes=minutes, marks={spoke.pk: "online"})

    assert statuses(minutes) == [("present", True)]


def test_mark_attendance_leaves_other_meetings_alone(minutes: Minutes) -> None:
    elsewhere = make_attendance(make_meeting(4), status="invited")

    assert acts.mark_attendance(minutes=minutes, marks={elsewhere.pk: "room"}) == []

    elsewhere.refresh_from_db()
    assert elsewhere.status == "invited"


def test_mark_expected_marks_everybody_who_said_yes(minutes: Minutes) -> None:
    meeting = minutes.meeting
    for status, online in (("coming", True), ("coming", False), ("invited", 0), ("apologies", 0)):
        make_attendance(meeting, status=status, online=bool(online))
    elsewhere = make_attendance(make_meeting(4), status="coming")

    assert acts.mark_expected(minutes=minutes) == 2

    assert statuses(minutes) == [
        ("present", True),
        ("present", False),
        ("invited", False),
        ("apologies", False),
    ]
    elsewhere.refresh_from_db()
    assert elsewhere.status == "coming"
    assert acts.mark_expected(minutes=minutes) == 0


def test_add_guest_puts_them_on_the_list_as_present(minutes: Minutes) -> None:
    guest = acts.add_guest(minutes=minutes, form=guest_form(online="on"))

    row = Attendance.objects.get()
    assert (guest, row.meeting, row.status) == (row, minutes.meeting, AttendanceStatus.PRESENT)
    assert (row.name, row.organisation_name, row.online) == ("Ea", "Comdia", True)


def test_add_guest_refuses_the_same_words(minutes: Minutes) -> None:
    make_attendance(minutes.meeting, name="EA", organisation_name="comdia")

    with pytest.raises(Refused) as refused:
        acts.add_guest(minutes=minutes, form=guest_form())

    assert str(refused.value) == "Personen står allerede på listen. Kryds af på listen."
    assert refused.value.field == "name"
    assert Attendance.objects.count() == 1


def test_add_guest_refuses_a_member_who_is_on_the_list(minutes: Minutes) -> None:
    member = make_member()
    make_attendance(minutes.meeting, member=member, name="Et andet navn")
    name, organisation = member.user.name, member.organisation.name
    form = guest_form(name=name, organisation_name=organisation)

    with pytest.raises(Refused) as refused:
        acts.add_guest(minutes=minutes, form=form)

    assert str(refused.value) == "Personen står allerede på listen. Kryds af på listen."
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"name": "Bo"}, {"organisation_name": "Incita"}, {"meeting": "another"}]
)
def test_add_guest_adds_others_than_those_on_the_list(
    minutes: Minutes, other: dict[str, str]
) -> None:
    fields: Any = {"name": "Ea", "organisation_name": "Comdia", **other}
    meeting = make_meeting(4) if fields.pop("meeting", None) else minutes.meeting
    make_attendance(meeting, **fields)

    acts.add_guest(minutes=minutes, form=guest_form())

    assert Attendance.objects.count() == 2


def test_add_guest_of_two_at_once_adds_one(transactional_db: None) -> None:
    minutes = make_minutes(make_meeting(3))
    forms = [guest_form(), guest_form()]

    answers = at_once(
        *(lambda form=form: acts.add_guest(minutes=minutes, form=form) for form in forms)
    )

    assert {type(answer) for answer in answers} == {Attendance, Refused}
    assert Attendance.objects.count() == 1


def test_remove_guest_removes_who_is_there_by_mistake(minutes: Minutes) -> None:
    guest, other = make_attendance(minutes.meeting), make_attendance(minutes.meeting)

    removed = acts.remove_guest(minutes=minutes, attendance=guest)

    assert removed.name == guest.name
    assert [*Attendance.objects.all()] == [other]


@pytest.mark.parametrize("is_member", [True, False])
def test_remove_guest_refuses_members_and_speakers(minutes: Minutes, is_member: bool) -> None:
    attendance = make_attendance(minutes.meeting, member=make_member() if is_member else None)
    if not is_member:
        make_entry(minutes, speaker=attendance)

    with pytest.raises(Refused) as refused:
        acts.remove_guest(minutes=minutes, attendance=attendance)

    assert str(refused.value) == "Medlemmer og de, der tog ordet, bliver på listen."
    assert Attendance.objects.get() == attendance
