"""Two consortia compete for one call: whoever is in the one finds nothing of the other."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail
from django.test import Client
from django.utils import timezone

from calls import calendar
from calls.following import acts as following
from calls.following import reminding
from calls.models import Call, Consortium, Openness, PartnerState, Suggestion
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member
from tests.conftest import LogIn, put_away
from tests.factories import make_call, make_member, make_organisation, make_partner, make_room

# Each stands in B's room alone. A name is public where B shows itself; here it does not.
SECRETS = [
    *(
        "bnavn",
        "bplan",
        "bsoeger",
        "bfremmed",
        "brolle",
        "bbidrag",
        "bforslag",
        "bsvar",
        "bspoerger",
    ),
    *("777777", "bvundet"),
]
OWN = ["anavn", "aplan", "afremmed"]


@pytest.fixture(autouse=True)
def _local_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def call(db: None) -> Call:
    return make_call("Penge", day=timezone.localdate() + timedelta(days=60), participants_min=5)


@pytest.fixture
def of_a(call: Call) -> Member:
    """Return somebody of A, whose own room holds words to find."""
    member = make_member(make_organisation("Organisation A"))
    room = make_room(
        call, member.organisation, name="anavn", description="aplan", openness=Openness.HIDDEN
    )
    make_partner(room, name="afremmed", country="SE")
    record(Verb.ADDED, room, by=member.user)
    return member


@pytest.fixture
def of_b(call: Call) -> Member:
    """Return somebody of B, where a word lies in every field."""
    member = make_member(make_organisation("Organisation B"))
    room = make_room(
        call,
        member.organisation,
        name="bnavn",
        description="bplan",
        seeking="bsoeger",
        openness=Openness.HIDDEN,
        suggestions_about="bspoerger",
        outcome="granted",
        outcome_amount=777777,
        outcome_link="https://eu.example/bvundet",
    )
    make_partner(room, name="bfremmed", country="FI", role="brolle", kind="company")
    make_partner(room, note="bbidrag", state=PartnerState.INTERESTED)
    Suggestion.objects.create(
        consortium=room,
        organisation=make_organisation(),
        text="bforslag",
        answer="taken",
        reply="bsvar",
        answered_at=timezone.now(),
    )
    record(Verb.ADDED, room, by=member.user)
    record(Verb.CHANGED, room, by=member.user)
    return member


def walk(browser: Client, member: Member) -> str:
    """Return everything that a member's browser reaches by links, searches and what is sent."""
    waiting = ["/", "/en/", "/min-side/", "/min-side/mine-data/", "/feed/", "/sitemap.xml"]
    waiting += ["/opslag.ics", "/meetings.ics", "/opslag/", "/opslag/penge/", "/organisationer/"]
    waiting += [calendar.address(member).removeprefix(project.SITE_URL)]
    waiting += [f"/soeg/?q={word}" for word in (*SECRETS, *OWN)]
    waiting += [f"/opslag/?q={word}" for word in SECRETS]
    waiting += [room.get_absolute_url() for room in Consortium.objects.all()]
    seen: set[str] = set()
    texts = []
    while waiting:
        address = waiting.pop()
        if (
            address in seen
            or not address.startswith("/")
            or address.startswith(("/admin", "/konto"))
        ):
            continue
        seen.add(address)
        page = browser.get(address)
        content = page.getvalue()
        put_away(page)
        if page.status_code == 200:
            texts.append(_told(content.decode(errors="replace"), address))
            waiting += re.findall(r'href="([^"#]+)', texts[-1])
    return "\n".join(texts)


def _told(text: str, address: str) -> str:
    """Leave out what a page of a search repeats of the words that were asked for."""
    asked = address.partition("?q=")[2]
    return text.replace(asked, "") if asked else text


def words_in(text: str, words: list[str]) -> set[str]:
    return {word for word in words if word in text or word in text.replace(".", "")}


def test_a_finds_nothing_of_b_and_everything_of_its_own(log_in: LogIn, of_a: Member, of_b: Member):
    text = walk(log_in(of_a), of_a)

    assert words_in(text, SECRETS) == set()
    assert words_in(text, OWN) == {*OWN}


def test_the_walk_would_find_it(log_in: LogIn, of_a: Member, of_b: Member):
    text = walk(log_in(of_b), of_b)

    assert words_in(text, SECRETS) == {*SECRETS}
    assert words_in(text, OWN) == set()


def test_secretariat_reads_name_lead_and_outcome_alone(
    log_in: LogIn, secretary: Member, of_a: Member, of_b: Member
):
    text = walk(log_in(secretary), secretary)

    assert words_in(text, SECRETS) == {"bnavn", "777777", "bvundet"}
    assert words_in(text, OWN) == {"anavn"}


def test_b_that_shows_itself_keeps_its_room(log_in: LogIn, of_a: Member, of_b: Member):
    room = Consortium.objects.get(name="bnavn")
    room.openness = Openness.OPEN
    room.save()

    text = walk(log_in(of_a), of_a)

    # It has won, so it seeks nobody any more.
    shown = {"bnavn", "bplan", "bfremmed", "bspoerger", "777777", "bvundet"}
    assert words_in(text, SECRETS) == shown


def test_mail_tells_a_nothing_of_b(of_a: Member, of_b: Member, call: Call, time_machine: Any):
    room = Consortium.objects.get(name="bnavn")
    following.follow(followed=call, member=of_a)
    following.follow(followed=room, member=of_a)  # as if it had shown itself then
    following.follow(followed=room, member=of_b)
    assert call.closes_at is not None
    time_machine.move_to(call.closes_at - timedelta(days=3))

    reminding.remind_due(timezone.now())

    to_a = [letter for letter in mail.outbox if of_a.user.email in letter.to]
    to_b = [letter for letter in mail.outbox if of_b.user.email in letter.to]
    assert len(to_a) == 1
    assert words_in(f"{to_a[0].subject} {to_a[0].body}", SECRETS) == set()
    assert len(to_b) == 1


def test_addresses_of_bs_room_are_not_there_for_a(log_in: LogIn, of_a: Member, of_b: Member):
    room = Consortium.objects.get(name="bnavn")
    place, made = room.partners.first(), room.suggestions.first()
    assert place is not None and made is not None
    browser, here = log_in(of_a), room.get_absolute_url()

    for end in ("", "ret/", "udfald/", "deltag/", "forslag/", "partnere/ny/"):
        assert browser.get(f"{here}{end}").status_code == 404, end
    for end in (f"partnere/{place.pk}/ret/", f"forslag/{made.pk}/svar/"):
        assert browser.get(f"{here}{end}").status_code == 404, end
    for end in ("foelg/", "foelg-ikke/", "ja/", "nej/", "forlad/"):
        assert browser.post(f"{here}{end}").status_code == 404, end
    for act in ("tag-med", "sig-nej", "tag-ud", "inviter-igen"):
        assert browser.post(f"{here}partnere/{place.pk}/{act}/").status_code == 404, act


def test_interested_in_b_one_still_reads_nothing_of_it(log_in: LogIn, of_a: Member, of_b: Member):
    room = Consortium.objects.get(name="bnavn")
    make_partner(room, organisation=of_a.organisation, state=PartnerState.INTERESTED)

    assert words_in(walk(log_in(of_a), of_a), SECRETS) == set()
