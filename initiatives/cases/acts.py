"""Write a case, submit it, publish it or not, withdraw it, and ask for changes.

Each act locks the case first. It raises Refused where the case is in another state by then.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import Barrier
from initiatives.cases import letters
from initiatives.cases.forms import BeginForm, CaseForm
from initiatives.cases.partners import Partners
from initiatives.models import WITH_AUTHOR, Case, CaseState, CaseStep, Initiative, StepKind
from taskforce.activity.models import Verb
from taskforce.activity.recording import record, record_changes
from taskforce.core import pictured
from taskforce.core.acts import Refused
from taskforce.members.models import Member

# The states in which each act is possible.
FROM = {
    "submit": WITH_AUTHOR,
    "publish": (CaseState.SUBMITTED,),
    "request_changes": (CaseState.SUBMITTED, CaseState.PUBLISHED),
    "decline": (CaseState.SUBMITTED, CaseState.ASKED),
    "withdraw": (CaseState.SUBMITTED, CaseState.ASKED, CaseState.PUBLISHED),
    "ask_for_change": (CaseState.PUBLISHED,),
    "answer_change": (CaseState.PUBLISHED,),
    "discard": (CaseState.DRAFT, CaseState.DECLINED),
}


@transaction.atomic
def begin(
    *, form: BeginForm, by: Member, answers: Barrier | None = None, of: Initiative | None = None
) -> Case:
    """Save a new case as a draft of the member's organisation.

    It may answer a barrier, or be about an initiative (`of`) and its barriers.
    """
    form.instance.written_by, form.instance.contact = by.organisation, by
    case = form.save()
    if answers:
        case.barriers.add(answers)
    if of:
        case.initiatives.add(of)
        case.barriers.add(*of.barriers.unmerged().shown())
    record(Verb.ADDED, case, by=by.user)
    return case


@transaction.atomic
def write(*, form: CaseForm, partners: Partners, by: Member) -> Case:
    """Save a case with its partners; raises Conflict if somebody saved first."""
    case: Case = form.instance
    # An author who was still writing when the case was published does not change it any more.
    _lock(case, [case.state])
    if "permission" in form.fields:
        case.allow_publication(by if form.cleaned_data["permission"] else None)
    form.save_current()
    partners.replace(case)
    is_public = case.state == CaseState.PUBLISHED
    record_changes(case, by=by.user, verb=Verb.CORRECTED if is_public else Verb.CHANGED)
    if is_public:
        letters.to_author(case, "changed", by=by)
    return case


@transaction.atomic
def submit(*, form: CaseForm, partners: Partners, by: Member) -> Case:
    """Save a case and submit it to the secretariat; raises Conflict if somebody saved first."""
    case = _lock(write(form=form, partners=partners, by=by), FROM["submit"])
    if case.contact is None or not case.contact.is_current:
        case.contact = by
    _move(case, CaseState.SUBMITTED)
    _step(case, StepKind.SUBMITTED, by=by)
    record(Verb.SUBMITTED, case, by=by.user)
    letters.to_secretariat(case, "submitted")
    letters.to_author(case, "received")
    return case


@transaction.atomic
def publish(*, case: Case, version: int, by: Member) -> Case:
    """Publish a submitted case, in the version that was read and with the author's permission."""
    current = _lock(case, FROM["publish"])
    if current.version != version:
        raise Refused(_("The example was changed while you read it. Read it once more."))
    if current.permission_at is None:
        raise Refused(_("The author has not given permission to publish it."))
    _move(current, CaseState.PUBLISHED)
    _step(current, StepKind.PUBLISHED, by=by)
    record(Verb.PUBLISHED, current, by=by.user)
    letters.to_author(current, "published")
    return current


@transaction.atomic
def request_changes(*, case: Case, words: str, by: Member) -> Case:
    """Send a case back to its author. A published one leaves the public pages."""
    current = _lock(case, FROM["request_changes"])
    _move(current, CaseState.ASKED)
    _step(current, StepKind.ASKED, by=by, words=words)
    record(Verb.RETURNED, current, by=by.user)
    letters.to_author(current, "asked_back", words=words)
    return current


@transaction.atomic
def decline(*, case: Case, words: str, by: Member) -> Case:
    """Decline to publish a case, with a reason. Its author may change and submit it again."""
    current = _lock(case, FROM["decline"])
    _move(current, CaseState.DECLINED)
    _step(current, StepKind.DECLINED, by=by, words=words)
    record(Verb.DECLINED, current, by=by.user)
    letters.to_author(current, "declined", words=words)
    return current


@transaction.atomic
def withdraw(*, case: Case, by: Member) -> Case:
    """Make a case its author's draft again, without permission to publish it."""
    current = _lock(case, FROM["withdraw"])
    current.allow_publication(None)
    _move(current, CaseState.DRAFT)
    _step(current, StepKind.WITHDRAWN, by=by)
    record(Verb.HIDDEN, current, by=by.user)
    letters.to_secretariat(current, "withdrawn")
    return current


@transaction.atomic
def ask_for_change(*, case: Case, words: str, by: Member) -> CaseStep:
    """Ask the secretariat for a change of a published case."""
    current = _lock(case, FROM["ask_for_change"])
    step = _step(current, StepKind.CHANGE_ASKED, by=by, words=words)
    letters.to_secretariat(current, "change_asked", words=words, reply_to=by.user.email)
    return step


@transaction.atomic
def answer_change(*, case: Case, words: str, by: Member) -> CaseStep:
    """Answer the author who asked for a change."""
    current = _lock(case, FROM["answer_change"])
    if not Case.objects.to_be_changed().filter(pk=current.pk).exists():
        raise Refused(_("Somebody has answered this already."))
    step = _step(current, StepKind.CHANGE_ANSWERED, by=by, words=words)
    letters.to_author(current, "change_answered", words=words)
    return step


@transaction.atomic
def discard(*, case: Case) -> Case:
    """Delete a draft or a declined case with its picture; return it as it was."""
    current = _lock(case, FROM["discard"])
    pictured.delete_files(current)
    current.delete()
    return current


def _lock(case: Case, states: Iterable[str]) -> Case:
    """Lock a case in one of these states and return it as it is now; raises Refused otherwise."""
    found = Case.objects.select_for_update(of=("self",)).select_related(
        "written_by", "contact__user"
    )
    current = found.filter(pk=case.pk).first()
    if current is None:
        raise Refused(_("The example has been deleted in the meantime."))
    if current.state not in states:
        raise Refused(
            _("This cannot be done now. The example is: %(state)s.")
            % {"state": current.get_state_display().lower()}
        )
    return current


def _move(case: Case, state: CaseState) -> None:
    """Save a case in another state, as a new version, so that an open edit form conflicts."""
    case.state = state
    case.published_at = timezone.now() if state == CaseState.PUBLISHED else None
    case.version += 1
    case.save()


def _step(case: Case, kind: StepKind, *, by: Member, words: str = "") -> CaseStep:
    return CaseStep.objects.create(case=case, kind=kind, by=by, words=words)
