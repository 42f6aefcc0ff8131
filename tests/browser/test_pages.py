"""Every page in a browser: accessible, narrow enough, without complaint or another host."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from barriers.models import Barrier, PrioritisationRound
from calls.models import Call
from initiatives.models import Case, Initiative
from meetings.inviting import answer_links
from taskforce.core.unasked import Kind, Reader, Subscription
from taskforce.dialogue.asking import links as question_links
from taskforce.following.kinds import Kind as NewsKind
from taskforce.following.outside import links as follow_links
from taskforce.following.stopping.links import Stop
from taskforce.following.things import token
from taskforce.members.inquiries import acts as inquiries
from taskforce.members.models import Member, Organisation
from taskforce.members.organisations import confirming
from taskforce.news.models import NewsItem
from tests import databases
from tests.browser.conftest import Visitor, open_context
from tests.calls.following import moving as following
from tests.factories import make_inquiry
from tests.world import LONG, World

# Pages by who looks at them: of the example, which people see in the demo, and of the world, whose
# words are hard to fit in.
PAGES = {
    "stranger": """/ /moeder/ /moeder/3/ /moeder/4/ {held} {held}referat/versioner/ {compare}
/barrierer/ {example_barrier} {barrier} {resolved} /prioritering/ {example_round} {counted}
/indsatser/ /indsatser/?vis=tidslinje {example_initiative} {example_ended} {initiative}
/eksempler/ {example_case} {example_case}spoerg/ {case} /opslag/ {example_call} {open_call}
{open_consortium} {call} {consortium} /foelg-ikke/x/ /faa-ikke-mail/x/ {stop_mail}
{stop_all}
/mails/stop/x/ {stop_news} {ask_to_follow} {ask_for_words} /foelg-med/?ting=newsletter
/foelg-med/tak/ {confirm_follow} /foelg-med/bekraeft/x/ {own_follows} /det-jeg-foelger/x/
/nyt/ {example_news} {news} /nyhedsbrev/ {newsletter}
/organisationer/ /organisationer/?til=private&leverer=15 {example_organisation} {home} {home}skriv/
/forespoergsel/ /forespoergsel/tak/ {to_confirm} {to_answer} {still_right} /profil/x/
/resultater/ /resultater/2022/ /resultater/tal/barrierer-rejst/ /en/resultater/
/om/ /partnere/ /en/partnere/
/bliv-medlem/ /bliv-medlem/tak/ /data/ /data/organisations/ /en/data/cases/
/velkommen/x/ {welcome} {welcome_late}
/tilgaengelighed/ /privatliv/ /kontakt/ /nothing/ /konto/login/ /konto/login/code/
 /konto/logout/everywhere/
 /konto/password/reset/ /konto/password/reset/done/ /konto/inactive/ /konto/password/reset/key/x-y/
 /konto/email/x/
