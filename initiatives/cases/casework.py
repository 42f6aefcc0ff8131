"""The way of a case: begun and written by a member, handed in, asked back, published or declined.

Every act takes the lock of the case first and looks at what it is by then, so that of two who act
at once the second is told what the first did.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import Barrier
from initiatives.cases import letters, pictures
from initiatives.cases.forms import BeginForm, CaseForm
from initiatives.cases.partners import Partners
from initiatives.models import WITH_AUTHOR, Case, CaseState, CaseStep, Initiative, StepKind
from taskforce.activity.models import Verb
from taskforce.activity.recording import record, record_changes
from taskforce.members.models import Member

# The states in which each act may be done.
FROM = {
    "submit": WITH_AUTHOR,
    "publish": (CaseState.SUBMITTED,),
    "ask_back": (CaseState.SUBMITTED, CaseState.PUBLISHED),
    "decline": (CaseState.SUBMITTED, CaseState.ASKED),
    "withdraw": (CaseState.SUBMITTED, CaseState.ASKED, CaseState.PUBLISHED),
    "ask_for_change": (CaseState.PUBLISHED,),
    "answer_change": (CaseState.PUBLISHED,),
    "throw_away": (CaseState.DRAFT, CaseState.DECLINED),
}


class NotDoneError(Exception):
    """Raised where an act comes too late or too early; its text is for the reader."""


@transaction.atomic
def begin(
    *, form: BeginForm, by: Member, answers: Barrier | None = None, of: Initiative | None = None
) -> Case:
    """Keep a new case as a draft of the member's organisation, with what it comes from.

    That is a barrier that it answers, or an initiative `of` which it tells, and its barriers.
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
def write(*, form: CaseForm, partners: Partners, by: Member) -> bool:
    """Save what was written, or return False where somebody else saved first."""
    case = form.instance
    # A published case goes back to nobody's draft because its author was still writing.
    _locked(case, [case.state])
    if "permission" in form.fields:
        case.allow_publication(by if form.cleaned_data["permission"] else None)
    if not form.save_unless_changed():
        now = partners.in_words(case)
        if partners.has_changed():
            form.theirs.append((_("Partners"), now or "–"))
        return False
    partners.replace(case)
    record_changes(case, by=by.user)
    if case.state == CaseState.PUBLISHED:
        letters.to_author(case, "changed", by=by)
    return True


@transaction.atomic
def submit(*, form: CaseForm, partners: Partners, by: Member) -> bool:
    """Save a whole case and hand it to the secretariat; False where somebody saved first."""
    if not write(form=form, partners=partners, by=by):
        return False
    case = _locked(form.instance, FROM["submit"])
    if case.contact is None or not case.contact.is_current:
        case.contact = by
    _move(case, CaseState.SUBMITTED)
    _step(case, StepKind.SUBMITTED, by=by)
    record(Verb.SUBMITTED, case, by=by.user)
    letters.to_secretariat(case, "submitted")
    letters.to_author(case, "received")
    return True


@transaction.atomic
def publish(*, case: Case, version: int, by: Member) -> None:
    """Let everybody read a submitted case, in the version that was read."""
    current = _locked(case, FROM["publish"])
    if current.version != version:
        raise NotDoneError(_("The example was changed while you read it. Read it once more."))
    if current.permission_at is None:
        raise NotDoneError(_("The author has not given permission to publish it."))
    _move(current, CaseState.PUBLISHED)
    _step(current, StepKind.PUBLISHED, by=by)
    record(Verb.PUBLISHED, current, by=by.user)
    letters.to_author(current, "published")


@transaction.atomic
def ask_back(*, case: Case, words: str, by: Member) -> None:
    """Ask the author for more; a published case leaves the public pages until it is back."""
    current = _locked(case, FROM["ask_back"])
    _move(current, CaseState.ASKED)
    _step(current, StepKind.ASKED, by=by, words=words)
    record(Verb.RETURNED, current, by=by.user)
    letters.to_author(current, "asked_back", words=words)


@transaction.atomic
def decline(*, case: Case, words: str, by: Member) -> None:
    """Say that a case is not published, and why. Its author may still write it anew."""
    current = _locked(case, FROM["decline"])
    _move(current, CaseState.DECLINED)
    _step(current, StepKind.DECLINED, by=by, words=words)
    record(Verb.DECLINED, current, by=by.user)
    letters.to_author(current, "declined", words=words)


@transaction.atomic
def withdraw(*, case: Case, by: Member) -> None:
    """Make a case its author's draft again, and forget the permission to publish it."""
    current = _locked(case, FROM["withdraw"])
    current.allow_publication(None)
    _move(current, CaseState.DRAFT)
    _step(current, StepKind.WITHDRAWN, by=by)
    record(Verb.HIDDEN, current, by=by.user)
    letters.to_secretariat(current, "withdrawn")


@transaction.atomic
def ask_for_change(*, case: Case, words: str, by: Member) -> None:
    """Tell the secretariat what its author would have changed in a published case."""
    current = _locked(case, FROM["ask_for_change"])
    _step(current, StepKind.CHANGE_ASKED, by=by, words=words)
    letters.to_secretariat(current, "change_asked", words=words, reply_to=by.user.email)


@transaction.atomic
def answer_change(*, case: Case, words: str, by: Member) -> None:
    """Tell the author what became of the change that was asked for."""
    current = _locked(case, FROM["answer_change"])
    if not Case.objects.to_be_changed().filter(pk=current.pk).exists():
        raise NotDoneError(_("Somebody has answered this already."))
    _step(current, StepKind.CHANGE_ANSWERED, by=by, words=words)
    letters.to_author(current, "change_answered", words=words)


@transaction.atomic
def throw_away(*, case: Case) -> None:
    """Delete a case that nobody waits for, and its picture."""
    current = _locked(case, FROM["throw_away"])
    pictures.forget_files(current)
    current.delete()


def _locked(case: Case, states: Iterable[str]) -> Case:
    """Lock a case that is in one of these states, or say what it is meanwhile."""
    found = Case.objects.select_for_update(of=("self",)).select_related(
        "written_by", "contact__user"
    )
    current = found.filter(pk=case.pk).first()
    if current is None:
        raise NotDoneError(_("The example was thrown away meanwhile."))
    if current.state not in states:
        raise NotDoneError(
            _("This cannot be done now. The example is: %(state)s.")
            % {"state": current.get_state_display().lower()}
        )
    return current


def _move(case: Case, state: CaseState) -> None:
    """Save a case in another state; whoever still writes in the old one is told so."""
    case.state = state
    case.published_at = timezone.now() if state == CaseState.PUBLISHED else None
    case.version += 1
    case.save()


def _step(case: Case, kind: StepKind, *, by: Member, words: str = "") -> None:
    CaseStep.objects.create(case=case, kind=kind, by=by, words=words)
