"""What the database itself refuses, whoever writes to it."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from barriers.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    Barrier,
    BarrierState,
    Change,
    Eligible,
    GroupResult,
    PrioritisationRound,
    ResultGroup,
    RoundBarrier,
    RoundResult,
    Support,
)
from calls.models import CalendarKey, Partner, Suggestion
from initiatives.models import (
    Case,
    CasePartner,
    CaseState,
    CaseStep,
    InitiativeUpdate,
    Participation,
    StepKind,
)
from meetings.models import (
    AgendaProposal,
    Correction,
    Material,
    MaterialPage,
    Meeting,
    Minutes,
    MinutesVersion,
    Outcome,
    ProposedChange,
    RoundTableNews,
    Waiver,
)
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.activity.taking_back import note
from taskforce.core.models import How, MailChoice, MailingCopy
from taskforce.dialogue.models import Contribution, Hiding, Mention, PublicTalk
from taskforce.following.models import (
    Digest,
    Follower,
    FollowRequest,
    Newsletter,
    NewsletterCopy,
    Reminder,
    Rhythm,
    Told,
    Visit,
)
from taskforce.following.models import Follow as Following
from taskforce.front.models import PageVersion, PortalPage
from taskforce.intake.models import Intake
from taskforce.members.models import HandOver, JoinRequest, Member, Organisation, User
from taskforce.open_data.models import Published
from taskforce.ops.models import Tally
from taskforce.results.models import KeptYear, Report
from tests.factories import (
    make_agenda_item,
    make_answer,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_contribution,
    make_entry,
    make_figure,
    make_goal,
    make_initiative,
    make_inquiry,
    make_join_request,
    make_mailing,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_organisation,
    make_question,
    make_round,
    make_statement,
    make_theme,
    make_user,
)
from tests.intake.drafts import make_intake

DAY, NOW = date(2026, 1, 2), timezone.now()
A_WEEK = {"how": How.WEEKLY, "begins_at": NOW, "ends_at": NOW + timedelta(days=7)}


def twice(make: Callable[[], Any]) -> None:
    make()
    make()


def two_current_memberships() -> None:
    user = make_user()
    twice(lambda: make_member(user=user))


def two_requests_from_one_address() -> None:
    make_join_request(email="a@example.org")
    make_join_request(email="A@example.org")


def ballot_line(**fields: Any) -> BallotLine:
    barrier = fields.pop("barrier", None) or make_barrier()
    ballot = fields.pop("ballot", None) or Ballot.objects.create(voter=voter_of(make_round()))
    return BallotLine.objects.create(ballot=ballot, barrier=barrier, **fields)


def two_lines(**same: Any) -> None:
    ballot = Ballot.objects.create(voter=voter_of(make_round()))
    ballot_line(ballot=ballot, **({"rank": 1} | same))
    ballot_line(ballot=ballot, **({"rank": 1 if "rank" in same else 2} | same))


def voter_of(voting: PrioritisationRound, member: Member | None = None) -> Eligible:
    """Write down an organisation as a voter, or a member of it."""
    home = member.organisation if member else make_organisation()
    return Eligible.objects.create(
        round=voting, organisation=home, member=member, name=home.name, kind=home.kind
    )


def two_voters(*, member: bool) -> None:
    voting, voter = make_round(), voter_of(make_round(), make_member())
    same = {"organisation": voter.organisation, "member": voter.member if member else None}
    two_of(Eligible, round=voting, name="x", kind="company", **same)


def group_result() -> dict[str, Any]:
    voting = make_round()
    group = ResultGroup.objects.create(round=voting, kind="", kinds=["company"], ballots=3)
    result = RoundResult.objects.create(
        round=voting, barrier=make_barrier(), rank=1, points=0, choosers=0
    )
    return {"group": group, "result": result, "points": 0, "choosers": 0}


def two_of(model: Any, **fields: Any) -> None:
    twice(lambda: model.objects.create(**fields))


def case_partner_twice() -> None:
    two_of(CasePartner, case=make_case(), organisation=make_organisation())


def case_partner_twice_by_name() -> None:
    case = make_case()
    CasePartner.objects.create(case=case, name="Bageren")
    CasePartner.objects.create(case=case, name="bageren")


A = "a@example.org"
BROKEN: dict[str, Callable[[], Any]] = {
    "tally_once_a_day": lambda: two_of(Tally, day=NOW.date(), kind="slow"),
    "tally_of_a_kind": lambda: Tally.objects.create(day=NOW.date(), kind="odd"),
    "mail_choice_once_an_address": lambda: two_of(MailChoice, address=A, kind="news", how="never"),
    "mail_choice_is_somebodys": lambda: MailChoice.objects.create(kind="news", how="never"),
    "mail_choice_once": lambda: two_of(MailChoice, user=make_user(), kind="news", how=How.DAILY),
    "contribution_kind_goes_with_no_parent": lambda: make_contribution(make_barrier(), kind=""),
    "contribution_answers_no_other_than_itself": lambda: reply_to_itself(),
    "contribution_words_go_when_withdrawn": lambda: make_contribution(
        make_barrier(), withdrawn_at=NOW
    ),
    "contribution_only_questions_are_answered": lambda: make_contribution(
        make_barrier(), kind="proposal", answered_by=make_contribution(make_barrier())
    ),
    "contribution_of_an_answer_is_the_members": lambda: make_contribution(
        make_barrier(),
        of_answer=make_answer(make_question(), make_member()),
        is_public=True,
    ),
    "contribution_moved_from_elsewhere": lambda: moved_from_itself(make_barrier()),
    "public_talk_once": lambda: two_of(PublicTalk, target=make_barrier()),
    "mention_of_one": lambda: Mention.objects.create(
        contribution=make_contribution(make_barrier())
    ),
    "mention_once": lambda: two_of(
        Mention, contribution=make_contribution(make_barrier()), user=make_user()
    ),
    "hiding_has_a_reason": lambda: Hiding.objects.create(
        contribution=make_contribution(make_barrier()), reason=""
    ),
    "hiding_one_that_stands": lambda: two_of(
        Hiding, contribution=make_contribution(make_barrier()), reason="x"
    ),
    "question_about_one_thing_or_nothing": lambda: make_question(about_id=1),
    "question_ended_at_matches_state": lambda: make_question(state="closed"),
    "question_withdrawn_with_a_reason": lambda: make_question(state="withdrawn", ended_at=NOW),
    "question_waits_once_for_each_organisation": lambda: make_question(*[make_organisation()] * 2),
    "question_words_only_when_answered": lambda: make_question(make_organisation()).asked.update(
        answer="yes"
    ),
    "user_email_in_lower_case": lambda: User.objects.create(email="A@example.org"),
    "members_user_email": lambda: twice(lambda: make_user("a@example.org")),
    "members_organisation_name": lambda: twice(lambda: make_organisation("Same")),
    "member_one_current_per_user": two_current_memberships,
    "member_dates_in_order": lambda: make_member(from_date=DAY, to_date=DAY - timedelta(1)),
    "hand_over_to_another": lambda: hand_over_to_oneself(),
    "join_request_state_matches_date": lambda: make_join_request(state="accepted"),
    "join_request_declined_with_reason": lambda: make_join_request(
        state="declined", handled_at=NOW
    ),
    "join_request_one_waiting_per_address": two_requests_from_one_address,
    "organisation_cvr_of_eight_digits": lambda: make_organisation(cvr="1234567x"),
    "organisation_delivers_a_few_divisions": lambda: make_organisation(delivers=["15"] * 6),
    "organisation_logo_in_words": lambda: make_organisation(logo="logos/a.png"),
    "inquiry_asks_each_organisation_once": lambda: make_inquiry(*[make_organisation()] * 2),
    "inquiry_answer_matches_date": lambda: make_inquiry(make_organisation()).asked.update(
        answer="yes"
    ),
    "meetings_meeting_number": lambda: twice(lambda: make_meeting(3)),
    "meeting_number_positive": lambda: Meeting.objects.create(number=0, date=DAY),
    "meeting_times_in_order": lambda: make_meeting(starts=time(14), ends=time(13)),
    "meeting_month_has_no_day_or_time": lambda: make_meeting(date=DAY, date_precision="month"),
    "agenda_item_order_unique": lambda: two_agenda_items(),
    "attendance_once_a_meeting": lambda: two_attendances(),
    "material_file_xor_link": lambda: Material.objects.create(meeting=make_meeting(), title="x"),
    "meetings_minutes_meeting_id": lambda: two_of(Minutes, meeting=make_meeting()),
    "minutes_published_at_matches_state": lambda: Minutes.objects.create(
        meeting=make_meeting(), state="published"
    ),
    "minutes_entry_order_unique": lambda: two_entries(),
    "minutes_version_number_unique": lambda: two_of(
        MinutesVersion, minutes=make_minutes(), number=1, state="draft", content={}
    ),
    "minutes_review_has_an_end": lambda: Minutes.objects.create(
        meeting=make_meeting(), state="in_review"
    ),
    "agenda_proposal_declined_with_reason": lambda: AgendaProposal.objects.create(
        meeting=make_meeting(), title="x", proposed_by=make_member(), state="declined"
    ),
    "agenda_proposal_about_one_row": lambda: AgendaProposal.objects.create(
        meeting=make_meeting(),
        title="x",
        proposed_by=make_member(),
        about_type=ContentType.objects.get_for_model(Barrier),
    ),
    "round_table_news_once_an_organisation": lambda: two_of(
        RoundTableNews, meeting=make_meeting(), organisation=make_organisation(), text="x"
    ),
    "meetings_outcome_agenda_item_id": lambda: twice(outcome_of(make_meeting())),
    "outcome_decided_has_its_text": lambda: outcome_of(make_meeting(), kind="decided")(),
    "waiver_once_a_doubt": lambda: two_of(
        Waiver, minutes=make_minutes(), doubt="no-text:1", reason="x"
    ),
    "attendance_earlier_answer_has_its_day": lambda: make_attendance(
        make_meeting(), earlier_status="coming"
    ),
    "taken_back_has_a_reason": lambda: note(make_barrier(), Verb.MERGED, reason="", by=make_user()),
    "agenda_item_about_one_row": lambda: make_agenda_item(
        make_meeting(), about_type=ContentType.objects.get_for_model(Barrier)
    ),
    "agenda_item_one_person": lambda: make_agenda_item(
        make_meeting(), responsible_member=make_member(), responsible_guest="Ea"
    ),
    "waiver_has_a_reason": lambda: Waiver.objects.create(minutes=make_minutes(), doubt="x"),
    "proposed_change_declined_with_reason": lambda: ProposedChange.objects.create(
        entry=make_entry(make_minutes()), proposed_by=make_member(), state="declined"
    ),
    "barriers_theme_name": lambda: twice(lambda: make_theme("Same")),
    "barriers_barrier_slug": lambda: twice(lambda: make_barrier(slug="same")),
    "barrier_day_goes_with_an_end": lambda: make_barrier(state=BarrierState.RESOLVED),
    "barrier_answer_goes_with_an_end": lambda: make_barrier(
        state=BarrierState.RESOLVED, resolved_on=DAY, answer=""
    ),
    "barrier_not_split_from_itself": lambda: split_from_itself(),
    "barrier_support_counts_who_raised_it": lambda: make_barrier(support_count=0),
    "support_once_an_organisation": lambda: two_of(
        Support, barrier=make_barrier(), organisation=make_organisation()
    ),
    "statement_passage_or_meeting": lambda: make_statement(
        make_barrier(), entry=make_entry(make_minutes()), meeting=make_meeting()
    ),
    "change_names_the_other_barrier": lambda: Change.objects.create(
        barrier=make_barrier(), organisation=make_organisation(), act="merged"
    ),
    "barrier_merged_into_matches_state": lambda: make_barrier(state=BarrierState.MERGED),
    "barrier_not_merged_into_itself": lambda: merge_into_itself(),
    "barrier_points_go_with_rank": lambda: make_barrier(rank=1),
    "round_closes_after_it_opens": lambda: make_round(closes_at=NOW - timedelta(days=9)),
    "round_ballot_size_in_bounds": lambda: make_round(ballot_size=8),
    "round_counts_go_with_closing": lambda: make_round(closed_at=NOW),
    "round_barrier_once": lambda: two_of(RoundBarrier, round=make_round(), barrier=make_barrier()),
    "round_void_once_it_is_counted": lambda: make_round(voided_at=NOW),
    "round_opened_before_it_is_counted": lambda: make_round(
        opened_at=None, closed_at=NOW, eligible=0, voted=0, abstained=0
    ),
    "eligible_once_an_organisation": lambda: two_voters(member=False),
    "eligible_once_a_member": lambda: two_voters(member=True),
    "barriers_ballot_voter_id": lambda: two_of(Ballot, voter=voter_of(make_round())),
    "barriers_ballotdraft_voter_id": lambda: two_of(BallotDraft, voter=voter_of(make_round())),
    "ballot_draft_in_bounds": lambda: BallotDraft.objects.create(
        voter=voter_of(make_round()), choices=[*range(8)]
    ),
    "ballot_barrier_once": lambda: two_lines(barrier=make_barrier()),
    "ballot_rank_once": lambda: two_lines(rank=1),
    "ballot_rank_in_bounds": lambda: ballot_line(rank=8),
    "round_result_once": lambda: two_of(
        RoundResult, round=make_round(), barrier=make_barrier(), rank=1, points=0, choosers=0
    ),
    "round_result_rank": lambda: RoundResult.objects.create(
        round=make_round(), barrier=make_barrier(), rank=0, points=0, choosers=0
    ),
    "result_group_once": lambda: two_of(
        ResultGroup, round=make_round(), kind="company", kinds=["company"], ballots=3
    ),
    "result_group_of_three": lambda: ResultGroup.objects.create(
        round=make_round(), kind="company", kinds=["company"], ballots=2
    ),
    "group_result_once": lambda: two_of(GroupResult, **group_result(), rank=1),
    "group_result_rank": lambda: GroupResult.objects.create(**group_result(), rank=0),
    "initiative_dates_in_order": lambda: make_initiative(starts_on=DAY, due_on=DAY - timedelta(1)),
    "initiative_ends_with_its_outcome": lambda: make_initiative(state="stopped", outcome=""),
    "initiative_update_file_or_link": lambda: InitiativeUpdate.objects.create(
        initiative=make_initiative(),
        organisation=make_organisation(),
        text="x",
        link="https://example.org/",
        file="paper.pdf",
    ),
    "initiative_update_percent": lambda: InitiativeUpdate.objects.create(
        initiative=make_initiative(), organisation=make_organisation(), text="x", percent=101
    ),
    "participation_once": lambda: two_of(
        Participation, initiative=make_initiative(), organisation=make_organisation()
    ),
    "case_published_at_matches_state": lambda: Case.objects.create(
        title="x", written_by=make_organisation(), state="published", permission_at=NOW
    ),
    "case_published_with_permission": lambda: make_case(permission_at=None),
    "case_permission_has_its_time": lambda: make_case(
        state=CaseState.DRAFT, permission_by=make_member()
    ),
    "case_picture_has_words": lambda: make_case(
        picture="a", picture_small="b", picture_width=1, picture_height=1
    ),
    "page_version_number_unique": lambda: [
        PageVersion.objects.create(page="om", number=2) for _ in range(2)
    ],
    "portal_page_once_a_language": lambda: [
        PortalPage.objects.create(view="front:about", language="da", title="x") for _ in range(2)
    ],
    "page_version_number_from_two": lambda: PageVersion.objects.create(page="om", number=1),
    "mailing_once_a_user": lambda: two_of(
        MailingCopy, mailing=make_mailing(), user=make_member().user
    ),
    "mailing_copy_is_sent_or_refused": lambda: MailingCopy.objects.create(
        mailing=make_mailing(), sent_at=NOW, refused="550"
    ),
    "newsitem_picture_has_words": lambda: make_news(
        picture="a", picture_small="b", picture_width=1, picture_height=1
    ),
    "newsitem_picture_has_its_sizes": lambda: make_news(picture="a", picture_alt="x"),
    "newsitem_is_not_planned_once_published": lambda: make_news(publish_at=NOW),
    "newsitem_is_edited_only_once_published": lambda: make_news(published_at=None, edited_at=NOW),
    "case_picture_has_its_sizes": lambda: make_case(picture="a", picture_alt="x"),
    "case_number_with_unit": lambda: make_case(number=80),
    "case_partner_once": case_partner_twice,
    "call_topic_once": lambda: [make_call(topic_id=each) for each in ("Same-1", "SAME-1")],
    "case_partner_once_by_name": case_partner_twice_by_name,
    "case_partner_organisation_or_name": lambda: CasePartner.objects.create(case=make_case()),
    "case_step_has_its_words": lambda: CaseStep.objects.create(
        case=make_case(), kind=StepKind.ASKED
    ),
    "call_participants_in_order": lambda: make_call(participants_min=5, participants_max=4),
    "call_grant_within_budget": lambda: make_call(budget=1, grant_max=2),
    "call_deadline_once": lambda: two_deadlines(),
    "call_grants_in_order": lambda: make_call(grant_min=2, grant_max=1),
    "consortium_name_once_a_lead": lambda: two_consortia(),
    "consortium_amount_goes_with_an_application": lambda: make_consortium(
        make_call(), outcome_amount=1
    ),
    "partner_organisation_xor_name": lambda: Partner.objects.create(
        consortium=make_consortium(make_call())
    ),
    "partner_name_once_a_consortium": lambda: partner_named_twice(),
    "suggestion_answered_with_a_reply": lambda: Suggestion.objects.create(
        consortium=make_consortium(make_call()),
        organisation=make_organisation(),
        text="x",
        answer="taken",
    ),
    "following_by_one": lambda: Following.objects.create(),
    "following_thing_or_words": lambda: Following.objects.create(user=make_user(), target_id=1),
    "following_once": lambda: two_of(Following, user=make_user(), words="kapital"),
    "follow_request_once": lambda: two_of(
        FollowRequest, email="ea@example.org", target_type=None, target_id=None, words="x"
    ),
    "following_follower_email": lambda: two_of(Follower, email="ea@example.org"),
    "following_follower_key": lambda: two_followers_with_one_key(),
    "rhythm_within_a_week": lambda: Rhythm.objects.create(user=make_user(), hour=24),
    "following_rhythm_user_id": lambda: two_of(Rhythm, user=make_user()),
    "digest_to_one": lambda: Digest.objects.create(**A_WEEK),
    "digest_has_a_length": lambda: Digest.objects.create(
        user=make_user(), **A_WEEK | {"ends_at": NOW}
    ),
    "digest_begins_once": lambda: two_of(Digest, user=make_user(), **A_WEEK),
    "told_to_one": lambda: Told.objects.create(event=an_event()),
    "told_once": lambda: two_of(Told, user=make_user(), event=an_event()),
    "calls_calendarkey_member_id": lambda: two_of(CalendarKey, member=make_member()),
    "partner_once_a_consortium": lambda: two_of(
        Partner, consortium=make_consortium(make_call()), organisation=make_organisation()
    ),
    "correction_hides_before_a_version": lambda: Correction.objects.create(
        minutes=make_minutes(), corrected_on=DAY, text="x", old_is_hidden=True
    ),
    "agenda_item_purpose_once": lambda: two_since_last(),
    "agenda_item_carried_on_once": lambda: carried_on_twice(),
    "intake_intake_digest": lambda: two_of(Intake, digest="0"),
    "intake_refusal_matches_state": lambda: make_intake(refusal="The document is empty."),
    "reminded_once": lambda: two_of(Reminder, of="meeting-7 2027-01-12", row="attendance-3"),
    "reminder_to_one": lambda: Reminder.objects.create(of="meeting-7 2027-01-12"),
    "figure_published_with_its_source": lambda: make_figure(source=""),
    "figure_period_in_order": lambda: make_figure(to_on=date(2020, 1, 1)),
    "figure_says_how_it_is_known": lambda: make_figure(known="estimated"),
    "figure_reported_by_some_of_those_asked": lambda: make_figure(reported=9, asked=8),
    "figure_corrected_only_once_published": lambda: make_figure(
        published_at=None, corrected_at=NOW
    ),
    "goal_set_once": lambda: make_goal().steps.create(kind="set", number=1, due_on=DAY),
    "goal_changed_with_a_reason": lambda: make_goal().steps.create(
        kind="changed", number=1, due_on=DAY
    ),
    "kept_year_in_reach": lambda: KeptYear.objects.create(year=1900),
    "report_year_in_reach": lambda: Report.objects.create(year=1900),
    "report_published_with_introduction": lambda: Report.objects.create(
        year=2022, published_at=NOW
    ),
    "newsletter_one_is_next": lambda: twice(lambda: Newsletter.objects.create(begins_at=NOW)),
    "newsletter_is_sent_whole": lambda: Newsletter.objects.create(begins_at=NOW, sent_at=NOW),
    "following_newsletter_day": lambda: twice(
        lambda: Newsletter.objects.create(
            begins_at=NOW - timedelta(days=7), ends_at=NOW, sent_at=NOW, day=DAY
        )
    ),
    "material_page_once": lambda: two_of(
        MaterialPage,
        material=Material.objects.create(
            meeting=make_meeting(), title="x", link="https://a.example/"
        ),
        number=1,
    ),
    "newsletter_copy_once": lambda: two_copies(),
    "published_once": lambda: two_of(
        Published, dataset="barriers", row=1, created_at=NOW, changed_at=NOW
    ),
    "visit_once": lambda: two_of(
        Visit, user=make_member().user, target_type=ContentType.objects.first(), target_id=1
    ),
    "intake_taken_at_matches_state": lambda: make_intake(taken_at=NOW),
}


def two_copies() -> None:
    """A follower's copy of one newsletter, made twice."""
    letter = Newsletter.objects.create(begins_at=NOW)
    follow = Following.objects.create(user=make_user(), words="kapital")
    two_of(NewsletterCopy, newsletter=letter, follow=follow)