/soeg/?q=kommuner /en/ /en/barrierer/ {answer_link} /moeder/svar/x/""",
    "owner": """{talk_add} {question}ret/ {question}traek-tilbage/ /samtale/spoergsmaal/
{home} {home}ret/ /min-side/ /min-side/om-mig/ /min-side/beskeder/
/min-side/meld-mig-ud/ /min-side/overdrag/ {welcome}
/barrierer/ny/ {barrier} {barrier}udsagn/ {barrier}traek-tilbage/ {withdraw} {propose_no_more}
{vote} {not_mine} {open} {counted} /indsatser/ny/ {initiative} /indsatser/?hvis=vores /eksempler/ny/
{draft_case} {draft_case}ret/ {draft_case}smid-vaek/ {asked} {asked}ret/ {asked}traek-tilbage/
{case} {case}bed-om-rettelse/ {ahead} {ahead}svar/ {ahead}bordet-rundt/ {ahead}dagsorden/foreslaa/
{reviewed} {reviewed}referat/gennemsyn/ {held} {held}referat/bed-om-rettelse/
/aftaler/ /aftaler/?hvis=mine&status=udfoert {to_finish} {call} {call}konsortier/nyt/
{consortium} {consortium}ret/ {consortium}udfald/ {consortium}partnere/ny/ {place}ret/
{suggestion}svar/ {open_consortium} {open_consortium}deltag/ {open_consortium}forslag/
/spoergsmaal/ {asked_question} {asked_question}svar/ {withdrawn_question} {answer_question}
/spoergsmaal/svar/x/ /opslagskalender/ /konto/email/ /konto/password/change/
/konto/2fa/ /konto/2fa/webauthn/add/ /konto/2fa/totp/activate/ /min-side/tag-mit-navn-af/
/konto/logout/ /sekretariat/""",
    "member of the example": """/min-side/ {open_call} {open_consortium} {hidden_consortium}
{hidden_consortium}ret/ {example_barrier} {example_initiative}""",
    "secretary": """/spoergsmaal/ /spoergsmaal/nyt/ {asked_question} {asked_question}frist/
{asked_question}traek-tilbage/ /sekretariat/ /sekretariat/organisationer/
/sekretariat/organisationer/ny/
/sekretariat/soegning/?proev=udbudsloven /sekretariat/soegning/ord/ {synonyms}
/sekretariat/stikord/ {tag} {tag}slet/ {home} {home}ret/
/sekretariat/resultater/ /sekretariat/resultater/tal/nyt/ {figure_edit} {figure_back}
/sekretariat/resultater/maal/nyt/ {goal_edit} {year_keep} {year_note}
{report_write} {report_read} {report_back}
/sekretariat/nyheder/ /sekretariat/nyheder/ny/ /sekretariat/nyhedsbrev/
/sekretariat/alt-ud/ /sekretariat/server/ /sekretariat/temaer/ /sekretariat/temaer/ny/ {theme_edit}
/sekretariat/breve/ /sekretariat/breve/nyt/ {letter} {draft_letter} {draft_letter}ret/
/sekretariat/engelsk/ /sekretariat/engelsk/?vis=alle
/sekretariat/sider/ /sekretariat/sider/om/ /sekretariat/sider/om/versioner/ /om/
{news} {news_back} {draft_news} {news_edit} {news_plan} {news_discard}
/sekretariat/personer/ /sekretariat/personer/ny/ {asked_in_page}
{asked_in_page}ret/ {asked_in_page}traek-tilbage/ {leaving_page} {leaving_page}luk-login/
{owner_page}slut/ {owner_page}overdrag/ {owner_page}flyt/ {owner_page}slet/
/sekretariat/personer/indlaes/ {people_list} {owner_page}flet/ {merge_people}
{merge_organisations}
/barrierer/ {barrier} {barrier}ret/ {barrier}laeg-sammen/ {merge}
{apart} {barrier}del/ {barrier}loest/ {barrier}ikke-aktuel/ {resolved} {resolved}genaabn/
{resolved}loest/ {statement}
/indsatser/ {initiative} {initiative}ret/ {initiative}fremdrift/ {initiative}afslut/
{talk_add} {question}svar/ {question}skjul/ {talk_open} /sekretariat/samtale/ /samtale/spoergsmaal/
{example_ended} /moeder/ny/ /moeder/3/materiale/ny/ /moeder/4/referat/skriv/ {held}
{held}referat/versioner/ {compare} {correct} {correct_outcome} {held}referat/ret-aftale/ny/
{held}referat/ret-fremmoede/ {drafted} {drafted}referat/skriv/ {drafted}referat/tjek/
{drafted}referat/versioner/ {drafted}referat/offentliggoer/ {action} {passage}
{reviewed}referat/gennemsyn/ {ahead} {ahead}rediger/ {ahead}aflys/ {ahead}tag-tilbage/
{ahead}indkald/ {ahead}svar/
{ahead}dagsorden/ {ahead}dagsorden/send/ {ahead}dagsorden/hent/?fra=70
{since_last} {proposal}afvis/ {answer_link}
/aftaler/ {request} {request}optag/
{case} {case}ret/ {case}svar-paa-rettelse/ {submitted} {submitted}ret/ {submitted}send-tilbage/
{submitted}afvis/ /sekretariat/indlaes/ {to_review} {to_review}bekraeft/ {to_read} {refused}
{taken_in} /prioritering/ /prioritering/ny/ {coming} {coming}ret/ {coming}stemmeseddel/
{coming}aabn/ {open} {open}luk/
{vote} {counted} {counted}ugyldig/ /opslag/ /opslag/ny/ /opslag/ny/udfyld/ {call}ret/
{call}laes-igen/""",
    # Whom the example invites into its consortia
    "secretary of the example": "{open_consortium} {hidden_consortium} {example_suggestion}svar/",
}
# Pages that say no, and the status they say it with.
REFUSALS = {
    "/nothing/": 404,
    "/konto/logout/everywhere/": 405,
    "/moeder/svar/x/": 404,
    "/spoergsmaal/svar/x/": 404,
    "/mails/stop/x/": 404,
    "/foelg-ikke/x/": 404,
    "/faa-ikke-mail/x/": 404,
    "/foelg-med/bekraeft/x/": 410,
    "/det-jeg-foelger/x/": 410,
    "/velkommen/x/y-z/": 410,
    "/profil/x/": 410,
    "/velkommen/x/": 410,
    "{welcome_late}": 410,
    "/konto/email/x/": 410,
    ("owner", "/sekretariat/"): 403,
}
# Headings that what stands beside them leaves no room for.
SQUEEZED = """[...document.querySelectorAll("main h1, main h2, main h3")]
    .filter(heading => heading.offsetParent)
    .filter(heading => heading.clientWidth < 100 && heading.clientHeight > 90)
    .map(heading => heading.innerText)"""
NARROW, WIDE = 320, 1280  # pixels, of the smallest phone and of a desk
MOST_REQUESTS, MOST_KB = 7, 30  # of a public page, at its first view; its script of suggestions too
QUICKLY = {"resultTypes": ["violations"], "preload": False}
# Contrast takes longer than all other rules together.
RULES = {**QUICKLY, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {**QUICKLY, "runOnly": ["color-contrast"]}
EVERY_PAGE = [(who, page) for who, pages in PAGES.items() for page in pages.split()]
# The quick suite looks at what the public sees; the others look alike.
QUICK = [
    pytest.param(who, page, marks=[] if who == "stranger" else pytest.mark.slow)
    for who, page in EVERY_PAGE
]
# As wide as a reader may set letters, words and lines (WCAG 1.4.12).
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
# Words that a box cuts off: it hides what goes over its edge. What is typed scrolls in its field.
CUT = """[...document.querySelectorAll("main *, header *, footer *")]
    .filter(box => box.checkVisibility() && !box.closest(".unseen, svg, select, input, .stick"))
    .filter(box => ["hidden", "clip"].includes(getComputedStyle(box).overflowX))
    .filter(box => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1)
    .map(box => box.className + ": " + box.innerText.slice(0, 60))"""


@pytest.fixture(scope="module")
def addresses(
    portal: str, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[dict[str, str]]:
    """Load the example and the world, and return the address of one page of each kind."""
    uploads = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), override_settings(DEMO=True, MEDIA_ROOT=uploads):
        call_command("load_example", activity=True, verbosity=0)
        yield {**in_the_example(), **in_the_world(World())}
        databases.empty_all()


def in_the_example() -> dict[str, str]:
    barriers = Barrier.objects.exclude(rank=None).exclude(statements=None)
    open_call = Call.objects.get(is_example=True)
    open_consortium = open_call.consortia.get(openness="open")
    found = {
        "example_barrier": barriers.first(),
        "example_round": PrioritisationRound.objects.closed().first(),
        "example_initiative": Initiative.objects.running().get(),
        "example_ended": Initiative.objects.ended().get(),
        "example_case": Case.objects.published().first(),
        "example_call": Call.objects.exclude(consortia=None).first(),
        "example_news": NewsItem.objects.first(),
        "example_organisation": Organisation.objects.exclude(statements=None).first(),
        "open_call": open_call,
        "open_consortium": open_consortium,
        "hidden_consortium": open_call.consortia.get(openness="hidden"),
    }
    suggestion = open_consortium.suggestions.get()
    return {
        "example_suggestion": f"{open_consortium.get_absolute_url()}forslag/{suggestion.pk}/",
        **{name: row.get_absolute_url() for name, row in found.items()},
    }


def in_the_world(world: World) -> dict[str, str]:
    rows = {name: row for name, row in vars(world).items() if hasattr(row, "get_absolute_url")}
    found = {name: row.get_absolute_url() for name, row in rows.items()}
    agenda, consortium = f"{found['ahead']}dagsorden/", found["consortium"]
    versions, drafted = f"{found['held']}referat/", f"{found['drafted']}referat/"
    following.follow(followed=world.call, member=world.owner)
    waiting = make_inquiry(world.home, confirmed_at=None)
    asked = world.inquiry.asked.get()
    home = f"/sekretariat/organisationer/{world.home.slug}/"
    reports = "/sekretariat/resultater/aar/"
    return {
        **found,
        "synonyms": reverse("front:edit_synonyms", args=[world.synonyms.pk]),
        "tag": f"/sekretariat/stikord/{world.tag.pk}/",
        "to_confirm": f"/forespoergsel/bekraeft/{inquiries.asked_by.sign(str(waiting.pk))}/",
        "to_answer": f"/forespoergsel/svar/{inquiries.answered_by.sign(str(asked.pk))}/",
        "still_right": confirming.link(world.home),
        "reviewed": world.reviewed.meeting.get_absolute_url(),
        "talk_add": reverse("dialogue:add", args=["barriere", world.barrier.pk]),
        "talk_open": reverse("dialogue:open_to_all", args=["barriere", world.barrier.pk]),
        "merge": f"{found['barrier']}laeg-sammen/?ind-i={world.other.slug}",
        "ask_to_follow": f"/foelg-med/?ting={token(world.resolved)}",
        "ask_for_words": f"/foelg-med/?ord={LONG}",
        "confirm_follow": reverse("following:confirm", args=[world.follow_request.key]),
        "own_follows": follow_links.page_of(world.follower),
        "stop_news": Stop(world.owner.user, NewsKind.NEW_BARRIERS).path,
        "stop_mail": Subscription(Kind.REMINDERS, Reader(world.owner.user_id)).path,
        "stop_all": Reader(world.owner.user_id).path_to_stop_all,
        "welcome": f"/velkommen/{world.invitation.key}/",
        "welcome_late": f"/velkommen/{world.late_invitation.key}/",
        "asked_in_page": f"/sekretariat/personer/{world.asked_in.user_id}/",
        "leaving_page": f"/sekretariat/personer/{world.leaving.user_id}/",
        "people_list": world.people_list.get_absolute_url(),
        "owner_page": (owner := f"/sekretariat/personer/{world.owner.user_id}/"),
        "merge_people": f"{owner}flet/?med={world.colleague.user_id}",
        "merge_organisations": f"{home}flet/?med={world.elsewhere.pk}",
        "apart": f"{world.merged.get_absolute_url()}skil-ad/",
        "withdraw": f"{found['barrier']}udsagn/{world.statement.pk}/traek-tilbage/",
        "propose_no_more": f"{agenda}forslag/{world.proposal.pk}/traek-tilbage/",
        "suggestion": f"{consortium}forslag/{world.suggestion.pk}/",
        "place": f"{consortium}partnere/{world.partner.pk}/",
        "since_last": f"{agenda}punkt/{world.since_last.pk}/",
        "proposal": f"{agenda}forslag/{world.proposal.pk}/",
        "correct": f"{versions}ret/{world.told.pk}/",
        "correct_outcome": f"{versions}ret-udfald/{world.decided.pk}/",
        "compare": f"{versions}versioner/sammenlign/?fra=1&til=2",
        "vote": f"{found['open']}stem/",
        "not_mine": f"{found['without_owner']}stem/",
        "to_finish": f"/aftaler/{world.agreed.pk}/udfoert/",
        "answer_question": question_links.to_answer(
            world.asked_question.asked.get(organisation=world.home), world.owner
        ),
        "answer_link": answer_links.of(world.invited, world.ahead)[0][1],
        "action": f"{drafted}aftale/{world.point.pk}/",
        "passage": f"/barrierer/udsagn-fra-referat/{world.passage.pk}/",
        "statement": f"{found['barrier']}udsagn/{world.statement.pk}/ret/",
        "theme_edit": f"/sekretariat/temaer/{world.barrier.theme.slug}/",
        "figure_edit": f"/sekretariat/resultater/tal/{world.draft_figure.pk}/",
        "figure_back": f"/sekretariat/resultater/tal/{world.figure.pk}/tag-tilbage/",
        "goal_edit": f"/sekretariat/resultater/maal/{world.goal.pk}/",
        "year_keep": f"/sekretariat/resultater/aar/{world.held.date.year}/",
        "year_note": f"/sekretariat/resultater/aar/{world.kept_year.year}/ret/",
        "report_write": f"{reports}{world.draft_report.year}/rapport/",
        "report_read": f"{reports}{world.draft_report.year}/rapport/se/",
        "report_back": f"{reports}{world.report.year}/rapport/tag-tilbage/",
        "news_back": f"/sekretariat/nyheder/{world.news.slug}/tag-tilbage/",
        **{
            f"news_{word}": f"/sekretariat/nyheder/{world.draft_news.slug}/{act}/"
            for word, act in (("edit", "ret"), ("plan", "planlaeg"), ("discard", "slet"))
        },
    }


@pytest.fixture(scope="module")
def visitors(
    chromium: Browser, portal: str, addresses: dict[str, str]
) -> Iterator[dict[str, Visitor]]:
    """Return a window of each visitor, in which one page after the other is opened."""
    people = {
        "stranger": None,
        "owner": Member.objects.get(organisation__name="Home", user__name="owner"),
        "member of the example": Member.objects.get(user__email="medlem@eksempel.example"),
        "secretary": Member.objects.get(user__name="secretary"),
        "secretary of the example": Member.objects.get(user__email="sekretariat@eksempel.example"),
    }
    contexts = [open_context(chromium) for _ in people]
    for context in contexts:
        context.add_init_script(Axe().axe_script)  # on every page that it opens
    found = {
        who: Visitor(context.new_page(), portal)
        for who, context in zip(people, contexts, strict=True)
    }
    for who, member in people.items():
        if member:
            found[who].log_in(member)
    yield found
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("who", "template"), QUICK)
def test_page(who: str, template: str, addresses: dict[str, str], visitors: dict[str, Visitor]):
    """Look at a page wide, and on the narrowest phone."""
    visitor = arrive(who, template, addresses, visitors)
    faults = violated(visitor.page, RULES) + squeezed(visitor.page)
    # A browser says of itself that a page was refused.
    faults += [said for said in visitor.complaints if "the server responded with" not in said]

    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize(("who", "template"), EVERY_PAGE)
def test_contrast_of_page(
    who: str, template: str, addresses: dict[str, str], visitors: dict[str, Visitor]
):
    assert contrast(arrive(who, template, addresses, visitors).page) == []


@pytest.mark.slow
@pytest.mark.parametrize(("who", "template"), EVERY_PAGE)
def test_page_in_other_looks(
    who: str, template: str, addresses: dict[str, str], visitors: dict[str, Visitor]
):
    """Look at a page in forced colours, and with spaced letters on a phone and at 200 %."""
    page = arrive(who, template, addresses, visitors).page
    page.emulate_media(forced_colors="active")
    faults = violated(page, RULES)
    page.emulate_media(forced_colors="none")
    page.evaluate(SPACED)
    faults += squeezed(page) + squeezed(page, WIDE // 2)
    faults += [f"cuts off {words!r}" for words in page.evaluate(CUT)]

    assert faults == []


@pytest.mark.slow
def test_pages_weigh_little(
    chromium: Browser, portal: str, addresses: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    """Weigh each public page as a first visit gets it: requests, and kB compressed."""
    weighed = []
    for template in PAGES["stranger"].split():
        context = open_context(chromium)
        page, bodies = context.new_page(), []
        page.on("response", lambda answer, bodies=bodies: bodies.append(answer))
        page.goto(portal + template.format(**addresses), wait_until="networkidle")
        weighed.append((len(bodies), sum(len(compress(each.body())) for each in bodies) / 1000))
        context.close()
    requests, weight = (median(column) for column in zip(*weighed, strict=True))

    with capsys.disabled():
        print(f"\nmedian of {len(weighed)} pages: {requests:.0f} requests, {weight:.1f} kB")  # noqa: T201  # people compare it
    assert requests <= MOST_REQUESTS
    assert weight <= MOST_KB


@pytest.fixture(scope="module")
def nu_checker(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command of the Nu HTML checker, installed from npm where that can be done."""
    if not (shutil.which("npm") and shutil.which("java")):
        pytest.skip("the Nu HTML checker needs npm and java")
    folder = tmp_path_factory.mktemp("nu")
    install = ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), "vnu-jar"]
    if subprocess.run(install, check=False, timeout=300).returncode:
        pytest.skip("npm cannot install vnu-jar here")
    (jar,) = folder.glob("node_modules/vnu-jar/build/dist/vnu.jar")
    return ["java", "-jar", str(jar), "--stdout", "--format", "gnu"]


