"""Who may open what: every address in one table, against every kind of visitor."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from taskforce.front.sharing import cards
from taskforce.members.models import Member
from taskforce.news.pages import image_of
from tests.conftest import LogIn, put_away
from tests.factories import (
    make_member,
)
from tests.initiatives.cases.case_forms import address
from tests.world import World

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
AGENDA = ["add_item", "move_item", "remove_item", "carry_over", "take_proposal"]
REVIEW = ["start_review", "extend_review", "take_back_review", "accept_change", "decline_change"]
ROUNDS = ["schedule", "unschedule", "discard", "remind"]
VERSIONS = ["keep_version", "restore_version"]
# What is done with one barrier.
BARRIER_ACTS = [
    "state_instead",
    "support",
    "withdraw",
    "merge",
    "split",
    "resolve",
    "reopen",
    "drop",
]

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
        "renew_calendar",
        *("accept", "decline", "leave", "take_in", "turn_down", "take_out", "invite_again"),
    )
}
# Consortia: only their lead decides (tests/calls/consortia/).
ROOMS = ["edit_consortium", "add_partner", "edit_partner", "answer_suggestion"]

# Pages, by who may open them.
PAGES = {
    **CALL_PAGES,
    "calendar": EVERYBODY,
    "robots": EVERYBODY,
    "sitemap": EVERYBODY,
    "front:front": EVERYBODY,
    "front:search": EVERYBODY,
    "front:suggest": EVERYBODY,
    "front:vocabulary": SECRETARIAT,
    "front:add_synonyms": SECRETARIAT,
    "front:edit_synonyms": SECRETARIAT,
    "front:amount": EVERYBODY,
    "front:about": EVERYBODY,
    "front:partners": EVERYBODY,
    "front:accessibility": EVERYBODY,
    "front:privacy": EVERYBODY,
    "front:feed": EVERYBODY,
    "front:feed_atom": EVERYBODY,
    "front:feed_calendar": EVERYBODY,
    "front:feed_json": EVERYBODY,
    "results:index": EVERYBODY,
    "results:desk": SECRETARIAT,
    "results:enter_figure": SECRETARIAT,
    "results:edit_figure": SECRETARIAT,
    "results:take_back_figure": SECRETARIAT,
    "results:set_goal": SECRETARIAT,
    "results:goal": SECRETARIAT,
    "results:take_back_goal": SECRETARIAT,
    "results:keep_year": SECRETARIAT,
    "results:note_year": SECRETARIAT,
    "results:year": EVERYBODY,
    "results:report_pdf": EVERYBODY,
    "results:report_word": EVERYBODY,
    "results:write_report": SECRETARIAT,
    "results:read_report": SECRETARIAT,
    "results:take_back_report": SECRETARIAT,
    "results:rows": EVERYBODY,
    "results:sheet_csv": EVERYBODY,
    "results:sheet_xlsx": EVERYBODY,
    "open_data:index": EVERYBODY,
    "open_data:dataset": EVERYBODY,
    "share_picture": EVERYBODY,
    "data_file": EVERYBODY,
    "data_package": EVERYBODY,
    "api": EVERYBODY,
    "api_openapi": EVERYBODY,
    "api_rows": EVERYBODY,
    "api_row": EVERYBODY,
    "front:my_page": LOGGED_IN,
    "front:profile": MEMBERS,
    "front:my_data": LOGGED_IN,
    "front:take_name_off": LOGGED_IN,
    "front:desk": SECRETARIAT,
    "dialogue:asked": MEMBERS,
    "dialogue:question": MEMBERS,
    "dialogue:ask": SECRETARIAT,
    "dialogue:extend": SECRETARIAT,
    "dialogue:withdraw_question": SECRETARIAT,
    "front:everything": SECRETARIAT,
    "front:server": SECRETARIAT,
    "barriers:themes": SECRETARIAT,
    "barriers:add_theme": SECRETARIAT,
    "barriers:edit_theme": SECRETARIAT,
    "front:contact": EVERYBODY,
    "front:pages": SECRETARIAT,
    "front:english": SECRETARIAT,
    "front:write_page": SECRETARIAT,
    "following:newsletters": EVERYBODY,
    "following:newsletter": EVERYBODY,
    "following:next_newsletter": SECRETARIAT,
    "front:page_versions": SECRETARIAT,
    "front:letters": SECRETARIAT,
    "front:letter": SECRETARIAT,
    "front:letter_file": SECRETARIAT,
    "front:write_letter": SECRETARIAT,
    "front:edit_letter": SECRETARIAT,
    "front:news": SECRETARIAT,
    "front:write_news": SECRETARIAT,
    "front:edit_news": SECRETARIAT,
    "front:plan_news": SECRETARIAT,
    "front:take_back_news": SECRETARIAT,
    "front:discard_news": SECRETARIAT,
    "intake:bring": SECRETARIAT,
    "intake:review": SECRETARIAT,
    "intake:confirm": SECRETARIAT,
    "intake:file": SECRETARIAT,
    "meetings:list": EVERYBODY,
    **{
        f"{name}_{kind}": MEMBERS if name == "meetings:action_points" else EVERYBODY
        for kind in ("csv", "xlsx")
        for name in (
            *("meetings:sheet", "meetings:attendance", "meetings:action_points"),
            *("initiatives:sheet", "initiatives:case_sheet", "calls:sheet", "members:sheet"),
            *("news:sheet", "barriers:sheet"),
        )
    },
    "meetings:detail": EVERYBODY,
    "meetings:material": EVERYBODY,
    "meetings:add_material": SECRETARIAT,
    "meetings:edit_material": SECRETARIAT,
    "meetings:drop_material": SECRETARIAT,
    "meetings:unpublish": SECRETARIAT,
    "meetings:take_back": SECRETARIAT,
    "meetings:publish": SECRETARIAT,
    "meetings:plan": SECRETARIAT,
    "meetings:edit": SECRETARIAT,
    "meetings:cancel": SECRETARIAT,
    "meetings:calendar_file": EVERYBODY,
    "meetings:invite": SECRETARIAT,
    "meetings:send_agenda": SECRETARIAT,
    "barriers:open_round": SECRETARIAT,
    "meetings:answer": MEMBERS,
    "meetings:write_news": MEMBERS,
    "meetings:pdf": EVERYBODY,
    "meetings:word": EVERYBODY,
    "meetings:action_points": MEMBERS,
    "meetings:write_minutes": SECRETARIAT,
    "meetings:edit_action": SECRETARIAT,
    "meetings:check_minutes": SECRETARIAT,
    "meetings:agenda": SECRETARIAT,
    "meetings:copy_agenda": SECRETARIAT,
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
    "barriers:add": MEMBERS,
    "barriers:alike": MEMBERS,
    "barriers:merge": SECRETARIAT,
    "barriers:take_apart": SECRETARIAT,
    "barriers:split": SECRETARIAT,
    "barriers:resolve": SECRETARIAT,
    "barriers:drop": SECRETARIAT,
    "barriers:reopen": SECRETARIAT,
    "barriers:add_statement": MEMBERS,
    "barriers:vote": MEMBERS,
    "barriers:rounds": EVERYBODY,
    "barriers:result_csv": EVERYBODY,
    "barriers:plan_round": SECRETARIAT,
    "barriers:edit_round": SECRETARIAT,
    "barriers:preview_round": SECRETARIAT,
    "barriers:close_round": SECRETARIAT,
    "barriers:void_round": SECRETARIAT,
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
    "news:picture": EVERYBODY,
    "members:organisations": EVERYBODY,
    "members:organisation": EVERYBODY,
    "members:logo": EVERYBODY,
    "members:write_to_organisation": EVERYBODY,
    "members:ask_organisations": EVERYBODY,
    "members:ask_thanks": EVERYBODY,
    "members:register": SECRETARIAT,
    "members:add_organisation": SECRETARIAT,
    "members:tags": SECRETARIAT,
    "members:edit_tag": SECRETARIAT,
    "members:drop_tag": SECRETARIAT,
    "members:join": EVERYBODY,
    "members:join_thanks": EVERYBODY,
    "members:join_request": SECRETARIAT,
    "members:accept": SECRETARIAT,
    "members:decline": SECRETARIAT,
    "following:choices": MEMBERS,
    "following:asked": EVERYBODY,
    "members:people": SECRETARIAT,
    "members:add_person": SECRETARIAT,
    "members:person": SECRETARIAT,
    "members:edit_person": SECRETARIAT,
    "members:people_csv": SECRETARIAT,
    "members:people_xlsx": SECRETARIAT,
    "members:bring_list": SECRETARIAT,
    "members:import": SECRETARIAT,
    "members:left_of_list": SECRETARIAT,
    "members:merge_person": SECRETARIAT,
    "members:merge_organisation": SECRETARIAT,
    "front:erase": SECRETARIAT,
    "members:withdraw_invitation": SECRETARIAT,
    "members:deactivate": SECRETARIAT,
    "front:leave": MEMBERS,
    "front:hand_over_mine": MEMBERS,
    "dialogue:questions": MEMBERS,
    "dialogue:add": MEMBERS,
    "dialogue:reply": MEMBERS,
    "dialogue:hide": SECRETARIAT,
    "dialogue:open_to_all": SECRETARIAT,
    "dialogue:log": SECRETARIAT,
    "front:end_membership": SECRETARIAT,
    "front:hand_over": SECRETARIAT,
    "front:move_person": SECRETARIAT,
}
# Pages that also the organisation behind a row may open: for everybody else they are not there.
OWN = {
    "meetings:finish": SECRETARIAT,
    # Those who were there read it too; see tests/meetings/review/test_review.py.
    "meetings:review": SECRETARIAT,
    "barriers:edit": SECRETARIAT,
    "barriers:edit_statement": SECRETARIAT,
    "barriers:withdraw_statement": SECRETARIAT,
    "initiatives:edit_case": SECRETARIAT,
    "initiatives:edit": SECRETARIAT,
    "initiatives:tell": SECRETARIAT,
    "initiatives:end": SECRETARIAT,
    "calls:outcome": SECRETARIAT,
    "members:edit_organisation": SECRETARIAT,
}
# Acts, which take a POST.
ACTS = {
    **CALL_ACTS,
    "following:follow": MEMBERS,
    "following:unfollow": MEMBERS,
    "following:skip_newsletter": SECRETARIAT,
    "following:skip_no_newsletter": SECRETARIAT,
    "intake:undo": SECRETARIAT,
    "intake:read_again": SECRETARIAT,
    "intake:throw_away": SECRETARIAT,
    "meetings:open_again": MEMBERS,
    **dict.fromkeys(TAKING, SECRETARIAT),
    **{f"meetings:{act}": SECRETARIAT for act in (*AGENDA, *REVIEW, *VERSIONS)},
    "front:everything_zip": SECRETARIAT,
    "dialogue:close": SECRETARIAT,
    "barriers:delete_theme": SECRETARIAT,
    "front:bring_back_page": SECRETARIAT,
    "front:drop_synonyms": SECRETARIAT,
    "front:send_letter": SECRETARIAT,
    "front:try_letter": SECRETARIAT,
    "front:send_letter_again": SECRETARIAT,
    "front:discard_letter": SECRETARIAT,
    "front:publish_news": SECRETARIAT,
    "results:discard_figure": SECRETARIAT,
    "results:publish_goal": SECRETARIAT,
    "results:publish_report": SECRETARIAT,
    "front:unplan_news": SECRETARIAT,
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
    "dialogue:mark": MEMBERS,
    "dialogue:unmark": MEMBERS,
    "dialogue:show": SECRETARIAT,
    "dialogue:carry": SECRETARIAT,
    "dialogue:close_to_others": SECRETARIAT,
    "members:take_list": SECRETARIAT,
    "members:drop_list": SECRETARIAT,
    "members:take_apart": SECRETARIAT,
    "members:send_again": SECRETARIAT,
    "members:reactivate": SECRETARIAT,
    "members:switch_off_two_step": SECRETARIAT,
    "front:call_off": SECRETARIAT,
    "front:call_off_mine": MEMBERS,
    "front:keep_silent": SECRETARIAT,
}
# What a visitor's role does not decide; each has tests of its own.
OTHER = {"health", "alive", "ready", "mirror", "meetings:answer_by_link", "account"}
OTHER |= {"members:stop_mail", "members:stop_all_mail", "following:stop"}
OTHER |= {"members:confirm_inquiry", "members:answer_inquiry", "members:still_right"}
# Who is asked answers, and nobody else; see tests/dialogue/asking/.
OTHER |= {"dialogue:answer", "dialogue:answer_by_link"}
OTHER |= {"members:welcome", "members:ask_again"}
OTHER |= {f"following:{name}" for name in ("ask", "confirm", "own_page")}
OTHER |= {"calls:own_calendar", "following:stop_before", *(f"calls:{name}" for name in ROOMS)}
# What the author of a case decides alone; see tests/initiatives/cases/test_casework.py.
OTHER |= {
    f"initiatives:{act}"
    for act in ("submit_case", "withdraw_case", "throw_away_case", "ask_for_change")
}
# What an organisation withdraws of its own, and nobody else; tested where it is done.
OTHER |= {"barriers:withdraw_barrier", "meetings:withdraw_proposal"}
# What its author does with a contribution, and the link that leads to its place in the talk; see
# tests/dialogue/talk/test_views.py.
OTHER |= {"dialogue:contribution", "dialogue:edit", "dialogue:take_away"}
# Log-in's pages, with what a stranger and a member who just logged in get.
ACCOUNT: dict[str, tuple[str | int, str | int]] = {
    "account_login": (200, "my page"),
    "account_request_login_code": (200, "my page"),
    "account_signup": ("join", "join"),
    "account_reset_password": (200, 200),
    "account_reset_password_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_from_key_done": (200, 200),
    "account_confirm_address": (410, 410),
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
    "mfa_list_webauthn": ("two-step", "two-step"),
    "mfa_add_webauthn": ("log in", 200),
    "mfa_activate_totp": ("log in", 200),
    "mfa_generate_recovery_codes": ("log in", 200),
    # Without a password or a passkey there is nothing to prove oneself with, to look at or to end.
    "account_reauthenticate": ("log in", 403),
    "account_reauthenticate_by_code": ("log in", 403),
    "account_logout_everywhere": (405, 405),
    "mfa_reauthenticate": ("log in", 403),
    "mfa_reauthenticate_webauthn": ("log in", 403),
    "mfa_edit_webauthn": ("log in", 404),
    "mfa_remove_webauthn": ("log in", 404),
    "mfa_deactivate_totp": ("log in", 404),
    "mfa_view_recovery_codes": ("log in", 404),
    "mfa_download_recovery_codes": ("log in", 404),
}
ACCOUNT_KEYS: dict[str, list[Any]] = {
    "account_confirm_address": ["nonsense"],
    "account_reset_password_from_key": ["x", "y"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}

PUBLIC_FORMS = ("members:join", "initiatives:ask_about_case")
PUBLIC_FORMS += ("members:write_to_organisation", "members:ask_organisations")
READ_ONLY = [
    name
    for name, who in PAGES.items()
    # Django's own feed and sitemap answer a POST as a GET, and change nothing.
    if who == EVERYBODY and name not in ("front:feed", "sitemap", *PUBLIC_FORMS)
]
READ_ONLY_INSIDE = [
    "dialogue:questions",
    "dialogue:log",
    "barriers:alike",
    "front:my_page",
    "front:my_data",
    "front:desk",
    "dialogue:asked",
    "dialogue:question",
    "results:desk",
    "results:read_report",
    "front:vocabulary",
    "front:letters",
    "front:letter",
    "front:letter_file",
    "front:news",
    "front:pages",
    "front:page_versions",
    "front:everything",
    "front:server",
    "barriers:themes",
    "intake:file",
    "calls:subscribe",
    "meetings:action_points",
    "meetings:action_points_csv",
    "meetings:action_points_xlsx",
    "meetings:write_minutes",
    "meetings:check_minutes",
    "meetings:agenda",
    "meetings:review",
    "barriers:preview_round",
    "members:join_request",
    "members:register",
    "members:people",
    "members:person",
    "members:people_csv",
    "members:people_xlsx",
    "members:left_of_list",
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
    found = {*names(get_resolver())}

    assert found == known


def addresses_in(world: World) -> dict[str, str]:
    """Return the address of every name in the tables, with a row of the world in it."""
    keys = {**of_meetings(world), **of_the_register(world), **of_initiatives(world)}
    keys |= of_calls(world)
    request, intake = world.request, world.document
    keys |= {f"members:{act}": [request.pk] for act in ("join_request", "accept", "decline")}
    lists = ("import", "take_list", "left_of_list", "drop_list")
    keys |= {f"members:{act}": [world.people_list.pk] for act in lists}
    keys["members:take_apart"] = [world.merge.pk]
    of_home = ("organisation", "edit_organisation", "write_to_organisation")
    of_home += ("merge_organisation",)
    keys |= {f"members:{act}": [world.home.slug] for act in of_home}
    keys["members:logo"] = [world.home.slug, PurePath(world.home.logo.name).name]
    keys |= {f"members:{act}": [world.tag.pk] for act in ("edit_tag", "drop_tag")}
    keys |= of_people(world)
    keys |= of_talk(world)
    of_question = ("question", "extend", "close", "withdraw_question")
    keys |= {f"dialogue:{act}": [world.asked_question.slug] for act in of_question}
    keys |= {name: ["barriers"] for name in ("open_data:dataset", "api_rows")}
    keys["share_picture"] = ["forside", cards.front().fingerprint]
    keys |= {"data_file": ["barriers", "csv"], "api_row": ["barriers", world.barrier.pk]}
    keys |= of_results(world)
    keys["following:newsletter"] = [world.newsletter.day]
    keys["news:detail"] = [world.news.slug]
    keys["news:picture"] = str((image_of(world.news) or {})["src"]).split("/")[2::2]
    keys |= {f"front:{act}": ["om"] for act in ("write_page", "page_versions", "bring_back_page")}
    keys |= {f"front:{act}_letter": [world.draft_letter.pk] for act in ("edit", "send", "try")}
    keys["front:discard_letter"] = [world.draft_letter.pk]
    keys |= {f"front:{act}_synonyms": [world.synonyms.pk] for act in ("edit", "drop")}
    keys |= {f"front:{name}": [world.letter.pk] for name in ("letter", "send_letter_again")}
    keys["front:letter_file"] = [world.letter.pk, world.letter.files.get().pk]
    for act in ("edit", "plan", "publish", "unplan", "take_back", "discard"):
        keys[f"front:{act}_news"] = [world.draft_news.slug]
    intake_acts = ("review", "confirm", "file", "undo", "read_again", "throw_away")
    keys |= {f"intake:{act}": [intake.pk] for act in intake_acts}
    return {name: reverse(name, args=keys.get(name)) for name in (*PAGES, *OWN, *ACTS)}


def of_results(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of figures, goals and years."""
    keys = {f"{act}_figure": [world.figure.pk] for act in ("edit", "take_back", "discard")}
    keys |= {act: [world.goal.pk] for act in ("goal", "publish_goal", "take_back_goal")}
    keys |= {"year": [world.kept_year.year], "note_year": [world.kept_year.year]}
    keys |= {f"{act}_report": [world.draft_report.year] for act in ("write", "read", "publish")}
    told = ("report_pdf", "report_word", "take_back_report")
    keys |= {act: [world.report.year] for act in told}
    keys |= {"keep_year": [world.held.date.year], "rows": ["barrierer-rejst"]}
    return {f"results:{act}": arguments for act, arguments in keys.items()}


