"""The acts on a case: what each changes, records and mails, and when it refuses."""

from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone, translation

from initiatives.cases import acts
from initiatives.cases.forms import BeginForm, CaseForm
from initiatives.cases.partners import PartnerFormSet
from initiatives.models import Case, CasePartner, CaseState, CaseStep, StepKind
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.factories import (
    make_barrier,
    make_case,
    make_initiative,
    make_member,
    make_organisation,
    make_secretary,
)
from tests.initiatives.cases.case_forms import WHOLE, give_picture, make_draft
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

SECRETARIAT = "sekretariatet@taskforce.example"
DELETED = "The example has been deleted in the meantime."


@pytest.fixture(autouse=True)
def secretariat_address(settings: Any) -> None:
    settings.SECRETARIAT_EMAIL = SECRETARIAT


@pytest.fixture
def author(db: None) -> Member:
    return make_member()


@pytest.fixture
def draft(author: Member) -> Case:
    return make_draft(author)


@pytest.fixture
def submitted(author: Member) -> Case:
    return make_case(
        "Frokost", state=CaseState.SUBMITTED, written_by=author.organisation, contact=author
    )


@pytest.fixture
def published(author: Member) -> Case:
    return make_case("Frokost", written_by=author.organisation, contact=author)


def typed(case: Case, *, by_author: bool = True, **fields: Any) -> dict[str, Any]:
    """Return the form and the partners that an act takes, as a member sends them."""
    case = Case.objects.get(pk=case.pk)
    data = WHOLE | {"version": case.version} | fields
    partners = PartnerFormSet(data, case=case, whole=False)
    options = {"by_author": by_author, "whole": False, "partners": partners, "keeper": None}
    form = CaseForm(data, instance=case, **options)
    assert form.is_valid() and partners.is_valid(), (form.errors, partners.errors)
    return {"form": form, "partners": partners}


def sent() -> list[tuple[str, str]]:
    """Return address and subject of every mail, and forget them."""
    found = [(letter.to[0], letter.subject) for letter in mail.outbox]
    mail.outbox.clear()
    return found


def recorded() -> list[str]:
    return [*Activity.objects.order_by("pk").values_list("verb", flat=True)]


def steps(case: Case) -> list[tuple[str, str, Member | None]]:
    return [(step.kind, step.words, step.by) for step in case.steps.order_by("pk")]


# Begin


def test_begin_saves_a_draft_of_the_members_organisation(author):
    form = BeginForm({"title": "Frokost"})

    case = acts.begin(form=form, by=author)

    assert (case.state, case.written_by, case.contact) == ("draft", author.organisation, author)
    assert (case.slug[:-4], case.permission_at) == ("frokost-", None)
    assert not case.barriers.exists() and not case.initiatives.exists()
    assert recorded() == [Verb.ADDED]


def test_begin_ties_a_case_to_what_it_comes_from(author):
    barrier, other = make_barrier("Dør"), make_barrier("Trappe")
    initiative = make_initiative()
    initiative.barriers.set([other, make_barrier("Skjult", hidden_at=timezone.now())])

    case = acts.begin(form=BeginForm({"title": "Frokost"}), by=author, answers=barrier)
    told = acts.begin(form=BeginForm({"title": "Mad"}), by=author, of=initiative)

    assert [*case.barriers.all()] == [barrier]
    assert ([*told.initiatives.all()], [*told.barriers.all()]) == ([initiative], [other])


# Write


def test_write_saves_fields_partners_and_a_new_version(draft, author):
    case = acts.write(**typed(draft, done="Vi delte det i to."), by=author)

    draft.refresh_from_db()
    assert case == draft
    assert (draft.done, draft.version, draft.permission_by) == ("Vi delte det i to.", 2, author)
    assert [partner.name for partner in draft.case_partners.all()] == ["Køkkenet"]
    assert recorded() == [Verb.CHANGED]
    assert sent() == []