def two_followers_with_one_key() -> None:
    for email in ("ea@example.org", "bo@example.org"):
        Follower.objects.create(email=email, key="same")


def an_event() -> Activity:
    return record(Verb.ADDED, make_barrier(), by=None)


def hand_over_to_oneself() -> None:
    member = make_member()
    HandOver.objects.create(member=member, successor=member, last_day=DAY)


def reply_to_itself() -> None:
    first = make_contribution(make_barrier())
    reply = make_contribution(first.target, parent=first)
    Contribution.objects.filter(pk=reply.pk).update(parent=reply)


def moved_from_itself(barrier: Barrier) -> None:
    make_contribution(barrier, moved_from=barrier.pk)


def two_agenda_items() -> None:
    meeting = make_meeting()
    twice(lambda: make_agenda_item(meeting, order=1))


def two_since_last() -> None:
    meeting = make_meeting()
    twice(lambda: make_agenda_item(meeting, purpose="since_last"))


def carried_on_twice() -> None:
    first = make_agenda_item(make_meeting())
    twice(lambda: make_agenda_item(make_meeting(), deferred_from=first))


def two_attendances() -> None:
    meeting, member = make_meeting(), make_member()
    twice(lambda: make_attendance(meeting, member=member))


def outcome_of(meeting: Meeting, kind: str = "noted") -> Callable[[], Outcome]:
    minutes, item = make_minutes(meeting), make_agenda_item(meeting)
    return lambda: Outcome.objects.create(minutes=minutes, agenda_item=item, kind=kind)


