"""Pages on which the secretariat adds a call, edits it and refreshes it from the EU portal."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from lxml import html

from barriers.models import Barrier
from calls.models import Call, CallDeadline
from taskforce.activity.models import Activity
from tests.calls.portal import TOPIC, Portal, topic
from tests.conftest import LogIn
from tests.factories import make_barrier, make_call, make_initiative, make_member

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
LINK = f"{PORTAL}/topic-details/{TOPIC.lower()}"
FILL = f"/opslag/ny/udfyld/?emne={TOPIC}"
NO_DEADLINES = {"frister-TOTAL_FORMS": "0", "frister-INITIAL_FORMS": "0"}
FORM: dict[str, Any] = {
    "title": "Penge",
    "summary": "Til arbejdet.",
    "topic_id": TOPIC,
    "link": LINK,
}


def typed(**fields: Any) -> dict[str, Any]:
    return FORM | NO_DEADLINES | fields


def rows(*deadlines: tuple[Any, ...], known: int = 0) -> dict[str, Any]:
    """Return rows of deadlines as a form sends them: day, time, stage, and the id of known ones."""
    found = {"frister-TOTAL_FORMS": str(len(deadlines)), "frister-INITIAL_FORMS": str(known)}
    for place, values in enumerate(deadlines):
        for name, value in zip(("day", "time", "label", "id"), values, strict=False):
            found[f"frister-{place}-{name}"] = str(value)
    return found


def as_sent(page: Any) -> dict[str, list[str]]:
    """Return what a browser sends of a page's form that nobody changed."""
    (form,) = html.fromstring(page.content.decode()).xpath("//form[@class='form']")
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


# Add


@pytest.mark.parametrize("pasted", [f"{LINK};callCode=null;{'x' * 500}", TOPIC.lower()])
def test_pasted_topic_fills_in_the_form(as_secretary: Client, eu_portal: Portal, pasted: str):
    answer = as_secretary.post("/opslag/ny/", {"pasted": pasted})
    assert answer.url == FILL

    page = as_secretary.get(answer.url)

    text = page.content.decode()
    assert 'value="Workshops and buyers"' in text
    assert 'value="2030-01-10"' in text
    assert 'value="17:00"' in text
    assert f'value="{LINK}"' in text
    assert "<script>alert" not in text
    assert Call.objects.count() == 0  # nothing is kept before somebody has looked


def test_filled_in_form_is_saved_as_it_is(as_secretary: Client, eu_portal: Portal):
    page = as_secretary.get(FILL)

    answer = as_secretary.post(FILL, as_sent(page))

    call = Call.objects.get()
    assert answer.url == call.get_absolute_url()
    assert (call.topic_id, call.link, call.programme) == (TOPIC, LINK, "SMP")
    assert (call.budget, call.grant_min, call.grant_max) == (1_300_000, None, 300_000)
    assert call.opens_on == date(2029, 9, 29)
    assert call.description == "<p><strong>Scope</strong></p><p>Buying socially.</p>"
    assert [(row.day, row.time) for row in call.deadlines.all()] == [(date(2030, 1, 10), time(17))]
    assert call.closes_at is not None
    assert Activity.objects.get().verb == "added"
    assert "Buying socially." in Client().get(answer.url).content.decode()


def test_two_stages_are_labelled(as_secretary: Client, eu_portal: Portal):
    eu_portal.body = topic(
        actions=[
            {
                "submissionProcedure": {"abbreviation": "two-stage"},
                "deadlineDates": ["10 January 2030", "20 June 2030"],
            }
        ]
    )

    as_secretary.post(FILL, as_sent(as_secretary.get(FILL)))

    stages = [*CallDeadline.objects.values_list("label", "day")]
    assert stages == [("1. trin", date(2030, 1, 10)), ("2. trin", date(2030, 6, 20))]


@pytest.mark.parametrize("answer", [(404, b""), (200, b"<html>"), (500, b""), (200, b"{}")])
def test_form_is_filled_in_by_hand_where_the_portal_does_not_answer(
    as_secretary: Client, eu_portal: Portal, answer: tuple[int, bytes]
):
    eu_portal.answer(*answer)

    page = as_secretary.get(FILL)

    assert page.status_code == 200
    assert "EU-portalen" in page.content.decode()
    assert f'value="{TOPIC}"' in page.content.decode()
    as_secretary.post(FILL, typed())
    assert Call.objects.get().title == "Penge"