def test_write_without_the_tick_removes_the_permission(draft, author):
    acts.write(**typed(draft), by=author)
    acts.write(**typed(draft, permission=""), by=author)

    draft.refresh_from_db()
    assert (draft.permission_by, draft.permission_at) == (None, None)


def test_write_by_the_secretariat_leaves_the_permission(submitted):
    given = submitted.permission_at

    acts.write(**typed(submitted, by_author=False), by=make_secretary())

    submitted.refresh_from_db()
    assert submitted.permission_at == given


def test_write_of_a_published_case_tells_its_author(published, author):
    acts.write(**typed(published, by_author=False), by=make_secretary())
    assert [to for to, _subject in sent()] == [author.user.email]

    acts.write(**typed(published, by_author=False), by=author)
    assert sent() == []


def test_write_raises_conflict_if_somebody_saved_first(draft, author):
    late = typed(draft, done="For sent")
    CasePartner.objects.create(case=draft, name="Bageren", role="buyer")
    Case.objects.filter(pk=draft.pk).update(done="Deres", version=2)

    with conflict(draft):
        acts.write(**late, by=author)

    draft.refresh_from_db()
    assert (draft.done, draft.version) == ("Deres", 2)
    assert draft.case_partners.get().name == "Bageren"
    assert recorded() == []


def test_conflict_shows_the_saved_partners_where_others_were_typed(draft):
    CasePartner.objects.create(case=draft, name="Bageren", role="buyer")
    form = typed(draft)["form"]

    with translation.override("en"):
        form.show_conflict(draft)

    assert ("Partners", "Bageren: Buyer") in form.theirs


def test_conflict_shows_no_partners_where_none_were_changed(draft):
    form = typed(draft, **{"partner-0-who": "", "partner-0-role": ""})["form"]

    form.show_conflict(draft)

    assert "Partnere" not in dict(form.theirs)


def test_write_refuses_where_the_case_was_published_meanwhile(submitted, author):
    late = typed(submitted, done="For sent")
    acts.publish(case=submitted, version=1, by=make_secretary())

    with refused("This cannot be done now. The example is: published."):
        acts.write(**late, by=author)


# Submit


def test_submit_saves_and_writes_to_both_sides(draft, author):
    case = acts.submit(**typed(draft, done="Vi delte det."), by=author)

    draft.refresh_from_db()
    assert case == draft
    assert (draft.state, draft.done, draft.contact) == ("submitted", "Vi delte det.", author)
    assert steps(draft) == [(StepKind.SUBMITTED, "", author)]
    assert recorded() == [Verb.CHANGED, Verb.SUBMITTED]
    assert [to for to, _subject in sent()] == [SECRETARIAT, author.user.email]


@pytest.mark.parametrize("contact", ["nobody", "former member"])
def test_submit_makes_the_member_the_contact_where_there_is_none(draft, author, contact):
    if contact == "nobody":
        Case.objects.update(contact=None)
    else:
        Member.objects.filter(pk=author.pk).update(to_date=timezone.localdate())
    colleague = make_member(author.organisation)

    assert acts.submit(**typed(draft), by=colleague).contact == colleague


def test_submit_raises_conflict_if_somebody_saved_first(draft, author):
    late = typed(draft)
    Case.objects.filter(pk=draft.pk).update(version=2)

    with conflict(draft):
        acts.submit(**late, by=author)

    assert steps(draft) == []


def test_submit_refuses_what_was_submitted_already(submitted, author):
    with refused("This cannot be done now. The example is: submitted."):
        acts.submit(**typed(submitted), by=author)

    submitted.refresh_from_db()
    assert submitted.version == 1


# Decide


