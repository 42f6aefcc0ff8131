"""The pages of a review: open it, read, propose changes and answer them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import (
    ChangeState,
    Minutes,
    MinutesEntry,
    MinutesState,
    ProposedChange,
    ReviewScope,
    Waiver,
)
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_member,
    make_proposed_change,
    make_secretary,
)
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import LAST_DAY, attend, make_in_review, make_ready, publish

HERE = "/moeder/3/referat/gennemsyn/"
TEXT = "<p>Vi mødtes i Odense.</p>"


@pytest.fixture
def minutes(db: None) -> Minutes:
    return make_in_review()


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


def propose(browser: Client, entry: MinutesEntry, text: str = TEXT, **typed: str):
    return browser.post(f"{HERE}afsnit/{entry.pk}/foreslaa/", {"text": text, "why": "", **typed})


# Opening and closing


def test_start_opens_a_review_once_and_notifies_who_was_there(mailbox, log_in):
    draft = make_ready(text="<p>Hemmeligt indhold.</p>")
    there, away = attend(draft), make_member()
    attend(draft, make_member(to_date=timezone.localdate()))
    browser = log_in(make_secretary(name_visibility=NameVisibility.PUBLIC))
    for doubt in browser.get("/moeder/3/referat/tjek/").context["open"]:
        Waiver.objects.create(minutes=draft, doubt=doubt[0].key, reason="x")

    browser.post(f"{HERE}start/", {"days": 10, "scope": "own"})
    again = browser.post(f"{HERE}start/", {"days": 20, "scope": "draft"}, follow=True)

    draft.refresh_from_db()
    assert draft.state == MinutesState.IN_REVIEW
    assert draft.review_ends_on == timezone.localdate() + timedelta(days=10)
    assert draft.review_scope == ReviewScope.OWN
    assert draft.versions.get().state == MinutesState.IN_REVIEW
    assert "gennemsyn" in " ".join(str(said) for said in again.context["messages"])
    (letter,) = mailbox.letters
    assert letter["to"] == there.user.email != away.user.email
    assert f"http://localhost:8000{HERE}" in body(letter)
    assert "Hemmeligt" not in body(letter)
    assert Activity.objects.filter(verb=Verb.OPENED).count() == 1


def test_start_says_that_something_may_be_missing(as_secretary):
    draft = make_ready()
    make_agenda_item(draft.meeting, "Uden tekst")

    page = as_secretary.post(f"{HERE}start/", {"days": 7, "scope": "draft"}, follow=True)

    draft.refresh_from_db()
    assert draft.state == MinutesState.DRAFT
    assert "mangler" in str(next(iter(page.context["messages"])))


@pytest.mark.parametrize("days", ["", "0", "-1", "61", "mange", "999999999999"])
def test_start_refuses_a_wrong_length(as_secretary, days):
    draft = make_ready()

    page = as_secretary.post(f"{HERE}start/", {"days": days, "scope": "draft"})

    assert [*page.context["start"].errors] == ["days"]
    assert days in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == MinutesState.DRAFT


def test_extend_makes_a_review_longer_and_never_shorter(mailbox, log_in):
    minutes = make_in_review()
    attend(minutes)
    browser = log_in(make_secretary())
    Minutes.objects.update(review_ends_on=timezone.localdate() + timedelta(days=3))

    browser.post(f"{HERE}forlaeng/", {"days": 2})
    minutes.refresh_from_db()
    assert minutes.review_ends_on == timezone.localdate() + timedelta(days=3)
    browser.post(f"{HERE}forlaeng/", {"days": 9})

    minutes.refresh_from_db()
    assert minutes.review_ends_on == timezone.localdate() + timedelta(days=9)
    assert len(mailbox.letters) == 1


def test_extend_refuses_a_wrong_length(as_secretary, minutes):
    page = as_secretary.post(f"{HERE}forlaeng/", {"days": "61"})

    assert [*page.context["extend"].errors] == ["days"]
    minutes.refresh_from_db()
    assert minutes.review_ends_on == LAST_DAY


def test_take_back_makes_a_draft_that_members_do_not_read(as_secretary, minutes, log_in):
    reader = log_in(attend(minutes))
    assert reader.get(HERE).status_code == 200

    as_secretary.post(f"{HERE}tag-tilbage/")

    minutes.refresh_from_db()
    assert (minutes.state, minutes.review_ends_on) == (MinutesState.DRAFT, None)
    assert reader.get(HERE).status_code == 404


@pytest.mark.parametrize("act", ["start/", "forlaeng/", "tag-tilbage/"])
def test_published_minutes_are_in_no_review(as_secretary, minutes, act):
    publish(minutes)

    as_secretary.post(HERE + act, {"days": 7, "scope": "draft"})

    minutes.refresh_from_db()
    assert minutes.state == MinutesState.PUBLISHED
    assert as_secretary.get(HERE).url == "/moeder/3/#referat"


@pytest.mark.parametrize("act", ["forlaeng/", "tag-tilbage/"])
def test_draft_is_in_no_review(as_secretary, act):
    draft = make_ready()

    page = as_secretary.post(HERE + act, {"days": 7}, follow=True)

    draft.refresh_from_db()
    assert draft.state == MinutesState.DRAFT
    assert "ikke til gennemsyn" in str(next(iter(page.context["messages"])))


# Reading


def test_review_is_read_by_those_who_were_there(minutes, log_in, client):
    assert log_in(attend(minutes)).get(HERE).status_code == 200
    assert log_in(make_member()).get(HERE).status_code == 404
    assert client.get(HERE).status_code == 302


def test_review_of_own_words_shows_members_what_they_said(db, log_in):
    minutes = make_in_review(scope=ReviewScope.OWN)
    member = attend(minutes)
    make_entry(minutes, "<p>Mit eget.</p>", speaker=member.attendances.get())

    page = log_in(member).get(HERE).content.decode()

    assert "Mit eget." in page
    assert "Vi mødtes." not in page


def test_review_of_the_draft_shows_action_points_and_attendance(minutes, log_in, client):
    """The draft is more than its passages; names show as their owners agreed."""
    make_action_point(minutes.meeting, "Send xylofonen", owner=make_member())
    guest = {"organisation_name": "Gæstehuset", "name": "Gitte Gæst", "name_visibility": "nobody"}
    make_attendance(minutes.meeting, **guest)
    make_attendance(minutes.meeting, organisation_name="Udebliver", status="invited")
    reader = log_in(attend(minutes))

    page = reader.get(HERE).content.decode()
    assert "Send xylofonen" in page
    assert "Gæstehuset" in page
    assert "Gitte Gæst" not in page
    assert "Udebliver" not in page
    for browser in (client, log_in(make_member())):
        assert "xylofonen" not in browser.get("/moeder/3/").content.decode()
    Minutes.objects.update(review_scope=ReviewScope.OWN)
    page = reader.get(HERE).content.decode()
    assert "xylofonen" not in page
    assert "Gæstehuset" not in page


def test_draft_in_review_shows_nowhere_else(minutes, entry, client, as_member, log_in):
    MinutesEntry.objects.update(text="<p>Xylofon</p>")
    reader = log_in(attend(minutes))
    assert "Xylofon" in reader.get("/moeder/3/").content.decode()

    for browser in (client, as_member):
        for page in ("/moeder/3/", "/soeg/?q=xylofon", "/feed/", "/sitemap.xml", "/"):
            shown = browser.get(page).content.decode().replace("q=xylofon", "")
            assert "Xylofon" not in shown, page
    for browser in (client, as_member, reader):
        for paper in ("referat.pdf", "referat.docx"):
            assert browser.get(f"/moeder/3/{paper}").status_code == 404
        assert "Xylofon" not in browser.get("/moeder/3/referat/versioner/").content.decode()


def test_my_page_and_desk_lead_to_the_review(minutes, entry, log_in, as_secretary):
    make_proposed_change(entry)

    assert HERE in log_in(attend(minutes)).get("/min-side/").content.decode()
    assert HERE not in log_in(make_member()).get("/min-side/").content.decode()
    assert "1 foreslået rettelse venter" in as_secretary.get("/sekretariat/").content.decode()


# Proposing


def test_propose_adds_a_proposal_and_changes_it(minutes, entry, log_in):
    member = attend(minutes)
    browser = log_in(member)

    first = propose(browser, entry, why="Det var i Odense.")
    propose(browser, entry, "<p>Vi mødtes i Aarhus.</p>")

    change = ProposedChange.objects.get()
    assert first.url == HERE
    assert (change.proposed_by, change.old_text) == (member, "<p>Vi mødtes.</p>")
    assert change.new_text == "<p>Vi mødtes i Aarhus.</p>"
    entry.refresh_from_db()
    assert entry.text == "<p>Vi mødtes.</p>"
    assert "i Aarhus" in browser.get(HERE).content.decode()


def test_propose_cleans_the_text(minutes, entry, log_in):
    propose(log_in(attend(minutes)), entry, "Et\n\n- To\n<script>alert(1)</script>")

    assert ProposedChange.objects.get().new_text == (
        "<p>Et</p><ul><li>To</li></ul><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize("text", ["", " ", "Vi mødtes.", "<p>Vi mødtes.</p>"])
def test_propose_refuses_the_same_text(minutes, entry, log_in, text):
    page = propose(log_in(attend(minutes)), entry, text, why="Fordi")

    assert "Fordi" in page.content.decode()
    assert not ProposedChange.objects.exists()


def test_members_read_their_own_proposals_alone(minutes, entry, log_in):
    make_proposed_change(entry, new_text="<p>Ananas</p>")

    assert "Ananas" not in log_in(attend(minutes)).get(HERE).content.decode()


def test_propose_shows_a_late_proposal_to_its_author(minutes, entry, log_in):
    Minutes.objects.update(review_ends_on=timezone.localdate() - timedelta(days=1))
    browser = log_in(attend(minutes))

    page = propose(browser, entry)

    assert page.status_code == 409
    assert "Vi mødtes i Odense." in page.content.decode()
    assert not ProposedChange.objects.exists()
    assert b"Foresl\xc3\xa5 rettelsen" not in browser.get(HERE).content


@pytest.mark.parametrize("scope", ReviewScope)
def test_propose_does_not_find_what_the_member_may_not_read(db, log_in, scope):
    minutes = make_in_review(scope=scope)
    entry, stranger = minutes.entries.get(), make_member()
    reader = attend(minutes)

    assert propose(log_in(stranger), entry).status_code == 404
    assert propose(Client(), entry).url.startswith("/konto/login/")
    expected = 302 if scope == ReviewScope.DRAFT else 404
    assert propose(log_in(reader), entry).status_code == expected


# Answering


def accept(browser: Client, change: ProposedChange, text: str, **typed):
    typed = {"version": change.entry.version, "answer": "", **typed}
    return browser.post(f"{HERE}forslag/{change.pk}/optag/", {"text": text, **typed})


def test_page_shows_the_difference_word_by_word(as_secretary, entry):
    make_proposed_change(entry, old_text=entry.text, new_text="<p>Vi sås i Odense.</p>")

    page = as_secretary.get(HERE).content.decode()

    assert "Vi <del>mødtes</del><ins>sås i Odense</ins>." in page


def test_accept_saves_other_words_and_notifies_the_author(mailbox, log_in):
    entry = make_in_review().entries.get()
    change = make_proposed_change(entry, old_text=entry.text, new_text=TEXT)

    accept(log_in(make_secretary()), change, "<p>Vi mødtes på Fyn.</p>", answer="Lidt bredere.")

    entry.refresh_from_db()
    change.refresh_from_db()
    assert (entry.text, entry.version) == ("<p>Vi mødtes på Fyn.</p>", 2)
    assert (change.state, change.answer) == (ChangeState.ACCEPTED, "Lidt bredere.")
    (letter,) = mailbox.letters
    assert letter["to"] == change.proposed_by.user.email
    assert "Lidt bredere." in body(letter)
    assert "Fyn" not in body(letter)


def test_accept_needs_a_text(as_secretary, entry):
    change = make_proposed_change(entry)

    page = accept(as_secretary, change, " ", answer="Tak.")

    form = page.context["proposed"][0].accept
    assert ([*form.errors], form["answer"].value()) == (["text"], "Tak.")
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING


def test_accept_says_that_a_proposal_is_answered_already(as_secretary, entry):
    change = make_proposed_change(entry)
    for _ in range(2):
        page = accept(as_secretary, change, TEXT)

    (_done, answered) = as_secretary.get(page.url).context["messages"]
    assert str(answered) == "Forslaget er allerede besvaret."
    entry.refresh_from_db()
    assert entry.version == 2


def test_accept_shows_both_texts_where_the_passage_changed(as_secretary, entry):
    change = make_proposed_change(entry, old_text=entry.text, new_text=TEXT)
    MinutesEntry.objects.update(text="<p>Vi mødtes online.</p>", version=2)

    page = accept(as_secretary, change, "<p>Vi mødtes i <strong>Odense</strong>.</p>")

    shown = page.content.decode()
    assert "Vi mødtes online." in shown
    assert "Vi mødtes i &lt;strong&gt;Odense" in shown  # the editor begins from it
    entry.refresh_from_db()
    assert entry.text == "<p>Vi mødtes online.</p>"
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING
    version = page.context["proposed"][0].accept["version"].value()
    accept(as_secretary, change, "<p>Begge dele.</p>", version=version)
    entry.refresh_from_db()
    assert entry.text == "<p>Begge dele.</p>"


def test_decline_needs_a_reason_and_notifies_the_author(mailbox, log_in):
    entry = make_in_review().entries.get()
    change, browser = make_proposed_change(entry), log_in(make_secretary())
    here = f"{HERE}forslag/{change.pk}/afvis/"

    empty = browser.post(here, {"reason": ""})
    assert [*empty.context["proposed"][0].decline.errors] == ["reason"]
    assert mailbox.letters == []
    browser.post(here, {"reason": "Det blev sagt sådan."})

    change.refresh_from_db()
    assert (change.state, change.answer) == (ChangeState.DECLINED, "Det blev sagt sådan.")
    assert "Det blev sagt sådan." in body(mailbox.letters[0])
    reader = log_in(attend(entry.minutes, change.proposed_by))
    assert "Det blev sagt sådan." in reader.get(HERE).content.decode()


@pytest.mark.parametrize("act", ["optag", "afvis"])
def test_members_answer_no_proposal(as_member, minutes, entry, act):
    attend(minutes, as_member.get("/min-side/").context["member"])
    change = make_proposed_change(entry)

    answer = as_member.post(f"{HERE}forslag/{change.pk}/{act}/", {"reason": "x", "text": "x"})

    assert answer.status_code == 403
    change.refresh_from_db()
    assert change.state == ChangeState.WAITING


def test_hidden_author_shows_as_the_organisation(as_secretary, minutes, entry, log_in):
    author = attend(minutes)
    make_proposed_change(entry, proposed_by=author)
    colleague = attend(minutes)

    assert author.organisation.name in as_secretary.get(HERE).content.decode()
    assert author.user.name not in log_in(colleague).get(HERE).content.decode()


def test_minutes_are_open_to_changes_until_the_last_day(minutes):
    minutes.review_ends_on = timezone.localdate()
    assert minutes.is_open_to_changes
    minutes.review_ends_on = timezone.localdate() - timedelta(days=1)
    assert not minutes.is_open_to_changes
    minutes.review_ends_on, minutes.state = LAST_DAY, MinutesState.PUBLISHED
    assert not minutes.is_open_to_changes