def test_cascade_funding_is_filled_in_by_hand_without_asking_the_portal(
    as_secretary: Client, eu_portal: Portal
):
    answer = as_secretary.post("/opslag/ny/", {"pasted": f"{PORTAL}/competitive-calls-cs/8281?x=1"})

    page = as_secretary.get(answer.url)

    assert f'value="{PORTAL}/competitive-calls-cs/8281"' in page.content.decode()
    assert eu_portal.asked == []


def test_pasted_topic_of_a_known_call_leads_to_it(as_secretary: Client, eu_portal: Portal):
    call = make_call(topic_id=TOPIC)

    answer = as_secretary.post("/opslag/ny/", {"pasted": f"{LINK}?x=1"}, follow=True)

    assert answer.redirect_chain[-1][0] == call.get_absolute_url()
    assert "findes allerede i portalen" in answer.content.decode()
    assert eu_portal.asked == []


def test_form_refuses_a_known_topic_and_keeps_what_was_typed(as_secretary: Client):
    call = make_call(topic_id=TOPIC.lower())

    page = as_secretary.post("/opslag/ny/udfyld/", typed(summary="Min tekst"))

    text = page.content.decode()
    assert "i portalen i forvejen" in text
    assert call.get_absolute_url() in text
    assert "Min tekst" in text
    assert Call.objects.count() == 1


def test_page_shows_that_somebody_added_the_topic_first(as_secretary: Client, monkeypatch: Any):
    """The form finds nothing, and the database has the last word."""
    monkeypatch.setattr(Call, "validate_constraints", lambda *args, **kwargs: None)
    make_call(topic_id=TOPIC)

    page = as_secretary.post("/opslag/ny/udfyld/", typed())

    assert page.status_code == 200
    assert "i portalen i forvejen" in page.content.decode()


@pytest.mark.parametrize("pasted", ["", "rubbish", "https://example.org/", "x" * 10_001])
def test_pasted_text_without_a_topic_is_refused_and_kept(as_secretary: Client, pasted: str):
    page = as_secretary.post("/opslag/ny/", {"pasted": pasted})

    assert page.status_code == 200
    assert page.context["form"].errors["pasted"]
    assert pasted in page.content.decode()


@pytest.mark.parametrize("asked", ["?emne=", "?emne=rubbish", "?emne=" + "x" * 99, "?emne=%00", ""])
def test_nonsense_in_the_address_gives_an_empty_form(
    as_secretary: Client, eu_portal: Portal, asked: str
):
    page = as_secretary.get(f"/opslag/ny/udfyld/{asked}")

    assert page.status_code == 200
    assert eu_portal.asked == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"summary": ""}, "summary"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "9" * 30}, "budget"),
        ({"opens_on": "tomorrow"}, "opens_on"),
        ({"countries_min": "3"}, "rules_link"),
        ({"countries_min": "3", "rules_link": "https://eu.example/"}, "checked_on"),
        ({"checked_on": "2999-01-01"}, "checked_on"),
        ({"kinds_required": ["nonsense"]}, "kinds_required"),
        ({"grant_min": "2", "grant_max": "1"}, "__all__"),
        ({"participants_min": "5", "participants_max": "4"}, "__all__"),
    ],
)
def test_form_marks_bad_input_and_keeps_what_was_typed(
    as_secretary: Client, fields: dict[str, Any], field: str
):
    page = as_secretary.post("/opslag/ny/udfyld/", typed(**fields))

    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert Call.objects.count() == 0
    if isinstance(value := next(iter(fields.values())), str) and len(value) < 100:
        assert value in page.content.decode()


def test_summary_is_required_where_there_is_no_description(as_secretary: Client):
    call = make_call()
    page = as_secretary.get("/opslag/ny/udfyld/")
    assert page.context["form"].fields["summary"].required

    Call.objects.filter(pk=call.pk).update(description="<p>Money.</p>")
    page = as_secretary.get(f"{call.get_absolute_url()}ret/")
    assert not page.context["form"].fields["summary"].required


