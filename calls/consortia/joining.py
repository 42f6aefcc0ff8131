"""Join a consortium, invited or on request, and leave it. Each act locks the consortium."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from calls.consortia import letters
from calls.consortia.forms import AddPartnerForm, EditPartnerForm, answers_itself
from calls.models import Consortium, Partner, PartnerState
from taskforce.core.acts import Refused
from taskforce.following import acts as following
from taskforce.following.things import named
from taskforce.members.models import Member


@transaction.atomic
def ask(*, consortium: Consortium, note: str, by: Member) -> Partner:
    """Ask to join for the member's organisation.

    Raises Refused where it has asked, is invited or is a partner already, and where no partners are
    sought any more.
    """
    must_seek(_lock(consortium))
    partner = _own(consortium, by)
    if partner and partner.state != PartnerState.WITHDRAWN:
        sentence = _("Your organisation has asked, or is invited, already.")
        raise Refused(sentence, already=True)
    partner = partner or Partner(consortium=consortium, organisation=by.organisation)
    partner.state, partner.note = PartnerState.INTERESTED, note
    partner.save()
    people = letters.deciders(consortium)
    letters.send(people, "consortium_asked", consortium, organisation=by.organisation, note=note)
    return partner


def add(*, form: AddPartnerForm) -> Partner:
    """Add a partner; raises Refused where somebody added it at that moment.

    An organisation with people in the portal is invited by mail, whatever state was chosen. That
    is refused too once the application is over.
    """
    consortium = form.instance.consortium
    try:
        with transaction.atomic():
            locked = _lock(consortium)
            is_invited = answers_itself(form.instance.organisation)
            if is_invited:
                _must_be_forming(locked)
                form.instance.state = PartnerState.INVITED
            partner: Partner = form.save()
            if is_invited:
                people = letters.people_of(partner.organisation)
                letters.send(people, "consortium_invited", consortium, partner=partner)
    except IntegrityError:
        raise Refused(_("This organisation is in the consortium already.")) from None
    return partner


@transaction.atomic
def answer_invitation(*, consortium: Consortium, accept: bool, by: Member) -> Partner:
    """Accept or decline for the member's organisation.

    Raises Refused where no invitation waits for an answer, and a yes once it is over.
    """
    locked = _lock(consortium)
    partner = _own(consortium, by)
    if partner is None or partner.state != PartnerState.INVITED:
        raise _answered_already()
    if accept:
        _must_be_forming(locked)
    _move(partner, PartnerState.CONFIRMED if accept else PartnerState.WITHDRAWN)
    if accept:
        following.follow(reader=by.user, **named(consortium))
    people = letters.deciders(consortium).exclude(pk=by.pk)
    letters.send(people, "consortium_answered", consortium, partner=partner, accepted=accept)
    return partner


@transaction.atomic
def decide(*, partner: Partner, accept: bool) -> Partner:
    """Accept or decline an organisation that asked; raises Refused where it asks no longer."""
    current = _locked(partner)
    if current.state != PartnerState.INTERESTED:
        raise _answered_already()
    if accept:
        _must_be_forming(current.consortium)
    _move(current, PartnerState.CONFIRMED if accept else PartnerState.WITHDRAWN)
    people = letters.people_of(current.organisation)
    letters.send(people, "consortium_decided", partner.consortium, accepted=accept)
    return current


@transaction.atomic
def invite_again(*, partner: Partner) -> Partner:
    """Invite an organisation that withdrew; raises Refused where it is in the consortium."""
    current = _locked(partner)
    if current.state != PartnerState.WITHDRAWN:
        raise Refused(_("This organisation is in the consortium already."), already=True)
    _must_be_forming(current.consortium)
    _move(current, PartnerState.INVITED)
    people = letters.people_of(current.organisation)
    letters.send(people, "consortium_invited", partner.consortium, partner=current)
    return current


@transaction.atomic
def leave(*, consortium: Consortium, by: Member) -> Partner:
    """Withdraw the member's organisation; raises Refused where it takes no part."""
    _lock(consortium)
    partner = _own(consortium, by)
    if partner is None or partner.state == PartnerState.WITHDRAWN:
        raise Refused(_("Your organisation takes no part in it."), already=True)
    _move(partner, PartnerState.WITHDRAWN)
    letters.send(letters.deciders(consortium), "consortium_left", consortium, partner=partner)
    return partner


@transaction.atomic
def remove(*, partner: Partner) -> Partner:
    """Withdraw a partner and write to its people; raises Refused where it is out already."""
    current = _locked(partner)
    if current.state == PartnerState.WITHDRAWN:
        raise Refused(_("The organisation is out of the consortium."), already=True)
    _move(current, PartnerState.WITHDRAWN)
    people = letters.people_of(current.organisation)
    letters.send(people, "consortium_taken_out", partner.consortium)
    return current


@transaction.atomic
def change(*, form: EditPartnerForm) -> Partner:
    """Save a partner's role, kind and state; raises Conflict if somebody saved first."""
    _lock(form.instance.consortium)
    form.must_be_current(Partner.objects.get(pk=form.instance.pk))
    partner: Partner = form.save()
    return partner


class Over(Refused):  # as Refused
    """The call has closed, or the consortium has applied: nobody joins any more."""


def must_seek(consortium: Consortium) -> None:
    """Raise Refused where a consortium looks for no partners any more."""
    _must_be_forming(consortium)
    if not consortium.seeks_partners:
        raise Refused(_("The consortium looks for no partners any more."))


def _must_be_forming(consortium: Consortium) -> None:
    if not consortium.is_forming:
        sentence = _("The consortium has applied, or the time is over: nobody can join any more.")
        raise Over(sentence)


def _lock(consortium: Consortium) -> Consortium:
    rows = Consortium.objects.select_for_update(of=("self",)).select_related("call")
    return rows.get(pk=consortium.pk)


def _locked(partner: Partner) -> Partner:
    """Lock the partner's consortium and return the partner as it is by then."""
    _lock(partner.consortium)
    partners = Partner.objects.select_related("organisation", "consortium__call")
    return partners.get(pk=partner.pk)


def _own(consortium: Consortium, by: Member) -> Partner | None:
    partners = consortium.partners.select_related("organisation")
    return partners.filter(organisation=by.organisation_id).first()


def _move(partner: Partner, state: PartnerState) -> None:
    partner.state = state
    partner.save(update_fields=["state"])


def _answered_already() -> Refused:
    return Refused(_("Somebody has answered this already."))
