"""Import a reviewed document: one act creates the meeting, its minutes and what they hold."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import Barrier, Statement
from calls.models import Call
from meetings.models import Meeting, Minutes
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake.importing import (
    agenda,
    barriers,
    meeting,
    minutes,
    outcomes,
    people,
    shared,
)
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reviewing.review import Review
from taskforce.members.models import Member
from taskforce.news.models import NewsItem

# Each step needs what those before it have created.
STEPS: tuple[Callable[[DocumentImport], None], ...] = (
    meeting.import_meeting,
    people.import_people,
    agenda.import_agenda,
    minutes.import_minutes,
    outcomes.import_outcomes,
    barriers.import_barriers,
    barriers.import_statements,
    minutes.import_action_points,
    shared.import_calls,
    shared.import_news,
    shared.import_materials,
    meeting.import_next_meeting,
)
RECORDED = (Minutes, Barrier, Statement, Call, NewsItem)  # what activity records as added


def import_document(*, intake: Intake, version: int, by: Member) -> Meeting:
    """Create everything that was accepted, and return the meeting; Refused creates nothing.

    `version` is the version of the review that the secretary confirmed.
    """
    try:
        with transaction.atomic():
            return _import(intake, version, by)
    except (IntegrityError, ObjectDoesNotExist) as error:
        # Somebody made the same meeting, member or organisation, or deleted one, meanwhile.
        raise Refused(
            _("Something in the portal was changed at the same moment. Look again and try again.")
        ) from error


def _import(intake: Intake, version: int, by: Member) -> Meeting:
    locked = Intake.objects.in_review().select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        raise Refused(_("The document has been imported or deleted in the meantime."))
    if locked.version != version:
        raise Refused(
            _("Somebody else has changed the review in the meantime. This is how it is now.")
        )
    review = Review(locked)
    if not review.is_ready():
        raise Refused(_("Something must be mended first."))
    imported = DocumentImport(review, by)
    for step in STEPS:
        step(imported)
    for row in imported.log.created:
        if isinstance(row, RECORDED):
            record(Verb.ADDED, row, by=by.user)
    locked.state, locked.taken_at = IntakeState.IMPORTED, timezone.now()
    locked.meeting, locked.made = imported.meeting, imported.log.as_json()
    locked.version += 1
    locked.save()
    return imported.meeting