@pytest.mark.parametrize(
    "deadlines",
    [
        rows(("nonsense", "17:00")),
        rows(("", "18:00")),
        rows(("2030-01-10", "25:00")),
        rows(("2030-01-10", "17:00"), ("2030-01-10", "17:00")),
        {"frister-TOTAL_FORMS": "nonsense"},
        {"frister-TOTAL_FORMS": "5000", "frister-INITIAL_FORMS": "0"},
    ],
)
def test_form_marks_bad_deadlines(as_secretary: Client, deadlines: dict[str, Any]):
    page = as_secretary.post("/opslag/ny/udfyld/", typed(**deadlines))

    assert page.status_code == 200
    assert page.context["deadlines"].total_error_count()
    assert Call.objects.count() == 0


def test_empty_rows_are_no_deadlines(as_secretary: Client):
    as_secretary.post("/opslag/ny/udfyld/", typed(**rows(("", "17:00"), ("2030-01-10", "17:00"))))

    assert [row.day for row in CallDeadline.objects.all()] == [date(2030, 1, 10)]


def test_link_is_saved_without_a_search_behind_it(as_secretary: Client):
    other = "https://eismea.ec.europa.eu/funding-opportunities/calls_en"

    as_secretary.post("/opslag/ny/udfyld/", typed(link=f"{LINK}?keywords=x"))
    as_secretary.post("/opslag/ny/udfyld/", typed(link=other, topic_id="", title="Andet"))

    assert {*Call.objects.values_list("link", flat=True)} == {LINK, other}


def test_form_saves_rules_and_barriers(as_secretary: Client, db: None):
    barrier = make_barrier("Dyr")
    rules = {
        "countries_min": "3",
        "participants_min": "5",
        "kinds_required": ["eu_network", "municipality"],
        "rules_link": "https://eu.example/call.pdf",
        "checked_on": "2022-11-15",
        "barriers": [str(barrier.pk)],
    }

    answer = as_secretary.post("/opslag/ny/udfyld/", typed(**rules), follow=True)

    call = Call.objects.get()
    assert call.kinds_required == ["eu_network", "municipality"]
    assert Barrier.objects.get(calls=call) == barrier
    assert "EU-netværk" in answer.content.decode()
    assert "https://eu.example/call.pdf" in answer.content.decode()


# Edit


def test_edit_moves_a_deadline(as_secretary: Client):
    call = make_call("Penge", day=date(2030, 1, 10))
    deadline = call.deadlines.get()
    path = f"{call.get_absolute_url()}ret/"
    moved = rows(("2030-02-10", "17:00", "", deadline.pk), ("2030-03-10", "", "2. trin"), known=1)

    answer = as_secretary.post(path, typed(topic_id="", version="1", **moved))

    assert answer.status_code == 302
    call.refresh_from_db()
    assert call.version == 2
    assert [row.day for row in call.deadlines.all()] == [date(2030, 2, 10), date(2030, 3, 10)]
    assert call.deadlines.first() == deadline
    assert call.closes_at.isoformat() == "2030-03-10T23:00:00+00:00"


def test_deleting_the_deadline_opens_the_call(as_secretary: Client):
    call = make_call("Penge", day=date(2030, 1, 10))
    gone = rows((date(2030, 1, 10), "", "", call.deadlines.get().pk), known=1)
    gone["frister-0-DELETE"] = "on"

    as_secretary.post(f"{call.get_absolute_url()}ret/", typed(topic_id="", version="1", **gone))

    call.refresh_from_db()
    assert call.closes_at is None


def test_second_writer_sees_both_texts(as_secretary: Client):
    call = make_call("Penge")
    Call.objects.filter(pk=call.pk).update(title="Deres", version=2)
    deadline = call.deadlines.get()
    same = rows((deadline.day, "", "", deadline.pk), known=1)

    page = as_secretary.post(
        f"{call.get_absolute_url()}ret/", typed(title="Min", topic_id="", version="1", **same)
    )

    text = page.content.decode()
    assert "Deres" in text
    assert 'value="Min"' in text
    assert Call.objects.get().title == "Deres"


