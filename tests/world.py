"""One of everything, and somebody of every role: what the tests across all pages look at.

Access, queries, privacy, secrecy and the pages in a browser share this world (the fixture
`world` in conftest). Texts that not everybody may read are words to search for, and texts that
everybody reads are hard to fit in. Tests that change a row fetch it anew: the world is made once
a module, and only its database goes back after each test.
"""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from barriers.models import Act, BarrierState
from barriers.register import history
from barriers.rounds import prioritisation
from calls.models import Openness, PartnerState, Suggestion
from initiatives.models import CasePartner, CaseState, InitiativeUpdate, StepKind
from meetings.models import (
    AttendanceStatus,
    Correction,
    Material,
    MeetingState,
    MinutesEntry,
    OutcomeKind,
)
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.models import MailingFile, RefusedAddress
from taskforce.dialogue.models import EditedText, Hiding, Mention, PublicTalk, QuestionState
from taskforce.following.acts import follow
from taskforce.following.models import Follower, FollowRequest, Newsletter, Weekday
from taskforce.following.things import NEWSLETTER, named, searched
from taskforce.front.models import MissedSearch, PageVersion, SynonymGroup
from taskforce.intake.models import IntakeState
from taskforce.members.importing import acts as lists
from taskforce.members.merging import organisations as merging
from taskforce.members.models import (
    HandOver,
    Invitation,
    Kind,
    Member,
    Merge,
    NameVisibility,
    Silence,
    Tag,
)
from taskforce.results.counting import Told
from taskforce.results.models import KeptYear, Report
from taskforce.results.outside import shown
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_answer,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_contribution,
    make_entry,
    make_figure,
    make_goal,
    make_initiative,
    make_inquiry,
    make_join_request,
    make_listed,
    make_mailing,
    make_meeting,
    make_member,
    make_milestone,
    make_minutes,
    make_news,
    make_open_consortium,
    make_organisation,
    make_outcome,
    make_partner,
    make_proposal,
    make_proposed_change,
    make_question,
    make_round,
    make_round_table_news,
    make_secretary,
    make_session,
    make_statement,
    make_support,
    make_theme,
    make_user,
)
from tests.initiatives.cases.case_forms import give_picture
from tests.intake.drafts import make_intake, with_file
from tests.meetings.review.reviews import attend, make_in_review

DAY = timedelta(days=1)
LONG = "socialøkonomividensdelingskoordinationsnetværksmedlemsorganisationer"
TEXT = f"""<p>Vi talte om <strong>indkøb</strong> og {LONG}.</p><h4>Under</h4>
<ul><li>et punkt<ol><li>under det</li></ol></li></ul><blockquote><p>Sagt.</p></blockquote>
<p><a href="https://example.org/{LONG}">https://example.org/{LONG}</a></p>"""
# A review with a fault at a field, something left out and something taken.
WRONGLY_FILLED_IN = {
    "number-0": {"value": "many", "decision": "accept"},
    "attendees-0": {"decision": "accept"},
    "attendees-1": {"decision": "skip"},
}


