"""Every page in a browser: accessible, narrow enough, without complaint or another host."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page

from barriers.models import Barrier, PrioritisationRound
from calls.following import acts as following
from calls.following import links
from calls.models import Call, Follow
from initiatives.models import Case, Initiative
from meetings.inviting import answer_links
from taskforce.core.unasked import Kind, Subscription
from taskforce.members.models import Member, Organisation
from taskforce.news.models import NewsItem
from tests import databases
from tests.browser.conftest import Visitor, open_context
from tests.world import World

# Pages by who looks at them: of the example, which people see in the demo, and of the world, whose
# words are hard to fit in.
PAGES = {
    "stranger": """/ /moeder/ /moeder/3/ /moeder/4/ {held} {held}referat/versioner/ {compare}
/barrierer/ {example_barrier} {barrier} {resolved} /prioritering/ {example_round} {counted}
/indsatser/ /indsatser/?vis=tidslinje {example_initiative} {example_ended} {initiative}
/eksempler/ {example_case} {example_case}spoerg/ {case} /opslag/ {example_call} {open_call}
{open_consortium} {call} {consortium} /foelg-ikke/x/ {stop} /faa-ikke-mail/x/ {stop_mail}
/nyt/ {example_news} {news}
/organisationer/ {example_organisation} {home} /om/ /bliv-medlem/ /bliv-medlem/tak/
/velkommen/x/y-z/ /tilgaengelighed/ /privatliv/ /nothing/ /konto/login/ /konto/login/code/
 /konto/password/reset/ /konto/password/reset/done/ /konto/inactive/ /konto/password/reset/key/x-y/
 /konto/email/x/
/soeg/?q=kommuner /en/ /en/barrierer/ {answer_link} /moeder/svar/x/""",
    "owner": """/min-side/ /min-side/om-mig/ /min-side/mail/
/barrierer/ny/ {barrier} {barrier}udsagn/ {barrier}traek-tilbage/ {withdraw} {propose_no_more}
{vote} {not_mine} {open} {counted} /indsatser/ny/ {initiative} /indsatser/?hvis=vores /eksempler/ny/
{draft_case} {draft_case}ret/ {draft_case}smid-vaek/ {asked} {asked}ret/ {asked}traek-tilbage/
{case} {case}bed-om-rettelse/ {ahead} {ahead}svar/ {ahead}bordet-rundt/ {ahead}dagsorden/foreslaa/
{reviewed} {reviewed}referat/gennemsyn/ {held} {held}referat/bed-om-rettelse/
/aftaler/ /aftaler/?hvis=mine&status=udfoert {to_finish} {call} {call}konsortier/nyt/
{consortium} {consortium}ret/ {consortium}udfald/ {consortium}partnere/ny/ {place}ret/
{suggestion}svar/ {open_consortium} {open_consortium}deltag/ {open_consortium}forslag/
/opslagskalender/ /konto/email/ /konto/password/change/
/konto/2fa/ /konto/2fa/webauthn/add/ /konto/2fa/totp/activate/ /min-side/tag-mit-navn-af/
/konto/logout/ /sekretariat/""",
    "member of the example": """/min-side/ {open_call} {open_consortium} {hidden_consortium}
{hidden_consortium}ret/ {example_barrier} {example_initiative}""",
    "secretary": """/sekretariat/ /barrierer/ {barrier} {barrier}ret/ {barrier}laeg-sammen/ {merge}
{apart} {barrier}del/ {barrier}loest/ {resolved} {resolved}genaabn/ {resolved}loest/ {statement}
/indsatser/ {initiative} {initiative}ret/ {initiative}fremdrift/ {initiative}afslut/
{example_ended} /moeder/ny/ /moeder/3/materiale/ny/ /moeder/4/referat/skriv/ {held}
{held}referat/versioner/ {compare} {correct} {correct_outcome} {held}referat/ret-aftale/ny/
{held}referat/ret-fremmoede/ {drafted} {drafted}referat/skriv/ {drafted}referat/tjek/
{drafted}referat/versioner/ {drafted}referat/offentliggoer/ {action} {passage}
{reviewed}referat/gennemsyn/ {ahead} {ahead}rediger/ {ahead}aflys/ {ahead}tag-tilbage/
{ahead}indkald/ {ahead}svar/
{ahead}dagsorden/ {since_last} {proposal}afvis/ {answer_link} /aftaler/ {request} {request}optag/
{case} {case}ret/ {case}svar-paa-rettelse/ {submitted} {submitted}ret/ {submitted}send-tilbage/
{submitted}afvis/ /sekretariat/indlaes/ {to_review} {to_review}bekraeft/ {to_read} {refused}
{taken_in} /prioritering/ /prioritering/ny/ {coming} {coming}ret/ {coming}stemmeseddel/ {open}
{open}luk/ {vote} {counted} {counted}ugyldig/ /opslag/ /opslag/ny/ /opslag/ny/udfyld/ {call}ret/
{call}laes-igen/""",
    # Whom the example invites into its consortia
    "secretary of the example": "{open_consortium} {hidden_consortium} {example_suggestion}svar/",
}
# Pages that say no, and the status they say it with.
REFUSALS = {
    "/nothing/": 404,
    "/moeder/svar/x/": 404,
    "/foelg-ikke/x/": 404,
    "/faa-ikke-mail/x/": 404,
    "/velkommen/x/y-z/": 410,
    "/konto/email/x/": 410,
    ("owner", "/sekretariat/"): 403,
}
# Headings that what stands beside them leaves no room for.
SQUEEZED = """[...document.querySelectorAll("main h1, main h2, main h3")]
    .filter(heading => heading.offsetParent)
    .filter(heading => heading.clientWidth < 100 && heading.clientHeight > 90)
    .map(heading => heading.innerText)"""
NARROW = 320  # pixels, of the smallest phone
QUICKLY = {"resultTypes": ["violations"], "preload": False}
# Contrast takes longer than all other rules together.
RULES = {**QUICKLY, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {**QUICKLY, "runOnly": ["color-contrast"]}
EVERY_PAGE = [(who, page) for who, pages in PAGES.items() for page in pages.split()]


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
    return {
        **found,
        "reviewed": world.reviewed.meeting.get_absolute_url(),
        "merge": f"{found['barrier']}laeg-sammen/?ind-i={world.other.slug}",
        "stop_mail": Subscription(Kind.REMINDERS, world.owner.user_id).path,
        "apart": f"{world.merged.get_absolute_url()}skil-ad/",
        "withdraw": f"{found['barrier']}udsagn/{world.statement.pk}/traek-tilbage/",
        "propose_no_more": f"{agenda}forslag/{world.proposal.pk}/traek-tilbage/",
        "stop": links.address(Follow.objects.get(member=world.owner)),
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
        "answer_link": answer_links.of(world.invited, world.ahead)[0][1],
        "action": f"{drafted}aftale/{world.point.pk}/",
        "passage": f"/barrierer/udsagn-fra-referat/{world.passage.pk}/",
        "statement": f"{found['barrier']}udsagn/{world.statement.pk}/ret/",
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


@pytest.mark.parametrize(("who", "template"), EVERY_PAGE)
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
    visitor.page.get_by_role("main").get_by_role("button").click()
    visitor.page.locator("[aria-invalid=true]").first.wait_for()

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


def squeezed(page: Page) -> list[str]:
    """Return what has no room on the narrowest phone."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    faults = [f"squeezes {words!r} into a column" for words in page.evaluate(SQUEEZED)]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > NARROW:
        faults.append(f"is {wide} px wide on a screen of {NARROW}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return faults


def violated(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:150]}" for rule in found]