def test_publish_shows_the_case_to_everybody(submitted, author, secretary):
    before = timezone.now()

    case = acts.publish(case=submitted, version=1, by=secretary)

    submitted.refresh_from_db()
    assert case == submitted
    assert (submitted.state, submitted.version) == (CaseState.PUBLISHED, 2)
    assert before < submitted.published_at < timezone.now()
    assert steps(submitted) == [(StepKind.PUBLISHED, "", secretary)]
    assert recorded() == [Verb.PUBLISHED]
    assert [to for to, _subject in sent()] == [author.user.email]


def test_publish_refuses_another_version_than_was_read(submitted, secretary):
    with refused("The example was changed while you read it. Read it once more."):
        acts.publish(case=submitted, version=2, by=secretary)


def test_publish_refuses_without_permission(submitted, secretary):
    Case.objects.update(permission_at=None)

    with refused("The author has not given permission to publish it."):
        acts.publish(case=submitted, version=1, by=secretary)


def test_request_changes_takes_a_case_off_the_pages(published, author, secretary):
    case = acts.request_changes(case=published, words="Hvor mange job?", by=secretary)

    published.refresh_from_db()
    assert case == published
    assert (published.state, published.published_at) == (CaseState.ASKED, None)
    assert steps(published) == [(StepKind.ASKED, "Hvor mange job?", secretary)]
    assert recorded() == [Verb.RETURNED]
    (letter,) = mail.outbox
    assert letter.to == [author.user.email] and "Hvor mange job?" in letter.body


def test_decline_gives_a_reason(submitted, author, secretary):
    case = acts.decline(case=submitted, words="Det er en annonce.", by=secretary)

    submitted.refresh_from_db()
    assert case == submitted
    assert submitted.state == CaseState.DECLINED
    assert steps(submitted) == [(StepKind.DECLINED, "Det er en annonce.", secretary)]
    assert recorded() == [Verb.DECLINED]
    (letter,) = mail.outbox
    assert letter.to == [author.user.email] and "Det er en annonce." in letter.body


def test_withdraw_removes_the_permission(published, author):
    case = acts.withdraw(case=published, by=author)

    published.refresh_from_db()
    assert case == published
    assert (published.state, published.permission_at) == (CaseState.DRAFT, None)
    assert steps(published) == [(StepKind.WITHDRAWN, "", author)]
    assert recorded() == [Verb.HIDDEN]
    assert [to for to, _subject in sent()] == [SECRETARIAT]


def test_ask_for_change_writes_to_the_secretariat(published, author):
    step = acts.ask_for_change(case=published, words="Det var 81.", by=author)

    assert step == published.steps.get()
    assert steps(published) == [(StepKind.CHANGE_ASKED, "Det var 81.", author)]
    assert recorded() == []
    (letter,) = mail.outbox
    assert (letter.to, letter.reply_to) == ([SECRETARIAT], [author.user.email])
    assert "Det var 81." in letter.body


def test_answer_change_writes_to_the_author(published, author, secretary):
    acts.ask_for_change(case=published, words="Det var 81.", by=author)
    mail.outbox.clear()

    step = acts.answer_change(case=published, words="Nu står der 81.", by=secretary)

    assert (step.kind, step.by) == (StepKind.CHANGE_ANSWERED, secretary)
    assert not Case.objects.to_be_changed().exists()
    (letter,) = mail.outbox
    assert letter.to == [author.user.email] and "Nu står der 81." in letter.body


def test_answer_change_refuses_a_second_answer(published, author, secretary):
    acts.ask_for_change(case=published, words="Det var 81.", by=author)
    acts.answer_change(case=published, words="Nu står der 81.", by=secretary)

    with refused("Somebody has answered this already."):
        acts.answer_change(case=published, words="Igen", by=secretary)


def test_discard_deletes_a_case_and_its_picture(draft, uploads, django_capture_on_commit_callbacks):
    give_picture(draft)

    with django_capture_on_commit_callbacks(execute=True):
        assert acts.discard(case=draft).title == "Frokost"

    assert not Case.objects.exists()
    assert [*(uploads / "cases").iterdir()] == []


# Letters


