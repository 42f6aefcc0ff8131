"""Two consortia compete for one call: whoever is in the one finds nothing of the other.

Who reads what of both on all pages stands in tests/test_privacy.py; here is what it does not walk.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail
from django.utils import timezone

from calls.calendar import keys
from calls.following.reminding import of_deadlines
from calls.models import Consortium, Openness, PartnerState
from taskforce.following.reminding import remind_due
from tests.calls.following import moving as following
from tests.factories import make_partner
from tests.test_privacy import OF_B, TOLD_OF_B, words_in
from tests.walking import is_inside, read
from tests.world import World


@pytest.fixture(autouse=True)
def _local_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def read_by_a(world: World) -> set[str]:
    """Return what a member of A finds of B on every page on which a consortium may show."""
    pages = ("/opslag", "/organisationer/organisation-b/", "/min-side/")
    starts = ["/", "/min-side/mine-data/", "/feed/", "/sitemap.xml", "/organisationer/"]
    starts += [keys.address(world.of_a).removeprefix(project.SITE_URL)]
    words = sorted(OF_B | TOLD_OF_B)
    starts += [f"/{page}/?q={word}" for word in words for page in ("soeg", "opslag")]
    starts += [world.consortium_b.get_absolute_url()]
    found = read(
        world.browser("member of A"),
        starts,
        on=lambda path: is_inside(path) and path.startswith(pages),
    )
    return words_in("\n".join(found.values())) & (OF_B | TOLD_OF_B)


def test_b_that_shows_itself_keeps_its_page_to_its_partners(world: World):
    assert read_by_a(world) == set()
    consortium = Consortium.objects.get(pk=world.consortium_b.pk)
    consortium.openness = Openness.OPEN
    consortium.save()

    # It has won, so it seeks nobody any more, and asks for nothing.
    shown = {"of-b-plan", "of-b-stranger"}
    assert read_by_a(world) == TOLD_OF_B | shown


def test_interested_in_b_one_still_reads_nothing_of_it(world: World):
    make_partner(
        world.consortium_b, organisation=world.of_a.organisation, state=PartnerState.INTERESTED
    )

    assert read_by_a(world) == set()


def test_mail_tells_a_nothing_of_b(world: World, time_machine: Any):
    call, consortium, of_a, of_b = world.call, world.consortium_b, world.of_a, world.of_b
    following.follow(followed=call, member=of_a)
    following.follow(followed=consortium, member=of_a)  # as if it had shown itself then
    following.follow(followed=consortium, member=of_b)
    assert call.closes_at is not None
    time_machine.move_to(call.closes_at - timedelta(days=3))

    remind_due(of_deadlines, timezone.now())

    to_a = [letter for letter in mail.outbox if of_a.user.email in letter.to]
    to_b = [letter for letter in mail.outbox if of_b.user.email in letter.to]
    assert len(to_a) == 1
    assert words_in(f"{to_a[0].subject} {to_a[0].body}") & (OF_B | TOLD_OF_B) == set()
    assert len(to_b) == 1


def test_addresses_of_b_do_not_exist_for_a(world: World):
    consortium = world.consortium_b
    place, made = consortium.partners.first(), consortium.suggestions.first()
    assert place is not None and made is not None
    browser, here = world.browser("member of A"), consortium.get_absolute_url()

    for end in ("", "ret/", "udfald/", "deltag/", "forslag/", "partnere/ny/"):
        assert browser.get(f"{here}{end}").status_code == 404, end
    for end in (f"partnere/{place.pk}/ret/", f"forslag/{made.pk}/svar/"):
        assert browser.get(f"{here}{end}").status_code == 404, end
    for end in ("foelg/", "foelg-ikke/", "ja/", "nej/", "forlad/"):
        assert browser.post(f"{here}{end}").status_code == 404, end
    for act in ("tag-med", "sig-nej", "tag-ud", "inviter-igen"):
        assert browser.post(f"{here}partnere/{place.pk}/{act}/").status_code == 404, act