@pytest.mark.slow
def test_html_is_valid(
    nu_checker: list[str], addresses: dict[str, str], visitors: dict[str, Visitor], tmp_path: Path
):
    for number, (who, template) in enumerate(EVERY_PAGE):
        name = re.sub(r"\W+", "-", f"{number}-{who}-{template}")
        path = template.format(**addresses)
        answer = visitors[who].page.request.get(visitors[who].base + path)
        assert answer.status < 500, path
        (tmp_path / f"{name}.html").write_text(answer.text())

    done = subprocess.run([*nu_checker, str(tmp_path)], capture_output=True, text=True, timeout=300)

    assert [line.removeprefix(f'"file:{tmp_path}/') for line in done.stdout.splitlines()] == []


def arrive(
    who: str, template: str, addresses: dict[str, str], visitors: dict[str, Visitor]
) -> Visitor:
    visitor = visitors[who]
    visitor.complaints.clear()
    status = REFUSALS.get((who, template), REFUSALS.get(template, 200))
    visitor.open(template.format(**addresses), status=status)
    return visitor


def test_form_that_was_filled_in_wrongly(visitors: dict[str, Visitor]):
    visitor = visitors["stranger"]
    visitor.complaints.clear()
    visitor.open("/bliv-medlem/")
    visitor.page.locator("[name=email]").fill("no address")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("main").get_by_role("button").click()
    expect(visitor.page.locator("[aria-invalid=true]").first).to_be_visible()

    assert [*look_at(visitor), *visitor.complaints] == []


def look_at(visitor: Visitor) -> list[str]:
    """Return what is wrong with the open page in each look, which leaves it wide and light."""
    return violated(visitor.page, RULES) + contrast(visitor.page) + squeezed(visitor.page)


def contrast(page: Page) -> list[str]:
    """Return what is hard to read on the open page, light or dark."""
    faults = violated(page, CONTRAST)
    page.emulate_media(color_scheme="dark")
    faults += violated(page, CONTRAST)
    page.emulate_media(color_scheme="light")
    return faults


def squeezed(page: Page, width: int = NARROW) -> list[str]:
    """Return what has no room in a window, the narrowest phone's unless told otherwise."""
    page.set_viewport_size({"width": width, "height": 900})
    faults = [f"squeezes {words!r} into a column" for words in page.evaluate(SQUEEZED)]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        faults.append(f"is {wide} px wide on a screen of {width}")
    page.set_viewport_size({"width": WIDE, "height": 900})
    return faults


def violated(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:150]}" for rule in found]