def test_letters_go_to_colleagues_where_the_contact_has_left(submitted, author, secretary):
    Member.objects.filter(pk=author.pk).update(to_date=timezone.localdate())
    colleagues = [make_member(author.organisation) for _ in range(2)]
    make_member()

    acts.request_changes(case=submitted, words="x", by=secretary)

    assert [to for to, _subject in sent()] == [one.user.email for one in colleagues]


# The wrong state, and two at once

ACTS: dict[str, Any] = {
    "publish": lambda case, by: acts.publish(case=case, version=case.version, by=by),
    "request_changes": lambda case, by: acts.request_changes(case=case, words="x", by=by),
    "decline": lambda case, by: acts.decline(case=case, words="x", by=by),
    "withdraw": lambda case, by: acts.withdraw(case=case, by=by),
    "ask_for_change": lambda case, by: acts.ask_for_change(case=case, words="x", by=by),
    "answer_change": lambda case, by: acts.answer_change(case=case, words="x", by=by),
    "discard": lambda case, by: acts.discard(case=case),
}
STATES = {
    "draft": "draft",
    "submitted": "submitted",
    "asked": "asked back",
    "published": "published",
    "declined": "declined",
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_act_refuses_from_the_wrong_state(author, state, act):
    case = make_case(
        "Frokost", state=CaseState(state), written_by=author.organisation, contact=author
    )
    CaseStep.objects.create(case=case, kind=StepKind.CHANGE_ASKED, words="x", by=author)

    if state in acts.FROM[act]:
        ACTS[act](case, author)
    else:
        with refused(f"This cannot be done now. The example is: {STATES[state]}."):
            ACTS[act](case, author)
        case.refresh_from_db()
        assert case.state == state
        assert case.steps.count() == 1
        assert recorded() == []


@pytest.mark.parametrize("act", ACTS)
def test_act_refuses_a_case_that_was_deleted(submitted, author, act):
    Case.objects.all().delete()

    with refused(DELETED):
        ACTS[act](submitted, author)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one", ["publish", "decline", "withdraw", "request_changes"])
@pytest.mark.parametrize("other", ["publish", "withdraw"])
def test_second_of_two_at_once_is_refused_or_acts_on_what_the_first_left(one, other):
    by = make_secretary(organisation=make_organisation())
    case = make_case("Frokost", state=CaseState.SUBMITTED, written_by=by.organisation, contact=by)

    loaded = [(name, Case.objects.get(pk=case.pk)) for name in (one, other)]
    found = at_once(*(partial(ACTS[name], each, by) for name, each in loaded))

    # A case may be withdrawn, or sent back, right after it was published.
    done = [each for each in found if not isinstance(each, Refused)]
    assert len(done) == case.steps.count() >= 1
    if one == other:
        assert answers(found) == ["Case", "Refused"]
    final = {
        "publish": "published",
        "decline": "declined",
        "withdraw": "draft",
        "request_changes": "asked",
    }
    case.refresh_from_db()
    assert case.state in {final[one], final[other]}
    assert (case.published_at is not None) == (case.state == CaseState.PUBLISHED)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_writers_at_once_gets_a_conflict():
    by = make_member()
    draft = make_draft(by)
    both = [partial(acts.write, **typed(draft, done=text), by=by) for text in ("En", "To")]

    assert answers(at_once(*both)) == ["Case", "Conflict"]
    draft.refresh_from_db()
    assert draft.version == 2


def test_saving_while_one_writes_is_no_news():
    shown = {state: {*filter(Case(state=state).shows_activity, Verb)} for state in CaseState}

    everything = {*Verb}
    assert shown == {
        CaseState.DRAFT: set(),
        CaseState.SUBMITTED: everything - {Verb.CHANGED},
        CaseState.ASKED: everything - {Verb.CHANGED},
        CaseState.PUBLISHED: everything,
        CaseState.DECLINED: everything - {Verb.CHANGED},
    }
