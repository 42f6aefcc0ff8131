"""The pages for writing minutes: passages, outcomes, action points and attendance."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barriers.models import Statement
from meetings.models import (
    ActionPoint,
    Attendance,
    AttendanceStatus,
    MeetingState,
    Minutes,
    MinutesEntry,
    Outcome,
    Purpose,
)
from meetings.writing import acts, pages
from taskforce.activity.models import Activity
from taskforce.members.models import NameVisibility
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
    make_statement,
    make_user,
)
from tests.heavy import make_long_minutes

JSON = {"Accept": "application/json"}
HERE = "/moeder/3/referat/"


@pytest.fixture
def minutes(db: None) -> Minutes:
    """A draft of the third meeting, with one item and its passage."""
    minutes = make_minutes(make_meeting(3))
    make_entry(minutes, "<p>Vi mødtes.</p>", agenda_item=make_agenda_item(minutes.meeting, "Nyt"))
    return minutes


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


def said_on(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def typed(entry: MinutesEntry, text: str, **fields: Any) -> dict[str, Any]:
    return {"version": entry.version, "text": text, "heading": "", "speaker": "", **fields}


def save(browser: Client, entry: MinutesEntry, text: str, **fields: Any) -> Any:
    return browser.post(
        f"{HERE}afsnit/{entry.pk}/", typed(entry, text, **fields), headers=fields.pop("h", {})
    )


# Beginning


def test_begin_starts_from_the_agenda_since_last_and_the_news(as_secretary):
    meeting = make_meeting(3, state=MeetingState.PLANNED)
    first = make_agenda_item(meeting, "Velkomst", details="Med kaffe.")
    make_agenda_item(
        meeting, "Siden sidst", purpose=Purpose.SINCE_LAST, details="- En\n- To <b>x</b>"
    )
    table = make_agenda_item(meeting, "Bordet rundt", purpose=Purpose.ROUND_TABLE)
    odense, aarhus = make_organisation("Odense"), make_organisation("Aarhus")
    make_attendance(meeting, organisation=odense, status=AttendanceStatus.APOLOGIES)
    invited = make_attendance(meeting, organisation=odense, status=AttendanceStatus.INVITED)
    coming = make_attendance(meeting, organisation=odense, status=AttendanceStatus.COMING)
    make_round_table_news(meeting, "<p>Fra <strong>Odense</strong></p>", organisation=odense)
    make_round_table_news(meeting, "<p>Fra Aarhus</p>", organisation=aarhus)

    answer = as_secretary.post(f"{HERE}begynd/")

    assert answer.url == f"{HERE}skriv/"
    entries = [*Minutes.objects.get().entries.all()]
    assert [entry.order for entry in entries] == [1, 2, 3, 4]
    assert (entries[0].agenda_item, entries[0].text) == (first, "")
    assert entries[1].text == "<ul><li>En</li><li>To &lt;b&gt;x&lt;/b&gt;</li></ul>"
    told = {(entry.text, entry.speaker, entry.heading) for entry in entries[2:]}
    assert told == {
        ("<p>Fra <strong>Odense</strong></p>", coming, ""),
        ("<p>Fra Aarhus</p>", None, "Aarhus"),
    }
    assert {entry.agenda_item for entry in entries[2:]} == {table}
    assert invited != coming
    assert Activity.objects.get().verb == "added"


def test_begin_keeps_the_names_that_organisations_have_then(as_secretary):
    meeting = make_meeting(3, state="planned")
    odense = make_organisation("Ny Kommune")
    make_attendance(meeting, organisation=odense, organisation_name="Gammel Kommune")
    make_attendance(meeting, organisation_name="Gæst")

    as_secretary.post(f"{HERE}begynd/")
    odense.name = "Nyere Kommune"
    odense.save()

    names = meeting.attendances.values_list("organisation_name", flat=True)
    assert [*names] == ["Ny Kommune", "Gæst"]


def test_begin_leads_to_minutes_that_are_begun_already(as_secretary, minutes):
    answer = as_secretary.post(f"{HERE}begynd/")

    assert answer.url == f"{HERE}skriv/"
    assert MinutesEntry.objects.count() == 1


def test_begin_refuses_a_cancelled_meeting(as_secretary):
    make_meeting(3, state=MeetingState.CANCELLED)

    answer = as_secretary.post(f"{HERE}begynd/")

    assert answer.status_code == 409
    assert "aflyst" in answer.content.decode()
    assert not Minutes.objects.exists()


def test_page_without_minutes_offers_to_begin_them(as_secretary):
    make_meeting(3, state=MeetingState.PLANNED)

    page = as_secretary.get(f"{HERE}skriv/")

    assert page.context["may_begin"]
    assert not Minutes.objects.exists()


@pytest.mark.parametrize(
    ("state", "word"), [("in_review", "gennemsyn"), ("published", "offentliggjort")]
)
def test_every_address_refuses_minutes_that_are_no_draft(as_secretary, entry, minutes, state, word):
    fields = {
        "in_review": {"review_ends_on": date(2030, 1, 1)},
        "published": {"published_at": timezone.now()},
    }[state]
    Minutes.objects.update(state=state, **fields)
    item = entry.agenda_item
    point = make_action_point(minutes.meeting)
    guest = make_attendance(minutes.meeting)
    acts = {
        f"afsnit/{entry.pk}/": typed(entry, "x"),
        "afsnit/nyt/": {},
        f"afsnit/{entry.pk}/fjern/": {},
        f"punkt/{item.pk}/udfald/": {"kind": "noted"},
        f"punkt/{item.pk}/aftale/": {"what": "x"},
        "aftale/ny/": {"what": "x"},
        f"aftale/{point.pk}/": {"what": "x"},
        f"aftale/{point.pk}/fjern/": {},
        "fremmoede/": {f"a{guest.pk}": ""},
        "fremmoede/ny/": {"name": "x", "organisation_name": "x"},
        f"fremmoede/{guest.pk}/fjern/": {},
        f"tjek/ret/no-owner:{point.pk}/": {},
        "tjek/lad-staa/": {"doubt": "x", "reason": "x"},
        "tjek/tag-op-igen/": {"doubt": "x"},
    }

    pages = [as_secretary.get(f"{HERE}skriv/"), as_secretary.get(f"{HERE}tjek/")]
    pages += [as_secretary.post(HERE + path, data) for path, data in acts.items()]

    assert {page.status_code for page in pages} == {409}
    assert all(word in page.content.decode() for page in pages)
    entry.refresh_from_db()
    assert entry.text == "<p>Vi mødtes.</p>"
    assert [*ActionPoint.objects.values_list("what")] == [("Send examples",)]
    assert (Attendance.objects.get(), MinutesEntry.objects.count()) == (guest, 1)


def test_script_is_told_why_the_minutes_are_closed(as_secretary, entry):
    Minutes.objects.update(state="in_review", review_ends_on=date(2030, 1, 1))

    answer = as_secretary.post(f"{HERE}afsnit/{entry.pk}/", typed(entry, "x"), headers=JSON)

    assert answer.status_code == 409
    assert answer.json() == {
        "said": "Referatet er til gennemsyn. Det, der skal ændres, foreslås dér."
    }


# Passages


def test_save_passage_saves_and_counts_the_version(as_secretary, entry):
    speaker = make_attendance(entry.minutes.meeting)

    answer = save(
        as_secretary, entry, "Vi\n\n- et <script>x</script>", heading="H", speaker=speaker.pk
    )

    assert answer.url == f"{HERE}skriv/#afsnit-{entry.pk}"
    entry.refresh_from_db()
    assert entry.text == "<p>Vi</p><ul><li>et &lt;script&gt;x&lt;/script&gt;</li></ul>"
    assert (entry.version, entry.heading, entry.speaker) == (2, "H", speaker)


def test_save_passage_answers_a_script_with_version_and_time(as_secretary, entry):
    answer = as_secretary.post(
        f"{HERE}afsnit/{entry.pk}/", typed(entry, "<p>Nyt <script>x</script></p>"), headers=JSON
    )

    assert answer.json()["fields"] == {"version": 2}
    assert answer.json()["said"].startswith("Gemt ")
    entry.refresh_from_db()
    assert entry.text == "<p>Nyt </p>"


def test_save_passage_keeps_bold_where_no_word_changed(as_secretary, entry):
    MinutesEntry.objects.update(text="<p>Vi er <strong>enige</strong></p>")
    page = as_secretary.get(f"{HERE}skriv/")
    form = page.context["sections"][0].passages[0].form
    entry.refresh_from_db()

    save(as_secretary, entry, form["text"].value(), heading="Kun overskriften")

    entry.refresh_from_db()
    assert entry.text == "<p>Vi er <strong>enige</strong></p>"
    assert entry.heading == "Kun overskriften"


def test_save_passage_shows_both_texts_to_the_second_writer(as_secretary, entry):
    save(as_secretary, entry, "Den første")

    page = save(as_secretary, entry, "Den anden")  # from the same version

    assert page.status_code == 409
    content = page.content.decode()
    assert "<p>Den første</p>" in content
    assert "<p>Den anden</p>" in content
    assert page.context["form"]["version"].value() == "2"
    assert page.context["form"]["text"].value() == "Den anden"
    stands = MinutesEntry.objects.get()
    assert (stands.text, stands.version) == ("<p>Den første</p>", 2)

    save(as_secretary, stands, "Den første og den anden")
    assert MinutesEntry.objects.get().text == "<p>Den første og den anden</p>"


def test_save_passage_gives_a_script_both_texts(as_secretary, entry):
    save(as_secretary, entry, "Den første")

    answer = as_secretary.post(
        f"{HERE}afsnit/{entry.pk}/", typed(entry, "<p>Den anden</p>"), headers=JSON
    )

    assert answer.status_code == 409
    assert answer.json()["fields"] == {"version": 2}
    assert "<p>Den første</p>" in answer.json()["notice"]
    assert "<p>Den anden</p>" in answer.json()["notice"]


def test_save_passage_accepts_the_same_text_twice(as_secretary, entry):
    save(as_secretary, entry, "Det samme")

    assert save(as_secretary, entry, "Det samme").status_code == 302
    assert MinutesEntry.objects.get().version == 2


def test_save_passage_goes_on_from_a_text_whose_answer_was_lost(as_secretary, entry):
    save(as_secretary, entry, "<p>Halvt</p>")

    answer = save(as_secretary, entry, "<p>Halvt og helt</p>", attempted="<p>Halvt</p>")

    assert answer.status_code == 302
    stands = MinutesEntry.objects.get()
    assert (stands.text, stands.version) == ("<p>Halvt og helt</p>", 3)


def test_save_passage_shows_errors_at_their_fields(as_secretary, entry):
    page = save(as_secretary, entry, "Teksten", heading="x" * 201)
    answer = as_secretary.post(
        f"{HERE}afsnit/{entry.pk}/", typed(entry, "T", heading="x" * 201), headers=JSON
    )

    form = page.context["sections"][0].passages[0].form
    assert list(form.errors) == ["heading"]
    assert form["text"].value() == "Teksten"
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["heading"]


def test_save_passage_refuses_a_speaker_of_another_meeting(as_secretary, entry):
    stranger = make_attendance(make_meeting(4))

    page = save(as_secretary, entry, "T", speaker=stranger.pk)

    assert list(page.context["sections"][0].passages[0].form.errors) == ["speaker"]


def test_save_passage_does_not_find_one_of_another_meeting(as_secretary, entry):
    other = make_entry(make_minutes(make_meeting(4)), "<p>Andet</p>")

    assert save(as_secretary, other, "x").status_code == 404
    other.refresh_from_db()
    assert other.text == "<p>Andet</p>"


def test_save_passage_does_not_find_one_that_is_removed_meanwhile(as_secretary, entry, monkeypatch):
    def remove_first(minutes: Minutes) -> Minutes:
        entry.delete()
        return minutes

    monkeypatch.setattr(acts, "locked_draft", remove_first)
    path, data = f"{HERE}afsnit/{entry.pk}/", typed(entry, "Nyt")

    assert as_secretary.post(path, data).status_code == 404


def test_add_passage_puts_it_behind_the_last_of_its_item(as_secretary, minutes):
    meeting = minutes.meeting
    first = meeting.agenda.get()
    second, third = make_agenda_item(meeting, "To"), make_agenda_item(meeting, "Tre")
    make_entry(minutes, "<p>3</p>", agenda_item=third)
    make_entry(minutes, "<p>x</p>")

    for item in (first, second, third):
        as_secretary.post(f"{HERE}afsnit/nyt/", {"item": item.pk})
    as_secretary.post(f"{HERE}afsnit/nyt/")

    found = [(entry.agenda_item, bool(entry.text)) for entry in minutes.entries.all()]
    assert found == [
        (first, True),
        (first, False),
        (second, False),
        (third, True),
        (third, False),
        (None, True),
        (None, False),
    ]


def test_add_passage_does_not_find_an_item_of_another_meeting(as_secretary, minutes):
    item = make_agenda_item(make_meeting(4))

    assert as_secretary.post(f"{HERE}afsnit/nyt/", {"item": item.pk}).status_code == 404
    assert minutes.entries.count() == 1


def test_remove_passage_removes_empty_ones_alone(as_secretary, minutes, entry):
    empty = make_entry(minutes, "")
    with_statement = make_entry(minutes, "")
    make_statement(make_barrier(), entry=with_statement)

    said = [
        said_on(as_secretary.post(f"{HERE}afsnit/{one.pk}/fjern/", follow=True))
        for one in (empty, with_statement, entry)
    ]

    assert said == [
        ["Det tomme afsnit er slettet."],
        ["Et udsagn eller en aftale hører til afsnittet. Fjern det først."],
        ["Der er tekst i afsnittet. Tøm det først."],
    ]
    assert {*minutes.entries.all()} == {entry, with_statement}
    assert Statement.objects.get().entry == with_statement  # without it everybody would read it


# Outcomes


def outcome(browser: Client, item: Any, **fields: Any) -> Any:
    return browser.post(f"{HERE}punkt/{item.pk}/udfald/", fields)


def test_set_outcome_sets_changes_and_removes_it(as_secretary, minutes, entry):
    item = entry.agenda_item
    found = []
    for fields in (
        {"kind": "decided", "decision": "Vi laver en guide."},
        {"kind": "deferred"},
        {"kind": ""},
    ):
        page = as_secretary.get(f"{HERE}skriv/")
        seen = page.context["sections"][0].outcome["seen"].value()
        assert outcome(as_secretary, item, seen=seen, **fields).status_code == 302
        found.append([*Outcome.objects.values_list("kind", "decision")])

    assert found == [[("decided", "Vi laver en guide.")], [("deferred", "")], []]


@pytest.mark.parametrize(
    "fields", [{"kind": "decided"}, {"kind": "noted", "decision": "x"}, {"decision": "x"}]
)
def test_set_outcome_needs_decision_and_text_together(as_secretary, entry, fields):
    page = outcome(as_secretary, entry.agenda_item, **fields)

    form = page.context["sections"][0].outcome
    assert list(form.errors) == ["decision"]
    assert form["decision"].value() == fields.get("decision")
    assert not Outcome.objects.exists()


def test_set_outcome_tells_the_second_what_it_is_now(as_secretary, minutes, entry):
    item = entry.agenda_item
    make_outcome(item, "decided", decision="Det første.")

    page = outcome(as_secretary, item, kind="noted", seen="")

    form = page.context["sections"][0].outcome
    assert "Det første." in str(form.errors)
    assert Outcome.objects.get().kind == "decided"
    outcome(as_secretary, item, kind="noted", seen=form["seen"].value())
    assert Outcome.objects.get().kind == "noted"


def test_set_outcome_tells_a_script_what_to_send_the_next_time(as_secretary, entry):
    path, found = f"{HERE}punkt/{entry.agenda_item.pk}/udfald/", []
    seen = ""
    for kind in ("noted", "", "deferred"):
        answer = as_secretary.post(path, {"kind": kind, "seen": seen}, headers=JSON)
        seen = answer.json()["fields"]["seen"]
        found.append((answer.status_code, bool(seen)))
    late = as_secretary.post(path, {"kind": "noted", "seen": ""}, headers=JSON)

    assert found == [(200, True), (200, False), (200, True)]
    assert Outcome.objects.get().kind == "deferred"
    assert (late.status_code, late.json()["fields"]) == (422, {"seen": seen})
    assert list(late.json()["errors"]) == ["__all__"]


def test_set_outcome_refuses_an_unknown_kind(as_secretary, entry):
    page = outcome(as_secretary, entry.agenda_item, kind="postponed")

    assert list(page.context["sections"][0].outcome.errors) == ["kind"]


# Action points


def test_add_action_point_adds_it_once(as_secretary, minutes, entry):
    owner = make_member(make_organisation("Odense"))
    path = f"{HERE}punkt/{entry.agenda_item.pk}/aftale/"
    data = {"what": "Send guiden", "owner": owner.pk, "due_on": "2030-02-01", "entry": entry.pk}

    for _ in range(2):  # pressed twice
        answer = as_secretary.post(path, data)

    point = ActionPoint.objects.get()
    assert answer.url == f"{HERE}skriv/#punkt-{entry.agenda_item.pk}"
    assert (point.what, point.entry, point.meeting) == ("Send guiden", entry, minutes.meeting)
    assert (point.owner, point.organisation) == (owner, owner.organisation)
    assert point.due_on == date(2030, 2, 1)
    assert as_secretary.get(f"{HERE}skriv/").context["sections"][0].points == [point]


@pytest.mark.parametrize("fault", ["what", "owner", "due_on", "entry"])
def test_add_action_point_keeps_what_was_typed_where_a_field_is_wrong(as_secretary, entry, fault):
    other, owner = make_organisation(), make_member()
    former = make_member(to_date=timezone.localdate())
    right = {"what": "Send", "organisation": other.pk}
    wrong = {
        "what": {"what": "", "due_on": "2030-02-01"},
        "owner": {"owner": owner.pk},
        "due_on": {"due_on": "i morgen"},
        "entry": {"entry": make_entry(make_minutes()).pk},
    }[fault]
    path = f"{HERE}punkt/{entry.agenda_item.pk}/aftale/"

    form = as_secretary.post(path, right | wrong).context["sections"][0].action
    gone = as_secretary.post(path, right | {"owner": former.pk}).context["sections"][0].action

    assert list(form.errors) == [fault]
    assert all(form[name].value() == str(value) for name, value in (right | wrong).items())
    assert list(gone.errors) == ["owner"]
    assert not ActionPoint.objects.exists()


def test_action_point_is_changed_and_removed(as_secretary, minutes):
    point = make_action_point(minutes.meeting)
    path = f"{HERE}aftale/{point.pk}/"
    seen = as_secretary.get(path).context["form"]["seen"].value()

    as_secretary.post(path, {"what": "Noget andet", "seen": seen})
    refused = as_secretary.post(path, {"what": "Et tredje", "seen": seen})

    assert "Noget andet" in str(refused.context["form"].errors)
    assert refused.context["form"]["what"].value() == "Et tredje"
    point.refresh_from_db()
    assert point.what == "Noget andet"
    assert as_secretary.get(f"{path}fjern/").status_code == 405
    as_secretary.post(f"{path}fjern/")
    assert not ActionPoint.objects.exists()


def test_action_point_of_another_meeting_is_not_found(as_secretary, minutes):
    other = make_action_point(make_meeting(4))

    for path in (f"aftale/{other.pk}/", f"aftale/{other.pk}/fjern/"):
        assert as_secretary.post(HERE + path, {"what": "x"}).status_code == 404
    assert ActionPoint.objects.get().what == "Send examples"


# Attendance


def test_mark_attendance_saves_only_what_was_changed(as_secretary, minutes):
    meeting = minutes.meeting
    coming = make_attendance(meeting, status="coming", answered_at=timezone.now())
    guest = make_attendance(meeting, status="invited")
    other = make_attendance(meeting, status="present")  # ticked by another, after the page came

    as_secretary.post(
        f"{HERE}fremmoede/",
        {
            **{f"initial-a{row.pk}": "" for row in (coming, guest, other)},
            f"a{coming.pk}": "online",
            f"a{guest.pk}": "room",
            f"a{other.pk}": "",
        },
    )

    found = [*meeting.attendances.values_list("status", "online")]
    assert found == [("present", True), ("present", False), ("present", False)]

    as_secretary.post(
        f"{HERE}fremmoede/",
        {f"initial-a{coming.pk}": "online", f"initial-a{guest.pk}": "room"},
    )
    found = [*meeting.attendances.values_list("status", "online")]
    assert found == [("coming", False), ("invited", False), ("present", False)]


def test_mark_attendance_tells_a_script_how_many_are_there(as_secretary, minutes):
    coming = make_attendance(minutes.meeting, status="coming")
    make_attendance(minutes.meeting, status="present")
    sent = {f"a{coming.pk}": "room", f"initial-a{coming.pk}": ""}

    answer = as_secretary.post(f"{HERE}fremmoede/", sent, headers=JSON)

    assert answer.json()["shown"] == {"antal-til-stede": "2"}
    assert (
        '<span id="antal-til-stede">2</span>' in as_secretary.get(f"{HERE}skriv/").content.decode()
    )


def test_mark_attendance_keeps_and_adds_apologies(as_secretary, minutes):
    said, rang = (make_attendance(minutes.meeting, status=each) for each in ("apologies", "coming"))
    form = as_secretary.get(f"{HERE}skriv/").context["ticks"]
    assert (form[f"a{said.pk}"].value(), form[f"a{rang.pk}"].value()) == ("apologies", "")

    for before, after in (("apologies", "room"), ("room", "apologies")):
        data = {f"initial-a{said.pk}": before, f"a{said.pk}": after}
        as_secretary.post(f"{HERE}fremmoede/", {**data, f"a{rang.pk}": "apologies"})

    assert [*minutes.meeting.attendances.values_list("status", flat=True)] == ["apologies"] * 2


def test_mark_expected_marks_everybody_who_said_yes(as_secretary, minutes):
    meeting = minutes.meeting
    for status, online in (("coming", True), ("coming", False), ("invited", 0), ("apologies", 0)):
        make_attendance(meeting, status=status, online=bool(online))

    page = as_secretary.post(f"{HERE}fremmoede/alle/", follow=True)

    assert "2 er krydset af" in page.content.decode()
    assert [*meeting.attendances.values_list("status", "online")] == [
        ("present", True),
        ("present", False),
        ("invited", False),
        ("apologies", False),
    ]


def test_mark_attendance_says_who_stays_because_they_spoke(as_secretary, minutes):
    spoke = make_attendance(minutes.meeting, organisation_name="Odense")
    make_entry(minutes, speaker=spoke)
    data = {f"initial-a{spoke.pk}": "room", f"a{spoke.pk}": ""}

    page = as_secretary.post(f"{HERE}fremmoede/", data, follow=True)
    answer = as_secretary.post(f"{HERE}fremmoede/", data, headers=JSON)

    assert "Odense" in str(next(iter(page.context["messages"])))
    assert answer.status_code == 422
    assert answer.json()["fields"][f"a{spoke.pk}"] == "room"
    spoke.refresh_from_db()
    assert spoke.status == AttendanceStatus.PRESENT


def test_mark_attendance_refuses_an_unknown_mark(as_secretary, minutes):
    row = make_attendance(minutes.meeting, status="coming")

    page = as_secretary.post(f"{HERE}fremmoede/", {f"a{row.pk}": "rubbish"})

    assert list(page.context["ticks"].errors) == [f"a{row.pk}"]
    row.refresh_from_db()
    assert row.status == AttendanceStatus.COMING


def test_add_guest_finds_the_organisation_by_its_names(as_secretary, minutes):
    odense = make_organisation("Odense Kommune", former_names=["Odense"])
    path = f"{HERE}fremmoede/ny/"

    as_secretary.post(path, {"name": "Ea", "organisation_name": "odense kommune"})
    as_secretary.post(path, {"name": "Bo", "organisation_name": "Odense", "online": "on"})
    as_secretary.post(path, {"name": "Per", "organisation_name": "Ny Forening"})

    found = [*Attendance.objects.values_list("name", "organisation_name", "organisation", "online")]
    assert found == [
        ("Ea", "Odense Kommune", odense.pk, False),
        ("Bo", "Odense Kommune", odense.pk, True),
        ("Per", "Ny Forening", None, False),
    ]
    assert {row.name_visibility for row in Attendance.objects.all()} == {NameVisibility.NOBODY}
    assert {row.status for row in Attendance.objects.all()} == {AttendanceStatus.PRESENT}


def test_add_guest_finds_the_member(as_secretary, minutes):
    member = make_member(
        make_organisation("Odense"), user=make_user(name="Ea Holm"), name_visibility="public"
    )

    as_secretary.post(f"{HERE}fremmoede/ny/", {"name": "ea holm", "organisation_name": "Odense"})

    attendance = Attendance.objects.get()
    assert (attendance.member, attendance.name_visibility) == (member, NameVisibility.PUBLIC)


def test_add_guest_refuses_who_is_listed_or_nameless(as_secretary, minutes):
    data = {"name": "Ea", "organisation_name": "Ny Forening"}
    path = f"{HERE}fremmoede/ny/"

    as_secretary.post(path, data)
    page = as_secretary.post(path, data)
    nameless = as_secretary.post(path, data | {"name": ""})

    assert list(page.context["guest"].errors) == ["name"]
    assert page.context["guest"]["organisation_name"].value() == "Ny Forening"
    assert list(nameless.context["guest"].errors) == ["name"]
    assert Attendance.objects.count() == 1


def test_remove_guest_removes_guests_who_did_not_speak(as_secretary, minutes):
    meeting = minutes.meeting
    guest = make_attendance(meeting)
    spoke, member = make_attendance(meeting), make_attendance(meeting, member=make_member())
    make_entry(minutes, speaker=spoke)

    answers = [
        as_secretary.post(f"{HERE}fremmoede/{row.pk}/fjern/").url for row in (guest, spoke, member)
    ]

    assert answers == [f"{HERE}skriv/#fremmoede", f"{HERE}skriv/", f"{HERE}skriv/"]
    assert {*meeting.attendances.all()} == {spoke, member}


# Long minutes: one item at a time is open


@pytest.fixture
def long_minutes(db: None) -> Minutes:
    return make_long_minutes(pages.LONG + 1)


def open_items(page: Any) -> list[Any]:
    return [section.item for section in page.context["sections"] if section.action]


def test_minutes_of_usual_size_are_open_from_first_to_last(as_secretary):
    make_long_minutes(pages.LONG)

    page = as_secretary.get(f"{HERE}skriv/")

    assert len(open_items(page)) == pages.LONG + 1  # and what belongs to no item
    assert "?aabn=" not in page.content.decode()


def test_long_minutes_show_text_and_open_what_is_asked_for(as_secretary, long_minutes):
    entry = long_minutes.entries.all()[7]
    item = entry.agenda_item

    closed = as_secretary.get(f"{HERE}skriv/")
    opened = [
        as_secretary.get(f"{HERE}skriv/?aabn={anchor}")
        for anchor in (f"punkt-{item.pk}", entry.anchor, "punkt-andet", "punkt-0", "<x>")
    ]

    assert open_items(closed) == []
    assert closed.content.decode().count(entry.text) == pages.LONG + 1
    assert f'href="?aabn=punkt-{item.pk}#punkt-{item.pk}"' in closed.content.decode()
    assert [open_items(page) for page in opened] == [[item], [item], [None], [], []]


def test_long_minutes_come_back_open_where_something_was_sent(as_secretary, long_minutes):
    entry = long_minutes.entries.all()[7]
    item = entry.agenda_item

    saved = save(as_secretary, entry, "Nyt")
    entry.refresh_from_db()
    wrong = [
        save(as_secretary, entry, "Teksten", heading="x" * 201),
        outcome(as_secretary, item, kind="decided"),
        as_secretary.post(f"{HERE}punkt/{item.pk}/aftale/", {"what": ""}),
    ]

    assert saved.url == f"{HERE}skriv/?aabn={entry.anchor}#{entry.anchor}"
    assert [open_items(page) for page in wrong] == [[item]] * 3
    section = next(one for one in wrong[0].context["sections"] if one.item == item)
    assert section.passages[0].form["text"].value() == "Teksten"
    assert "Teksten" in wrong[0].content.decode()


def test_item_with_many_passages_opens_some_from_the_one_asked_for(as_secretary, minutes):
    item = minutes.meeting.agenda.get()
    for number in range(pages.LONG + 5):
        make_entry(minutes, f"<p>{number}</p>", agenda_item=item)
    entries = [*minutes.entries.all()]

    def opened(anchor: str) -> list[MinutesEntry]:
        section = as_secretary.get(f"{HERE}skriv/?aabn={anchor}").context["sections"][0]
        assert section.action
        return [passage.entry for passage in section.passages if passage.form]

    assert opened(f"punkt-{item.pk}") == entries[: pages.AT_ONCE]
    assert opened(entries[15].anchor) == entries[15 : 15 + pages.AT_ONCE]
    assert opened(entries[-1].anchor) == [entries[-1]]


# Around it


def test_page_is_the_secretariats_alone(client, as_member, minutes):
    assert client.get(f"{HERE}skriv/").status_code == 302
    assert as_member.get(f"{HERE}skriv/").status_code == 403


def test_unknown_meeting_is_not_found(as_secretary):
    assert as_secretary.get("/moeder/9/referat/skriv/").status_code == 404
    assert as_secretary.post("/moeder/9/referat/begynd/").status_code == 404


def test_page_needs_as_many_queries_for_few_passages_as_for_many(as_secretary, minutes):
    def grow() -> None:
        member, meeting = make_member(), minutes.meeting
        speaker = make_attendance(meeting, organisation=member.organisation)
        item = make_agenda_item(meeting)
        entry = make_entry(minutes, agenda_item=item, speaker=speaker)
        make_outcome(item)
        make_action_point(meeting, entry=entry, owner=member, organisation=member.organisation)
        make_statement(make_barrier(), entry=entry)

    as_secretary.get(HERE + "tjek/")  # the first request of a visit is noted
    asked = []
    for times in (2, 15):
        for _ in range(times):
            grow()
        for path in ("skriv/", "tjek/"):
            with CaptureQueriesContext(connection) as queries:
                assert as_secretary.get(HERE + path).status_code == 200
            asked.append(len(queries))

    assert asked[:2] == asked[2:]
