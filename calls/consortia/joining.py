"""Come into a consortium and leave it: asked or invited, each step under the consortium's lock."""

from django.db import IntegrityError, transaction

from calls.consortia import letters
from calls.consortia.forms import PartnerForm, PlaceForm, answers_itself
from calls.following import acts as following
from calls.models import Consortium, Partner, PartnerState
from taskforce.members.models import Member


@transaction.atomic
def ask(*, consortium: Consortium, note: str, by: Member) -> bool:
    """Ask to join for the member's organisation; False where it has a place already."""
    _lock(consortium)
    place = _place(consortium, by)
    if place and place.state != PartnerState.WITHDRAWN:
        return False
    place = place or Partner(consortium=consortium, organisation=by.organisation)
    place.state, place.note = PartnerState.INTERESTED, note
    place.save()
    people = letters.who_runs(consortium)
    letters.write(people, "consortium_asked", consortium, organisation=by.organisation, note=note)
    return True


def add(*, form: PartnerForm) -> Partner | None:
    """Add a partner; None where it is there already.

    One that answers itself is invited by mail, whatever state was chosen.
    """
    consortium = form.instance.consortium
    try:
        with transaction.atomic():
            _lock(consortium)
            if answers_itself(form.instance.organisation):
                form.instance.state = PartnerState.INVITED
                people = letters.people_of(form.instance.organisation)
                letters.write(people, "consortium_invited", consortium, partner=form.instance)
            partner: Partner = form.save()
    except IntegrityError:
        return None
    return partner


@transaction.atomic
def answer_invitation(*, consortium: Consortium, accept: bool, by: Member) -> bool:
    """Accept or decline for the member's organisation; False where nothing waits."""
    _lock(consortium)
    place = _place(consortium, by)
    if place is None or place.state != PartnerState.INVITED:
        return False
    _move(place, PartnerState.CONFIRMED if accept else PartnerState.WITHDRAWN)
    if accept:
        following.follow(followed=consortium, member=by)
    people = letters.who_runs(consortium).exclude(pk=by.pk)
    letters.write(people, "consortium_answered", consortium, partner=place, accepted=accept)
    return True


@transaction.atomic
def decide(*, partner: Partner, accept: bool) -> bool:
    """Take in one who asked, or not; False where it does not ask any more."""
    _lock(partner.consortium)
    place = Partner.objects.select_related("organisation").get(pk=partner.pk)
    if place.state != PartnerState.INTERESTED:
        return False
    _move(place, PartnerState.CONFIRMED if accept else PartnerState.WITHDRAWN)
    people = letters.people_of(place.organisation)
    letters.write(people, "consortium_decided", partner.consortium, accepted=accept)
    return True


@transaction.atomic
def invite_again(*, partner: Partner) -> bool:
    """Invite one who withdrew; False where it did not."""
    _lock(partner.consortium)
    place = Partner.objects.select_related("organisation").get(pk=partner.pk)
    if place.state != PartnerState.WITHDRAWN:
        return False
    _move(place, PartnerState.INVITED)
    people = letters.people_of(place.organisation)
    letters.write(people, "consortium_invited", partner.consortium, partner=place)
    return True


@transaction.atomic
def leave(*, consortium: Consortium, by: Member) -> bool:
    """Withdraw the member's organisation; False where it is not in."""
    _lock(consortium)
    place = _place(consortium, by)
    if place is None or place.state == PartnerState.WITHDRAWN:
        return False
    _move(place, PartnerState.WITHDRAWN)
    letters.write(letters.who_runs(consortium), "consortium_left", consortium, partner=place)
    return True


@transaction.atomic
def take_out(*, partner: Partner) -> bool:
    """Take a partner out of the consortium; its people are told. False where it is out."""
    _lock(partner.consortium)
    place = Partner.objects.select_related("organisation").get(pk=partner.pk)
    if place.state == PartnerState.WITHDRAWN:
        return False
    _move(place, PartnerState.WITHDRAWN)
    people = letters.people_of(place.organisation)
    letters.write(people, "consortium_taken_out", partner.consortium)
    return True


@transaction.atomic
def change_place(*, form: PlaceForm) -> bool:
    """Save what a partner is; False where somebody else changed it meanwhile."""
    _lock(form.instance.consortium)
    if not form.is_still(Partner.objects.get(pk=form.instance.pk)):
        return False
    form.save()
    return True


def _lock(consortium: Consortium) -> None:
    Consortium.objects.select_for_update().get(pk=consortium.pk)


def _place(consortium: Consortium, by: Member) -> Partner | None:
    places = consortium.partners.select_related("organisation")
    return places.filter(organisation=by.organisation_id).first()


def _move(place: Partner, state: PartnerState) -> None:
    place.state = state
    place.save(update_fields=["state"])
