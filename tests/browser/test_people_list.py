"""A list of forty people is taken in from the desk: few clicks, a letter each, on a phone too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.browser.test_whole_way import Hand
from tests.conftest import Mailbox
from tests.core.test_sheet_reading import workbook
from tests.factories import make_organisation, make_secretary

CLICKS = 4
ROWS = [
    ["Navn", "E-mail", "Organisation", "Stilling"],
    *([f"Navn Nummer {n}", f"p{n}@example.org", f"Sted {n % 8}", "Indkøber"] for n in range(40)),
]


@pytest.mark.parametrize("width", [1280, 390])
def test_forty_people(visit: Callable[..., Visitor], mailbox: Mailbox, width: int):
    visitor = visit(width=width, java_script_enabled=width > 600)
    visitor.log_in(make_secretary(organisation=make_organisation("Sekretariatet")))
    visitor.open("/sekretariat/")
    hand = Hand(visitor)

    hand.follow("Personer")
    hand.follow("Indlæs en liste")
    file = {"name": "medlemmer.xlsx", "mimeType": "", "buffer": workbook(ROWS)}
    visitor.page.get_by_label("Fil").set_input_files(file)
    hand.press("Se listen igennem")
    expect(visitor.page.get_by_text("Nye (40)")).to_be_visible()
    hand.press("Indlæs de valgte rækker")

    expect(visitor.page.get_by_text("40 rækker blev indlæst")).to_be_visible()
    assert Member.objects.filter(organisation__name__startswith="Sted").count() == 40
    assert len(mailbox.letters) == 40
    assert hand.clicks <= CLICKS
    assert not visitor.complaints