def test_edit_keeps_an_outcome_that_was_entered_meanwhile(as_secretary: Client):
    call = make_call("Penge")
    path = f"{call.get_absolute_url()}ret/"
    sent = as_sent(as_secretary.get(path))
    Call.objects.update(outcome="granted")

    as_secretary.post(path, sent)

    assert Call.objects.get().outcome == "granted"


# Refresh


@pytest.fixture
def known(as_secretary: Client, eu_portal: Portal) -> Call:
    as_secretary.post(FILL, as_sent(as_secretary.get(FILL)))
    return Call.objects.get()


def test_refresh_shows_changes_and_saves_those_that_are_ticked(
    as_secretary: Client, eu_portal: Portal, known: Call
):
    deadline = known.deadlines.get()
    eu_portal.body = topic(
        title="New title", actions=[{"deadlineDates": ["10 March 2030", "10 April 2030"]}]
    )
    path = f"{known.get_absolute_url()}laes-igen/"

    page = as_secretary.get(path)

    assert [change.name for change in page.context["changes"]] == ["title", "deadlines"]
    assert "New" in page.content.decode()
    sent = {"accepted": ["deadlines"], "version": "1", "stated": page.context["stated"]}
    eu_portal.answer(404)  # what was shown is what is saved; nobody asks again

    as_secretary.post(path, sent)

    known.refresh_from_db()
    assert (known.title, known.version) == ("Workshops and buyers", 2)
    assert [row.day for row in known.deadlines.all()] == [date(2030, 3, 10), date(2030, 4, 10)]
    assert known.deadlines.first() == deadline


def test_refresh_moves_deadlines_that_swap_days(
    as_secretary: Client, eu_portal: Portal, known: Call
):
    CallDeadline.objects.create(call=known, day=date(2030, 2, 1), time=time(17))
    eu_portal.body = topic(actions=[{"deadlineDates": ["1 February 2030", "1 March 2030"]}])
    path = f"{known.get_absolute_url()}laes-igen/"
    stated = as_secretary.get(path).context["stated"]

    as_secretary.post(path, {"accepted": ["deadlines"], "version": "1", "stated": stated})

    assert [row.day for row in known.deadlines.all()] == [date(2030, 2, 1), date(2030, 3, 1)]


def test_refresh_says_that_nothing_has_changed(as_secretary: Client, known: Call):
    page = as_secretary.get(f"{known.get_absolute_url()}laes-igen/")

    assert page.context["changes"] == []
    assert "det samme" in page.content.decode()


def test_refresh_without_an_answer_changes_nothing(
    as_secretary: Client, eu_portal: Portal, known: Call
):
    eu_portal.answer(500)

    page = as_secretary.get(f"{known.get_absolute_url()}laes-igen/")

    assert "EU-portalen svarer med en fejl." in page.content.decode()
    assert Call.objects.get().version == 1


def test_refresh_does_not_ask_for_an_identifier_of_our_own(as_secretary: Client, eu_portal: Portal):
    call = make_call(topic_id="EKSEMPEL-01")

    page = as_secretary.get(f"{call.get_absolute_url()}laes-igen/")

    assert "kender intet emne" in page.content.decode()
    assert eu_portal.asked == []


def test_refresh_refuses_a_forged_comparison(as_secretary: Client, known: Call):
    path = f"{known.get_absolute_url()}laes-igen/"
    for stated in ("", "made-up", "eyJ0aXRsZSI6IngifQ:x:y"):
        as_secretary.post(path, {"accepted": ["title"], "version": "1", "stated": stated})

    assert Call.objects.get().version == 1


def test_refresh_compares_again_where_somebody_saved_first(
    as_secretary: Client, eu_portal: Portal, known: Call
):
    eu_portal.body = topic(title="New title")
    path = f"{known.get_absolute_url()}laes-igen/"
    stated = as_secretary.get(path).context["stated"]
    Call.objects.update(title="Deres", version=2)

    page = as_secretary.post(path, {"accepted": ["title"], "version": "1", "stated": stated})

    assert Call.objects.get().title == "Deres"
    assert [change.old for change in page.context["changes"]] == ["Deres"]


