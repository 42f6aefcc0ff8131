"""The secretariat asks, an organisation answers by the link in its mail, and the missing show."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from taskforce.dialogue.models import Asked
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)


@pytest.mark.parametrize("width", [1280, 390])
def test_question_is_asked_answered_and_the_missing_show(
    visit: Callable[..., Visitor], mailbox: Mailbox, width: int
):
    ida = make_member(make_organisation("Odense Kommune"), user=make_user(name="Ida"))
    silent = make_member(make_organisation("Slagelse Kommune"))
    barrier = make_barrier("Udbud er for store")
    make_meeting(date=timezone.localdate() + timedelta(days=9), state="planned")
    secretary, reader, member = (visit(width=width) for _ in range(3))
    secretary.log_in(make_secretary(organisation=make_organisation("Sekretariatet")))

    secretary.open(barrier.get_absolute_url())
    page = secretary.page
    page.get_by_text("Mere", exact=True).click()
    page.get_by_role("link", name="Spørg organisationer om det").click()
    page.get_by_label("Spørgsmål", exact=True).fill("Hvad hindrer jer i at dele udbud op?")
    for name in ("Odense Kommune", "Slagelse Kommune"):
        page.get_by_label(name).check()
    day = timezone.localdate() + timedelta(days=7)
    page.get_by_label("Frist for svar").fill(day.isoformat())
    page.get_by_role("button", name="Se brevet").click()
    page.get_by_text("Sendes til 2 personer").wait_for()
    page.get_by_role("button", name="Send spørgsmålet").click()
    page.get_by_role("heading", name="Hvad hindrer jer").wait_for()

    letter = next(one for one in mailbox.letters if one["to"] == ida.user.email)
    body = letter.get_body(("plain",)).get_content()
    reader.open(re.search(r"http://localhost:8000(/spoergsmaal/svar/\S+)", body)[1])
    reader.page.get_by_label("Jeres svar").fill("Juristerne tør ikke.")
    reader.page.get_by_role("button", name="Send svaret").click()
    reader.page.get_by_role("heading", name="Tak. Jeres svar er gemt.").wait_for()

    page.reload()
    answers = page.get_by_role("region", name="Svar", exact=True)
    answers.get_by_text("Juristerne tør ikke.").wait_for()
    missing = page.get_by_role("region", name="Har ikke svaret")
    assert missing.get_by_role("link").all_inner_texts() == ["Slagelse Kommune"]

    member.log_in(silent)
    member.open("/min-side/")
    member.page.get_by_role("link", name="Svar på spørgsmålet").first.click()
    member.page.get_by_role("button", name="Vi har ikke noget at tilføje").click()
    member.page.get_by_role("heading", name="Hvad hindrer jer").wait_for()
    member.open(barrier.get_absolute_url())
    member.page.get_by_text("Juristerne tør ikke.").wait_for()
    page.reload()
    assert page.get_by_role("region", name="Har ikke svaret").count() == 0
    assert Asked.objects.unanswered().count() == 0
    assert not secretary.complaints + reader.complaints + member.complaints
