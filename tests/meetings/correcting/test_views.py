"""The pages that correct published minutes, and how a correction shows."""

import io
from datetime import date

import docx
import pytest
from django.utils import timezone

from meetings.models import (
    Attendance,
    Correction,
    Minutes,
    MinutesEntry,
    Outcome,
    OutcomeKind,
)
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import NameVisibility
from tests.conftest import put_away
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_member,
    make_organisation,
    make_outcome,
    make_user,
)
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import make_in_review, make_ready, publish

HERE = "/moeder/3/referat/"
TEXT = "<p>Vi mødtes i Odense.</p>"


@pytest.fixture
def minutes(db: None) -> Minutes:
    return publish(make_ready())


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


def correct(browser, entry: MinutesEntry, text: str = TEXT, **typed):
    typed = {"version": entry.version, "wrong": "Stedet manglede.", **typed}
    return browser.post(f"{HERE}ret/{entry.pk}/", {"text": text, **typed})


def test_correct_passage_shows_both_texts_to_everybody(as_secretary, secretary, client, entry):
    answer = correct(as_secretary, entry)

    correction = Correction.objects.get()
    assert answer.url == f"/moeder/3/#rettelse-{correction.pk}"
    assert (correction.old_text, correction.new_text) == ("<p>Vi mødtes.</p>", TEXT)
    assert (correction.corrected_on, correction.corrected_by) == (timezone.localdate(), secretary)
    entry.refresh_from_db()
    assert entry.text == TEXT
    assert [version.number for version in entry.minutes.versions.all()] == [1, 2]
    assert Activity.objects.get(verb=Verb.CORRECTED).target_id == entry.minutes_id
    page = client.get("/moeder/3/").content.decode()
    assert "Stedet manglede." in page
    assert "Vi mødtes<ins> i Odense</ins>." in page
    assert f'href="#rettelse-{correction.pk}"' in page
    assert "rettet" in client.get("/feed/").content.decode().lower()


def test_paper_shows_the_correction(as_secretary, client, entry):
    correct(as_secretary, entry)

    assert "Stedet manglede." in words_of(client.get("/moeder/3/referat.docx"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Vi mødtes."}, "text"),
        ({"wrong": ""}, "wrong"),
        ({"wrong": "x" * 501}, "wrong"),
    ],
)
def test_correct_passage_keeps_what_was_typed(as_secretary, entry, typed, field):
    page = correct(as_secretary, entry, **({"text": TEXT} | typed))

    assert [*page.context["form"].errors] == [field]
    assert not Correction.objects.exists()
    if field == "wrong":
        assert "Vi mødtes i Odense." in page.content.decode()


def test_correct_passage_asks_to_look_at_hidden_names(as_secretary, entry):
    make_attendance(entry.minutes.meeting, name="Ea Hemmelig")
    text = "<p>Ea Hemmelig var i Odense.</p>"

    page = correct(as_secretary, entry, text)

    assert [*page.context["form"].errors] == ["names_seen"]
    assert "Ea Hemmelig" in str(page.context["form"].errors)
    correct(as_secretary, entry, text, names_seen="on")
    entry.refresh_from_db()
    assert entry.text == text


def test_correct_passage_shows_what_somebody_else_corrected_first(as_secretary, entry):
    correct(as_secretary, entry, "<p>Først.</p>")

    page = correct(as_secretary, entry, "<p>Bagefter.</p>", version=1)

    assert page.context["form"].theirs
    assert "Først." in page.content.decode()
    assert Correction.objects.count() == 1


def correct_outcome(browser, outcome, **typed):
    here = f"{HERE}ret-udfald/{outcome.pk}/"
    seen = browser.get(here).context["form"]["seen"].value()
    fields = {"kind": outcome.kind, "decision": outcome.decision, "wrong": "Forkert.", "seen": seen}
    return browser.post(here, {**fields, **typed})


@pytest.fixture
def decided(minutes: Minutes) -> Outcome:
    item = make_agenda_item(minutes.meeting, "Mål")
    return make_outcome(item, OutcomeKind.DECIDED, decision="Mål for 2024.")


def test_correct_outcome_shows_both_decisions(as_secretary, client, decided):
    correct_outcome(as_secretary, decided, decision="Mål for 2025.")

    correction = Correction.objects.get()
    assert (correction.outcome, correction.old_text) == (decided, "Mål for 2024.")
    page = client.get("/moeder/3/").content.decode()
    assert "Mål for <del>2024</del><ins>2025</ins>." in page
    assert f'href="#punkt-{decided.agenda_item_id}"' in page


