"""Writing a case: a draft may lack everything, what is handed in nothing; no word is lost."""

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from initiatives.models import Case, CasePartner, CaseState, PartnerRole
from tests.conftest import LogIn
from tests.factories import make_barrier, make_case, make_initiative, make_member, make_organisation
from tests.initiatives.cases.case_forms import ROWS, WHOLE, image, make_draft, upload

HERE = "/eksempler/frokost/ret/"
BY_SCRIPT = {"Accept": "application/json"}


def partners(case: Case) -> list[tuple[str, str, str]]:
    return [
        (row.organisation.name if row.organisation else f"({row.name})", row.role, row.part)
        for row in case.case_partners.select_related("organisation")
    ]


# Beginning


def test_new_case_needs_only_a_title(as_member, member):
    answer = as_member.post("/eksempler/ny/", {"title": "Frokost på rådhuset"})

    case = Case.objects.get()
    assert answer.url == f"{case.get_absolute_url()}ret/"
    assert (case.state, case.written_by, case.contact) == ("draft", member.organisation, member)
    assert case.permission_at is None


@pytest.mark.parametrize(
    ("slug", "answers"), [("doer", ["Dør"]), ("indgang", ["Dør"]), ("nonsens", [])]
)
def test_new_case_answers_the_barrier_in_the_address(as_member, slug: str, answers: list[str]):
    kept = make_barrier("Dør")
    make_barrier("Indgang", state=BarrierState.MERGED, merged_into=kept)

    as_member.post(f"/eksempler/ny/?barriere={slug}", {"title": "Frokost"})

    assert [barrier.title for barrier in Case.objects.get().barriers.all()] == answers


def test_new_case_belongs_to_the_initiative_in_the_address(as_member):
    initiative = make_initiative(title="Fælles indkøb")
    initiative.barriers.set([make_barrier("Dør"), make_barrier("Skjult", hidden_at=timezone.now())])
    way = f"/eksempler/ny/?indsats={initiative.slug}"

    assert as_member.get(way).context["form"]["title"].value() == "Fælles indkøb"
    as_member.post(way, {"title": "Fælles indkøb virker"})

    case = Case.objects.get()
    assert [*case.initiatives.all()] == [initiative]
    assert [barrier.title for barrier in case.barriers.all()] == ["Dør"]


@pytest.mark.parametrize("nonsens", ["", "nonsens", "%00"])
def test_new_case_ignores_an_unknown_initiative_in_the_address(as_member, nonsens: str):
    as_member.post(f"/eksempler/ny/?indsats={nonsens}", {"title": "Frokost"})

    assert not Case.objects.get().initiatives.exists()


def test_new_case_without_a_title_is_refused(as_member):
    page = as_member.post("/eksempler/ny/", {"title": " "})

    assert list(page.context["form"].errors) == ["title"]
    assert not Case.objects.exists()


# Keeping a draft


def test_draft_may_lack_everything_but_its_title(as_member, member):
    make_draft(member)

    answer = as_member.post(HERE, {"version": 1, "title": "Frokost", **ROWS})

    assert answer.url == HERE
    assert Case.objects.get().done == ""


def test_edit_saves_everything_that_was_typed(as_member, member):
    make_draft(member)
    barrier, initiative = make_barrier(), make_initiative()
    known = make_organisation("Odense Fællesindkøb", former_names=["OFI"])
    typed = WHOLE | {
        "barriers": [barrier.pk],
        "initiatives": [initiative.pk],
        "partner-1-who": "odense fællesindkøb",
        "partner-1-role": "buyer",
        "partner-1-part": "Betalte",
    }

    as_member.post(HERE, typed)

    case = Case.objects.get()
    for name in ("title", "achieved", "kind", "place", "problem", "done", "outcome", "unit"):
        assert getattr(case, name) == WHOLE[name]
    assert (case.number, case.barriers.get(), case.initiatives.get()) == (3, barrier, initiative)
    assert partners(case) == [
        ("(Køkkenet)", "enterprise", ""),
        ("Odense Fællesindkøb", "buyer", "Betalte"),
    ]
    assert case.case_partners.last().organisation == known
    as_member.post(HERE, typed | {"version": 2, "partner-0-who": "", "partner-1-who": "OFI"})
    assert partners(case) == [("Odense Fællesindkøb", "buyer", "Betalte")]


