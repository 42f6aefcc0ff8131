"""Every page in a browser: accessible, narrow enough, without complaint or another host."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone

from calls.following import acts as following
from calls.following import links
from calls.models import Follow
from initiatives.models import Case, CaseState, StepKind
from meetings.inviting import answer_links
from meetings.models import Meeting, Minutes
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import JoinRequest, Member, Role
from tests.browser.cared_for import make_cared_for
from tests.browser.conftest import Visitor
from tests.browser.told import make_full_agenda, make_reviewed, make_rounds, make_told
from tests.factories import make_case
from tests.initiatives.cases.case_forms import give_picture
from tests.intake.drafts import make_intake

Visit = Callable[..., Visitor]

PUBLIC = """/ /moeder/ /moeder/3/ /moeder/4/ /barrierer/ {barrier} {round} /indsatser/
{initiative} {ended} /indsatser/?vis=tidslinje {resolved}
/eksempler/ {case} {case}spoerg/ /opslag/ {call} /nyt/ {news} /organisationer/ {organisation} /om/
/bliv-medlem/
/bliv-medlem/tak/ /velkommen/x/y-z/ /tilgaengelighed/ /privatliv/ /nothing/ /konto/login/
{compare} {told}referat/versioner/
/prioritering/ {groups}
{open_call} {open_consortium} /foelg-ikke/x/ {stop}
/konto/login/code/ /konto/password/reset/ /konto/password/reset/done/ /konto/inactive/
/konto/password/reset/key/x-y/ /konto/email/x/ /soeg/?q=kommuner
/en/ /en/barrierer/ {answer_link} /moeder/svar/x/ {told}"""
MEMBERS = """/min-side/ /min-side/om-mig/ /barrierer/ny/ {barrier}udsagn/ {vote} /eksempler/ny/
/indsatser/ny/ {initiative} /indsatser/?hvis=vores
{not_mine} {running} {groups} {barrier}
{own_case} {own_case}ret/ {own_case}smid-vaek/ {asked} {asked}ret/ {asked}traek-tilbage/
{own_published}bed-om-rettelse/ {own_published}
{ahead} {ahead}svar/ {ahead}bordet-rundt/ {ahead}dagsorden/foreslaa/ {reviewed}
{reviewed}referat/gennemsyn/ {told}referat/bed-om-rettelse/
{open_call} {open_consortium} {open_consortium}deltag/ {open_consortium}forslag/
{hidden_consortium} {hidden_consortium}ret/
{hidden_consortium}udfald/ {hidden_consortium}partnere/ny/ {place}ret/ {open_call}konsortier/nyt/
/opslagskalender/
/aftaler/ /aftaler/?hvis=mine&status=udfoert {to_finish} {told}
/konto/email/ /konto/password/change/ /konto/2fa/ /konto/2fa/webauthn/add/ /konto/logout/
/konto/2fa/totp/activate/ /min-side/tag-mit-navn-af/
/sekretariat/"""
SECRETARIAT = """/barrierer/ {barrier}laeg-sammen/ {merge} {barrier}del/ {barrier}loest/
{resolved} {resolved}genaabn/ {resolved}loest/ /sekretariat/ {ended} {initiative}
{initiative}ret/ {initiative}fremdrift/ {initiative}afslut/
{publish} {draft} {draft}referat/skriv/ {draft}referat/tjek/
{action} {passage} /moeder/4/referat/skriv/ {request} {request}optag/ {barrier}ret/ {barrier}
{statement} {case_to_publish} {case_to_publish}ret/ {case_to_publish}send-tilbage/
{case_to_publish}afvis/ {case} {case}ret/ {case}svar-paa-rettelse/
/moeder/3/materiale/ny/ /sekretariat/indlaes/ {to_review} {to_review}bekraeft/ {to_read}
{refused} {taken_in} /moeder/ny/ {ahead} {ahead}rediger/ {ahead}aflys/ {ahead}tag-tilbage/
{ahead}indkald/ {ahead}svar/
{answer_link} /aftaler/ {told} {ahead}dagsorden/ {since_last} {proposal}afvis/
{reviewed}referat/gennemsyn/ {told}referat/versioner/ {correct} {correct_outcome}
{told}referat/ret-aftale/ny/ {told}referat/ret-fremmoede/
{draft}referat/versioner/ {compare} /prioritering/ /prioritering/ny/ {coming} {coming}ret/
{coming}stemmeseddel/ {running} {running}luk/ {vote} {groups}
/opslag/ /opslag/ny/ /opslag/ny/udfyld/ {open_call}ret/ {open_call}laes-igen/ {open_consortium}
{hidden_consortium} {suggestion}svar/"""
# Pages that say no, and the status they say it with.
REFUSALS = {
    "/nothing/": 404,
    "/moeder/svar/x/": 404,
    "/foelg-ikke/x/": 404,
    "/sekretariat/": 403,
    "/velkommen/x/y-z/": 410,
    "/konto/email/x/": 410,
}


DAY = timedelta(days=1)
# A review with a fault at a field, something left out and something taken.
WRONGLY_FILLED_IN = {
    "number-0": {"value": "many", "decision": "accept"},
    "attendees-0": {"decision": "accept"},
    "attendees-1": {"decision": "skip"},
}
# Headings that what stands beside them leaves no room for.
SQUEEZED = """[...document.querySelectorAll("main h1, main h2, main h3")]
    .filter(heading => heading.offsetParent)
    .filter(heading => heading.clientWidth < 100 && heading.clientHeight > 90)
    .map(heading => heading.innerText)"""
LOOKS = ((False, 1280), (True, 1280), (False, 320))  # dark or not, and how wide


@pytest.fixture
def world(transactional_db: None, settings, tmp_path) -> dict[str, str]:
    """Load the example with its activity, and return the addresses of one page of each kind."""
    from barriers.models import Barrier, PrioritisationRound
    from calls.models import Call
    from initiatives.models import Initiative
    from taskforce.members.models import Organisation
    from taskforce.news.models import NewsItem

    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    call_command("load_example", activity=True, verbosity=0)
    call = Call.objects.exclude(consortia=None).first()
    running = PrioritisationRound.objects.open_at(timezone.now()).get()
    barrier = Barrier.objects.exclude(rank=None).exclude(statements=None).first()
    found = {
        "barrier": barrier,
        "resolved": make_cared_for(barrier),
        "round": PrioritisationRound.objects.closed().first(),
        "initiative": Initiative.objects.running().get(),
        "ended": Initiative.objects.ended().get(),
        "case": Case.objects.published().first(),
        "call": call,
        "news": NewsItem.objects.first(),
        "organisation": Organisation.objects.exclude(statements=None).first(),
        "case_to_publish": Case.objects.filter(state="submitted").first(),
        "request": JoinRequest.objects.first(),
    }
    member = Member.objects.get(user__email="medlem@eksempel.example")
    found |= make_own_cases(member)
    found["to_review"] = to_review = make_intake()
    Intake.objects.filter(pk=to_review.pk).update(decisions=WRONGLY_FILLED_IN)
    found["to_read"] = make_intake(state=IntakeState.WAITING, asked_at=timezone.now() - DAY)
    found["refused"] = make_intake(state=IntakeState.REFUSED)
    found["taken_in"] = make_intake(
        state=IntakeState.IMPORTED, meeting=Minutes.objects.first().meeting
    )
    ahead = Meeting.objects.coming(timezone.localdate()).get()
    unanswered = ahead.attendances.unanswered().first()
    draft = Minutes.objects.unpublished().select_related("meeting").get()
    found["groups"], found["coming"], not_mine = make_rounds(member)
    found["running"] = running
    found["told"] = told = make_told(barrier, member)
    passage = draft.entries.first()
    point = draft.meeting.action_points.first()
    found["reviewed"] = make_reviewed(member)
    since_last = make_full_agenda(ahead)
    proposal, decided = ahead.proposals.first(), told.minutes.outcomes.exclude(decision="").first()
    referat = f"{told.get_absolute_url()}referat/"
    open_call = Call.objects.get(is_example=True)
    open_consortium = open_call.consortia.get(openness="open")
    hidden_consortium = open_call.consortia.get(openness="hidden")
    following.follow(followed=open_call, member=member)
    found |= {
        "open_call": open_call,
        "open_consortium": open_consortium,
        "hidden_consortium": hidden_consortium,
    }
    suggestion, place = open_consortium.suggestions.get(), hidden_consortium.partners.first()
    return {
        "merge": f"{barrier.get_absolute_url()}laeg-sammen/?ind-i={barrier.split_off.get().slug}",
        "stop": links.address(Follow.objects.get()),
        "suggestion": f"{open_consortium.get_absolute_url()}forslag/{suggestion.pk}/",
        "place": f"{hidden_consortium.get_absolute_url()}partnere/{place.pk}/",
        "since_last": f"{ahead.get_absolute_url()}dagsorden/punkt/{since_last.pk}/",
        "proposal": f"{ahead.get_absolute_url()}dagsorden/forslag/{proposal.pk}/",
        "correct": f"{referat}ret/{told.minutes.entries.first().pk}/",
        "correct_outcome": f"{referat}ret-udfald/{decided.pk}/",
        "compare": f"{referat}versioner/sammenlign/?fra=1&til=2",
        **{name: row.get_absolute_url() for name, row in found.items()},
        "vote": running.get_absolute_url() + "stem/",
        "not_mine": not_mine.get_absolute_url() + "stem/",
        "draft": draft.meeting.get_absolute_url(),
        "to_finish": f"/aftaler/{told.action_points.first().pk}/udfoert/",
        "ahead": ahead.get_absolute_url(),
        "answer_link": answer_links.of(unanswered, ahead)[0][1],
        "action": f"{draft.meeting.get_absolute_url()}referat/aftale/{point.pk}/",
        "passage": f"/barrierer/udsagn-fra-referat/{passage.pk}/",
        "statement": f"{barrier.get_absolute_url()}udsagn/{barrier.statements.first().pk}/ret/",
        "publish": draft.meeting.get_absolute_url() + "referat/offentliggoer/",
    }


def make_own_cases(member: Member) -> dict[str, Case]:
    """Make an example of a member's in each state that they can do something about."""
    own = {"written_by": member.organisation, "contact": member}
    asked = make_case("Asked", state=CaseState.ASKED, **own)
    asked.steps.create(kind=StepKind.ASKED, words="Hvor mange job?")
    give_picture(asked)
    return {
        "own_case": Case.objects.get(state=CaseState.DRAFT, written_by=member.organisation),
        "asked": asked,
        "own_published": make_case("Published", **own),
    }


