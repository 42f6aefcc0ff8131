"""Find every form that people see, and fill it in: as a browser would, wrongly, or at random."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from tests.conftest import put_away
from tests.test_access import ACTS, OWN, PAGES, addresses_in
from tests.world import World

Typed = dict[str, list[str]]
OWN_KEYS = ("csrfmiddlewaretoken", "engang")
# Ends what later forms need, or leads to another program.
NOT_OURS = {"account_logout", "account_logout_everywhere", "mfa_login_webauthn"}
NOT_OURS |= {"front:leave", "front:hand_over_mine"}

# Pages whose forms ask a stranger for more than somebody who is logged in.
OUTSIDE = ("/bliv-medlem/", "/spoerg/", "/skriv/", "/forespoergsel/")
# Forms that make something, with what they take beside what `right` fills in.
# A new call asks for more than `right` knows; see tests/test_sent_twice.py.
MAKING: dict[str, dict[str, list[str]]] = {
    "barriers:add": {},
    "barriers:add_statement": {},
    "barriers:from_passage": {"title": [""], "theme": [""]},
    "barriers:plan_round": {},
    "barriers:support": {},
    "calls:add_partner": {"name": [""], "country": [""]},
    "calls:ask": {},
    "following:follow": {},
    "following:next_newsletter": {},
    "following:skip_newsletter": {},
    "calls:start": {"seeking": [""]},
    "calls:suggest": {},
    "dialogue:add": {"asked": []},
    "dialogue:reply": {"asked": []},
    "dialogue:ask": {},
    "initiatives:add_case": {},
    "initiatives:ask_about_case": {},
    "initiatives:join": {},
    "initiatives:start": {},
    "intake:bring": {"text": [""]},
    "meetings:add_item": {"responsible": [""]},
    "meetings:add_forgotten_action": {"owner": [""]},
    "meetings:add_material": {"link": [""]},
    "meetings:add_passage": {},
    "meetings:ask_for_correction": {},
    "meetings:invite": {"email_2": ["bo@example.org"], "email_3": ["ida@example.org"]},
    "meetings:let_in": {},
    "meetings:note_action": {"owner": [""]},
    "meetings:note_other_action": {"owner": [""]},
    "meetings:plan": {"month": [""]},
    "meetings:propose_change": {"text": ["<p>Noget andet</p>"]},
    "meetings:propose_item": {},
    "meetings:write_news": {},
    "members:add_person": {"email": ["ny@example.org"], "is_another": ["on"]},
    "members:add_organisation": {},
    "members:ask_organisations": {},
    "members:join": {},
    "members:tags": {},
    "members:write_to_organisation": {},
    "results:enter_figure": {"source_on": ["2022-11-15"]},
    "results:set_goal": {},
}


@dataclass(frozen=True)
class Form:
    """A form on a page: who sees it where, where it goes, and what stands in it."""

    who: str
    page: str
    path: str
    html: Any = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        return resolve(self.path).view_name

    @property
    def typed(self) -> Typed:
        """Return what a browser would send, without the keys of the form itself."""
        found: Typed = {}
        for name, value in self.html.form_values():
            if name not in OWN_KEYS:
                found.setdefault(name, []).append(value)
        return found

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Return name and value of each button that sends something of its own."""
        found = self.html.xpath(".//button[@name and not(@disabled)]")
        return [(button.get("name"), button.get("value", "")) for button in found]

    @property
    def boxes(self) -> list[Any]:
        """Return what somebody may type, choose or tick."""
        kinds = ("hidden", "submit")
        named = [one for one in self.html.inputs if one.name and one.get("type") not in kinds]
        return [one for one in named if one.name not in OWN_KEYS]