def test_draft_may_have_a_number_without_unit_and_a_partner_without_role(as_member, member):
    """A number without what it counts, and a partner without a role, are kept until handed in."""
    make_draft(member)
    half = {"version": 1, "title": "Frokost", "number": "80", "partner-0-who": "Køkkenet", **ROWS}

    as_member.post(HERE, half)

    case = Case.objects.get()
    assert (case.number, case.unit, partners(case)) == (80, "", [("(Køkkenet)", "", "")])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"number": "many"}, "number"),
        ({"number": "-1"}, "number"),
        ({"kind": "theft"}, "kind"),
        ({"barriers": ["0"]}, "barriers"),
        ({"achieved": "x" * 301}, "achieved"),
    ],
)
def test_form_marks_bad_input_and_keeps_what_was_typed(as_member, member, typed, field):
    make_draft(member)

    page = as_member.post(HERE, WHOLE | {"problem": "Lang tekst"} | typed)

    assert list(page.context["form"].errors) == [field]
    assert "Lang tekst" in page.content.decode()
    assert Case.objects.get().problem == ""


@pytest.mark.parametrize(
    "row",
    [
        {"partner-0-who": "", "partner-0-role": "", "partner-0-part": "Bagte"},
        {"partner-0-role": "thief"},
        {"partner-1-who": "køkkenet", "partner-1-role": "buyer"},
        {"partner-0-who": "x" * 121},
    ],
)
def test_case_with_a_bad_partner_is_not_saved(as_member, member, row):
    make_draft(member)

    page = as_member.post(HERE, WHOLE | row)

    assert page.status_code == 200
    assert any(page.context["partners"].errors) or page.context["partners"].non_form_errors()
    assert "Vi delte det." in page.content.decode()
    assert not CasePartner.objects.exists()


@pytest.mark.parametrize("rows", ["", "x", "-1", "999999999"])
def test_nonsense_about_the_rows_is_refused(as_member, member, rows):
    make_draft(member)

    page = as_member.post(HERE, WHOLE | {"partner-TOTAL_FORMS": rows})

    assert page.status_code in (200, 302)
    assert Case.objects.get().state == CaseState.DRAFT


def test_form_shows_filled_in_rows_and_folds_the_others_away(as_member, member):
    case = make_draft(member)
    for number in range(3):
        CasePartner.objects.create(case=case, name=f"P{number}", role=PartnerRole.BUYER)

    rows = as_member.get(HERE).context["partners"]

    assert (len(rows.in_view), len(rows.folded)) == (5, 7)


def test_partner_that_was_just_saved_stays_when_the_form_is_sent_again(as_member, member):
    """A page says for ever how many rows it began with, however many it has saved since."""
    case = make_draft(member)

    for version in (1, 2, 3):
        as_member.post(HERE, WHOLE | {"version": version}, headers=BY_SCRIPT)

    assert partners(case) == [("(Køkkenet)", "enterprise", "")]


# As one types


def test_script_gets_the_version_to_send_along(as_member, member):
    make_draft(member)

    first = as_member.post(HERE, WHOLE, headers=BY_SCRIPT)
    second = as_member.post(HERE, WHOLE | {"version": 2, "done": "Mere"}, headers=BY_SCRIPT)

    assert first.json()["said"].startswith("Gemt ")
    assert (first.json()["fields"], second.json()["fields"]) == ({"version": 2}, {"version": 3})
    assert Case.objects.get().done == "Mere"


