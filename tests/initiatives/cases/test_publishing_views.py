"""Submitting, publishing, declining, withdrawing: who may, what the pages show, who gets mail."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.cases import acts
from initiatives.models import Case, CaseState, CaseStep, StepKind
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import make_case, make_member, make_secretary
from tests.initiatives.cases.case_forms import WHOLE, give_picture, make_draft

HERE = "/eksempler/frokost/"
SECRETARIAT = "sekretariat@eksempel.example"
WORDS = {"words": "Hvor mange job?"}


@pytest.fixture
def submitted(member: Member) -> Case:
    return make_case(
        "Frokost", state=CaseState.SUBMITTED, written_by=member.organisation, contact=member
    )


@pytest.fixture
def published(member: Member) -> Case:
    return make_case("Frokost", written_by=member.organisation, contact=member)


def letters(mailbox: Mailbox) -> dict[str, str]:
    """Return what arrived, by whom it arrived at."""
    return {letter["to"]: letter.get_content() for letter in mailbox.letters}


def state(case: Case) -> str:
    case.refresh_from_db()
    return case.state


# The whole way


def test_case_goes_from_draft_to_publication(
    mailbox: Mailbox, member, secretary, log_in: LogIn, client: Client
):
    as_member, as_secretary = log_in(member), log_in(secretary)
    case = make_draft(member)
    before = timezone.now()

    assert as_member.post(f"{HERE}indsend/", WHOLE).url == HERE
    assert state(case) == CaseState.SUBMITTED
    assert case.permission_by == member and before < case.permission_at < timezone.now()
    assert client.get(HERE).status_code == 404
    told = letters(mailbox)
    assert HERE in told[SECRETARIAT] and HERE in told[member.user.email]

    as_secretary.post(f"{HERE}send-tilbage/", WORDS)
    assert state(case) == CaseState.ASKED
    assert "Hvor mange job?" in mailbox.letters[-1].get_content()
    for page in (HERE, f"{HERE}ret/", "/min-side/"):
        assert "Hvor mange job?" in as_member.get(page).content.decode(), page

    as_member.post(f"{HERE}indsend/", WHOLE | {"version": case.version, "number": "80"})
    case.refresh_from_db()
    as_secretary.post(f"{HERE}offentliggoer/", {"version": case.version})
    assert state(case) == CaseState.PUBLISHED
    assert mailbox.letters[-1]["to"] == member.user.email
    assert mailbox.letters[-1]["subject"].startswith("Jeres eksempel er offentliggjort")
    assert client.get(HERE).status_code == 200
    kinds = [*case.steps.order_by("pk").values_list("kind", flat=True)]
    assert kinds == ["submitted", "asked", "submitted", "published"]


# Handing in


@pytest.mark.parametrize(
    ("missing", "field"),
    [(name, name) for name in ("title", "achieved", "kind", "problem", "done", "outcome")]
    + [("permission", "permission"), ("unit", "unit"), ("number", "number")],
)
def test_submit_marks_what_is_missing_and_submits_nothing(as_member, member, missing, field):
    case = make_draft(member)

    page = as_member.post(f"{HERE}indsend/", {**WHOLE, "place": "Lang vej 7", missing: ""})

    assert list(page.context["form"].errors) == [field]
    assert "Lang vej 7" in page.content.decode()
    assert state(case) == CaseState.DRAFT
    assert not CaseStep.objects.exists()


@pytest.mark.parametrize("row", [{"partner-0-who": ""}, {"partner-0-role": ""}])
def test_submit_needs_a_partner_with_its_role(as_member, member, row):
    case = make_draft(member)

    page = as_member.post(f"{HERE}indsend/", WHOLE | row)

    assert not page.context["partners"].is_valid()
    assert state(case) == CaseState.DRAFT


def test_permission_ends_where_its_tick_is_removed(as_member, member):
    case = make_draft(member)
    as_member.post(f"{HERE}ret/", WHOLE)
    case.refresh_from_db()
    assert case.permission_by == member

    as_member.post(f"{HERE}ret/", WHOLE | {"version": 2, "permission": ""})

    case.refresh_from_db()
    assert (case.permission_by, case.permission_at) == (None, None)


def test_first_permission_stays(as_member, member, log_in):
    case = make_draft(member)
    as_member.post(f"{HERE}ret/", WHOLE)
    log_in(make_member(member.organisation)).post(f"{HERE}ret/", WHOLE | {"version": 2})

    case.refresh_from_db()
    assert case.permission_by == member


def test_permission_stays_where_its_member_is_deleted(published, member):
    Case.objects.filter(pk=published.pk).update(permission_by=member)

    member.user.delete()

    published.refresh_from_db()
    assert published.permission_by is None and published.permission_at is not None


def test_colleague_who_submits_replaces_a_former_member_as_contact(member, log_in):
    case = make_draft(member)
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())
    colleague = make_member(member.organisation)

    log_in(colleague).post(f"{HERE}indsend/", WHOLE)

    case.refresh_from_db()
    assert case.contact == colleague


def test_page_with_errors_opened_again_leads_to_the_form(as_member, member):
    make_draft(member)
    assert as_member.post(f"{HERE}indsend/", {**WHOLE, "done": ""}).status_code == 200

    assert as_member.get(f"{HERE}indsend/").url == f"{HERE}ret/"


def test_only_its_organisation_submits_a_case(as_secretary, client, member, log_in):
    case = make_draft(member)

    assert client.post(f"{HERE}indsend/", WHOLE).status_code == 302
    for browser in (as_secretary, log_in(make_member())):
        assert browser.post(f"{HERE}indsend/", WHOLE).status_code == 404
        assert browser.get(f"{HERE}indsend/").status_code == 404
    assert state(case) == CaseState.DRAFT


# The secretariat


def test_publish_refuses_without_permission(as_secretary, submitted):
    Case.objects.filter(pk=submitted.pk).update(permission_at=None)

    page = as_secretary.post(f"{HERE}offentliggoer/", {"version": 1}, follow=True)

    assert "Forfatteren har ikke givet lov" in page.content.decode()
    assert state(submitted) == CaseState.SUBMITTED


@pytest.mark.parametrize("version", ["2", "", "x", "-1"])
def test_publish_refuses_another_version_than_was_read(as_secretary, submitted, version):
    """The author wrote on while the secretariat was reading."""
    page = as_secretary.post(f"{HERE}offentliggoer/", {"version": version}, follow=True)

    assert "Læs det en gang til" in page.content.decode()
    assert state(submitted) == CaseState.SUBMITTED


def test_sending_back_removes_a_published_case_from_the_pages(as_secretary, published, client):
    as_secretary.post(f"{HERE}send-tilbage/", WORDS)

    assert client.get(HERE).status_code == 404
    published.refresh_from_db()
    assert published.published_at is None


def test_declined_case_is_submitted_again(mailbox, log_in, member, submitted):
    as_secretary, as_member = log_in(make_secretary()), log_in(member)

    as_secretary.post(f"{HERE}afvis/", {"words": "Det er en annonce."})

    assert state(submitted) == CaseState.DECLINED
    assert "Det er en annonce." in letters(mailbox)[member.user.email]
    assert "Det er en annonce." in as_member.get(f"{HERE}ret/").content.decode()
    as_member.post(f"{HERE}indsend/", WHOLE | {"version": submitted.version})
    assert state(submitted) == CaseState.SUBMITTED


@pytest.mark.parametrize("act", ["send-tilbage", "afvis"])
@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_message_is_required(as_secretary, submitted, act, words):
    page = as_secretary.post(f"{HERE}{act}/", {"words": words})

    assert list(page.context["form"].errors) == ["words"]
    assert words.strip() in page.content.decode()
    assert state(submitted) == CaseState.SUBMITTED


def test_author_gets_mail_where_the_secretariat_edits_it(mailbox, log_in, published, member):
    log_in(make_secretary()).post(f"{HERE}ret/", WHOLE)

    assert "ændret" in letters(mailbox)[member.user.email]


def test_colleagues_get_mail_where_the_author_has_left(mailbox, log_in, submitted):
    Member.objects.filter(pk=submitted.contact_id).update(to_date=timezone.localdate())
    colleagues = [make_member(submitted.written_by) for _ in range(2)]
    make_member()

    log_in(make_secretary()).post(f"{HERE}send-tilbage/", WORDS)

    assert letters(mailbox).keys() == {one.user.email for one in colleagues}


# The author afterwards


@pytest.mark.parametrize("before", [CaseState.SUBMITTED, CaseState.ASKED, CaseState.PUBLISHED])
def test_withdrawn_case_is_a_draft_and_shows_nowhere(mailbox, log_in, member, client, before):
    case = make_case("Frokost", state=before, written_by=member.organisation, contact=member)
    case.allow_publication(member)
    picture = give_picture(case).picture
    as_member = log_in(member)
    assert as_member.get(f"{HERE}traek-tilbage/").status_code == 200
    assert state(case) == before

    as_member.post(f"{HERE}traek-tilbage/")

    assert state(case) == CaseState.DRAFT
    assert (case.permission_at, case.permission_by, case.published_at) == (None, None, None)
    assert letters(mailbox).keys() == {SECRETARIAT}
    for path in (HERE, f"{HERE}billede/{picture.name.rpartition('/')[2]}", f"{HERE}spoerg/"):
        assert client.get(path).status_code == 404
    assert "Frokost" not in client.get("/eksempler/").content.decode()


def test_author_asks_for_a_change_and_is_answered(mailbox, log_in, member, published):
    as_member, as_secretary = log_in(member), log_in(make_secretary())

    as_member.post(f"{HERE}bed-om-rettelse/", {"words": "Det var 81 job."})
    told = mailbox.letters[-1]
    assert (told["to"], told["reply-to"]) == (SECRETARIAT, member.user.email)
    assert "Det var 81 job." in told.get_content()
    assert [*as_secretary.get("/sekretariat/").context["cases"]] == [published]

    as_secretary.post(f"{HERE}svar-paa-rettelse/", {"words": "Nu står der 81."})
    assert "Nu står der 81." in letters(mailbox)[member.user.email]
    assert [*as_secretary.get("/sekretariat/").context["cases"]] == []
    again = as_secretary.post(f"{HERE}svar-paa-rettelse/", {"words": "Igen"}, follow=True)
    assert "allerede svaret" in again.content.decode()
    assert state(published) == CaseState.PUBLISHED


@pytest.mark.parametrize("act", ["traek-tilbage", "smid-vaek", "bed-om-rettelse", "indsend"])
def test_author_alone_does_what_the_author_decides(as_secretary, client, log_in, published, act):
    for browser in (as_secretary, log_in(make_member())):
        assert browser.post(f"{HERE}{act}/", WORDS).status_code == 404
    assert client.post(f"{HERE}{act}/", WORDS).status_code == 302
    assert state(published) == CaseState.PUBLISHED


@pytest.mark.parametrize("act", ["send-tilbage", "afvis", "offentliggoer", "svar-paa-rettelse"])
def test_secretariat_alone_does_what_it_decides(as_member, client, published, submitted, act):
    for case in (published, submitted):
        path = f"/eksempler/{case.slug}/{act}/"
        assert as_member.post(path, WORDS | {"version": 1}).status_code == 403
        assert client.post(path, WORDS).status_code == 302
    assert (state(published), state(submitted)) == (CaseState.PUBLISHED, CaseState.SUBMITTED)


def test_draft_is_discarded(as_member, member):
    make_draft(member)
    assert as_member.get(f"{HERE}smid-vaek/").status_code == 200
    assert Case.objects.exists()

    assert as_member.post(f"{HERE}smid-vaek/").url == "/min-side/"

    assert not Case.objects.exists()


def test_only_author_and_secretariat_read_their_messages(
    as_member, as_secretary, client, published
):
    CaseStep.objects.create(case=published, kind=StepKind.ASKED, words="Hemmelige ord")

    assert "Hemmelige ord" in as_member.get(HERE).content.decode()
    assert "Hemmelige ord" in as_secretary.get(HERE).content.decode()
    assert "Hemmelige ord" not in client.get(HERE).content.decode()


# Refusals


def test_page_shows_a_refusal(as_secretary, submitted, member):
    acts.withdraw(case=submitted, by=member)
    Case.objects.filter(pk=submitted.pk).update(state=CaseState.ASKED)

    page = as_secretary.post(f"{HERE}offentliggoer/", {"version": 2}, follow=True)

    assert "Det kan ikke lade sig gøre nu" in page.content.decode()


def test_script_gets_a_refusal_where_the_case_was_published_meanwhile(
    as_member, submitted, member, secretary, monkeypatch
):
    """The author's page was loaded before; publication comes between finding and saving."""
    write = acts.write

    def first_published(**given: Any) -> Case:
        monkeypatch.setattr(acts, "write", write)
        acts.publish(case=submitted, version=1, by=secretary)
        return write(**given)

    monkeypatch.setattr(acts, "write", first_published)

    answer = as_member.post(f"{HERE}ret/", WHOLE, headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert "Offentliggjort".lower() in answer.json()["said"]
    assert state(submitted) == CaseState.PUBLISHED
    assert submitted.done == "It began with a tender."


def test_refusal_of_a_deleted_case_shows_on_the_members_page(as_member, member, monkeypatch):
    """A colleague discards the draft between finding it and the act."""
    case, discard = make_draft(member), acts.discard

    def beaten(**given: Any) -> Case:
        discard(case=case)
        return discard(**given)

    monkeypatch.setattr(acts, "discard", beaten)

    page = as_member.post(f"{HERE}smid-vaek/", follow=True)

    assert page.redirect_chain == [("/min-side/", 302)]
    assert [str(message) for message in page.context["messages"]] == ["Eksemplet er slettet imens."]