def more_pages(world: World) -> dict[str, str]:
    """Return pages whose visitor is not decided by a role alone."""
    rooms = [world.call.slug, world.consortium.pk]
    found = {
        name: reverse(f"calls:{name}", args=rooms)
        for name in ("edit_consortium", "add_partner", "outcome")
    }
    found["edit_partner"] = reverse("calls:edit_partner", args=[*rooms, world.partner.pk])
    found["answer_suggestion"] = reverse(
        "calls:answer_suggestion", args=[*rooms, world.suggestion.pk]
    )
    for case in (world.draft_case, world.asked, world.submitted):
        found[case.slug] = reverse("initiatives:case", args=[case.slug])
        found[f"edit {case.slug}"] = reverse("initiatives:edit_case", args=[case.slug])
    acts = {"ask_for_change": world.case, "withdraw_case": world.submitted}
    acts["throw_away_case"] = world.draft_case
    found |= {act: reverse(f"initiatives:{act}", args=[case.slug]) for act, case in acts.items()}
    found["reviewed"] = reverse("meetings:review", args=[world.reviewed.meeting.number])
    found["answer a question"] = reverse("dialogue:answer", args=[world.asked_question.slug])
    found["profile"] = reverse("front:profile")
    return found


def pages_of(world: World) -> list[str]:
    """Return the address of every page in the tables that may hold a form."""
    addresses = addresses_in(world)
    names = [name for name in {**PAGES, **OWN} if name not in ACTS]
    return sorted({*(addresses[name] for name in names), *more_pages(world).values()})


def forms_of(browser: Client, who: str, pages: Iterable[str]) -> Iterator[Form]:
    """Open pages, and yield the forms on them that change something."""
    for page in pages:
        answer: Any = browser.get(page)
        kind = answer.headers.get("Content-Type", "")
        content = answer.getvalue()
        put_away(answer)
        if content.strip() and answer.status_code == 200 and kind.startswith("text/html"):
            yield from forms_in(content, who, page)


def forms_in(content: bytes, who: str, page: str) -> Iterator[Form]:
    """Yield the forms of one page."""
    for html in lxml.html.fromstring(content).forms:
        if html.method != "POST":
            continue
        form = Form(who, page, urlsplit(html.action or page).path or page, html)
        if form.name not in NOT_OURS:
            yield form


def every_form(world: World) -> list[Form]:
    """Return a form of each address and set of boxes, as the first role that is shown it."""
    found: dict[tuple[str, ...], Form] = {}
    everywhere = pages_of(world)
    outside = [path for path in everywhere if path.endswith(OUTSIDE)]
    inside = [path for path in everywhere if path.startswith(("/eksempler/", "/indsatser/"))]
    inside += [
        path
        for path in everywhere
        if "/konsortier/" in path or path.endswith(("/udsagn/", "/svar/"))
    ]
    seen = {"secretary": everywhere, "owner": inside, "stranger": outside}
    for who, pages in seen.items():
        for form in forms_of(world.browser(who), who, pages):
            boxes = sorted({box.name for box in form.boxes})
            found.setdefault((form.name, *boxes), form)
    return [*found.values()]


def wrong(form: Form) -> Typed:
    """Return what a form refuses: nothing where something is asked for, nonsense elsewhere."""
    typed = form.typed
    for box in form.boxes:
        kind = box.get("type", "text") if box.tag == "input" else box.tag
        if box.tag == "select" or kind in ("radio", "checkbox"):
            typed[box.name] = ["nonsense"]
        elif kind == "file":
            typed.pop(box.name, None)
        else:
            typed[box.name] = ["" if "required" in box.attrib else "nonsense\x00" * 1000]
    return typed


def right(form: Form) -> dict[str, Any]:
    """Return what a form takes, as far as its boxes tell."""
    typed: dict[str, Any] = {**form.typed}
    for box in form.boxes:
        if box.get("type") == "file":
            typed[box.name] = SimpleUploadedFile("papir.txt", b"Ord", "text/plain")
        elif box.name not in typed or not any(map(str.strip, typed[box.name])):
            typed[box.name] = [_right(box)]
    return typed


def _right(box: Any) -> str:
    kind = box.get("type", "text") if box.tag == "input" else box.tag
    if box.tag == "select":
        return next((value for value in box.value_options if value), "")
    if kind in ("radio", "checkbox"):
        return str(box.get("value", "on"))
    return {
        "date": f"{date.today() + timedelta(days=9)}",
        "month": "",
        "number": box.get("min", "2"),
        "email": "ea@example.org",
        "url": "https://example.org/",
        "time": "",
    }.get(kind, "2" if box.get("inputmode") in ("numeric", "decimal") else f"Ord om {box.name}")