class World:
    """Rows of every kind, most of them around the organisation of `owner`."""

    def __init__(self) -> None:
        self.today: date = timezone.localdate()
        self._people()
        self._register()
        self._held()
        self._ahead()
        self._draft()
        self._review()
        self._corrected()
        self._rounds()
        self._initiatives()
        self._cases()
        self._calls()
        self._documents()
        self._talk()
        self._followers()
        self._questions()
        self._letters()
        self._results()
        self.sessions = {
            who: make_session(member) for who, member in self.visitors.items() if member
        }

    @property
    def visitors(self) -> dict[str, Member | None]:
        """Return somebody of each role; a stranger is no member of anything."""
        return {
            "stranger": None,
            "former member": self.former,
            "member": self.member,
            "owner": self.owner,
            "colleague": self.colleague,
            "member of A": self.of_a,
            "member of B": self.of_b,
            "secretary": self.secretary,
        }

    def browser(self, who: str) -> Client:
        """Return a fresh browser in which somebody of a role is logged in."""
        client = Client()
        if key := self.sessions.get(who):
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    def _people(self) -> None:
        """`owner` is of the organisation behind the rows, `member` of one that has none."""
        self.synonyms = SynonymGroup.objects.create(danish=f"brød\n{LONG}"[:80], english="bread")
        MissedSearch.objects.create(words="surdej", last_on=timezone.localdate())
        self.tag = Tag.objects.create(name=f"Brød {LONG}"[:60])
        self.home = make_listed("Home", description=f"Vi {LONG}.", tags=[self.tag])
        long_address = "ejer.af.huset@en-virksomhed-med-et-langt-navn.example"
        self.owner = make_member(self.home, user=make_user(name="owner", email=long_address))
        self.colleague = make_member(self.home)
        self.home.contact, self.home.mailbox = self.owner, "mailbox-of-home@example.org"
        self.home.save()
        self.inquiry = make_inquiry(self.home)
        self.elsewhere = make_organisation("Elsewhere")  # behind what is nobody's in particular
        self.member = make_member(make_organisation(f"Foreningen {LONG}"))
        self.secretary = make_secretary(
            organisation=make_organisation("Sekretariatet"), user=make_user(name="secretary")
        )
        self.former = make_member(
            self.home,
            user=make_user(name="former-member"),
            name_visibility=NameVisibility.PUBLIC,
            to_date=self.today,
        )
        for name, visibility in (
            ("for-nobody", NameVisibility.NOBODY),
            ("for-members", NameVisibility.MEMBERS),
            ("for-everybody", NameVisibility.PUBLIC),
        ):
            user = make_user(name=name)
            make_member(self.home, user=user, title=name, name_visibility=visibility)
        self._coming_and_going()
        self.request = make_join_request(name="asked-to-join")
        self.news = make_news(f"Nyt om {LONG}", text=TEXT)
        give_picture(self.news)
        for number in (2, 3):
            PageVersion.objects.create(
                page="om", number=number, saved_by=self.secretary.user, title_da=LONG, text_da=TEXT
            )
        self.draft_news = make_news("draft-news", published_at=None, text=TEXT)
        self._newsletters()
        for row, verb in ((self.request, Verb.SUBMITTED), (self.home, Verb.ADDED)):
            record(verb, row, by=None)

    def _coming_and_going(self) -> None:
        """Somebody who is asked in, one too late, one who is about to leave, and one shut out."""
        now = timezone.now()
        self.asked_in = make_member(self.elsewhere, user=make_user(name="asked-in"), title=LONG)
        asked = {"email": self.asked_in.user.email, "invited_by": self.secretary.user}
        self.asked_in_user = self.asked_in.user
        self.people_list = lists.bring(
            name="list-of-people.csv",
            lines=[(1, ["Navn", "E-mail", "Organisation"]), (2, ["Ny", "ny@list.example", "Home"])],
            by=self.secretary.user,
        )
        gone, kept = make_organisation("Double"), make_organisation(f"Kept {LONG}")
        merging.merge(gone=gone, kept=kept, from_gone=set(), by=self.secretary.user)
        self.merge = Merge.objects.get()
        self.invitation = Invitation.objects.create(member=self.asked_in, **asked)
        late = make_member(self.elsewhere, user=make_user(name="asked-in-long-ago"))
        asked |= {"email": late.user.email, "sent_at": now - 40 * DAY, "asked_again_at": now}
        self.late_invitation = Invitation.objects.create(member=late, **asked)
        refused = {"address": late.user.email, "said": f"550 No such user {LONG}"}
        RefusedAddress.objects.create(**refused)
        refused["address"] = self.owner.user.email  # whose page says so
        RefusedAddress.objects.create(**refused)
        seen = make_user(name="about-to-leave", last_login=now - 400 * DAY)
        self.leaving = make_member(self.elsewhere, user=seen, from_date=self.today - 400 * DAY)
        HandOver.objects.create(
            member=self.leaving, successor=self.asked_in, last_day=self.today + 9 * DAY
        )
        Silence.objects.create(member=self.leaving)
        self.shut_out = make_member(
            self.elsewhere, user=make_user(name="shut-out", is_active=False)
        )

    def _register(self) -> None:
        """An open barrier, a part of it to which everything happened, and hidden ones."""
        self.theme = make_theme("theme")
        of_home = {"theme": self.theme, "raised_by": self.home}
        told = {"description": LONG, "summary_en": LONG}
        self.barrier = make_barrier("open-barrier", **told, **of_home)
        self.statement = make_statement(self.barrier, organisation=self.home)
        self.other = make_barrier("other", **of_home)
        self.resolved = make_barrier(
            f"Udbud er for store {LONG}",
            description="De vokser.",
            split_from=self.barrier,
            state=BarrierState.RESOLVED,
            answer=f"Loven er ændret. {LONG}",
            resolved_on=self.today,
            **of_home,
        )
        self.merged = make_barrier(
            f"Store {LONG}", state="merged", merged_into=self.resolved, **of_home
        )
        make_barrier(f"En del af {LONG}", split_from=self.resolved, **of_home)
        make_support(self.resolved, self.member.organisation)
        history.write(
            Act.MERGED,
            self.resolved,
            by=self.secretary,
            before=self.merged.title,
            other=self.merged,
        )
        title = self.resolved.title
        history.write(Act.RENAMED, self.resolved, by=self.secretary, before=LONG, after=title)
        gone = {"hidden_at": timezone.now(), **of_home}
        hidden = make_barrier("hidden-barrier", description="hidden-barrier", **gone)
        self.hidden_barrier = hidden
        make_statement(hidden, "hidden-statement", organisation=self.home)
        make_barrier("merged-away", state=BarrierState.MERGED, merged_into=hidden, **gone)
        for barrier in (self.barrier, hidden):
            record(Verb.ADDED, barrier, by=None)

    def _held(self) -> None:
        """A meeting whose published minutes tell something of everything."""
        self.held = make_meeting(70, link="https://example.org/meeting-link")
        self.published = make_minutes(self.held, published=True)
        guest = {"organisation_name": LONG}
        for name, visibility in (
            ("guest-for-nobody", NameVisibility.NOBODY),
            ("guest-for-members", NameVisibility.MEMBERS),
        ):
            make_attendance(self.held, name=name, name_visibility=visibility, **guest)
        speaker = make_attendance(self.held, name="speaker-for-nobody", organisation=self.home)
        shown = make_attendance(
            self.held, name="Ea Holm", name_visibility=NameVisibility.PUBLIC, **guest
        )
        responsible = make_attendance(self.held, name="responsible-for-nobody")
        coming = {"organisation_name": "x", "status": AttendanceStatus.COMING}
        make_attendance(self.held, name="x", **coming)
        self.told = make_entry(self.published, "<p>open-passage</p>", speaker=speaker)
        make_entry(self.published, TEXT, heading="Før dagsordenen")
        for kind in OutcomeKind:
            item = make_agenda_item(self.held, f"{kind} {LONG}", minutes=5, responsible=responsible)
            decision = f"Vi køber af {LONG}." if kind == OutcomeKind.DECIDED else ""
            outcome = make_outcome(item, kind, decision=decision)
            if decision:
                self.decided = outcome
            for one in (speaker, shown, None):
                passage = {"agenda_item": item, "speaker": one, "heading": "Om det"}
                entry = make_entry(self.published, TEXT, **passage)
                make_statement(self.barrier, entry=entry, organisation=self.home)
        self.material = Material(meeting=self.held, title="Paper")
        self.material.file.save("paper.txt", ContentFile(b"text"))
        self._held_action_points()
        Correction.objects.create(
            minutes=self.published,
            entry=self.told,
            corrected_on=self.today,
            text="Rettet.",
            old_text=TEXT,
            new_text=TEXT.replace("Sagt", "Skrevet"),
        )
        publishing.freeze(self.published, by=None)
        self.told.text = "<p>open-passage, rettet</p>"
        self.told.save()
        publishing.freeze(self.published, by=None)

    def _held_action_points(self) -> None:
        self.agreed = make_action_point(
            self.held, f"Skriv til {LONG}", organisation=self.home, entry=self.told
        )
        owner = make_member(self.elsewhere, user=make_user(name="owner-for-nobody"))
        done = {"done_by": owner, "done_on": self.today}
        make_action_point(self.held, owner=owner, note=f"note-for-members {LONG}", **done)
        make_action_point(self.held, organisation=self.home, done_on=self.today)

    def _ahead(self) -> None:
        """A meeting that people are invited to, with too long an agenda, and a cancelled one."""
        self.ahead = make_meeting(
            71,
            date=self.today + 9 * DAY,
            state=MeetingState.PLANNED,
            invited_at=timezone.now(),
            link="https://example.org/meeting-link",
        )
        make_attendance(self.ahead, name="invited-for-nobody", status=AttendanceStatus.INVITED)
        self.invited = make_attendance(
            self.ahead,
            member=self.member,
            organisation=self.member.organisation,
            status=AttendanceStatus.INVITED,
        )
        news = make_round_table_news(
            self.ahead, "<p>round-table-news</p>", organisation=self.elsewhere
        )
        record(Verb.ADDED, news, by=None)
        self.since_last = make_agenda_item(self.ahead, purpose="since_last")
        for length in (60, 45):
            make_agenda_item(self.ahead, f"Om {LONG}", minutes=length, details=TEXT)
        self.planned = self.ahead.agenda.latest("order")
        self.proposal = make_proposal(
            self.ahead, f"Forslag om {LONG}", details=LONG, minutes=20, proposed_by=self.owner
        )
        make_meeting(72, state=MeetingState.CANCELLED, cancelled_reason="why-cancelled")

    def _newsletters(self) -> None:
        """A newsletter that was sent, and the next one."""
        now = timezone.now()
        bounds = {"begins_at": now - timedelta(days=7), "ends_at": now, "sent_at": now}
        introduction = f"<p>open-newsletter {LONG}</p>"
        day = now.date()
        if day.weekday() == Weekday.TUESDAY:  # the example's newsletter has that day
            day -= timedelta(days=1)
        self.newsletter = Newsletter.objects.create(day=day, introduction=introduction, **bounds)
        self.newsletter.events.add(record(Verb.PUBLISHED, self.news, by=None))
        record(Verb.PUBLISHED, self.newsletter, by=None)
        Newsletter.objects.create(begins_at=now, introduction="<p>newsletter-to-come</p>")

    def _results(self) -> None:
        """A figure from outside with a draft, a goal that was changed, and a year that is kept."""
        self.figure = make_figure(LONG, known_by=LONG, known="reported", source=LONG)
        self.draft_figure = make_figure("draft-figure", published_at=None)
        self.goal = make_goal(LONG)
        self.draft_goal = make_goal("draft-goal", published_at=None)
        reason = "Det gik hurtigere."
        self.goal.steps.create(kind="changed", number=90, due_on=self.today, reason=reason)
        self.kept_year = KeptYear.objects.create(
            year=self.today.year - 1,
            counted={"moeder": {"number": "2", "rows": 2, "is_example": False}},
            told=[asdict(Told("job", 80, cases=1, organisations=1))],
            outside=[shown(self.figure).kept()],
        )
        self.kept_year.notes.create(text=LONG)
        self.report = Report.objects.create(
            year=self.kept_year.year, introduction=TEXT, published_at=timezone.now()
        )
        self.draft_report = Report.objects.create(
            year=self.held.date.year, introduction="<p>draft-report</p>"
        )

    def _letters(self) -> None:
        """A letter that was sent, to one in vain, and another one that is still a draft."""
        written = {"name": "to_members", "text": TEXT, "audience": {"to": "all"}}
        by = self.secretary.user
        self.letter = make_mailing("sent-letter", sent_by=by, **written)
        self.draft_letter = make_mailing("draft-letter", is_draft=True, **written)
        MailingFile.objects.create(
            mailing=self.letter, file=ContentFile(b"x", "x.txt"), name=f"{LONG}.txt", size=1
        )
        for member, told in ((self.member, ""), (self.owner, "550 No such user")):
            sent_at = None if told else timezone.now()
            self.letter.copies.create(user=member.user, refused=told, sent_at=sent_at)

    def _followers(self) -> None:
        """A stranger who follows some of everything, and one who has not confirmed it yet."""
        self.follower = Follower.objects.create(
            email="follower-for-nobody@example.org", confirmed_at=timezone.now()
        )
        for what in (named(self.resolved), named(self.theme), searched(LONG), NEWSLETTER):
            follow(reader=self.follower, **what)
        self.follow_request = FollowRequest.objects.create(
            email="asks-to-follow@example.org", **named(self.resolved)
        )

    def _questions(self) -> None:
        """A question to which one has answered, one that is withdrawn, and one that is late."""
        by = {"asked_by": self.secretary.user, "background": LONG}
        text, other = f"Hvad hindrer jer i {LONG}?", self.member.organisation
        self.asked_question = make_question(self.home, other, text=text, about=self.resolved, **by)
        words = f"answered-for-members {LONG}"
        self.answered = make_answer(self.asked_question, self.member, words)
        reason = {"state": QuestionState.WITHDRAWN, "reason": "why-withdrawn"}
        ended = {"ended_at": timezone.now(), **reason}
        self.withdrawn_question = make_question(self.home, text="Hvad nu?", **ended)
        late = make_question(self.home, other, text="Hvornår?", answer_by=self.today - DAY)
        for row in (self.asked_question, self.answered, late):
            record(Verb.ADDED, row, by=None)

    def _draft(self) -> None:
        """Minutes that are being written, of a meeting that is still to be told of."""
        self.drafted = make_meeting(
            73, link="https://example.org/meeting-link", state=MeetingState.PLANNED
        )
        self.draft = make_minutes(self.drafted)
        self.passage = make_entry(self.draft, "<p>draft-passage</p>", heading="draft-passage")
        statement = {"entry": self.passage, "organisation": self.elsewhere}
        self.taken = make_statement(self.barrier, "draft-statement", **statement)
        self.point = make_action_point(self.drafted, "draft-action")
        self.item = make_agenda_item(self.drafted, "Public item")
        make_outcome(self.item, OutcomeKind.DECIDED, decision="draft-decision")
        raised = make_barrier(
            "draft-barrier",
            description="draft-barrier",
            raised_at=self.drafted,
            raised_by=self.elsewhere,
            theme=self.theme,
        )
        make_statement(raised, "draft-statement", **statement)
        self.draft_material = Material(meeting=self.drafted, title="draft-material")
        self.draft_material.file.save("draft-material.txt", ContentFile(b"draft-material"))
        self.guest = make_attendance(
            self.drafted, name="draft-guest", name_visibility=NameVisibility.PUBLIC
        )
        coming = {"organisation_name": "signed-up", "status": AttendanceStatus.COMING}
        make_attendance(self.drafted, name="y", **coming)
        Correction.objects.create(
            minutes=self.draft, corrected_on=self.drafted.date, text="draft-correction"
        )
        publishing.freeze(self.draft, by=None)
        for row in (self.draft, raised):
            record(Verb.ADDED, row, by=None)

    def _review(self) -> None:
        """Minutes in review by `owner`, who was there, with changes proposed and answered."""
        self.reviewed = make_in_review(74, text=f"<p>review-passage</p>{TEXT}")
        attend(self.reviewed, self.owner)
        meeting, entry = self.reviewed.meeting, self.reviewed.entries.get()
        make_statement(self.barrier, "review-passage", entry=entry, organisation=self.elsewhere)
        make_action_point(meeting, "review-action")
        item = make_agenda_item(meeting, "Public item")
        make_outcome(item, OutcomeKind.DECIDED, decision="review-decision")
        self.change = make_proposed_change(
            entry,
            new_text=f"<p>review-proposed {LONG}</p>",
            why=f"review-proposed {LONG}",
            proposed_by=self.owner,
        )
        make_proposed_change(
            entry, old_text="<p>Før</p>", new_text="<p>Nu</p>", proposed_by=self.colleague
        )
        answered = {"state": "declined", "answer": f"Nej, {LONG}."}
        make_proposed_change(entry, proposed_by=self.owner, **answered)
        publishing.freeze(self.reviewed, by=None)
        for row in (self.reviewed, self.change):
            record(Verb.OPENED, row, by=None)

    def _corrected(self) -> None:
        """Published minutes out of which corrections took names; each version has the old text."""
        minutes = make_minutes(make_meeting(75), published=True)
        self.corrected = minutes.meeting
        make_attendance(minutes.meeting, name="name-taken-out")
        hidden = {"old_is_hidden": True}
        for old, fields in (("name-taken-out", {}), ("old-text-hidden", hidden)):
            entry = make_entry(minutes, f"<p>{old} said so.</p>")
            publishing.freeze(minutes, by=None)
            MinutesEntry.objects.filter(pk=entry.pk).update(text="<p>Somebody said so.</p>")
            version = publishing.freeze(minutes, by=None)
            Correction.objects.create(
                minutes=minutes,
                entry=entry,
                corrected_on=minutes.meeting.date,
                text="It was somebody.",
                old_text=entry.text,
                new_text="<p>Somebody said so.</p>",
                version=version.number,
                **fields,
            )
            record(Verb.CORRECTED, minutes, by=None)

    def _rounds(self) -> None:
        """A counted round with two groups, open ones with and without `owner`, one to come.

        In the open one `owner` has voted, and none of the `others`.
        """
        self.choices = [
            make_barrier(f"secretly {number} {LONG}", theme=self.theme, raised_by=self.elsewhere)
            for number in range(9)
        ]
        self.others = [
            make_member(make_organisation(kind=[*Kind][number % 3])) for number in range(9)
        ]
        self.counted = make_round(self.barrier, *self.choices[:5], title="Talt")
        for number, voter in enumerate(self.others):
            if number % 3 < 2:
                chosen = [self.barrier, self.choices[number % 3]]
                prioritisation.cast(voting_round=self.counted, by=voter, choices=chosen)
        prioritisation.close(voting_round=self.counted)
        self.open = make_round(*self.choices, self.barrier, title="Open", ballot_size=3)
        prioritisation.cast(voting_round=self.open, by=self.owner, choices=self.choices[:2])
        later = timezone.now() + DAY
        self.coming = make_round(
            *self.choices, title="round-to-come", opens_at=later, closes_at=later + DAY
        )
        self.without_owner = make_round(*self.choices, title="Uden os")
        self.without_owner.voters.filter(organisation=self.home.pk).delete()
        for row, verb in (
            (self.counted, Verb.CLOSED),
            (self.open, Verb.OPENED),
            (self.coming, Verb.ADDED),
        ):
            record(verb, row, by=None)

    def _initiatives(self) -> None:
        self.initiative = make_initiative(
            "Indsats", lead=self.home, goal=f"Flere {LONG}.", measure=f"Ti {LONG}."
        )
        self.initiative.barriers.add(self.barrier)
        self.milestone = make_milestone(self.initiative)
        self.update = InitiativeUpdate(
            initiative=self.initiative, organisation=self.home, text="open-update"
        )
        self.update.file.save("paper.txt", ContentFile(b"text"))
        record(Verb.ADDED, self.initiative, by=None)

    def _cases(self) -> None:
        """Examples in every state; what author and secretariat say of them is theirs alone."""
        self.draft_case = self._case("draft", CaseState.DRAFT)
        self.submitted = self._case("submitted", CaseState.SUBMITTED)
        self.case = self._case("open", CaseState.PUBLISHED)
        self.case.initiatives.add(self.initiative)
        self.asked = self._case("asked", CaseState.ASKED)

    def _case(self, word: str, state: CaseState) -> Any:
        allowing = make_member(self.home, user=make_user(name="permission-by-nobody"))
        title = f"{word}-case"
        case = make_case(
            title,
            state=state,
            done=title,
            kind="tender",
            place="Odense",
            summary_en=LONG,
            written_by=self.home,
            contact=self.owner,
            permission_by=allowing,
            permission_at=timezone.now(),
        )
        give_picture(case, alt=f"{word}-picture")
        case.barriers.add(self.barrier)
        case.steps.create(kind=StepKind.ASKED, words="words-to-the-author", by=allowing)
        CasePartner.objects.create(case=case, organisation=self.elsewhere)
        record(Verb.ADDED, case, by=None)
        return case

    def _calls(self) -> None:
        """A call with a consortium that looks for partners, and two that hide and compete."""
        self.call = make_call(
            f"Opslag {LONG}",
            day=self.today + 60 * DAY,
            participants_min=5,
            topic_id="COMPETITIVE-CALLS-CS-1",  # of which the EU portal is not asked
        )
        self.consortium = make_open_consortium(self.call, self.home, name="open-consortium")
        self.partner = make_partner(self.consortium, organisation=self.elsewhere)
        self.suggestion = Suggestion.objects.create(
            consortium=self.consortium,
            organisation=self.member.organisation,
            text=f"Tag {LONG} med",
        )
        hides = {"openness": Openness.HIDDEN}
        self.of_a = make_member(make_organisation("Organisation A"))
        self.consortium_a = make_open_consortium(
            self.call, self.of_a.organisation, name="of-a-name", description="of-a-plan", **hides
        )
        make_partner(self.consortium_a, name="of-a-stranger", country="SE")
        self.of_b = make_member(make_organisation("Organisation B"))
        self.consortium_b = make_open_consortium(
            self.call,
            self.of_b.organisation,
            name="of-b-name",
            description="of-b-plan",
            seeking="of-b-seeks",
            suggestions_about="of-b-asks",
            outcome="granted",
            outcome_amount=777777,
            outcome_link="https://eu.example/of-b-won",
            **hides,
        )
        make_partner(
            self.consortium_b, name="of-b-stranger", country="FI", role="of-b-role", kind="company"
        )
        make_partner(
            self.consortium_b,
            organisation=self.elsewhere,
            note="of-b-brings",
            state=PartnerState.INTERESTED,
        )
        Suggestion.objects.create(
            consortium=self.consortium_b,
            organisation=self.member.organisation,
            text="of-b-suggested",
            answer="taken",
            reply="of-b-answered",
            answered_at=timezone.now(),
        )
        for row in (self.call, self.consortium, self.consortium_a, self.consortium_b):
            record(Verb.ADDED, row, by=None)
        record(Verb.CHANGED, self.consortium_b, by=self.of_b.user)

    def _documents(self) -> None:
        """Documents on their way in, in every state."""
        self.document = with_file(make_intake(name="draft-document.txt", meeting=self.drafted))
        self.to_review = make_intake(decisions=WRONGLY_FILLED_IN)
        waiting = {"state": IntakeState.WAITING, "asked_at": timezone.now() - DAY}
        self.to_read = make_intake(**waiting)
        self.refused = make_intake(state=IntakeState.REFUSED)
        self.taken_in = make_intake(state=IntakeState.IMPORTED, meeting=self.held)
        record(Verb.ADDED, self.document, by=None)

    def _talk(self) -> None:
        """Talk with all that becomes of words, beside a barrier that everybody may follow."""
        before = timezone.now() - DAY
        words = f"talk-for-members {LONG} https://example.org/{LONG}"
        self.question = make_contribution(self.barrier, self.owner, text=words, edited_at=before)
        EditedText.objects.create(contribution=self.question, text=f"talk-for-members {LONG}")
        for whom in ({"organisation": self.elsewhere}, {"user": self.owner.user}):
            Mention.objects.create(contribution=self.question, **whom)
        self.reply = make_contribution(self.barrier, self.member, parent=self.question, text=words)
        PublicTalk.objects.create(target=self.barrier, since=before)
        public = {"is_public": True, "text": "talk-for-everybody", "kind": "experience"}
        make_contribution(self.barrier, self.member, moved_from=self.other.pk, **public)
        gone = {"text": "", "withdrawn_at": before, "is_public": True}
        make_contribution(self.barrier, self.owner, **gone)
        hidden = {"text": "talk-hidden", "hidden_at": before, "is_public": True}
        self.hiding = Hiding.objects.create(
            contribution=make_contribution(self.barrier, self.secretary, **hidden),
            reason=f"Det nævner {LONG}.",
            by=self.secretary.user,
        )
        for thing in (self.initiative, self.consortium):
            make_contribution(thing, self.owner, text="talk-for-members")
        make_contribution(self.consortium_a, self.of_a, text="of-a-talk")
        record(Verb.ADDED, self.question, by=self.owner.user)
