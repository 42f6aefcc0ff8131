"""Talk is carried on: into a proposal for the agenda, into "since last", and the outcome back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from meetings.agenda import proposing
from meetings.models import AgendaProposal, Meeting, MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.dialogue import since_last
from taskforce.dialogue.models import PublicTalk
from taskforce.following import digests
from taskforce.following.happenings import Sight, gather, key_of
from taskforce.members.models import Member
from tests.factories import (
    make_agenda_item,
    make_answer,
    make_barrier,
    make_contribution,
    make_meeting,
    make_member,
    make_minutes,
    make_outcome,
    make_question,
)

HOUR = timedelta(hours=1)
# The digest of the defaults comes on Tuesdays at 8: this is after one, and before the next.
START = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
TUESDAY = datetime(2026, 3, 10, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def barrier(db: None) -> Barrier:
    return make_barrier("Udbud er for store")


@pytest.fixture
def ahead(db: None) -> Meeting:
    day = timezone.localdate() + timedelta(days=9)
    return make_meeting(9, date=day, state=MeetingState.PLANNED)


def proposal_of(barrier: Barrier) -> str:
    return f"/moeder/9/dagsorden/foreslaa/?om=barriers.barrier:{barrier.pk}"


def test_talk_leads_to_a_proposal_that_leads_back(
    as_member: Client, as_secretary: Client, barrier: Barrier, ahead: Meeting, secretary: Member
):
    assert proposal_of(barrier) not in as_member.get(barrier.get_absolute_url()).content.decode()
    make_contribution(barrier, make_member())

    assert proposal_of(barrier) in as_member.get(barrier.get_absolute_url()).content.decode()
    form = as_member.get(proposal_of(barrier)).context["form"]
    assert form["title"].value() == "Udbud er for store"
    sent = {name: form[name].value() or "" for name in ("title", "about", "details")}
    as_member.post(proposal_of(barrier), sent)

    back = f'<a href="{barrier.get_absolute_url()}#samtale"'
    for page in ("/moeder/9/", "/moeder/9/dagsorden/"):
        assert back in as_secretary.get(page).content.decode()
    item = proposing.accept(proposal=AgendaProposal.objects.get(), by=secretary)
    assert (item.about_type.model_class(), item.about_id) == (Barrier, barrier.pk)


def test_thing_that_is_hidden_meanwhile_keeps_no_proposal_back(
    as_member: Client, barrier: Barrier, ahead: Meeting
):
    Barrier.objects.update(hidden_at=timezone.now())

    key = f"barriers.barrier:{barrier.pk}"
    as_member.post("/moeder/9/dagsorden/foreslaa/", {"title": "Udbud", "about": key})

    proposal = AgendaProposal.objects.get()
    assert (proposal.about_type, proposal.about_id) == (None, None)


@pytest.mark.parametrize("om", ["x", "members.user:1", "barriers.barrier:x", "barriers.barrier:0"])
def test_proposal_from_nowhere_is_a_proposal_as_any(as_member: Client, ahead: Meeting, om: str):
    page = as_member.get(f"/moeder/9/dagsorden/foreslaa/?om={om}")

    assert page.status_code == 200
    assert page.context["form"]["title"].value() == ""


def test_closed_talk_and_talk_with_no_meeting_ahead_lead_to_no_proposal(
    as_member: Client, barrier: Barrier
):
    make_contribution(barrier, make_member())

    assert "/dagsorden/foreslaa/" not in as_member.get(barrier.get_absolute_url()).content.decode()


def test_since_last_tells_what_everybody_reads_and_nothing_of_the_members(barrier: Barrier):
    PublicTalk.objects.create(target=barrier)
    for public, text in ((True, "for all?"), (True, "more?"), (False, "members?")):
        make_contribution(barrier, make_member(), text=text, is_public=public)
    elsewhere = make_barrier("Kun medlemmer")
    make_contribution(elsewhere, make_member(), is_public=True)

    said = [line.words for line in since_last.said(timezone.now() - HOUR)]
    waiting = [line.words for line in since_last.unanswered(timezone.now())]

    assert said == ["Udbud er for store: 2 bidrag"]
    assert [words.partition(" spørger ")[2] for words in waiting] == ["om ”Udbud er for store”"] * 2
    assert [*since_last.said(timezone.now() + HOUR)] == []


def test_hidden_and_withdrawn_words_are_not_told(barrier: Barrier):
    PublicTalk.objects.create(target=barrier)
    gone = ({"hidden_at": timezone.now()}, {"withdrawn_at": timezone.now(), "text": ""})
    for one in gone:
        make_contribution(barrier, make_member(), is_public=True, **one)

    assert [*since_last.said(timezone.now() - HOUR)] == []
    assert [*since_last.unanswered(timezone.now())] == []


@pytest.mark.parametrize("published", [True, False])
def test_what_a_meeting_decided_stands_last_once_its_minutes_are_published(
    as_member: Client, barrier: Barrier, published: bool
):
    make_contribution(barrier, make_member())
    minutes = make_minutes(make_meeting(4), published=published)
    item = make_agenda_item(minutes.meeting, barrier.title)
    make_outcome(item, "decided", decision="Vi skriver til KL.")

    page = as_member.get(barrier.get_absolute_url()).content.decode()

    assert ("Vi skriver til KL." in page) == published


def test_question_about_a_barrier_that_was_merged_stands_with_the_kept_one(
    as_member: Client, barrier: Barrier
):
    gone = make_barrier("Store udbud", state="merged", merged_into=barrier)
    asked = make_member()
    make_answer(make_question(asked.organisation, about=gone), asked, "Vi har prøvet")

    assert "Vi har prøvet" in as_member.get(barrier.get_absolute_url()).content.decode()


def test_answer_is_told_to_members_who_follow_its_thing(member: Member, barrier: Barrier, db: None):
    asked = make_member()
    answer = make_answer(make_question(asked.organisation, about=barrier), asked, "Budgettet.")
    (told,) = gather([record(Verb.ADDED, answer, by=asked.user)])

    assert (told.place, told.words) == (barrier, "Budgettet.")
    assert (told.themes, answer.organisation_name in told.sentence) == ((barrier.theme,), True)
    for viewer, sees in ((member.user, True), (AnonymousUser(), False)):
        assert (key_of(answer) in Sight(viewer, [told])) == sees


def test_questions_without_an_answer_stand_in_weekly_digests_and_make_none(
    member: Member, barrier: Barrier
):
    asker = make_member()
    answered = make_contribution(barrier, asker, text="Er det besvaret?")
    answered.answered_by = make_contribution(barrier, parent=answered, text="Ja.")
    answered.save()
    make_contribution(barrier, asker, text="Hvem har prøvet?")
    make_contribution(barrier, member, text="Mit eget?")
    digests.run(START)
    assert digests.run(TUESDAY) == 0

    record(Verb.ADDED, make_barrier("Ny"), by=None, at=TUESDAY + HOUR)
    digests.run(TUESDAY + timedelta(days=7))

    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    heading = "Spørgsmål uden svar"
    waits = f"{heading}\n{'-' * len(heading)}\n\n{asker.organisation}: Hvem har prøvet?\n\n"
    assert waits in bodies[member.user.email]
    assert "besvaret" not in bodies[member.user.email]
    assert "Mit eget?" in bodies[asker.user.email]
    assert "Mit eget?" not in bodies[member.user.email]


def test_statement_of_an_answer_begins_empty_beside_it(
    as_secretary: Client, as_member: Client, barrier: Barrier
):
    asked = make_member()
    answer = make_answer(make_question(asked.organisation, about=barrier), asked, "Budgettet.")
    path = f"{barrier.get_absolute_url()}udsagn/?svar={answer.pk}"

    page = as_secretary.get(path)

    assert path in as_secretary.get(answer.question.get_absolute_url()).content.decode()
    assert "Budgettet." in page.content.decode()
    assert page.context["form"]["text"].value() in (None, "")
    assert page.context["form"]["organisation"].value() == asked.organisation_id
    assert as_secretary.get(f"{path}0").status_code == 200
    assert as_member.get(path).context["answer"] is None
