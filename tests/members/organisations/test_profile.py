"""An organisation's profile: kept by its own members and the secretariat, shown as agreed."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from taskforce.members.models import Certificate, Member, NameVisibility, Organisation, Tag
from taskforce.members.models.organisation import HIDDEN
from tests.conftest import LogIn
from tests.core.keeping import kept_in
from tests.factories import make_listed, make_member, make_organisation, make_secretary
from tests.initiatives.cases.case_forms import image, upload
from tests.members.organisations.profiles import BY_SECRETARIAT, PROFILE, ROWS

TODAY = timezone.localdate


@pytest.fixture
def baker(db: None, tmp_path: Path, settings: Any) -> Member:
    settings.MEDIA_ROOT = tmp_path
    return make_member(make_organisation("Bageren"))


def send(browser: Client, **typed: Any) -> Any:
    return browser.post("/organisationer/bageren/ret/", {**PROFILE, **typed})


def errors(page: Any) -> dict[str, list[str]]:
    return {name: [*said] for name, said in page.context["form"].errors.items()}


def bageren() -> Organisation:
    return Organisation.objects.get(slug="bageren")


def test_own_member_keeps_everything_that_is_told(baker: Member, log_in: LogIn):
    bread = Tag.objects.create(name="Brød")
    told = {"offers": [bread.pk], "is_found": "on", "delivers": ["15", "55"], "cvr": "DK 13585628"}
    told |= {"delivers_to": ["1083", "101"], "customers": ["public"], "effects": ["work", "need"]}
    told |= {"capacity": "200 om dagen", "says_rsv": "on", "is_contact": "on"}
    told |= {"certifikat-0-name": "Svanemærket", "certifikat-0-given_on": "1.3.2025"}

    page = send(log_in(baker), **told)

    assert page.url == "/organisationer/bageren/"
    found = bageren()
    assert (found.line, found.municipality, found.cvr) == ("Bager brød.", "461", "13585628")
    assert [*found.offers.all()] == [bread]
    assert (found.delivers, found.delivers_to) == (["15", "55"], ["1083", "101"])
    assert (found.customers, found.effects, found.is_found) == (["public"], ["work", "need"], True)
    assert (found.contact, found.rsv_said_on, found.confirmed_on) == (baker, TODAY(), TODAY())
    (certificate,) = found.certificates.all()
    assert (certificate.name, certificate.given_on) == ("Svanemærket", date(2025, 3, 1))


def test_what_the_secretariat_keeps_is_not_for_members(baker: Member, log_in: LogIn):
    typed = {**BY_SECRETARIAT, "name": "Andet", "mailbox": "x@example.org", "in_taskforce": ""}
    send(log_in(baker), **typed, rsv_seen="2026-01-02")

    found = bageren()
    assert (found.name, found.mailbox, found.in_taskforce) == ("Bageren", "", True)
    assert found.rsv_seen_on is None


@pytest.mark.parametrize("who", ["stranger", "member of another", "former member"])
def test_nobody_else_edits_it(baker: Member, log_in: LogIn, who: str):
    Member.objects.filter(pk=baker.pk).update(to_date=TODAY())
    others = {"member of another": make_member(), "former member": baker}
    browser = log_in(others[who]) if who in others else Client()

    answers = [browser.get("/organisationer/bageren/ret/"), send(browser)]

    expected = {"stranger": 302, "member of another": 404, "former member": 403}[who]
    assert [answer.status_code for answer in answers] == [expected, expected]
    assert bageren().line == ""


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"cvr": "1234567"}, "cvr", "Et CVR-nummer har otte cifre, for eksempel 12345678."),
        ({"cvr": "١٢٣٤٥٦٧٨"}, "cvr", "Et CVR-nummer har otte cifre, for eksempel 12345678."),
        (
            {"delivers": ["15", "55", "98", "90", "77", "79"]},
            "delivers",
            "Vælg højst 5; du har valgt 6.",
        ),
        ({"is_found": "on"}, "delivers", "Sig, hvad I leverer, så købere finder jer."),
        (
            {"says_rsv": "on"},
            "cvr",
            "En registreret socialøkonomisk virksomhed har et CVR-nummer.",
        ),
        ({"upload": upload(b"no picture")}, "upload", None),
        ({"upload": upload(image())}, "logo_alt", "Sig med ord, hvad logoet viser."),
        ({"kind": "nonsense"}, "kind", None),
        ({"municipality": "999"}, "municipality", None),
        ({"delivers_to": ["999"]}, "delivers_to", None),
        ({"website": "javascript:alert(1)"}, "website", None),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_keeps_the_rest(
    baker: Member, log_in: LogIn, typed: dict[str, Any], field: str, said: str | None
):
    for file in (value for name, value in typed.items() if name == "upload"):
        file.seek(0)
    page = send(log_in(baker), **typed)

    assert page.status_code == 200
    assert list(errors(page)) == [field]
    assert said is None or errors(page)[field] == [said]
    assert "Bager brød." in page.content.decode()
    assert bageren().line == ""


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"certifikat-0-name": "RSV", "certifikat-0-given_on": ""}, "given_on"),
        ({"certifikat-0-name": "", "certifikat-0-given_on": "1.3.2025"}, "name"),
        ({"certifikat-0-name": "RSV", "certifikat-0-given_on": "1.3.2099"}, "given_on"),
        ({"certifikat-0-name": "RSV", "certifikat-0-given_on": "snart"}, "given_on"),
    ],
)
def test_certificate_has_a_name_and_a_day_that_has_come(
    baker: Member, log_in: LogIn, row: dict[str, str], field: str
):
    page = send(log_in(baker), **row)

    assert list(page.context["certificates"].forms[0].errors) == [field]
    assert not Certificate.objects.exists()


def test_emptied_row_removes_a_certificate(db: None, log_in: LogIn):
    listed = make_listed("Bageren")
    own = {"logo_alt": "Et brød", "certifikat-0-name": "", "certifikat-0-given_on": ""}

    send(log_in(make_member(listed)), **own)

    assert not listed.certificates.exists()


def test_unusual_cvr_number_is_taken_with_a_warning(baker: Member, log_in: LogIn):
    browser = log_in(baker)

    send(browser, cvr="12345678")

    assert bageren().cvr == "12345678"
    assert "12345678 ligner ikke et almindeligt nummer" in browser.get("/").content.decode()


def test_usual_cvr_number_brings_no_warning(baker: Member, log_in: LogIn):
    browser = log_in(baker)

    send(browser, cvr="13585628")

    assert bageren().cvr == "13585628"
    assert "almindeligt nummer" not in browser.get("/").content.decode()


def test_who_saves_second_sees_both(baker: Member, log_in: LogIn):
    send(log_in(baker), line="Den førstes linje")

    page = send(log_in(make_member(baker.organisation)), line="Den andens linje")

    text = page.content.decode()
    assert "Den førstes linje" in text and "Den andens linje" in text
    assert bageren().line == "Den førstes linje"


def test_conflict_tells_choices_in_words(baker: Member, log_in: LogIn):
    send(log_in(baker), delivers=["15"])

    page = send(log_in(make_member(baker.organisation)), delivers=["55"])

    assert ("Hvad I leverer", "Mad og drikke") in page.context["form"].theirs


def test_logo_becomes_a_square_of_ours_and_a_new_one_replaces_it(
    baker: Member, log_in: LogIn, tmp_path: Path, django_capture_on_commit_callbacks: Any
):
    browser = log_in(baker)

    for version in ("1", "2"):
        file = upload(image((800, 300), "PNG"), "logo.png")
        with django_capture_on_commit_callbacks(execute=True):
            send(browser, version=version, upload=file, logo_alt="Et brød")

    found = bageren()
    kept = sorted(file.name for file in (tmp_path / "logos").iterdir())
    assert kept == sorted(Path(str(name)).name for name in (found.logo, found.logo_small))
    address = f"/organisationer/bageren/logo/{Path(found.logo.name).name}"
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=600"
    page = Client().get("/organisationer/bageren/").content.decode()
    assert f'<meta property="og:image" content="http://localhost:8000{address}">' in page
    assert 'alt="Et brød"' in page


def test_logo_is_taken_away(db: None, log_in: LogIn, tmp_path: Path, settings: Any):
    settings.MEDIA_ROOT = tmp_path
    listed = make_listed("Bageren")
    former = f"/organisationer/bageren/logo/{Path(listed.logo.name).name}"

    send(log_in(make_member(listed)), take_logo_away="on")

    assert bageren().logo.name == ""
    assert Client().get(former).status_code == 404
    assert Client().get("/organisationer/bageren/").status_code == 200


def test_chosen_logo_is_kept_while_the_form_is_refused(baker: Member, log_in: LogIn):
    browser = log_in(baker)
    page = send(browser, upload=upload(image()), logo_alt="Et brød", cvr="1")

    send(browser, logo_alt="Et brød", **kept_in(page))

    assert bageren().logo


def test_logo_is_found_by_no_other_name(db: None, client: Client):
    make_listed("Bageren")

    assert client.get("/organisationer/bageren/logo/0.png").status_code == 404


def test_logo_of_a_silent_organisation_is_not_served(db: None, client: Client):
    listed = make_listed("Bageren", unanswered=HIDDEN)

    name = Path(listed.logo.name).name
    assert client.get(f"/organisationer/bageren/logo/{name}").status_code == 404


def test_changed_name_stays_as_a_former_one(baker: Member, log_in: LogIn):
    secretary = log_in(make_secretary())

    send(secretary, **{**BY_SECRETARIAT, "name": "Brødhuset", "former_names": "BH"})

    found = bageren()
    assert (found.name, found.former_names) == ("Brødhuset", ["BH", "Bageren"])
    assert "Bageren" in secretary.get("/organisationer/bageren/").content.decode()


def test_name_that_is_only_spelled_otherwise_is_no_former_one(baker: Member, log_in: LogIn):
    send(log_in(make_secretary()), **{**BY_SECRETARIAT, "name": "BAGEREN"})

    assert (bageren().name, bageren().former_names) == ("BAGEREN", [])


def test_name_of_another_is_refused(baker: Member, log_in: LogIn):
    make_organisation("Odense Kommune", former_names=["OK"])

    page = send(log_in(make_secretary()), **{**BY_SECRETARIAT, "name": "ok"})

    assert list(errors(page)) == ["name"]


def test_secretariat_does_not_confirm_for_others(baker: Member, log_in: LogIn):
    long_ago = TODAY() - timedelta(days=500)
    Organisation.objects.update(confirmed_on=long_ago, unanswered=2)

    send(log_in(make_secretary()), **BY_SECRETARIAT)
    assert (bageren().confirmed_on, bageren().unanswered) == (long_ago, 2)

    send(log_in(baker), version="2")
    assert (bageren().confirmed_on, bageren().unanswered) == (TODAY(), 0)


# Who the contact is


def test_only_the_person_makes_themselves_the_contact(baker: Member, log_in: LogIn):
    secretary = log_in(make_secretary())

    send(secretary, **BY_SECRETARIAT, is_contact="on")
    assert bageren().contact is None

    send(log_in(baker), version="2", is_contact="on")
    send(log_in(make_member(baker.organisation)), version="3")  # a colleague saves something else
    assert bageren().contact == baker

    send(log_in(baker), version="4")
    assert bageren().contact is None


@pytest.mark.parametrize(
    ("visibility", "is_read"), [(NameVisibility.PUBLIC, True), (NameVisibility.NOBODY, False)]
)
def test_contact_is_named_where_they_agreed(
    baker: Member, client: Client, visibility: NameVisibility, is_read: bool
):
    Organisation.objects.update(contact=baker)
    Member.objects.update(name_visibility=visibility)

    page = client.get("/organisationer/bageren/")

    assert (baker.user.name in page.content.decode()) is is_read
    assert baker.user.email not in page.content.decode()
    assert (page.context["contact"] is not None) is is_read


# What the page says of RSV


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rsv_seen_on": 0}, "Ifølge CVR, set {day} af sekretariatet"),
        ({"rsv_seen_on": 400}, "Ifølge CVR; ikke tjekket siden {day}"),
        ({"rsv_said_on": 3}, "Oplyser det selv, {day}"),
        ({"rsv_said_on": 366}, "Oplyser det selv; ikke tjekket siden {day}"),
        ({"rsv_said_on": 3, "rsv_seen_on": 9}, "Ifølge CVR, set {day} af sekretariatet"),
    ],
)
def test_rsv_names_its_source_and_day(db: None, client: Client, fields: dict[str, int], said: str):
    from django.utils.formats import date_format

    days = {name: TODAY() - timedelta(days=ago) for name, ago in fields.items()}
    make_organisation("Bageren", **days)

    page = lxml.html.fromstring(client.get("/organisationer/bageren/").content)

    day = date_format(days.get("rsv_seen_on") or days["rsv_said_on"])
    texts = [" ".join(dd.text_content().split()) for dd in page.xpath("//dd")]
    assert said.format(day=day) in texts


def test_nothing_is_said_of_who_is_not_registered(db: None, client: Client):
    make_organisation("Bageren")

    assert "RSV" not in client.get("/organisationer/bageren/").content.decode()


def test_supply_is_shown_to_nobody_where_buyers_may_not_find_them(db: None, client: Client):
    listed = make_listed("Bageren")
    page = client.get("/organisationer/bageren/").content.decode()
    told = ("Mad og drikke", "Region Syddanmark", "Frokost til 200", "Svanemærket")
    assert all(words in page for words in told)

    Organisation.objects.filter(pk=listed.pk).update(is_found=False)
    page = client.get("/organisationer/bageren/").content.decode()
    assert [words for words in told if words in page] == []
    assert "Spørg om et tilbud" not in page


@pytest.mark.parametrize(("unanswered", "is_said"), [(1, False), (2, True)])
def test_page_says_that_nobody_confirmed_it(
    db: None, client: Client, unanswered: int, is_said: bool
):
    make_listed("Bageren", unanswered=unanswered)

    page = client.get("/organisationer/bageren/").content.decode()

    assert ("Ikke bekræftet siden" in page) is is_said
    assert "Bager brød til kantiner." in page


def test_count_of_certificates_is_bounded(baker: Member, log_in: LogIn):
    page = send(log_in(baker), **{**ROWS, "certifikat-TOTAL_FORMS": "100000"})

    assert len(page.context["certificates"].forms) == 6 if page.status_code == 200 else True