def test_correct_outcome_takes_a_decision_back(as_secretary, client, decided):
    correct_outcome(as_secretary, decided, kind=OutcomeKind.NOTED, decision="")

    correction = Correction.objects.get()
    assert correction.old_text == "Besluttet: Mål for 2024."
    assert correction.new_text == "Taget til efterretning"
    assert "Besluttet: Mål for 2024." in client.get("/moeder/3/").content.decode()
    decided.refresh_from_db()
    assert (decided.kind, decided.decision) == (OutcomeKind.NOTED, "")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "decision"),  # nothing is changed
        ({"kind": OutcomeKind.NOTED}, "decision"),  # a decision without one
        ({"kind": ""}, "kind"),
        ({"decision": "Mål.", "wrong": ""}, "wrong"),
    ],
)
def test_correct_outcome_shows_errors_at_their_fields(as_secretary, decided, typed, field):
    page = correct_outcome(as_secretary, decided, **typed)

    assert field in page.context["form"].errors
    assert not Correction.objects.exists()


def test_correct_outcome_shows_what_somebody_else_corrected_first(as_secretary, decided):
    page = correct_outcome(as_secretary, decided, decision="To.", seen="old")

    assert "Mål for 2024." in str(page.context["form"].non_field_errors())
    decided.refresh_from_db()
    assert decided.decision == "Mål for 2024."


def test_correct_passage_corrects_heading_and_speaker(as_secretary, client, entry):
    """The wrong organisation is as wrong as the wrong word."""
    guest = make_attendance(entry.minutes.meeting, organisation_name="Comdia")

    page = correct(as_secretary, entry, text=entry.text, heading="Indledning")
    assert page.status_code == 302
    entry.refresh_from_db()
    correct(as_secretary, entry, text=entry.text, heading="", speaker=guest.pk)

    first, second = Correction.objects.all()
    assert (first.old_text, first.new_text) == (
        "<p>Vi mødtes.</p>",
        "<h4>Indledning</h4><p>Vi mødtes.</p>",
    )
    assert second.new_text == "<h4>Comdia</h4><p>Vi mødtes.</p>"
    assert "<del>Indledning</del><ins>Comdia</ins>" in client.get("/moeder/3/").content.decode()


def test_correct_passage_shows_whom_somebody_else_named_first(as_secretary, entry):
    guest = make_attendance(entry.minutes.meeting, organisation_name="Comdia")
    correct(as_secretary, entry, text=entry.text, speaker=guest.pk)
    other = make_attendance(entry.minutes.meeting, organisation_name="Odense")

    page = correct(as_secretary, entry, text=entry.text, speaker=other.pk, version=1)

    assert page.context["form"].theirs == [("Taler", "Comdia")]


def test_correct_action_shows_both_and_refuses_to_overwrite(as_secretary, client, minutes):
    odense = make_organisation("Odense Kommune")
    point = make_action_point(minutes.meeting, "Send liste", due_on=date(2023, 1, 2))
    here = f"{HERE}ret-aftale/{point.pk}/"
    seen = as_secretary.get(here).context["form"]["seen"].value()
    fields = {"what": "Send listen", "organisation": odense.pk, "due_on": "2023-02-03"}

    answer = as_secretary.post(here, {**fields, "seen": seen, "wrong": "Datoen var forkert."})

    correction = Correction.objects.get()
    assert answer.url == f"/moeder/3/#rettelse-{correction.pk}"
    assert correction.action_point == point
    assert correction.old_text == "Send liste · Alle · senest 2. januar 2023"
    assert correction.new_text == "Send listen · Odense Kommune · senest 3. februar 2023"
    point.refresh_from_db()
    assert (point.what, point.organisation) == ("Send listen", odense)
    page = client.get("/moeder/3/").content.decode()
    assert "<del>liste</del><ins>listen</ins>" in page
    assert "Send listen" in str(minutes.versions.order_by("number").last().content)

    late = as_secretary.post(here, {**fields, "what": "Andet", "seen": seen, "wrong": "x"})
    assert "Send listen" in str(late.context["form"].non_field_errors())
    assert Correction.objects.count() == 1


def test_correct_action_adds_one_that_was_forgotten(as_secretary, client, minutes):
    member = make_member(user=make_user(name="Ea Hemmelig"))
    here = f"{HERE}ret-aftale/ny/"

    as_secretary.post(here, {"what": "Ring til KL", "owner": member.pk, "wrong": "Den manglede."})

    assert minutes.meeting.action_points.get().owner == member
    page = client.get("/moeder/3/").content.decode()
    assert f"<ins>Ring til KL · {member.organisation}</ins>" in page
    assert "Ea Hemmelig" not in page
    bad = as_secretary.post(here, {"what": "", "wrong": ""})
    empty = ["Udfyld feltet."]
    assert bad.context["form"].errors == {"what": empty, "wrong": empty}