def test_form_that_was_filled_in_wrongly(visit: Visit, db: None):
    faults = []
    for dark, width in LOOKS:
        visitor = visit(dark=dark, width=width)
        visitor.open("/bliv-medlem/")
        visitor.page.locator("[name=email]").fill("no address")
        visitor.page.get_by_role("main").get_by_role("button").click()
        visitor.page.locator("[aria-invalid=true]").first.wait_for()
        faults += [*_faults(visitor, narrow=width == 320), *visitor.complaints]
    assert not faults, "\n".join(faults)


def test_public_pages(visit: Visit, world: dict[str, str]):
    _look(visit, PUBLIC.format(**world).split(), None)


def test_members_pages(visit: Visit, world: dict[str, str]):
    member = Member.objects.get(user__email="medlem@eksempel.example")
    _look(visit, MEMBERS.format(**world).split(), member)


def test_secretariats_pages(visit: Visit, world: dict[str, str]):
    secretary = Member.objects.get(user__email="sekretariat@eksempel.example")
    _look(visit, SECRETARIAT.format(**world).split(), secretary)


def _look(visit: Visit, paths: list[str], who: Member | None) -> None:
    """Look at each page wide and light, wide and dark, and on the narrowest phone."""
    faults = []
    for dark, width in LOOKS:
        visitor = visit(dark=dark, width=width)
        if who:
            visitor.log_in(who)
        for path in paths:
            status = 200 if _is_secretary(who) else REFUSALS.get(path, 200)
            visitor.open(path, status=status)
            faults += [f"{path} {fault}" for fault in _faults(visitor, narrow=width == 320)]
        # A browser says of itself that a page was refused.
        faults += [said for said in visitor.complaints if "the server responded with" not in said]
    assert not faults, "\n".join(faults)


def _is_secretary(who: Member | None) -> bool:
    return who is not None and who.role == Role.SECRETARIAT


def _faults(visitor: Visitor, *, narrow: bool) -> list[str]:
    if narrow:
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        squeezed = visitor.page.evaluate(SQUEEZED)
        faults = [f"squeezes {words!r} into a column" for words in squeezed]
        return [*faults, f"is {wide} px wide on a screen of 320"] if wide > 320 else faults
    found = Axe().run(visitor.page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:150]}" for rule in found]