def of_people(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of people: who is asked in, leaves, or is shut out."""
    asked_in, leaving = [world.asked_in.user_id], [world.leaving.user_id]
    acts = ("person", "edit_person", "send_again", "withdraw_invitation", "switch_off_two_step")
    keys = {f"members:{act}": asked_in for act in acts}
    keys |= {f"front:{act}": leaving for act in ("call_off", "keep_silent")}
    keys["members:deactivate"] = leaving
    keys["members:reactivate"] = [world.shut_out.user_id]
    keys["members:merge_person"] = [world.colleague.user_id]
    acts = ("end_membership", "hand_over", "move_person", "erase")
    return keys | {f"front:{act}": [world.colleague.user_id] for act in acts}


def of_meetings(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of meetings that were held, are ahead, or written of."""
    held, ahead, draft = world.held.number, world.ahead.number, world.drafted.number
    keys: dict[str, list[Any]] = {}
    of_held = ("detail", "pdf", "word", "add_material", "unpublish", "versions", "compare_versions")
    of_held += ("add_forgotten_action", "correct_presence", "ask_for_correction")
    keys |= {act: [held] for act in of_held}
    of_material = ("material", "edit_material", "drop_material")
    keys |= {act: [held, world.material.pk] for act in of_material}
    keys |= {act: [world.agreed.pk] for act in ("finish", "open_again")}
    keys["correct_passage"] = [held, world.told.pk]
    keys["correct_outcome"] = [held, world.decided.pk]
    keys["correct_action"] = [held, world.agreed.pk]
    of_ahead = ("edit", "cancel", "take_back", "calendar_file", "invite", "answer", "write_news")
    of_ahead += ("agenda", "add_item", "carry_over", "copy_agenda", "send_agenda")
    of_ahead += ("propose_item",)
    keys |= {act: [ahead] for act in of_ahead}
    keys |= {act: [ahead, world.planned.pk] for act in ("edit_item", "move_item", "remove_item")}
    keys |= {act: [ahead, world.proposal.pk] for act in ("take_proposal", "decline_proposal")}
    of_draft = ("publish", "review", "start_review", "extend_review", "take_back_review")
    of_draft += ("keep_version", "write_minutes", "check_minutes")
    keys |= {act: [draft] for act in (*of_draft, *(name.split(":")[1] for name in TAKING))}
    keys["restore_version"] = [draft, 1]
    of_passage = ("save_passage", "remove_passage", "propose_change")
    keys |= {act: [draft, world.passage.pk] for act in of_passage}
    keys |= {act: [draft, world.item.pk] for act in ("set_outcome", "note_action")}
    keys |= {act: [draft, world.point.pk] for act in ("edit_action", "drop_action")}
    keys["mend"] = [draft, "nobody-present"]
    keys["take_off"] = [draft, world.guest.pk]
    for act in ("accept_change", "decline_change"):
        keys[act] = [world.reviewed.meeting.number, world.change.pk]
    return {f"meetings:{act}": arguments for act, arguments in keys.items()}


def of_the_register(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of barriers and rounds."""
    slug, passage = world.barrier.slug, world.passage.pk
    acts = ("detail", "edit", "add_statement", "hide", "show", *BARRIER_ACTS)
    keys: dict[str, list[Any]] = {act: [slug] for act in acts}
    keys["edit_statement"] = keys["withdraw_statement"] = [slug, world.statement.pk]
    keys["take_apart"] = [world.merged.slug]
    keys["from_passage"] = [passage]
    keys["edit_theme"] = keys["delete_theme"] = [world.barrier.theme.slug]
    keys["take_back"] = [passage, world.taken.pk]
    keys |= {act: [world.open.slug] for act in ("round", "vote", "close_round", "remind_round")}
    for act in ("edit", "preview", "open", "schedule", "unschedule", "discard"):
        keys[f"{act}_round"] = [world.coming.slug]
    keys["result_csv"] = keys["void_round"] = [world.counted.slug]
    return {f"barriers:{act}": arguments for act, arguments in keys.items()}


def of_talk(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of talk."""
    keys = {f"dialogue:{act}": [world.question.pk] for act in ("reply", "hide")}
    keys |= {f"dialogue:{act}": [world.reply.pk] for act in ("mark", "unmark")}
    acts = ("add", "open_to_all", "close_to_others")
    keys |= {f"dialogue:{act}": ["barriere", world.barrier.pk] for act in acts}
    answer = [world.asked_question.slug, world.answered.pk]
    return keys | {"dialogue:show": [world.hiding.pk], "dialogue:carry": answer}


def of_initiatives(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of initiatives and cases."""
    initiative, case, submitted = world.initiative.slug, world.case.slug, world.submitted.slug
    acts = ("detail", "edit", "tell", "end", "open_again", "join", "leave", "be_contact")
    keys: dict[str, list[Any]] = {act: [initiative] for act in acts}
    keys |= {act: [initiative, world.milestone.pk] for act in ("reach", "take_back")}
    keys["file"] = [initiative, world.update.pk]
    keys |= {act: [case] for act in ("case", "ask_about_case", "answer_change")}
    keys["case_picture"] = address(world.case).split("/")[2::2]
    of_submitted = ("decline_case", "send_back", "edit_case", "publish_case")
    keys |= {act: [submitted] for act in of_submitted}
    return {f"initiatives:{act}": arguments for act, arguments in keys.items()}


def of_calls(world: World) -> dict[str, list[Any]]:
    """Return what stands in the addresses of a call and of a consortium."""
    call, consortium = world.call.slug, world.consortium.pk
    acts = ("detail", "edit", "reread", "start")
    keys: dict[str, list[Any]] = {act: [call] for act in acts}
    shown = ("consortium", "ask", "suggest", "accept", "decline", "leave", "outcome")
    keys |= {act: [call, consortium] for act in shown}
    for act in ("take_in", "turn_down", "take_out", "invite_again"):
        keys[act] = [call, consortium, world.partner.pk]
    return {f"calls:{act}": arguments for act, arguments in keys.items()}


@pytest.fixture
def addresses(world: World) -> dict[str, str]:
    return addresses_in(world)


@pytest.fixture
def visitors(world: World) -> dict[str, Client]:
    """Return a browser for each kind of visitor."""
    return {who: world.browser(who) for who in MAY[EVERYBODY]}


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


def test_page_says_that_an_act_takes_a_form(world: World, client: Client):
    for browser in (client, world.browser("secretary")):
        answer = browser.get(reverse("account_logout_everywhere"))

        assert answer.status_code == 405
        assert answer.headers["Allow"] == "POST"
        assert "Her er ingen side" in answer.text.split("<main")[1]


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


def test_looking_at_the_address_does_not_keep_passkeys_out(client: Client, member: Member):
    """Looking writes the address down as unproven, and no passkey is added beside such a one."""
    client.force_login(member.user)
    client.get("/konto/email/")

    assert client.get("/konto/2fa/webauthn/add/").status_code == 200


def test_nobody_signs_up_by_themselves(client: Client, db: None):
    page = client.post("/konto/signup/", {"email": "a@example.org", "password1": "kort-og-godt-8"})

    assert "sessionid" not in client.cookies
    assert (page.status_code, page["Location"]) == (302, "/bliv-medlem/")


def refusal(who: str) -> str | int:
    return "log in" if who == "stranger" else 403


PLACES = {"/konto/login/code/": "log in", "/konto/login/": "log in", "/min-side/": "my page"}
PLACES |= {"/": "front page", "/konto/password/set/": "set a password"}
PLACES |= {"/bliv-medlem/": "join", "/konto/2fa/": "two-step"}


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
