"""Who may open what: every address in one table, against every kind of visitor."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from barriers.rounds import prioritisation
from initiatives.models import CaseState, InitiativeUpdate
from meetings.models import Material, MeetingState, Minutes, OutcomeKind
from meetings.review import publishing
from tests.conftest import LogIn, put_away
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_join_request,
    make_meeting,
    make_member,
    make_milestone,
    make_minutes,
    make_news,
    make_organisation,
    make_outcome,
    make_partner,
    make_proposal,
    make_proposed_change,
    make_room,
    make_round,
    make_secretary,
    make_statement,
)
from tests.initiatives.cases.telling import address, give_picture
from tests.intake.drafts import make_intake, with_file

EVERYBODY, LOGGED_IN, MEMBERS, SECRETARIAT = "everybody", "logged in", "members", "secretariat"

# Acts of taking minutes.
TAKING = [
    "meetings:begin_minutes",
    "meetings:save_passage",
    "meetings:add_passage",
    "meetings:remove_passage",
    "meetings:set_outcome",
    "meetings:note_action",
    "meetings:note_other_action",
    "meetings:drop_action",
    "meetings:tick_attendance",
    "meetings:tick_coming",
    "meetings:let_in",
    "meetings:take_off",
    "meetings:mend",
    "meetings:waive",
    "meetings:take_up_again",
    "meetings:waive_rest",
]
# Acts on an agenda, in a review and on versions.
AGENDA = ["add_item", "move_item", "remove_item", "carry_over", "send_agenda", "take_proposal"]
REVIEW = ["start_review", "extend_review", "take_back_review", "accept_change", "decline_change"]
ROUNDS = ["open", "schedule", "unschedule", "discard", "remind"]
VERSIONS = ["keep_version", "restore_version"]
# What is done with one barrier.
BARRIER_ACTS = ["state_instead", "support", "withdraw", "merge", "split", "resolve", "reopen"]

# Pages of EU calls, and acts on them.
CALL_PAGES = {
    "calls:calendar": EVERYBODY,
    "calls:list": EVERYBODY,
    "calls:detail": EVERYBODY,
    "calls:consortium": EVERYBODY,
    "calls:subscribe": MEMBERS,
    "calls:start": MEMBERS,
    "calls:ask": MEMBERS,
    "calls:suggest": MEMBERS,
    "calls:add": SECRETARIAT,
    "calls:fill": SECRETARIAT,
    "calls:edit": SECRETARIAT,
    "calls:reread": SECRETARIAT,
}
CALL_ACTS = {
    f"calls:{act}": MEMBERS
    for act in (
        *("follow", "unfollow", "follow_consortium", "unfollow_consortium", "renew_calendar"),
        *("accept", "decline", "leave", "take_in", "turn_down", "take_out", "invite_again"),
    )
}
# The rooms of consortia: who runs one decides, nobody else (tests/calls/consortia/).
ROOMS = ["edit_consortium", "add_partner", "edit_partner", "answer_suggestion"]

# Pages, by who may open them.
PAGES = {
    **CALL_PAGES,
    "calendar": EVERYBODY,
    "robots": EVERYBODY,
    "sitemap": EVERYBODY,
    "front:front": EVERYBODY,
    "front:search": EVERYBODY,
    "front:about": EVERYBODY,
    "front:accessibility": EVERYBODY,
    "front:privacy": EVERYBODY,
    "front:feed": EVERYBODY,
    "front:my_page": LOGGED_IN,
    "front:profile": MEMBERS,
    "front:my_data": LOGGED_IN,
    "front:desk": SECRETARIAT,
    "intake:bring": SECRETARIAT,
    "intake:review": SECRETARIAT,
    "intake:confirm": SECRETARIAT,
    "intake:file": SECRETARIAT,
    "meetings:list": EVERYBODY,
    "meetings:detail": EVERYBODY,
    "meetings:material": EVERYBODY,
    "meetings:add_material": SECRETARIAT,
    "meetings:publish": SECRETARIAT,
    "meetings:plan": SECRETARIAT,
    "meetings:edit": SECRETARIAT,
    "meetings:cancel": SECRETARIAT,
    "meetings:calendar_file": EVERYBODY,
    "meetings:invite": SECRETARIAT,
    "meetings:answer": MEMBERS,
    "meetings:write_news": MEMBERS,
    "meetings:pdf": EVERYBODY,
    "meetings:word": EVERYBODY,
    "meetings:action_points": MEMBERS,
    "meetings:write_minutes": SECRETARIAT,
    "meetings:edit_action": SECRETARIAT,
    "meetings:check_minutes": SECRETARIAT,
    "meetings:agenda": SECRETARIAT,
    "meetings:edit_item": SECRETARIAT,
    "meetings:decline_proposal": SECRETARIAT,
    "meetings:propose_item": MEMBERS,
    "meetings:correct_passage": SECRETARIAT,
    "meetings:correct_outcome": SECRETARIAT,
    "meetings:correct_action": SECRETARIAT,
    "meetings:add_forgotten_action": SECRETARIAT,
    "meetings:correct_presence": SECRETARIAT,
    "meetings:ask_for_correction": MEMBERS,
    "meetings:versions": EVERYBODY,
    "meetings:compare_versions": EVERYBODY,
    "barriers:from_passage": SECRETARIAT,
    "barriers:list": EVERYBODY,
    "barriers:detail": EVERYBODY,
    "barriers:round": EVERYBODY,
    "barriers:csv": EVERYBODY,
    "barriers:xlsx": EVERYBODY,
    "barriers:add": MEMBERS,
    "barriers:alike": MEMBERS,
    "barriers:merge": SECRETARIAT,
    "barriers:split": SECRETARIAT,
    "barriers:resolve": SECRETARIAT,
    "barriers:reopen": SECRETARIAT,
    "barriers:add_statement": MEMBERS,
    "barriers:vote": MEMBERS,
    "barriers:rounds": EVERYBODY,
    "barriers:result_csv": EVERYBODY,
    "barriers:plan_round": SECRETARIAT,
    "barriers:edit_round": SECRETARIAT,
    "barriers:preview_round": SECRETARIAT,
    "barriers:close_round": SECRETARIAT,
    "initiatives:list": EVERYBODY,
    "initiatives:detail": EVERYBODY,
    "initiatives:file": EVERYBODY,
    "initiatives:start": MEMBERS,
    "initiatives:cases": EVERYBODY,
    "initiatives:case": EVERYBODY,
    "initiatives:case_picture": EVERYBODY,
    "initiatives:ask_about_case": EVERYBODY,
    "initiatives:add_case": MEMBERS,
    "initiatives:send_back": SECRETARIAT,
    "initiatives:decline_case": SECRETARIAT,
    "initiatives:answer_change": SECRETARIAT,
    "calls:list": EVERYBODY,
    "calls:detail": EVERYBODY,
    "news:list": EVERYBODY,
    "news:detail": EVERYBODY,
    "members:organisations": EVERYBODY,
    "members:organisation": EVERYBODY,
    "members:join": EVERYBODY,
    "members:join_thanks": EVERYBODY,
    "members:join_request": SECRETARIAT,
    "members:accept": SECRETARIAT,
    "members:decline": SECRETARIAT,
}
# Pages that also the organisation behind a row may open: for everybody else they are not there.
OWN = {
    "meetings:finish": SECRETARIAT,
    # Those who were there read it too; see tests/meetings/review/test_review.py.
    "meetings:review": SECRETARIAT,
    "barriers:edit": SECRETARIAT,
    "barriers:edit_statement": SECRETARIAT,
    "initiatives:edit_case": SECRETARIAT,
    "initiatives:edit": SECRETARIAT,
    "initiatives:tell": SECRETARIAT,
    "initiatives:end": SECRETARIAT,
    "calls:outcome": SECRETARIAT,
}
# Acts, which take a POST.
ACTS = {
    **CALL_ACTS,
    "front:take_name_off": LOGGED_IN,
    "intake:undo": SECRETARIAT,
    "intake:read_again": SECRETARIAT,
    "intake:throw_away": SECRETARIAT,
    "meetings:open_again": MEMBERS,
    **dict.fromkeys(TAKING, SECRETARIAT),
    **{f"meetings:{act}": SECRETARIAT for act in (*AGENDA, *REVIEW, *VERSIONS)},
    "meetings:propose_change": MEMBERS,
    "barriers:take_back": SECRETARIAT,
    **{f"barriers:{act}_round": SECRETARIAT for act in ROUNDS},
    "barriers:state_instead": MEMBERS,
    "barriers:support": MEMBERS,
    "barriers:withdraw": MEMBERS,
    "barriers:retheme": SECRETARIAT,
    "barriers:hide": SECRETARIAT,
    "barriers:show": SECRETARIAT,
    "initiatives:join": MEMBERS,
    "initiatives:leave": MEMBERS,
    "initiatives:be_contact": MEMBERS,
    "initiatives:open_again": MEMBERS,
    "initiatives:reach": MEMBERS,
    "initiatives:take_back": MEMBERS,
    "initiatives:publish_case": SECRETARIAT,
}
# What a visitor's role does not decide; each has tests of its own.
OTHER = {"health", "members:welcome", "meetings:answer_by_link", "konto/"}
OTHER |= {"calls:own_calendar", "calls:unfollow_by_link", *(f"calls:{name}" for name in ROOMS)}
# What the author of a case decides alone; see tests/initiatives/cases/test_casework.py.
OTHER |= {
    f"initiatives:{act}"
    for act in ("submit_case", "withdraw_case", "throw_away_case", "ask_for_change")
}
# Log-in's pages, with what a stranger and a member who just logged in get.
ACCOUNT: dict[str, tuple[str | int, str | int]] = {
    "account_login": (200, "my page"),
    "account_request_login_code": (200, "my page"),
    "account_signup": (200, "my page"),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_confirm_email": (200, 200),
    "account_email_verification_sent": (200, 200),
    "account_inactive": (200, 200),
    # A step of logging in, which nobody has begun.
    "account_confirm_login_code": ("log in", "my page"),
    "mfa_authenticate": ("log in", "my page"),
    "mfa_login_webauthn": ("log in", "my page"),
    "account_logout": ("front page", 200),
    "account_email": ("log in", 200),
    "account_set_password": ("log in", 200),
    "account_change_password": ("log in", "set a password"),
    "mfa_index": ("log in", 200),
    "mfa_list_webauthn": ("log in", 200),
    "mfa_add_webauthn": ("log in", 200),
    "mfa_activate_totp": ("log in", 200),
    "mfa_generate_recovery_codes": ("log in", 200),
    # Without a password or a passkey there is nothing to prove oneself with, to look at or to end.
    "account_reauthenticate": ("log in", 403),
    "mfa_reauthenticate": ("log in", 403),
    "mfa_reauthenticate_webauthn": ("log in", 403),
    "mfa_edit_webauthn": ("log in", 404),
    "mfa_remove_webauthn": ("log in", 404),
    "mfa_deactivate_totp": ("log in", 404),
    "mfa_view_recovery_codes": ("log in", 404),
    "mfa_download_recovery_codes": ("log in", 404),
}
ACCOUNT_KEYS: dict[str, list[Any]] = {
    "account_confirm_email": ["nonsense"],
    "account_reset_password_from_key": ["x", "y"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}

PUBLIC_FORMS = ("members:join", "initiatives:ask_about_case")
READ_ONLY = [
    name
    for name, who in PAGES.items()
    # Django's own feed and sitemap answer a POST as a GET, and change nothing.
    if who == EVERYBODY and name not in ("front:feed", "sitemap", *PUBLIC_FORMS)
]
READ_ONLY_INSIDE = [
    "barriers:alike",
    "front:my_page",
    "front:my_data",
    "front:desk",
    "intake:file",
    "calls:subscribe",
    "meetings:action_points",
    "meetings:write_minutes",
    "meetings:check_minutes",
    "meetings:agenda",
    "meetings:review",
    "barriers:preview_round",
    "members:join_request",
]


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Yield the name of every address, or its path where it has no name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or str(pattern.pattern))
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern, prefix + inner)


def test_every_address_stands_in_a_table():
    known = {*PAGES, *OWN, *ACTS, *OTHER, *ACCOUNT}
    found = {name for name in names(get_resolver()) if not name.startswith("admin:")}

    assert found == known


@pytest.fixture
def addresses(db: None, tmp_path: Any, settings: Any) -> dict[str, str]:
    """Make a row of each kind, and return the address of every name in the tables."""
    settings.MEDIA_ROOT = tmp_path
    held, draft = make_meeting(3), make_minutes(make_meeting(4))
    make_minutes(held, published=True)
    material = Material(meeting=held, title="Paper")
    material.file.save("paper.txt", ContentFile(b"text"))
    barrier, point = make_barrier(), make_action_point(held)
    keys = {
        "meetings:detail": [3],
        "meetings:pdf": [3],
        "meetings:word": [3],
        "meetings:finish": [point.pk],
        "meetings:open_again": [point.pk],
        "meetings:material": [3, material.pk],
        "meetings:add_material": [3],
        "meetings:publish": [draft.meeting.number],
        "barriers:round": [(voting := make_round(barrier)).slug],
        "barriers:vote": [voting.slug],
        "barriers:result_csv": [_counted(barrier).slug],
        **{f"barriers:{act}_round": [voting.slug] for act in ("close", "remind")},
        "barriers:edit_statement": [barrier.slug, make_statement(barrier).pk],
        "initiatives:case": [make_case().slug],
        "initiatives:ask_about_case": [make_case().slug],
        "initiatives:case_picture": address(give_picture(make_case())).split("/")[2::2],
        "initiatives:decline_case": [make_case(state=CaseState.SUBMITTED).slug],
        "initiatives:answer_change": [make_case().slug],
        "initiatives:send_back": [make_case(state=CaseState.SUBMITTED).slug],
        "initiatives:edit_case": [make_case(state=CaseState.SUBMITTED).slug],
        "initiatives:publish_case": [make_case(state=CaseState.SUBMITTED).slug],
        "news:detail": [make_news().slug],
        "members:organisation": [make_organisation().slug],
    }
    tomorrow = timezone.now() + timedelta(days=1)
    coming = make_round(barrier, opens_at=tomorrow, closes_at=tomorrow + timedelta(days=1))
    for act in ("edit", "preview", "open", "schedule", "unschedule", "discard"):
        keys[f"barriers:{act}_round"] = [coming.slug]
    ahead = make_meeting(5, state=MeetingState.PLANNED, date=timezone.localdate())
    of_meetings = ("edit", "cancel", "calendar_file", "invite", "answer", "write_news")
    keys |= {f"meetings:{act}": [ahead.number] for act in of_meetings}
    of_agenda = ("agenda", "add_item", "carry_over", "send_agenda", "propose_item")
    keys |= {f"meetings:{act}": [5] for act in of_agenda}
    planned = make_agenda_item(ahead)
    for act in ("edit_item", "move_item", "remove_item"):
        keys[f"meetings:{act}"] = [5, planned.pk]
    for act in ("take_proposal", "decline_proposal"):
        keys[f"meetings:{act}"] = [5, make_proposal(ahead).pk]
    told = Minutes.objects.get(meeting=held)
    decided = make_outcome(make_agenda_item(held), OutcomeKind.DECIDED, decision="Yes.")
    keys["meetings:correct_passage"] = [3, make_entry(told).pk]
    keys["meetings:correct_outcome"] = [3, decided.pk]
    keys["meetings:correct_action"] = [3, point.pk]
    of_published = ("add_forgotten_action", "correct_presence", "ask_for_correction")
    for act in (*of_published, "versions", "compare_versions"):
        keys[f"meetings:{act}"] = [3]
    item, entry = make_agenda_item(draft.meeting), make_entry(draft)
    publishing.freeze(draft, by=None)
    for act in ("review", "start_review", "extend_review", "take_back_review", "keep_version"):
        keys[f"meetings:{act}"] = [4]
    keys["meetings:restore_version"] = [4, 1]
    keys["meetings:propose_change"] = [4, entry.pk]
    for act in ("accept_change", "decline_change"):
        keys[f"meetings:{act}"] = [4, make_proposed_change(entry).pk]
    for act in ("write_minutes", "check_minutes", *(name.split(":")[1] for name in TAKING)):
        keys[f"meetings:{act}"] = [4]
    for act in ("save_passage", "remove_passage"):
        keys[f"meetings:{act}"] = [4, entry.pk]
    for act in ("set_outcome", "note_action"):
        keys[f"meetings:{act}"] = [4, item.pk]
    for act in ("edit_action", "drop_action"):
        keys[f"meetings:{act}"] = [4, make_action_point(draft.meeting).pk]
    keys["meetings:mend"] = [4, "nobody-present"]
    keys["meetings:take_off"] = [4, make_attendance(draft.meeting).pk]
    keys["barriers:from_passage"] = [entry.pk]
    keys["barriers:take_back"] = [entry.pk, make_statement(barrier, entry=entry).pk]
    keys |= keys_of_calls()
    request, initiative = make_join_request(), make_initiative()
    keys |= {f"members:{act}": [request.pk] for act in ("join_request", "accept", "decline")}
    of_initiatives = ("detail", "edit", "tell", "end", "open_again", "join", "leave", "be_contact")
    keys |= {f"initiatives:{act}": [initiative.slug] for act in of_initiatives}
    for act in ("reach", "take_back"):
        keys[f"initiatives:{act}"] = [initiative.slug, make_milestone(initiative).pk]
    told_with = InitiativeUpdate(initiative=initiative, organisation=initiative.lead, text="x")
    told_with.file.save("paper.txt", ContentFile(b"text"))
    keys["initiatives:file"] = [initiative.slug, told_with.pk]
    intake = with_file(make_intake())
    intake_acts = ("review", "confirm", "file", "undo", "read_again", "throw_away")
    keys |= {f"intake:{act}": [intake.pk] for act in intake_acts}
    barrier_acts = ("detail", "edit", "add_statement", "hide", "show", *BARRIER_ACTS)
    keys |= {f"barriers:{act}": [barrier.slug] for act in barrier_acts}
    return {name: reverse(name, args=keys.get(name)) for name in (*PAGES, *OWN, *ACTS)}


def _counted(barrier: Any) -> Any:
    voting = make_round(barrier)
    prioritisation.close(voting_round=voting)
    return voting


def keys_of_calls() -> dict[str, list[Any]]:
    """Make a call with a consortium, and return what stands in the addresses of both."""
    call = make_call(topic_id="COMPETITIVE-CALLS-CS-1")  # of which the EU portal is not asked
    room = make_room(call, make_organisation())
    partner = make_partner(room)
    of_call = ("detail", "edit", "reread", "follow", "unfollow", "start")
    keys: dict[str, list[Any]] = {f"calls:{name}": [call.slug] for name in of_call}
    of_room = ("consortium", "ask", "suggest", "accept", "decline", "leave", "outcome")
    for name in (*of_room, "follow_consortium", "unfollow_consortium"):
        keys[f"calls:{name}"] = [call.slug, room.pk]
    for name in ("take_in", "turn_down", "take_out", "invite_again"):
        keys[f"calls:{name}"] = [call.slug, room.pk, partner.pk]
    return keys


@pytest.fixture
def visitors(db: None, log_in: LogIn) -> dict[str, Client]:
    """Return a browser for each kind of visitor."""
    return {
        "stranger": Client(),
        "former member": log_in(make_member(to_date=timezone.localdate())),
        "member": log_in(make_member()),
        "secretary": log_in(make_secretary()),
    }


MAY = {
    EVERYBODY: {"stranger", "former member", "member", "secretary"},
    LOGGED_IN: {"former member", "member", "secretary"},
    MEMBERS: {"member", "secretary"},
    SECRETARIAT: {"secretary"},
}


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, addresses: dict[str, str], visitors: dict[str, Client]):
    expected = {who: 200 if who in MAY[PAGES[name]] else refusal(who) for who in visitors}

    assert {who: answer(browser.get(addresses[name])) for who, browser in visitors.items()} == (
        expected
    )


@pytest.mark.parametrize("name", OWN)
def test_page_of_somebody_else(name: str, addresses: dict[str, str], visitors: dict[str, Client]):
    found = {who: answer(browser.get(addresses[name])) for who, browser in visitors.items()}

    assert found == {"stranger": "log in", "former member": 403, "member": 404, "secretary": 200}


@pytest.mark.parametrize("name", ACTS)
def test_act_takes_a_post(name: str, addresses: dict[str, str], visitors: dict[str, Client]):
    found = {who: browser.get(addresses[name]).status_code for who, browser in visitors.items()}

    assert set(found.values()) == {405}


@pytest.mark.parametrize("name", ACTS)
def test_act_is_refused(name: str, addresses: dict[str, str], visitors: dict[str, Client]):
    for who in visitors.keys() - MAY[ACTS[name]]:
        assert answer(visitors[who].post(addresses[name])) == refusal(who), who


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_is_read_takes_no_post(name: str, addresses: dict[str, str], client: Client):
    assert client.post(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", READ_ONLY_INSIDE)
def test_what_is_read_after_log_in_takes_no_post(
    name: str, addresses: dict[str, str], visitors: dict[str, Client]
):
    assert visitors["secretary"].post(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", ACCOUNT)
def test_page_of_log_in(name: str, db: None, log_in: LogIn):
    path = reverse(name, args=ACCOUNT_KEYS.get(name))
    visitors = (Client(), log_in(make_member()))
    for browser in visitors:
        browser.raise_request_exception = False

    assert tuple(answer(browser.get(path)) for browser in visitors) == ACCOUNT[name]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_account_leads_to_my_page_in_the_same_language(db: None, client: Client, prefix: str):
    assert client.get(f"{prefix}/konto/").headers["Location"] == f"{prefix}/min-side/"


def test_looking_at_the_address_does_not_keep_passkeys_out(as_member: Client):
    """Looking writes the address down as unproven, and no passkey is added beside such a one."""
    as_member.get("/konto/email/")

    assert as_member.get("/konto/2fa/webauthn/add/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/members/organisation/", "/admin/barriers/theme/"]
)
def test_admin_is_the_secretariats(path: str, visitors: dict[str, Client]):
    assert visitors["secretary"].get(path).status_code == 200
    for who in ("stranger", "member", "former member"):
        assert visitors[who].get(path).status_code in (302, 403), who


def test_admin_holds_reference_data_only():
    from django.contrib import admin

    held = {model._meta.label for model in admin.site._registry}

    assert held == {
        "barriers.Theme",
        "members.Member",
        "members.Organisation",
        "members.User",
    }


def test_nobody_signs_up_by_themselves(client: Client, db: None):
    page = client.post("/konto/signup/", {"email": "a@example.org", "password1": "kort-og-godt-8"})

    assert "sessionid" not in client.cookies
    assert page.status_code == 200
    assert page.templates[0].name == "account/signup_closed.html"


def refusal(who: str) -> str | int:
    return "log in" if who == "stranger" else 403


PLACES = {"/konto/login/code/": "log in", "/konto/login/": "log in", "/min-side/": "my page"}
PLACES |= {"/": "front page", "/konto/password/set/": "set a password"}


def answer(response: Any) -> str | int:
    """Return the status, or in words where the visitor is sent."""
    put_away(response)
    if response.status_code != 302:
        return int(response.status_code)
    return PLACES.get(path := response.url.partition("?")[0], path)


@pytest.mark.parametrize(
    ("came_from", "next_page"),
    [
        ("http://testserver/moeder/5/dagsorden/?a=1#nyt", "/moeder/5/dagsorden/%3Fa%3D1"),
        ("https://evil.example/moeder/5/", "/moeder/5/dagsorden/nyt/"),
        ("", "/moeder/5/dagsorden/nyt/"),
    ],
)
def test_log_in_leads_back_to_the_page_of_a_form(client: Client, came_from: str, next_page: str):
    answer = client.post("/moeder/5/dagsorden/nyt/", headers={"Referer": came_from})

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={next_page}")
