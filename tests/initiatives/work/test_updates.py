"""The lead posts updates: a text, a state, a percentage, a link or a file."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from barriers.models import BarrierState
from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import ending, updates
from initiatives.work.forms import ProgressForm
from taskforce.activity.models import Activity, Verb
from taskforce.core import kept_files
from taskforce.members.models import Member
from tests.conftest import LogIn, put_away
from tests.core.keeping import kept_in
from tests.factories import (
    make_barrier,
    make_initiative,
    make_member,
    make_secretary,
)
from tests.initiatives.work.starts import days_ahead, today
from tests.racing import at_once
from tests.refusing import refused

HERE = "/indsatser/guide/"
POST = f"{HERE}fremdrift/"


@pytest.fixture
def led(member: Member) -> Initiative:
    return make_initiative("Guide", lead=member.organisation, state="proposed")


def a_file(name: str = "Rapport.pdf", content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def texts(initiative: Initiative) -> list[str]:
    return [*initiative.updates.order_by("pk").values_list("text", flat=True)]


def test_lead_posts_an_update(as_member, member, led, client):
    barrier = make_barrier()
    led.barriers.add(barrier)
    review = days_ahead(60)

    answer = as_member.post(
        POST,
        {
            "text": "Seks er med",
            "percent": "40",
            "link": "https://example.org/rapport",
            "new_state": "running",
            "review_on": review,
        },
    )

    assert answer.url == HERE
    update, found = InitiativeUpdate.objects.get(), Initiative.objects.get()
    assert (update.organisation, update.told_on) == (member.organisation, today())
    assert (update.state, found.state, str(found.review_on)) == ("running", "running", review)
    assert found.version == 2
    page = client.get(HERE).content.decode()
    for words in ("Seks er med", "40 %", 'href="https://example.org/rapport"', ">example.org<"):
        assert words in page
    assert client.get(HERE).context["percent"] == 40
    barrier.refresh_from_db()
    assert barrier.state == BarrierState.ADDRESSED
    assert [row["percent"] for row in client.get("/").context["initiatives"]] == [40]


def test_empty_fields_change_nothing(as_member, led):
    Initiative.objects.update(review_on=today() + timedelta(days=5), state="running")

    as_member.post(POST, {"text": "Stadig i gang"})

    found = Initiative.objects.get()
    assert (found.state, found.review_on) == ("running", today() + timedelta(days=5))
    assert (found.version, InitiativeUpdate.objects.get().state) == (1, "")


def test_back_to_proposed_opens_its_barriers(as_member, led):
    barrier = make_barrier(state=BarrierState.ADDRESSED)
    led.barriers.add(barrier)
    Initiative.objects.update(state="running")

    as_member.post(POST, {"text": "Vi venter", "new_state": "proposed"})

    barrier.refresh_from_db()
    assert barrier.state == BarrierState.OPEN


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"percent": "101"}, "percent"),
        ({"percent": "-1"}, "percent"),
        ({"percent": "halvt"}, "percent"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"review_on": days_ahead(-1)}, "review_on"),
        ({"new_state": "done"}, "new_state"),
    ],
)
def test_form_marks_bad_input_and_keeps_what_was_typed(as_member, led, typed, field):
    page = as_member.post(POST, {"text": "Min lange tekst", **typed})

    assert list(page.context["form"].errors) == [field]
    assert typed.get("text", "Min lange tekst") in page.content.decode()
    assert not InitiativeUpdate.objects.exists()


def test_nobody_but_lead_and_secretariat_posts(client: Client, log_in: LogIn, led):
    for browser, status in (
        (client, 302),
        (log_in(make_member()), 404),
        (log_in(make_member(to_date=today())), 403),
    ):
        assert browser.get(POST).status_code == status
        assert browser.post(POST, {"text": "x"}).status_code == status
    assert not InitiativeUpdate.objects.exists()


def test_secretariat_posts(log_in: LogIn, led):
    assert log_in(make_secretary()).post(POST, {"text": "Fra os"}).status_code == 302
    assert texts(led) == ["Fra os"]


def test_two_posts_at_once_are_both_saved(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation)
    barrier = make_barrier()
    led.barriers.add(barrier)

    def post(text: str) -> InitiativeUpdate:
        form = ProgressForm({"text": text, "new_state": "running"}, initiative=led, keeper=None)
        assert form.is_valid()
        return updates.post(initiative=led, form=form, by=by)

    posted = at_once(partial(post, "En"), partial(post, "To"))
    assert [update.text for update in posted] == ["En", "To"]
    assert sorted(texts(led)) == ["En", "To"]
    # The state changed once, so one update has it.
    assert sorted(led.updates.values_list("state", flat=True)) == ["", "running"]
    assert Activity.objects.filter(target_type__model="barrier").count() == 1


def test_post_twice_at_once_is_saved_once(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation)

    def post() -> InitiativeUpdate:
        form = ProgressForm({"text": "Seks er med", "percent": "40"}, initiative=led, keeper=None)
        assert form.is_valid()
        return updates.post(initiative=led, form=form, by=by)

    assert at_once(post, post) == [InitiativeUpdate.objects.get()] * 2
    assert texts(led) == ["Seks er med"]


def test_post_refuses_where_the_initiative_has_ended(as_member, member, led):
    form = ProgressForm({"text": "For sent"}, initiative=led, keeper=None)
    ending.end(initiative=led, state="stopped", outcome="Nej", by=member)

    assert form.is_valid()
    with refused("The initiative has ended in the meantime. Nothing was changed."):
        updates.post(initiative=led, form=form, by=member)
    assert texts(led) == ["Nej"]
    assert as_member.get(POST).url == HERE


# Files


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_everybody_downloads_a_file_as_an_attachment(as_member, led, client, media):
    as_member.post(POST, {"text": "Se her", "file": a_file("Løsning nr. 1.pdf")})

    update = InitiativeUpdate.objects.get()
    page = client.get(HERE).content.decode()
    assert "Løsning_nr._1.pdf" in page
    assert f'href="{HERE}fil/{update.pk}/"' in page
    answer = client.get(f"{HERE}fil/{update.pk}/")
    assert answer.getvalue() == b"%PDF-1.7"
    put_away(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.post(f"{HERE}fil/{update.pk}/").status_code == 405
    assert client.get(f"/indsatser/anden/fil/{update.pk}/").status_code == 404


def test_lost_file_is_not_found(client, led, media):
    update = led.updates.create(organisation=led.lead, text="x", file="indsatser/vaek.pdf")
    plain = led.updates.create(organisation=led.lead, text="x")

    assert client.get(f"{HERE}fil/{update.pk}/").status_code == 404
    assert client.get(f"{HERE}fil/{plain.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["side.html", "billede.svg", "program.exe", "pdf"])
def test_form_refuses_files_that_could_run(as_member, led, media, name):
    page = as_member.post(POST, {"text": "Se her", "file": a_file(name)})

    assert list(page.context["form"].errors) == ["file"]
    assert not InitiativeUpdate.objects.exists()
    assert not [*media.rglob("*.*")]


def test_form_refuses_a_large_file(as_member, led, media, monkeypatch):
    monkeypatch.setattr("initiatives.work.forms.LARGEST", 5)

    page = as_member.post(f"/en{POST}", {"text": "Se her", "file": a_file()})

    assert "over 20 MB" in str(page.context["form"].errors["file"])
    assert kept_files.LARGEST == 20 * 1024 * 1024


def test_form_with_an_error_keeps_the_file(as_member, led, media):
    page = as_member.post(POST, {"text": "", "file": a_file()})
    assert list(page.context["form"].errors) == ["text"]
    assert "Rapport.pdf" in page.content.decode()

    as_member.post(POST, {"text": "Se her", **kept_in(page)})

    assert InitiativeUpdate.objects.get().attached == "Rapport.pdf"


def test_participant_tells_on_its_own_behalf(as_member, member, client):
    initiative = make_initiative("Guide", state="running")
    assert as_member.get(POST).status_code == 404
    initiative.participations.create(organisation=member.organisation)

    page = as_member.get(POST)
    assert [*page.context["form"].fields] == ["text", "link", "file"]
    assert member.organisation.name in page.content.decode()
    more = {"percent": "100", "new_state": "proposed", "review_on": days_ahead(9)}
    as_member.post(POST, {"text": "Vi har prøvet det", **more})

    update, found = InitiativeUpdate.objects.get(), Initiative.objects.get()
    assert (update.organisation, update.percent, update.state) == (member.organisation, None, "")
    assert (found.state, found.review_on, found.version) == ("running", initiative.review_on, 1)
    assert f'<strong lang="da">{member.organisation}</strong>' in client.get(HERE).content.decode()


@pytest.mark.parametrize("end", ["ret", "afslut"])
def test_participant_neither_edits_nor_ends(as_member, member, end):
    make_initiative("Guide").participations.create(organisation=member.organisation)

    assert as_member.get(f"{HERE}{end}/").status_code == 404


def test_participants_page_leads_to_telling(as_member, member):
    initiative = make_initiative("Guide")
    assert POST not in as_member.get(HERE).content.decode()
    initiative.participations.create(organisation=member.organisation)

    for page in (HERE, "/min-side/"):
        assert POST in as_member.get(page).content.decode()


def test_participants_who_say_the_same_are_both_told(led, member):
    other = make_member()
    for who in (member, other, other):
        form = ProgressForm({"text": "Ens"}, initiative=led, leads=who == member, keeper=who.user)
        assert form.is_valid()
        updates.post(initiative=led, form=form, by=who)

    told = [update.organisation for update in led.updates.order_by("pk")]
    assert told == [member.organisation, other.organisation]


# The act


def posted(initiative: Initiative, by: Member, **typed: str) -> InitiativeUpdate:
    form = ProgressForm({"text": "Seks er med", **typed}, initiative=initiative, keeper=None)
    assert form.is_valid(), form.errors
    return updates.post(initiative=initiative, form=form, by=by)


def test_post_saves_an_update_and_what_changes_with_it(led, member):
    barrier = make_barrier()
    led.barriers.add(barrier)

    update = posted(led, member, new_state="running", review_on=days_ahead(9), percent="10")

    led.refresh_from_db()
    barrier.refresh_from_db()
    assert update == led.updates.get()
    assert (update.organisation, update.state, update.percent) == (
        member.organisation,
        "running",
        10,
    )
    assert (led.state, str(led.review_on), led.version) == ("running", days_ahead(9), 2)
    assert barrier.state == BarrierState.ADDRESSED
    recorded = Activity.objects.filter(target_type__model="initiativeupdate")
    assert [*recorded.values_list("verb", flat=True)] == [Verb.ADDED]


def test_post_without_changes_leaves_the_version(led, member):
    update = posted(led, member)

    led.refresh_from_db()
    assert (update.state, led.state, led.version) == ("", "proposed", 1)


def test_post_of_a_review_date_leaves_barriers_alone(led, member):
    barrier = make_barrier(state=BarrierState.ADDRESSED)
    led.barriers.add(barrier)

    posted(led, member, review_on=days_ahead(9))

    barrier.refresh_from_db()
    assert barrier.state == BarrierState.ADDRESSED


def test_post_of_the_same_text_returns_the_first_update(led, member):
    first = posted(led, member, percent="10")

    assert posted(led, member, percent="10") == first
    assert posted(led, member, percent="20") != first
    assert texts(led) == ["Seks er med"] * 2


def test_page_keeps_the_text_where_somebody_ended_the_initiative(
    as_member, member, led, monkeypatch
):
    post = updates.post

    def beaten(**given):
        ending.end(initiative=led, state="done", outcome="Færdig", by=member)
        return post(**given)

    monkeypatch.setattr(updates, "post", beaten)

    page = as_member.post(f"/en{POST}", {"text": "Min tekst"})

    assert "The initiative has ended in the meantime." in page.content.decode()
    assert "Min tekst" in page.content.decode()