def test_script_gets_errors_by_the_names_of_fields(as_member, member):
    make_draft(member)
    bad = WHOLE | {"title": "", "partner-1-part": "Bagte"}

    answer = as_member.post(HERE, bad, headers=BY_SCRIPT)

    assert answer.status_code == 422
    assert {name for name, said in answer.json()["errors"].items() if said} == {
        "title",
        "partner-1-who",
    }


def test_script_gets_the_picture_that_it_sent(as_member, member):
    make_draft(member)
    sent = WHOLE | {"upload": upload(image()), "picture_alt": "To bagere"}

    answer = as_member.post(HERE, sent, headers=BY_SCRIPT)

    assert 'alt="To bagere"' in answer.json()["shown"]["billede"]
    assert "shown" not in as_member.post(HERE, WHOLE | {"version": 2}, headers=BY_SCRIPT).json()


def test_second_writer_sees_both_texts_and_chooses(as_member, member):
    case = make_draft(member, version=2, done="Deres", kind="tender")
    case.barriers.add(make_barrier("Tung dør"))
    CasePartner.objects.create(case=case, name="Bageren", role=PartnerRole.BUYER)
    mine = WHOLE | {"done": "Min egen", "kind": "direct"}

    page = as_member.post(HERE, mine)

    theirs = dict(page.context["form"].theirs)
    assert page.status_code == 409
    assert "Deres" in theirs.values()
    assert "Bageren: Køber" in theirs["Partnere"]
    assert {"Klausul i udbud", "Tung dør"} <= {*theirs.values()}
    assert "Min egen" in page.content.decode()
    case.refresh_from_db()
    assert case.done == "Deres"

    as_member.post(HERE, mine | {"version": page.context["form"]["version"].value()})
    case.refresh_from_db()
    assert case.done == "Min egen"


def test_script_of_the_second_writer_gets_both_texts(as_member, member):
    make_draft(member, version=2, done="Deres")

    answer = as_member.post(HERE, WHOLE | {"done": "Min"}, headers=BY_SCRIPT)

    assert answer.status_code == 409
    assert "Deres" in answer.json()["notice"]
    assert int(answer.json()["fields"]["version"]) == 2
    assert Case.objects.get().done == "Deres"


# Who writes


def test_only_its_organisation_edits_a_draft(
    as_member, as_secretary, client, log_in: LogIn, member
):
    make_draft(member)
    colleague = log_in(make_member(member.organisation))

    assert colleague.get(HERE).status_code == 200
    for browser in (as_secretary, log_in(make_member())):
        assert browser.get(HERE).status_code == 404
        assert browser.post(HERE, WHOLE).status_code == 404
    assert client.post(HERE, WHOLE).url.startswith("/konto/login/code/")
    assert Case.objects.get().problem == ""


def test_only_the_secretariat_edits_a_published_case(as_member, as_secretary: Client, member):
    case = make_case("Frokost", written_by=member.organisation)

    assert as_member.get(HERE).status_code == 404
    page = as_secretary.get(HERE).content.decode()
    assert "writing.js" not in page  # nothing public is saved while it is half typed
    answer = as_secretary.post(HERE, WHOLE | {"done": "Rettet"})

    assert answer.url == "/eksempler/frokost/"
    case.refresh_from_db()
    assert (case.state, case.done) == (CaseState.PUBLISHED, "Rettet")


@pytest.mark.parametrize("missing", ["achieved", "kind", "problem", "done", "outcome"])
def test_published_case_must_stay_whole(as_secretary, missing):
    make_case("Frokost", problem="x")

    page = as_secretary.post(HERE, WHOLE | {missing: ""})

    assert list(page.context["form"].errors) == [missing]


def test_secretariat_cannot_give_the_authors_permission(as_secretary, member):
    case = make_draft(member)
    Case.objects.filter(pk=case.pk).update(state=CaseState.SUBMITTED)

    page = as_secretary.get(HERE)
    as_secretary.post(HERE, WHOLE)

    assert "permission" not in page.context["form"].fields
    case.refresh_from_db()
    assert (case.done, case.permission_at) == ("Vi delte det.", None)
