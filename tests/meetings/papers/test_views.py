"""Download minutes: who may, and when the browser's copy is enough."""

import pytest
from django.utils import timezone

from meetings.models import MinutesState
from meetings.papers import pdf, word
from tests.conftest import put_away
from tests.factories import make_attendance, make_entry, make_meeting, make_minutes
from tests.meetings.papers.documents import PDF, WORD, body, both, word_text


def test_only_the_secretariat_downloads_drafts(client, as_member, as_secretary, member):
    minutes = make_minutes(make_meeting(3))
    make_entry(minutes, "<p>hemmeligt</p>")
    make_attendance(minutes.meeting, member=member)

    for state in (MinutesState.DRAFT, MinutesState.IN_REVIEW):
        minutes.state, minutes.review_ends_on = state, timezone.localdate()
        minutes.save()
        for path in (PDF, WORD):
            assert client.get(path).status_code == as_member.get(path).status_code == 404
    for path in (PDF, WORD):
        answer = as_secretary.get(path)
        put_away(answer)
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
    for text in both(as_secretary):
        assert "hemmeligt" in text
        assert "Udkast. Ikke offentliggjort" in text


def test_paper_that_a_browser_has_is_not_made_again(client, minutes, monkeypatch):
    entry = make_entry(minutes, "<p>Først</p>")
    for path, maker in ((PDF, pdf), (WORD, word)):
        first = client.get(path)
        put_away(first)
        assert first["Cache-Control"] == "public, no-cache"
        with monkeypatch.context() as patched:
            patched.setattr(maker, "render", lambda paper: pytest.fail("made again"))
            again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])

    entry.text = "<p>Siden</p>"
    entry.save()
    changed = client.get(WORD, headers={"If-None-Match": first["ETag"]})
    assert "Siden" in word_text(body(changed))


@pytest.mark.parametrize("path", ["/moeder/99/referat.pdf", "/moeder/99/referat.docx"])
def test_meeting_without_minutes_has_no_paper(as_secretary, path):
    make_meeting(3)

    assert as_secretary.get(path).status_code == 404
    assert as_secretary.get(PDF).status_code == 404