def test_correct_presence_shows_organisations_of_before_and_after(as_secretary, client, minutes):
    meeting = minutes.meeting
    came = make_attendance(meeting, organisation_name="Comdia", status="apologies")
    away = make_attendance(meeting, organisation_name="Incita")
    typed = {f"a{row.pk}": "room" for row in meeting.attendances.all()}
    before = {f"initial-a{row.pk}": "room" for row in meeting.attendances.all()}
    typed |= {f"a{away.pk}": "", f"initial-a{came.pk}": "", "wrong": "Comdia kom, Incita ikke."}
    typed |= {"name": "Ea Hemmelig", "organisation_name": "Gæstehuset"}

    answer = as_secretary.post(f"{HERE}ret-fremmoede/", {**before, **typed})

    correction = Correction.objects.get()
    assert answer.url == f"/moeder/3/#rettelse-{correction.pk}"
    old, new = (set(text.split("\n")) for text in (correction.old_text, correction.new_text))
    assert old - new == {"Incita"}
    assert new - old == {"Comdia", "Gæstehuset"}
    page = client.get("/moeder/3/").content.decode()
    assert "Comdia kom, Incita ikke." in page
    assert "Ea Hemmelig" not in page
    there = page.partition('id="deltagere"')[2].partition("</section>")[0]
    assert "Comdia" in there
    assert "Incita" not in there


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Sådan står der allerede"),
        ({"name": "Ea", "organisation_name": ""}, ""),
        ({"name": "Ib", "organisation_name": "Her"}, "allerede på listen"),
        ({"spoke": ""}, "tog ordet på mødet"),
        ({"spoke": "nonsense"}, "nonsense er ikke en af dem."),
    ],
)
def test_correct_presence_changes_nothing_where_it_is_refused(as_secretary, minutes, typed, said):
    row = make_attendance(minutes.meeting, name="Ib", organisation_name="Her")
    make_entry(minutes, speaker=row)
    stands = {f"a{row.pk}": "room", f"initial-a{row.pk}": "room"}
    if "spoke" in typed:
        stands[f"a{row.pk}"] = typed["spoke"]
    others = {
        name: "room"
        for other in minutes.meeting.attendances.exclude(pk=row.pk)
        for name in (f"a{other.pk}", f"initial-a{other.pk}")
    }

    page = as_secretary.post(f"{HERE}ret-fremmoede/", {**others, **stands, **typed, "wrong": "x"})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Correction.objects.exists()
    assert minutes.meeting.attendances.present().count() == 2


@pytest.mark.parametrize("act", ["ret-aftale/ny/", "ret-fremmoede/"])
@pytest.mark.parametrize("make", [make_ready, make_in_review])
def test_correct_action_and_presence_do_not_find_a_draft(as_secretary, db, make, act):
    make()

    assert as_secretary.post(HERE + act, {"what": "x", "wrong": "x"}).status_code == 404
    assert not Correction.objects.exists()


@pytest.mark.parametrize("make", [make_ready, make_in_review])
def test_correct_passage_does_not_find_a_draft(as_secretary, db, make):
    entry = make().entries.get()

    assert correct(as_secretary, entry).status_code == 404
    assert not Correction.objects.exists()


def test_old_text_is_withheld_where_it_names_somebody_without_consent(as_secretary, client, entry):
    """A correction takes a name out; neither the old text nor an old version may keep it there."""
    name = make_attendance(entry.minutes.meeting, name="Ea Hemmelig", name_visibility="public")
    correct(as_secretary, entry, "<p>Ea Hemmelig sagde ja.</p>")
    entry.refresh_from_db()
    correct(as_secretary, entry, "<p>En af deltagerne sagde ja.</p>")
    compare = f"{HERE}versioner/sammenlign/?fra=2&til=3"
    for page in ("/moeder/3/", compare):
        assert "Ea Hemmelig" in client.get(page).content.decode(), page
    Attendance.objects.filter(pk=name.pk).update(name_visibility=NameVisibility.NOBODY)

    for page in ("/moeder/3/", compare, f"{HERE}versioner/"):
        shown = client.get(page).content.decode()
        assert "Ea Hemmelig" not in shown, page
    assert "nævner en, der ikke har sagt ja" in client.get(compare).content.decode()
    assert "Ea Hemmelig" in as_secretary.get(compare).content.decode()


