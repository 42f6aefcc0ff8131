"""The page of the check: fix each kind of doubt, or waive it."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from meetings.checking import pages
from meetings.checking.doubts import open_doubts
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    Outcome,
    Purpose,
    Waiver,
)
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
    make_statement,
)

HERE = "/moeder/3/referat/tjek/"
GONE = "Det er rettet imens eller allerede sprunget over."
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def minutes(db: None) -> Minutes:
    """Minutes in which nothing is missing, of a meeting at which one was present."""
    minutes = make_minutes(make_meeting(3, date=date(2022, 11, 15)))
    make_attendance(minutes.meeting, name_visibility=NameVisibility.PUBLIC)
    make_meeting(4, date=TOMORROW, state=MeetingState.PLANNED)
    return minutes


def fix(browser: Client, key: str, **data: Any) -> Any:
    return browser.post(f"{HERE}ret/{key}/", data)


def fix_of(page: Any, key: str) -> Any:
    """Return the fix that the page of the check offers for a doubt."""
    (found,) = (fix for doubt, fix, _form in page.context["open"] if doubt.key == key)
    return found


def shown(browser: Client, key: str) -> Any:
    return fix_of(browser.get(HERE), key).form


def open_keys(browser: Client) -> list[str]:
    return [doubt.key for doubt, _fix, _form in browser.get(HERE).context["open"]]


# An item without text


@pytest.fixture
def without_text(minutes: Minutes) -> str:
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_outcome(item)
    return f"no-text:{item.pk}"


def test_fix_adds_a_text_and_leads_to_the_next_doubt(as_secretary, minutes, without_text):
    point = make_action_point(minutes.meeting)

    page = fix(as_secretary, without_text, text="Vi mødtes.")

    entry = MinutesEntry.objects.get()
    assert (entry.text, f"no-text:{entry.agenda_item_id}") == ("<p>Vi mødtes.</p>", without_text)
    assert page.url == f"{HERE}#tvivl-no-owner-{point.pk}"
    assert f'id="tvivl-no-owner-{point.pk}"' in as_secretary.get(page.url).content.decode()


def test_fix_fills_an_empty_passage(as_secretary, minutes, without_text):
    item = minutes.meeting.agenda.get()
    entry = make_entry(minutes, "<p> </p>", agenda_item=item)

    fix(as_secretary, without_text, text="Vi mødtes.")

    filled = MinutesEntry.objects.get()
    assert (filled.pk, filled.text) == (entry.pk, "<p>Vi mødtes.</p>")
    assert filled.version == entry.version + 1


def test_fix_refuses_an_empty_text(as_secretary, without_text):
    form = fix_of(fix(as_secretary, without_text, text=" "), without_text).form

    assert form.errors["text"]
    assert not MinutesEntry.objects.exists()


def test_fix_shows_the_text_that_somebody_else_wrote_first(as_secretary, minutes, without_text):
    fix(as_secretary, without_text, text="Den første.")

    page = fix(as_secretary, without_text, text="Den anden.")
    form = fix_of(page, without_text).form

    assert "Den første." in str(form.errors)
    assert "Den anden." in page.content.decode()
    assert MinutesEntry.objects.count() == 1

    fix(as_secretary, without_text, text="Den anden.", seen=form["seen"].value())
    assert [*MinutesEntry.objects.values_list("text", flat=True)] == [
        "<p>Den første.</p>",
        "<p>Den anden.</p>",
    ]


# An item without outcome


@pytest.fixture
def without_outcome(minutes: Minutes) -> str:
    item = make_agenda_item(minutes.meeting, "Nyt")
    make_entry(minutes, "<p>Vi mødtes.</p>", agenda_item=item)
    return f"no-outcome:{item.pk}"


def test_fix_sets_an_outcome(as_secretary, without_outcome):
    page = fix(as_secretary, without_outcome, kind="decided", decision="Vi går i gang.")

    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.decision) == ("decided", "Vi går i gang.")
    assert page.url == f"{HERE}#"
    assert open_keys(as_secretary) == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"decision": "Vi går i gang."}, "kind"),
        ({"kind": "decided"}, "decision"),
        ({"kind": "noted", "decision": "Vi går i gang."}, "decision"),
        ({"kind": "rubbish"}, "kind"),
    ],
)
def test_fix_keeps_what_was_typed_of_a_wrong_outcome(as_secretary, without_outcome, data, field):
    page = fix(as_secretary, without_outcome, **data)

    form = fix_of(page, without_outcome).form
    assert form.errors[field]
    assert data.get("decision", "") in page.content.decode()
    assert not Outcome.objects.exists()


def test_fix_shows_the_outcome_that_somebody_else_set_first(as_secretary, without_outcome):
    make_outcome(AgendaItem.objects.get(), "noted")

    page = fix(as_secretary, without_outcome, kind="decided", decision="Vi går i gang.")
    form = fix_of(page, without_outcome).form

    assert Outcome.objects.get().kind == "noted"
    assert form.non_field_errors()
    assert "Vi går i gang." in page.content.decode()

    seen = form["seen"].value()
    fix(as_secretary, without_outcome, kind="decided", decision="Vi går i gang.", seen=seen)
    assert Outcome.objects.get().kind == "decided"


# An action point without anybody to do it


@pytest.fixture
def without_owner(minutes: Minutes) -> ActionPoint:
    return make_action_point(minutes.meeting, "Ring", due_on=TOMORROW)


def test_fix_gives_an_action_point_to_a_member_and_changes_nothing_else(
    as_secretary, without_owner
):
    key, owner = f"no-owner:{without_owner.pk}", make_member()
    seen = shown(as_secretary, key)["seen"].value()

    fix(as_secretary, key, owner=owner.pk, seen=seen)

    without_owner.refresh_from_db()
    assert (without_owner.owner, without_owner.organisation) == (owner, owner.organisation)
    assert (without_owner.what, without_owner.due_on) == ("Ring", TOMORROW)


def test_fix_refuses_an_action_point_for_nobody_or_for_a_stranger(as_secretary, without_owner):
    key, owner, other = f"no-owner:{without_owner.pk}", make_member(), make_organisation()

    nobody = fix_of(fix(as_secretary, key), key).form
    apart = fix(as_secretary, key, owner=owner.pk, organisation=other.pk)

    assert nobody.errors["organisation"]
    assert fix_of(apart, key).form.errors["owner"]
    for row in (owner, other):
        assert f'value="{row.pk}" selected' in apart.content.decode()
    without_owner.refresh_from_db()
    assert without_owner.owner is None


def test_fix_shows_whom_somebody_else_gave_the_action_point(as_secretary, without_owner):
    key, first, second = f"no-owner:{without_owner.pk}", make_organisation(), make_organisation()
    seen = shown(as_secretary, key)["seen"].value()
    fix(as_secretary, key, organisation=first.pk, seen=seen)

    page = fix(as_secretary, key, organisation=second.pk, seen=seen)

    assert first.name in str(fix_of(page, key).form.non_field_errors())
    without_owner.refresh_from_db()
    assert without_owner.organisation == first


# A statement without organisation


@pytest.fixture
def without_speaker(minutes: Minutes) -> MinutesEntry:
    entry = make_entry(minutes, "<p>En barriere</p>", heading="Om priser")
    make_statement(make_barrier(), entry=entry)
    return entry


def test_fix_sets_the_speaker_of_a_statement(as_secretary, without_speaker):
    key, speaker = f"no-organisation:{without_speaker.pk}", Attendance.objects.get()

    fix(as_secretary, key, speaker=speaker.pk, version=without_speaker.version)

    without_speaker.refresh_from_db()
    assert (without_speaker.speaker, without_speaker.heading) == (speaker, "Om priser")
    assert open_keys(as_secretary) == []


def test_fix_refuses_a_speaker_without_an_organisation(as_secretary, without_speaker):
    key = f"no-organisation:{without_speaker.pk}"
    nowhere = make_attendance(without_speaker.minutes.meeting, name="", organisation_name="")

    for speaker in ("", nowhere.pk, "rubbish"):
        page = fix(as_secretary, key, speaker=speaker, version=without_speaker.version)
        assert fix_of(page, key).form.errors["speaker"]
    without_speaker.refresh_from_db()
    assert without_speaker.speaker is None


def test_fix_shows_the_passage_that_somebody_else_saved_first(as_secretary, without_speaker):
    key, speaker = f"no-organisation:{without_speaker.pk}", Attendance.objects.get()
    MinutesEntry.objects.update(version=without_speaker.version + 1, text="<p>Nyt</p>")

    page = fix(as_secretary, key, speaker=speaker.pk, version=without_speaker.version)

    form = fix_of(page, key).form
    assert form.non_field_errors()
    assert f'value="{speaker.pk}" selected' in page.content.decode()
    fix(as_secretary, key, speaker=speaker.pk, version=form["version"].value())
    without_speaker.refresh_from_db()
    assert (without_speaker.speaker, without_speaker.text) == (speaker, "<p>Nyt</p>")


# A short link


LONG = "https://odense.dk/a?b=1&c=2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p><a href="https://bit.ly/3a">https://bit.ly/3a</a> og bit.ly/3b</p>',
            '<p><a href="https://odense.dk/a?b=1&amp;c=2" rel="noopener noreferrer">https://odense.dk/a?b=1&amp;c=2</a>'
            " og bit.ly/3b</p>",
        ),
        ("<p>Se bit.ly/3a.</p>", "<p>Se https://odense.dk/a?b=1&amp;c=2.</p>"),
    ],
)
def test_fix_replaces_a_short_link_wherever_it_stands(as_secretary, minutes, before, after):
    entry = make_entry(minutes, before)
    key = open_keys(as_secretary)[0]

    fix(as_secretary, key, address=LONG)

    changed = MinutesEntry.objects.get()
    assert (changed.text, changed.version) == (after, entry.version + 1)
    assert key not in open_keys(as_secretary)


def test_fix_replaces_a_short_link_in_headings_decisions_and_action_points(as_secretary, minutes):
    item = make_agenda_item(minutes.meeting)
    make_entry(minutes, "<p>x</p>", agenda_item=item, heading="Se bit.ly/3a")
    make_outcome(item, "decided", decision="Se bit.ly/3a")
    make_action_point(minutes.meeting, "Se bit.ly/3a", organisation=make_organisation())

    for key in open_keys(as_secretary):
        fix(as_secretary, key, address=LONG)

    texts = (
        MinutesEntry.objects.get().heading,
        Outcome.objects.get().decision,
        ActionPoint.objects.get().what,
    )
    assert texts == (f"Se {LONG}",) * 3


@pytest.mark.parametrize(
    "address", ["", "ikke en adresse", "https://bit.ly/x", "javascript:alert(1)"]
)
def test_fix_refuses_an_address_that_is_short_or_none(as_secretary, minutes, address):
    make_entry(minutes, "<p>Se bit.ly/3a</p>")
    (key,) = open_keys(as_secretary)

    page = fix(as_secretary, key, address=address)

    assert fix_of(page, key).form.errors["address"]
    assert f'value="{address}"' in page.content.decode() or not address
    assert MinutesEntry.objects.get().text == "<p>Se bit.ly/3a</p>"


def test_fix_refuses_an_address_that_makes_the_text_too_long(as_secretary, minutes):
    make_action_point(minutes.meeting, "Se bit.ly/3a", organisation=make_organisation())
    (key,) = open_keys(as_secretary)

    page = fix(as_secretary, key, address=f"https://odense.dk/{'a' * 300}")

    assert fix_of(page, key).form.errors["address"]
    assert ActionPoint.objects.get().what == "Se bit.ly/3a"


def test_fix_says_that_somebody_else_replaced_the_short_link(as_secretary, minutes):
    entry = make_entry(minutes, "<p>Se bit.ly/3a</p>")
    (key,) = open_keys(as_secretary)
    MinutesEntry.objects.update(text="<p>Andet</p>")

    page = fix(as_secretary, key, address=LONG)

    assert fix_of(page, key).form.non_field_errors()
    assert "https://odense.dk/a?b=1&amp;c=2" in page.content.decode()
    entry.refresh_from_db()
    assert entry.text == "<p>Andet</p>"


# Nobody present


def test_fix_marks_everybody_who_said_yes_once(as_secretary, minutes):
    Attendance.objects.update(status=AttendanceStatus.COMING)
    assert "Kryds den ene af, der har sagt ja" in as_secretary.get(HERE).content.decode()

    for _press in range(2):
        assert fix(as_secretary, "nobody-present").status_code == 302

    assert Attendance.objects.get().status == AttendanceStatus.PRESENT


def test_page_leads_to_the_list_where_nobody_said_yes(as_secretary, minutes):
    Attendance.objects.update(status=AttendanceStatus.INVITED)

    page = as_secretary.get(HERE)

    assert fix_of(page, "nobody-present") is None
    assert "/moeder/3/referat/skriv/#fremmoede" in page.content.decode()


# The next meeting


@pytest.fixture
def last(minutes: Minutes) -> Minutes:
    Meeting.objects.filter(number=4).delete()
    return minutes


def test_fix_plans_the_next_meeting(as_secretary, last):
    number = shown(as_secretary, "no-next-meeting")["number"].value()

    fix(as_secretary, "no-next-meeting", number=number, day=TOMORROW.isoformat())

    planned = Meeting.objects.get(number=4)
    assert (planned.date, planned.state) == (TOMORROW, MeetingState.PLANNED)
    assert open_keys(as_secretary) == []


def test_fix_refuses_a_next_meeting_without_a_later_day(as_secretary, last):
    Meeting.objects.update(date=TOMORROW)
    day = timezone.localdate().isoformat()

    nothing = fix(as_secretary, "no-next-meeting", number=4)
    earlier = fix(as_secretary, "no-next-meeting", number=4, day=day)

    assert fix_of(nothing, "no-next-meeting").form.errors["day"]
    assert fix_of(earlier, "no-next-meeting").form.errors["day"]
    assert f'value="{day}"' in earlier.content.decode()
    assert not Meeting.objects.filter(number=4).exists()


def test_fix_refuses_a_number_that_another_meeting_has(as_secretary, last):
    fix(as_secretary, "no-next-meeting", number=4, day=TOMORROW.isoformat())

    page = fix(as_secretary, "no-next-meeting", number=4, month=f"{TOMORROW:%Y-%m}")

    assert fix_of(page, "no-next-meeting").form.errors["number"]
    assert Meeting.objects.count() == 2


# All of them


@pytest.mark.parametrize(
    "key",
    [
        "no-text:0",
        "no-owner:x",
        "no-organisation:0",
        "short-link:rubbish",
        "short-link:passage-0:x",
        "name:x",
        "x",
        "no-outcome:",
    ],
)
def test_fix_says_that_a_doubt_is_gone(as_secretary, minutes, key):
    page = as_secretary.post(f"{HERE}ret/{key}/", follow=True)

    assert page.redirect_chain == [(HERE, 302)]
    assert [*map(str, page.context["messages"])] == [GONE]


def test_fix_needs_post(as_secretary, without_text):
    assert as_secretary.get(f"{HERE}ret/{without_text}/", {"text": "x"}).status_code == 405


def test_fix_is_the_secretariats_alone(as_member, without_text):
    assert fix(as_member, without_text, text="x").status_code == 403
    assert not MinutesEntry.objects.exists()


def test_fix_refuses_minutes_that_are_no_draft(as_secretary, minutes, without_text):
    Minutes.objects.update(state="in_review", review_ends_on=date(2030, 1, 1))

    assert fix(as_secretary, without_text, text="x").status_code == 409
    assert not MinutesEntry.objects.exists()


def test_fix_of_a_round_table_text_leads_to_its_missing_speaker(as_secretary, minutes):
    table = make_agenda_item(minutes.meeting, "Bordet rundt", purpose=Purpose.ROUND_TABLE)
    make_outcome(table)

    fix(as_secretary, f"no-text:{table.pk}", text="Vi køber ind.")

    (key,) = open_keys(as_secretary)
    assert key == f"no-organisation:{MinutesEntry.objects.get().pk}"


# Waivers


@pytest.fixture
def doubt(minutes: Minutes) -> str:
    return f"no-owner:{make_action_point(minutes.meeting).pk}"


def test_page_lists_nothing_where_nothing_is_missing(as_secretary, minutes):
    page = as_secretary.get(HERE)

    assert (page.context["open"], page.context["waived"]) == ([], [])


def test_waive_keeps_the_reason_and_reopen_deletes_it(as_secretary, secretary, minutes, doubt):
    as_secretary.post(f"{HERE}lad-staa/", {"doubt": doubt, "reason": "Alle gør det."})
    page = as_secretary.get(HERE)

    assert page.context["open"] == []
    assert [waived.waived.reason for waived in page.context["waived"]] == ["Alle gør det."]
    assert Waiver.objects.get().waived_by == secretary

    as_secretary.post(f"{HERE}tag-op-igen/", {"doubt": doubt})
    assert open_keys(as_secretary) == [doubt]


def test_waive_needs_a_reason(as_secretary, minutes, doubt):
    other = make_action_point(minutes.meeting)

    page = as_secretary.post(f"{HERE}lad-staa/", {"doubt": doubt, "reason": " "})

    forms = {found.key: form for found, _fix, form in page.context["open"]}
    assert forms[doubt].errors == {"reason": ["Skriv begrundelsen."]}
    assert forms[f"no-owner:{other.pk}"].errors == {}
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("reason", ["x", ""])
def test_waive_says_that_a_doubt_is_gone(as_secretary, minutes, reason: str):
    page = as_secretary.post(f"{HERE}lad-staa/", {"doubt": "x:1", "reason": reason}, follow=True)

    assert page.redirect_chain == [(HERE, 302)]
    assert [*map(str, page.context["messages"])] == [GONE]
    assert not Waiver.objects.exists()


def test_waive_rest_says_how_many_doubts_stand(as_secretary, minutes):
    points = [make_action_point(minutes.meeting) for _ in range(2)]

    page = as_secretary.post(f"{HERE}lad-resten-staa/", {"reason": "Alle gør det."}, follow=True)

    assert page.redirect_chain == [(HERE, 302)]
    assert [*map(str, page.context["messages"])] == ["2 punkter springes over."]
    waived = [*Waiver.objects.values_list("doubt", "reason")]
    assert waived == [(f"no-owner:{point.pk}", "Alle gør det.") for point in points]


def test_waive_rest_needs_a_reason(as_secretary, minutes, doubt):
    page = as_secretary.post(f"{HERE}lad-resten-staa/", {"reason": ""})

    assert page.context["rest"].errors == {"reason": ["Skriv begrundelsen."]}
    assert b'id="resten-reason"' in page.content  # where the summary leads to
    assert open_keys(as_secretary) == [doubt]


@pytest.mark.parametrize("path", ["lad-staa/", "lad-resten-staa/", "tag-op-igen/"])
def test_waivers_need_post_and_the_secretariat(as_secretary, as_member, minutes, doubt, path):
    data = {"doubt": doubt, "reason": "x"}

    assert as_secretary.get(HERE + path, data).status_code == 405
    assert as_member.post(HERE + path, data).status_code == 403
    assert not Waiver.objects.exists()


# A name without consent


NAMED = [
    "heading",
    "passage",
    "decision",
    "action point",
    "note",
    "agenda",
    "material",
    "statement",
]


def say(minutes: Minutes, where: str, words: str) -> tuple[Any, str]:
    """Write words in one text of the minutes; return its row and the name of its field."""
    meeting = minutes.meeting
    match where:
        case "heading":
            return make_entry(minutes, "", heading=words), "heading"
        case "passage":
            return make_entry(minutes, f"<p>{words}</p>"), "text"
        case "decision":
            item = make_agenda_item(meeting, "Nyt")
            return make_outcome(item, "decided", decision=words), "decision"
        case "action point":
            return make_action_point(meeting, words), "what"
        case "note":
            return make_action_point(meeting, note=words), "note"
        case "agenda":
            return make_agenda_item(meeting, words), "title"
        case "material":
            return meeting.materials.create(title=words, link="https://example.org/"), "title"
    entry = make_entry(minutes)
    return make_statement(make_barrier("Pris"), words, entry=entry), "text"


@pytest.fixture
def ole(minutes: Minutes) -> Attendance:
    return make_attendance(minutes.meeting, name="Ole Hansen", organisation_name="Roskilde & Co")


def name_doubts(browser: Client) -> list[tuple[Any, Any]]:
    rows = browser.get(HERE).context["open"]
    return [(doubt, fix) for doubt, fix, _form in rows if doubt.is_name]


@pytest.mark.usefixtures("ole")
@pytest.mark.parametrize("where", NAMED)
def test_first_name_alone_is_replaced_with_one_click(as_secretary, minutes, where):
    row, field = say(minutes, where, "Først bød Ole velkommen. Så talte Oles mark.")

    ((doubt, fix_),) = name_doubts(as_secretary)
    ((text, ((value, organisation),)),) = fix_.form.texts
    page = as_secretary.get(HERE).content.decode()
    answer = fix(as_secretary, doubt.key, instead=value)

    assert doubt.sentence == (
        "”Ole” står i teksten og kan være Ole Hansen, der ikke har sagt ja til at vise navnet."
    )
    assert organisation == "Roskilde & Co"
    assert [(place.before, place.found, place.after) for place in text.places] == [
        ("Først bød ", "Ole", " velkommen."),
        ("Så talte ", "Oles", " mark."),
    ]
    assert "Først bød <mark>Ole</mark> velkommen." in page
    assert answer.status_code == 302
    row.refresh_from_db()
    said = unescape(strip_tags(getattr(row, field)))
    assert said == "Først bød Roskilde & Co velkommen. Så talte Roskilde & Cos mark."
    assert name_doubts(as_secretary) == []


@pytest.mark.usefixtures("ole")
def test_one_name_of_two_people_offers_both_organisations(as_secretary, minutes):
    make_attendance(minutes.meeting, name="Ole Lind", organisation_name="Aarhus Kommune")
    make_action_point(minutes.meeting, "Ole sender en liste")

    ((doubt, fix_),) = name_doubts(as_secretary)
    ((_text, buttons),) = fix_.form.texts

    assert "Ole Hansen, Ole Lind" in doubt.sentence
    assert [organisation for _value, organisation in buttons] == ["Aarhus Kommune", "Roskilde & Co"]


def test_person_without_organisation_becomes_a_participant(as_secretary, minutes):
    make_attendance(minutes.meeting, name="Ole Hansen", organisation_name="")
    point = make_action_point(minutes.meeting, "Ole Hansen sender en liste")
    ((doubt, fix_),) = name_doubts(as_secretary)

    fix(as_secretary, doubt.key, instead=fix_.form.texts[0][1][0][0])

    point.refresh_from_db()
    assert point.what == "En deltager sender en liste"


def test_participant_begins_a_sentence_with_a_capital(as_secretary, minutes):
    make_attendance(minutes.meeting, name="Ole Hansen", organisation_name="")
    entry = make_entry(minutes, "<p>Så <strong>Ole</strong> kom. Ole gik.<br>Oles hat.</p>")
    ((doubt, fix_),) = name_doubts(as_secretary)

    fix(as_secretary, doubt.key, instead=fix_.form.texts[0][1][0][0])

    entry.refresh_from_db()
    assert entry.text == (
        "<p>Så <strong>en deltager</strong> kom. En deltager gik.<br>En deltagers hat.</p>"
    )


@pytest.mark.usefixtures("ole")
def test_name_is_waived_alone_and_in_full_apart(as_secretary, minutes):
    make_action_point(minutes.meeting, "Ole sender en liste")
    ((doubt, _fix),) = name_doubts(as_secretary)
    as_secretary.post(f"{HERE}lad-staa/", {"doubt": doubt.key, "reason": "En anden Ole."})
    assert name_doubts(as_secretary) == []

    make_action_point(minutes.meeting, "Ole Hansen ringer")

    assert [doubt.sentence for doubt, _fix in name_doubts(as_secretary)] == [
        "Ole Hansen har ikke sagt ja til at vise sit navn, og det står i teksten."
    ]


@pytest.mark.usefixtures("ole")
@pytest.mark.parametrize("value", ["", "x", "actionpoint-1:Somebody else"])
def test_only_what_is_offered_is_written_instead(as_secretary, minutes, value):
    point = make_action_point(minutes.meeting, "Ole sender en liste")
    ((doubt, _fix),) = name_doubts(as_secretary)

    page = fix(as_secretary, doubt.key, instead=value)

    assert "instead" in fix_of(page, doubt.key).form.errors
    point.refresh_from_db()
    assert point.what == "Ole sender en liste"


@pytest.mark.usefixtures("ole")
def test_name_within_markup_or_too_long_a_text_is_refused(as_secretary, minutes):
    split = make_entry(minutes, "<p>Ole <strong>Han</strong>sen sender en liste</p>")
    full = make_action_point(minutes.meeting, "Ole".ljust(300, "."))
    said = []
    for doubt, fix_ in name_doubts(as_secretary):
        page = fix(as_secretary, doubt.key, instead=fix_.form.texts[0][1][0][0])
        said += fix_of(page, doubt.key).form.non_field_errors()

    assert said == [
        "Navnet er væk imens, eller der er fed eller kursiv skrift midt i det.",
        "Teksten bliver for lang med organisationen.",
    ]
    full.refresh_from_db(), split.refresh_from_db()
    assert (full.what[:4], split.version) == ("Ole.", 1)


# Many doubts: some have their forms, the others are links to them


@pytest.fixture
def doubtful(minutes: Minutes) -> list[str]:
    """Return the keys of more doubts than have their forms at once."""
    for number in range(pages.LONG):
        make_action_point(minutes.meeting, f"Punkt {number}")
    make_outcome(make_agenda_item(minutes.meeting, "Nyt"))
    return [doubt.key for doubt in open_doubts(minutes, None)]


def with_forms(page: Any) -> list[str]:
    return [doubt.key for doubt, _fix, form in page.context["open"] if form]


def test_many_doubts_have_their_forms_from_the_one_asked_for(as_secretary, doubtful):
    def anchor(place: int) -> str:
        return f"tvivl-{doubtful[place].replace(':', '-')}"

    first, later, gone = (
        as_secretary.get(HERE + query) for query in ("", f"?aabn={anchor(15)}", "?aabn=x")
    )

    assert with_forms(first) == with_forms(gone) == doubtful[: pages.AT_ONCE]
    assert with_forms(later) == doubtful[15 : 15 + pages.AT_ONCE]
    assert len(first.context["open"]) == len(doubtful) == pages.LONG + 1
    assert f'href="?aabn={anchor(15)}#{anchor(15)}"' in first.content.decode()


def test_many_doubts_lead_from_one_that_is_done_with_to_the_next(as_secretary, doubtful):
    home = make_organisation()
    keys = doubtful[15:18]
    answers = [
        fix(as_secretary, keys[0], organisation=home.pk, seen=shown_at(as_secretary, keys[0])),
        as_secretary.post(f"{HERE}lad-staa/", {"doubt": keys[1], "reason": "x"}),
    ]

    anchors = [f"tvivl-{key.replace(':', '-')}" for key in keys[1:]]
    assert answers[0].url == f"{HERE}?aabn={anchors[0]}#{anchors[0]}"
    assert answers[1].url == f"{HERE}#{anchors[1]}"  # few enough by now


def shown_at(browser: Client, key: str) -> str:
    page = browser.get(f"{HERE}?aabn=tvivl-{key.replace(':', '-')}")
    seen: str = fix_of(page, key).form["seen"].value()
    return seen


def test_many_doubts_open_the_one_whose_form_was_wrong(as_secretary, doubtful):
    wrong = fix(as_secretary, doubtful[15])
    nothing = as_secretary.post(f"{HERE}lad-staa/", {"doubt": doubtful[20], "reason": ""})

    assert with_forms(wrong)[0] == doubtful[15]
    assert fix_of(wrong, doubtful[15]).form.errors
    assert with_forms(nothing)[0] == doubtful[20]
    assert 'class="errorlist"' in nothing.content.decode()
