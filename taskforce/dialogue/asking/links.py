"""The link in a letter by which its reader answers a question without logging in.

It names what an organisation was asked and its reader: a member, or nobody where the letter went
to the organisation's mailbox. It opens a page; opening it changes nothing.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from taskforce.dialogue.models import Asked, QuestionState
from taskforce.members.models import Member

signer = Signer(salt="taskforce.dialogue.asking")


def to_answer(asked: Asked, member: Member | None) -> str:
    key = signer.sign(f"{asked.pk}-{member.pk if member else ''}")
    return reverse("dialogue:answer_by_link", args=[key])


def read(key: str) -> tuple[Asked, Member | None] | None:
    """Return what a link answers, and whose it is; None where we did not sign it."""
    try:
        asked_pk, member_pk = signer.unsign(key).split("-")
    except (BadSignature, ValueError):
        return None
    rows = Asked.objects.select_related("question", "organisation")
    asked = rows.filter(pk=asked_pk).first()
    people = Member.objects.select_related("user")
    member = people.filter(pk=member_pk).first() if member_pk else None
    return (asked, member) if asked and bool(member) == bool(member_pk) else None


def why_closed(asked: Asked, member: Member | None) -> str:
    """Return in a sentence why a link takes no answer; empty where it does."""
    question = asked.question
    if member and not (member.is_current and member.organisation_id == asked.organisation_id):
        return _("The link belongs to somebody who does not answer for the organisation today.")
    if not asked.organisation.in_taskforce:
        return _("Your organisation is no member of the taskforce today.")
    if question.state == QuestionState.WITHDRAWN:
        return _("The question is withdrawn: %(reason)s") % {"reason": question.reason}
    if not question.is_open:
        return _("The question takes no answers any more.")
    if asked.answered_at and asked.answered_by_id != (member.pk if member else None):
        return _("A colleague has answered already. Log in to change the answer.")
    if not question.takes_from(asked):
        return _("The day to answer by has passed, so the answer stands as it is.")
    return ""
