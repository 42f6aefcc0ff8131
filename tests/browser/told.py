"""A meeting whose minutes have something of everything, and words that are hard to fit in."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from barriers.rounds import prioritisation
from meetings.models import Correction, Meeting, OutcomeKind
from meetings.review import publishing
from taskforce.members.models import Kind, Member, NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_proposal,
    make_proposed_change,
    make_round,
    make_statement,
    make_voter,
)
from tests.meetings.review.reviews import attend, make_in_review

LONG = "socialøkonomividensdelingskoordinationsnetværksmedlemsorganisationer"
TEXT = f"""<p>Vi talte om <strong>indkøb</strong> og {LONG}.</p><h4>Under</h4>
<ul><li>et punkt<ol><li>under det</li></ol></li></ul><blockquote><p>Sagt.</p></blockquote>
<p><a href="https://example.org/{LONG}">https://example.org/{LONG}</a></p>"""


def make_told(barrier: Any, member: Member) -> Meeting:
    """Make published minutes of a meeting; its first action point is the member's."""
    meeting = make_meeting(70)
    minutes = make_minutes(meeting, published=True)
    day = timezone.localdate()
    public = {"name_visibility": NameVisibility.PUBLIC}
    speakers = [
        make_attendance(meeting, name="Ea Holm", organisation_name=LONG, **public),
        make_attendance(meeting, organisation=member.organisation, organisation_name="Vi selv"),
    ]
    make_entry(minutes, TEXT, heading="Før dagsordenen")
    for kind in OutcomeKind:
        item = make_agenda_item(meeting, f"{kind} {LONG}", minutes=5, responsible=speakers[0])
        decision = f"Vi køber af {LONG}." if kind == OutcomeKind.DECIDED else ""
        make_outcome(item, kind, decision=decision)
        for speaker in (*speakers, speakers[0], None):
            entry = make_entry(minutes, TEXT, agenda_item=item, speaker=speaker, heading="Om det")
            make_statement(barrier, entry=entry)
    make_action_point(meeting, f"Skriv til {LONG}", organisation=member.organisation, entry=entry)
    make_action_point(meeting, done_on=day, done_by=member, note=f"Sendt til {LONG}")
    make_action_point(meeting, organisation=member.organisation, done_on=day)
    Correction.objects.create(
        minutes=minutes,
        entry=entry,
        corrected_on=day,
        text="Rettet.",
        old_text=TEXT,
        new_text=TEXT.replace("Sagt", "Skrevet"),
    )
    publishing.freeze(minutes, by=None)
    entry.text = "<p>Noget andet</p>"
    entry.save()
    publishing.freeze(minutes, by=None)
    return meeting


def make_reviewed(member: Member) -> Meeting:
    """Make minutes in review, with changes that are proposed by a member and answered."""
    minutes = make_in_review(71, text=TEXT)
    attend(minutes, member)
    first = minutes.entries.get()
    speaker = make_attendance(minutes.meeting, organisation_name=LONG)
    make_entry(minutes, TEXT, speaker=speaker, agenda_item=minutes.meeting.agenda.get())
    changed = TEXT.replace("indkøb", "udbud")
    make_proposed_change(first, old_text=TEXT, new_text=changed, proposed_by=member, why=LONG)
    make_proposed_change(first, old_text="<p>Før</p>", new_text="<p>Nu</p>")
    make_proposed_change(first, proposed_by=member, state="declined", answer=f"Nej, {LONG}.")
    return minutes.meeting


def make_rounds(member: Member) -> tuple[Any, Any, Any]:
    """Make a counted round with groups, one to come, and an open one without the member."""
    barriers = [make_barrier(f"{LONG} {number}", description=LONG) for number in range(6)]
    counted = make_round(*barriers, title=f"Talt {LONG}", is_example=True, ballot_size=3)
    for number in range(9):
        kind = [Kind.MUNICIPALITY, Kind.COMPANY, Kind.HOUSING][number % 3]
        voter = make_voter(counted, make_member(make_organisation(kind=kind)))
        chosen = [barriers[(number % 3) * step] for step in (0, 1, 2)]
        prioritisation.cast(voting_round=counted, by=voter, choices=[*dict.fromkeys(chosen)])
    prioritisation.close(voting_round=counted)
    later = timezone.now() + timedelta(days=1)
    coming = make_round(
        *barriers,
        title=f"Kommer {LONG}",
        opens_at=later,
        closes_at=later + timedelta(days=1),
        is_example=True,
    )
    not_mine = make_round(*barriers, title="Uden os")
    not_mine.voters.filter(organisation=member.organisation_id).delete()
    return counted, coming, not_mine


def make_full_agenda(meeting: Meeting) -> Any:
    """Fill a coming meeting's agenda past its end; return an item whose text the portal writes."""
    for length in (60, 45):
        make_agenda_item(meeting, f"Om {LONG}", minutes=length, details=TEXT)
    make_proposal(meeting, f"Forslag om {LONG}", details=LONG, minutes=20)
    return meeting.agenda.get(purpose="since_last")