def two_entries() -> None:
    minutes = make_minutes()
    twice(lambda: make_entry(minutes, order=1))


def two_deadlines() -> None:
    call = make_call(day=DAY)
    call.deadlines.create(day=DAY)


def two_consortia() -> None:
    call, lead = make_call(), make_organisation()
    twice(lambda: make_consortium(call, "Same", lead=lead))


def partner_named_twice() -> None:
    consortium = make_consortium(make_call())
    for name in ("Fremmed", "FREMMED"):
        Partner.objects.create(consortium=consortium, name=name, country="SE")


def split_from_itself() -> None:
    barrier = make_barrier()
    Barrier.objects.filter(pk=barrier.pk).update(split_from=barrier)


def merge_into_itself() -> None:
    barrier = make_barrier()
    Barrier.objects.filter(pk=barrier.pk).update(state=BarrierState.MERGED, merged_into=barrier)


@pytest.mark.parametrize("name", BROKEN)
def test_refuses(db: None, name: str):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()
        connection.check_constraints()  # also those that wait for the end of a transaction


@pytest.mark.parametrize("name", BROKEN)
def test_what_an_act_lets_through_is_refused_in_a_sentence(
    db: None, name: str, monkeypatch: pytest.MonkeyPatch
):
    """No race ends in a fault: the page says that it could not be saved, and why if it knows."""

    def act(*args: Any, **keys: Any) -> None:
        with transaction.atomic():
            BROKEN[name]()
            connection.check_constraints()

    monkeypatch.setattr("taskforce.members.views.joining.ask", act)
    typed = {"name": "Ea", "email": "ea@example.org", "organisation_name": "Os"}
    typed |= {"kind": "company", "message": "Gerne.", "engang": "k"}

    page = Client(raise_request_exception=False).post("/bliv-medlem/", typed)

    text = page.content.decode()
    assert page.status_code == 409
    assert "Det kunne ikke gemmes" in text
    assert name not in text
    said = [each for each in constraints() if each.name == name]
    for constraint in said:
        sentence = constraint.violation_error_message
        if sentence != BaseConstraint.default_violation_error_message:
            with translation.override("da"):
                assert escape(str(sentence)) in text


def constraints() -> list[BaseConstraint]:
    """Return every constraint of a model of ours that Django knows by name."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(APPS)]
    return [constraint for model in ours for constraint in model._meta.constraints]


APPS = ("taskforce", "meetings", "barriers", "initiatives", "calls")


def test_every_constraint_of_ours_is_tried():
    assert {each.name for each in constraints()} - BROKEN.keys() == set()


def test_more_than_one_month_has_no_place_for_a_day(db: None):
    assert make_meeting(date=date(2023, 1, 1), date_precision="month").when == "januar 2023"


def test_answered_request_leaves_room_for_a_new_one(db: None):
    make_join_request(email="a@example.org", state="declined", handled_at=NOW, reason="No")
    make_join_request(email="a@example.org")

    assert JoinRequest.objects.count() == 2
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "done", "ended_on": None},
        {"state": "running", "ended_on": DAY},
        {"state": "proposed", "outcome": "x"},
    ],
)
def test_initiative_is_ended_altogether_or_not_at_all(db: None, fields: dict[str, Any]):
    with pytest.raises(IntegrityError, match="initiative_ends_with_its_outcome"):
        make_initiative(**fields)