def test_old_text_is_hidden_where_somebody_says_so(as_secretary, client, as_member, entry):
    """A name that stands on no list is known to no rule: a person says that it must go."""
    correct(as_secretary, entry, "<p>Borger Ukendt ringede.</p>")
    entry.refresh_from_db()
    correct(as_secretary, entry, "<p>Borger Ukendt ringede i går.</p>")
    entry.refresh_from_db()
    correct(as_secretary, entry, "<p>En borger ringede.</p>", hide_old="on")
    entry.refresh_from_db()
    correct(as_secretary, entry, "<p>En borger ringede til os.</p>")

    compare = f"{HERE}versioner/sammenlign/?fra="
    pages = ["/moeder/3/", f"{compare}1&til=2", f"{compare}2&til=3", f"{compare}2&til=5"]
    for browser in (client, as_member):
        for page in pages:
            assert "Borger" not in browser.get(page).content.decode(), page
        for paper in ("referat.docx", "referat.pdf"):
            put_away(browser.get(f"/moeder/3/{paper}"))
        shown = browser.get(f"{compare}4&til=5").content.decode()
        assert "En borger ringede<ins> til os</ins>." in shown
    assert "En borger ringede<ins> til os</ins>." in client.get("/moeder/3/").content.decode()
    for page in pages:
        assert "Borger Ukendt" in as_secretary.get(page).content.decode(), page


def test_sentence_about_a_correction_names_nobody_without_consent(as_secretary, client, entry):
    """It can never be corrected itself, and so hides where its name is taken off later."""
    name = make_attendance(entry.minutes.meeting, name="Ea Hemmelig", name_visibility="public")
    correct(as_secretary, entry, wrong="Ea Hemmelig var i Odense.")
    paper = "/moeder/3/referat.docx"
    assert "Ea Hemmelig" in client.get("/moeder/3/").content.decode()
    assert "Ea Hemmelig" in words_of(client.get(paper))

    Attendance.objects.filter(pk=name.pk).update(name_visibility=NameVisibility.NOBODY)

    assert "Ea Hemmelig" not in client.get("/moeder/3/").content.decode()
    assert "Ea Hemmelig" not in words_of(client.get(paper))
    entry.refresh_from_db()
    again = correct(as_secretary, entry, "<p>Nu.</p>", wrong="Ea Hemmelig igen.", names_seen="on")
    assert [*again.context["form"].errors] == ["wrong"]


def words_of(answer) -> str:
    """Return what a Word document says."""
    document = docx.Document(io.BytesIO(answer.getvalue()))
    put_away(answer)
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


# Asking for a correction


def test_ask_sends_a_mail_to_the_secretariat(mailbox, log_in, settings):
    minutes = publish(make_ready())
    entry, member = minutes.entries.get(), make_member()

    answer = log_in(member).post(
        f"{HERE}bed-om-rettelse/", {"entry": entry.pk, "text": "Det var i Aarhus.\nIkke Odense."}
    )

    assert answer.url == entry.get_absolute_url()
    (letter,) = mailbox.letters
    assert letter["to"] == settings.SECRETARIAT_EMAIL
    assert letter["reply-to"] == member.user.email
    assert "Det var i Aarhus.\nIkke Odense." in body(letter).replace("\r\n", "\n")
    assert entry.get_absolute_url() in body(letter)


def test_ask_offers_each_passage_by_its_item_and_who_spoke(as_member, minutes):
    entry = minutes.entries.get()
    item = make_agenda_item(minutes.meeting, "Bordet rundt")
    speaker = make_attendance(minutes.meeting, organisation_name="Fonden")
    told = make_entry(minutes, agenda_item=item, speaker=speaker)

    page = as_member.get(f"{HERE}bed-om-rettelse/?afsnit={told.pk}").content.decode()

    assert f'<option value="{told.pk}" selected>Bordet rundt: Fonden</option>' in page
    assert f'<option value="{entry.pk}">' in page


@pytest.mark.parametrize("typed", [{"text": ""}, {"text": "x" * 5001}])
def test_ask_refuses_an_empty_or_too_long_text(as_member, minutes, typed):
    page = as_member.post(f"{HERE}bed-om-rettelse/", typed)

    assert [*page.context["form"].errors] == ["text"]


def test_ask_refuses_a_passage_of_other_minutes(as_member, minutes):
    other = make_ready(4).entries.get()

    page = as_member.post(f"{HERE}bed-om-rettelse/", {"entry": other.pk, "text": "x"})

    assert [*page.context["form"].errors] == ["entry"]