def test_refresh_shows_why_amounts_do_not_fit(as_secretary: Client, eu_portal: Portal, known: Call):
    Call.objects.update(grant_min=250_000)
    eu_portal.body = topic().replace(b"300000", b"200000")
    path = f"{known.get_absolute_url()}laes-igen/"
    stated = as_secretary.get(path).context["stated"]

    page = as_secretary.post(path, {"accepted": ["grant_max"], "version": "1", "stated": stated})

    assert "mindre end det mindste" in page.content.decode()
    assert Call.objects.get().grant_max == 300_000


def test_only_the_secretariat_adds_and_edits_calls(log_in: LogIn, db: None):
    call = make_call(topic_id="X-2030-Y")
    member = log_in(make_member())

    for path in ("/opslag/ny/", "/opslag/ny/udfyld/", f"{call.get_absolute_url()}ret/"):
        assert member.post(path, typed(title="Andet")).status_code == 403
    assert Call.objects.get().title == call.title


def test_barrier_in_the_address_is_ticked(as_secretary):
    barrier = make_barrier("Dør")

    page = as_secretary.get("/opslag/ny/?barriere=doer")
    by_hand = as_secretary.get("/opslag/ny/udfyld/?barriere=doer")
    pasted = as_secretary.post("/opslag/ny/?barriere=doer", {"pasted": "SMP-COSME-2022-SEE-01"})

    assert 'href="/opslag/ny/udfyld/?barriere=doer"' in page.content.decode()
    assert by_hand.context["form"].initial["barriers"] == [barrier]
    assert pasted.url == "/opslag/ny/udfyld/?emne=SMP-COSME-2022-SEE-01&barriere=doer"


# As people write


def test_amounts_and_days_are_read_as_people_write_them(as_secretary: Client, db: None):
    written = {
        "budget": "4 mio. €",
        "grant_min": "€ 50.000",
        "grant_max": "300.000,00",
        "participants_min": "3",
        "opens_on": "1. marts 2027",
        "checked_on": "1/3-26",
        "rules_link": "https://eu.example/regler",
    }

    answer = as_secretary.post(FILL, FORM | written | rows(("1/6-27", "kl. 17.00")), follow=True)

    call = Call.objects.get()
    assert (call.budget, call.grant_min, call.grant_max) == (4_000_000, 50_000, 300_000)
    assert (call.opens_on, call.checked_on) == (date(2027, 3, 1), date(2026, 3, 1))
    assert [(row.day, row.time) for row in call.deadlines.all()] == [(date(2027, 6, 1), time(17))]
    (said,) = map(str, answer.context["messages"])
    assert "Budget i euro: 4 mio. euro." in said
    assert "Mindste tilskud i euro: 50.000 euro. Største tilskud i euro: 300.000 euro." in said
    assert as_sent(as_secretary.get(f"{call.get_absolute_url()}ret/"))["budget"] == ["4.000.000"]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        *(("budget", written) for written in ("ca. 4 mio.", "2-3 mio.", "under 4 mio.", "4e6")),
        *(("budget", written) for written in ("4 mio. kr.", "12 € 500", "∞", "1" + "0" * 15)),
        *(("participants_min", written) for written in ("3.5", "-4", "½", "٤", "3.000.000")),
        *(("opens_on", written) for written in ("9999-12-31", "0001-01-01", "i foråret")),
        ("frister-0-day", "9999-12-31"),
        ("frister-0-time", "ved middag"),
    ],
)
def test_what_is_unclear_is_refused_and_stays(
    as_secretary: Client, db: None, field: str, written: str
):
    sent = FORM | rows(("2027-06-01", "17:00")) | {field: written}

    page = as_secretary.post(FILL, sent)

    assert page.status_code == 200
    (box,) = html.fromstring(page.content.decode()).xpath(f"//input[@name='{field}']")
    assert (box.get("value"), box.get("aria-invalid")) == (written, "true")
    assert not Call.objects.exists()


def test_form_offers_no_initiative_that_has_ended_but_those_it_had(as_secretary: Client, db: None):
    call, ended = make_call(), make_initiative("Slut", state="done")
    make_initiative("I gang", state="running")
    here = f"{call.get_absolute_url()}ret/"

    def offered() -> list[str]:
        form = as_secretary.get(here).context["form"]
        return [str(row) for row in form.fields["initiatives"].queryset]

    assert offered() == ["I gang"]
    call.initiatives.add(ended)
    assert offered() == ["I gang", "Slut"]
