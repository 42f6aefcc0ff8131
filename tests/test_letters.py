"""Every kind of letter greets its reader, is in plain Danish, and says who writes."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import RequestFactory
from django.utils import timezone, translation

from calls.models import Suggestion
from meetings.models import MeetingState
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core import mail, unasked
from taskforce.core.models import Mailing
from taskforce.following.digests import Group
from taskforce.following.happenings import gather
from taskforce.following.judging import Line
from taskforce.following.models import How
from taskforce.following.resolving import Reason, Why
from taskforce.front.leaving.matters import KINDS, Matter
from taskforce.members.accounts.adapter import Adapter
from taskforce.members.models import AskedOrganisation, HandOver, Invitation, Member
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_contribution,
    make_entry,
    make_initiative,
    make_inquiry,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_partner,
    make_proposal,
    make_proposed_change,
    make_question,
    make_round,
    make_statement,
    make_user,
)

REGARDS = f"""Venlig hilsen
Sekretariatet
Buy Social Taskforce Danmark
{settings.SECRETARIAT_EMAIL}
{settings.SITE_URL}"""
FROM_PORTAL = f"""Venlig hilsen
Portalen
Buy Social Taskforce Danmark
{settings.SITE_URL}"""
# What a letter says besides its first way: each name with what makes it speak otherwise.
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("address_changed", {"by_self": True}),
    ("agenda_proposal_answered", {"state": "taken"}),
    ("ballot_changed", {"is_own": True}),
    ("ballot_changed", {"by_name": ""}),
    ("case_question", {"is_author": True}),
    ("case_question_sent", {"is_known": True}),
    ("consortium_answered", {"accepted": True}),
    ("consortium_decided", {"accepted": True}),
    ("inquiry_answered", {"answer": AskedOrganisation(answer="yes"), "words": ""}),
    ("organisation_message", {"is_author": True}),
    ("organisation_message_sent", {"is_known": True}),
    ("hand_over_given", {"takes_role": True, "given": []}),
    ("initiative_named", {"leads": True}),
    ("join_receipt", {"is_member": True}),
    ("meeting_answered", {"by_name": ""}),
    ("membership_ended", {"by_self": True}),
    ("round_opened", {"together": True}),
    ("round_reminder", {"together": True}),
]
NAMES = sorted(
    {
        *unasked.UNASKED,
        *unasked.FOLLOWED,
        *unasked.ASKED_FOR,
        *unasked.ALWAYS,
        *unasked.OF_SECRETARIAT,
    }
)
ALLAUTH = sorted(
    str(path.relative_to(settings.BASE / "templates")).removesuffix("_message.txt")
    for path in (settings.BASE / "templates").glob("*/email/*_message.txt")
    if path.name != "base_message.txt"
)


@pytest.fixture
def matter(member: Member) -> dict[str, Any]:
    """Return what all letters together are about."""
    home = make_organisation("Værket")
    meeting = make_meeting(4, place="Huset", link="https://a.example/", state=MeetingState.PLANNED)
    meeting.cancelled_reason = "For få kan komme."
    item = make_agenda_item(meeting, "Salg", minutes=20)
    minutes = make_minutes(meeting)
    minutes.review_ends_on = timezone.localdate()
    call = make_call("Penge")
    consortium = make_consortium(call, "Sammen", lead=home)
    partner = make_partner(consortium, organisation=home, role="Sælger")
    case = make_case("Frokost", written_by=home)
    made = Suggestion(consortium=consortium, organisation=home, text="Skriv kort.", pk=1)
    note = TakenBack(title="4. møde", url="/moeder/4/", reason="Forkert dag.", verb="published")
    attendance = make_attendance(meeting, member=make_member(home), status="invited")
    attendance.earlier_day = timezone.localdate()
    change = make_proposed_change(make_entry(minutes))
    change.answer = "Det sagde ingen."
    initiative = make_initiative("Fælles salg", lead=home, review_on=timezone.localdate())
    request = make_join_request(name="Ea Ny", organisation_name="Nyt", message="Vi vil med.")
    request.reason = "Det passer ikke."
    said = record(Verb.ADDED, make_statement(make_barrier("Kapital"), "Den mangler."), by=None)
    line = Line(gather([said])[0], Reason(How.AT_ONCE, Why.KIND))
    return {
        "line": line,
        "groups": [Group([line])],
        "newest": Group([line]),
        "is_weekly": True,
        "code": "123456",
        "more": 2,
        "why": "Du får denne mail, fordi du følger det.",
        "meeting": meeting,
        "minutes": minutes,
        "attendance": attendance,
        "before": meeting,
        "proposal": make_proposal(meeting, "Et punkt"),
        "change": change,
        "note": note,
        "inquiry": make_inquiry(home, by_when=timezone.localdate()),
        "count": 2,
        "call": call,
        "about": call,
        "followed": call,
        "consortium": consortium,
        "partner": partner,
        "suggestion": made,
        "organisation": home,
        "case": case,
        "contribution": make_contribution(initiative, text="Har I prøvet det?"),
        "round": make_round(make_barrier(), title="Efterår"),
        "initiative": initiative,
        "request": request,
        "user": member.user,
        "by": member,
        "by_name": "Bo Lund",
        "name": "Mai",
        "mailing": Mailing(subject="Nyt fra os"),
        "question": "Hvad kostede det?",
        "asked": make_question(home, text="Hvad hindrer jer?", background="Vi spørger fem."),
        "words": "Skriv mere.",
        "text": "Ret det, der står om tallene.",
        "days": 3,
        "path": "/konto/x/",
        "key": "a",
        "token": "b",
        "place": "/moeder/4/",
        "answer": attendance,
        "links": [("Jeg kommer", "/svar/a/")],
        "agenda": [{"item": item, "at": "10.00"}],
        "left": "3 dage tilbage",
        "day": "1. maj",
        "changed": [("Frist", "1. maj", "2. maj")],
        "moment": {"call": call},
        "secretariat": settings.SECRETARIAT_EMAIL,
        "member": member,
        "invitation": Invitation(member=member, email=member.user.email),
        "plan": HandOver(member=member, successor=make_member(home), last_day=minutes.meeting.date),
        "given": [Matter(KINDS[0], make_action_point(meeting))],
        "last_day": timezone.localdate(),
        "sent_on": timezone.now(),
    }


def english() -> list[re.Pattern[str]]:
    """Return patterns of the English texts that can be told from their Danish."""
    texts = [
        (entry.msgid, entry.msgstr)
        for entry in polib.pofile(str(settings.BASE / "locale/da/LC_MESSAGES/django.po"))
    ]
    parts = [
        part.strip()
        for msgid, msgstr in texts
        for part in re.split(r"%\(\w+\)[a-z]", msgid)
        if len(part.strip()) >= 12 and " " in part.strip() and part.strip() not in msgstr
    ]
    return [re.compile(rf"\b{re.escape(part)}") for part in parts]


ENGLISH = english()


def check(letter: EmailMessage, greeting: str, regards: str = REGARDS) -> None:
    text = letter.body.split("\n– – –\n")[0]  # a letter in two languages begins with Danish
    assert letter.body.startswith(f"{greeting}\n\n")
    assert len(letter.body.partition(regards)[0].strip()) > len(greeting) + 20
    assert letter.body.count(regards) == 1
    assert letter.body.split(regards)[1].strip() == "" or "--\nDu får denne mail" in letter.body
    assert [found[0] for pattern in ENGLISH if (found := pattern.search(text))] == []
    assert "\n\n\n" not in letter.body
    assert re.search(r"\{[{%#]|None|  \S", letter.body.replace("\n    ", "\n")) is None
    assert 5 < len(letter.subject) < 120 and "None" not in letter.subject
    check_twin(letter)


ADDED = "Åbn i portalen|Fravælg disse mails"  # words of links, which the text has as addresses


def check_twin(letter: EmailMessage) -> None:
    """The HTML says the words of the text in order, leads to its addresses, and loads nothing.

    What comes first in a list of mails is what is new: no greeting, and nobody's name.
    """
    assert isinstance(letter, EmailMultiAlternatives)
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    preview, _main, said = html.partition("<main>")
    content = said.partition("</h2>")[2]
    assert words_of(content) == words_of(letter.body, is_html=False)
    leads_to = {unescape(url) for url in re.findall(r'href="(?!mailto:)([^"]*)"', said)}
    assert leads_to == {*re.findall(r"https?://[^\s)]+", letter.body)}
    assert re.search(r"<img|\bsrc=|url\(|@import|<link|<script|class=\"\"", html) is None
    first = words_of(preview.partition("<body>")[2])
    # A heading says less than what stands under it.
    parts = letter.body.split("\n\n")[1:]
    new = next(part for part in parts if not (part.isupper() or re.search(r"\n-{3,}$", part)))
    assert first[:3] == words_of(new, is_html=False)[:3] != []


def words_of(text: str, *, is_html: bool = True) -> list[str]:
    plain = unescape(re.sub(r"<[^>]+>", " ", text)) if is_html else text
    return re.findall(r"\w+", re.sub(rf"https?://[^\s)]+|{ADDED}", " ", plain).lower())


@pytest.mark.parametrize(("name", "way"), [*((name, {}) for name in NAMES), *WAYS])
def test_letter_greets_is_danish_and_says_who_writes(
    name: str,
    way: dict[str, Any],
    matter: dict[str, Any],
    member: Member,
    mailoutbox: list[EmailMessage],
):
    if state := way.pop("state", ""):
        matter["proposal"].state = state
    to_secretariat = name in unasked.OF_SECRETARIAT
    to = settings.SECRETARIAT_EMAIL if to_secretariat else member.user.email

    mail.send(name, to=to, context=matter | way, stop="/foelg-ikke/x/" * (name in unasked.FOLLOWED))

    (letter,) = mailoutbox
    greeting = "Kære sekretariat" if to_secretariat else f"Kære {member.user.name}"
    check(letter, greeting, FROM_PORTAL if to_secretariat else REGARDS)


@pytest.mark.parametrize("name", ["review_opened", "review_extended", "minutes_published"])
def test_letter_about_minutes_has_the_day_of_the_meeting(
    name: str, matter: dict[str, Any], member: Member, mailoutbox: list[EmailMessage]
):
    mail.send(name, to=member.user.email, context=matter)

    assert "15. november 2022" in mailoutbox[0].body
    assert mailoutbox[0].subject.endswith("4. møde, 15. november 2022")


@pytest.mark.parametrize("name", ALLAUTH)
@pytest.mark.parametrize("is_known", [True, False])
def test_letter_about_the_log_in_greets_is_danish_and_says_who_writes(
    name: str, is_known: bool, db: None, mailoutbox: list[EmailMessage]
):
    if is_known:
        make_user("ea@example.org", name="Ea Holm")
    context = {"code": "ABCD-EFGH", "password_reset_url": "https://a.example/", "user_agent": ""}
    context["timestamp"] = timezone.now() - timedelta(minutes=1)

    with translation.override("da"):
        Adapter(RequestFactory().get("/")).send_mail(name, "ea@example.org", context)

    check(mailoutbox[0], "Kære Ea Holm" if is_known else "Hej")


def test_letter_to_an_address_that_nobody_logs_in_with_names_nobody(
    matter: dict[str, Any], mailoutbox: list[EmailMessage]
):
    mail.send("case_question_sent", to="mai@example.org", context=matter)

    check(mailoutbox[0], "Hej")
    assert "Mai" not in mailoutbox[0].body


def test_every_template_of_a_letter_is_a_letter_or_part_of_one():
    folder: Path = settings.BASE / "templates/emails"
    parts = {
        "greeting",
        "hand_over_what",
        "join_receipt_words",
        "letter",
        "question_what",
        "regards",
    }
    parts |= {"meeting_answer", "meeting_facts", "meeting_items", "meeting_links"}

    bodies = {path.name.removesuffix(".txt") for path in folder.glob("*.txt")}
    assert {name for name in bodies if not name.endswith(".subject")} == parts | {*NAMES}
