"""The lead tells how it goes: words, state, percent, a link or a file, and milestones reached."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from barriers.models import BarrierState
from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import ending, milestones, updates
from initiatives.work.forms import ProgressForm
from meetings.materials import forms as material_forms
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.conftest import LogIn, put_away
from tests.factories import (
    make_barrier,
    make_initiative,
    make_member,
    make_milestone,
    make_secretary,
)
from tests.initiatives.work.starts import days_ahead, today
from tests.racing import at_once
from tests.refusing import refused

HERE = "/indsatser/guide/"
TELL = f"{HERE}fremdrift/"


@pytest.fixture
def led(member: Member) -> Initiative:
    return make_initiative("Guide", lead=member.organisation, state="proposed")


def a_file(name: str = "Rapport.pdf", content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def told(initiative: Initiative) -> list[str]:
    return [*initiative.updates.order_by("pk").values_list("text", flat=True)]


def test_lead_tells_how_it_goes(as_member, member, led, client):
    barrier = make_barrier()
    led.barriers.add(barrier)
    review = days_ahead(60)

    answer = as_member.post(
        TELL,
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


def test_what_stays_empty_stays_as_it_is(as_member, led):
    Initiative.objects.update(review_on=today() + timedelta(days=5), state="running")

    as_member.post(TELL, {"text": "Stadig i gang"})

    found = Initiative.objects.get()
    assert (found.state, found.review_on) == ("running", today() + timedelta(days=5))
    assert (found.version, InitiativeUpdate.objects.get().state) == (1, "")


def test_back_to_proposed_lets_its_barriers_go(as_member, led):
    barrier = make_barrier(state=BarrierState.ADDRESSED)
    led.barriers.add(barrier)
    Initiative.objects.update(state="running")

    as_member.post(TELL, {"text": "Vi venter", "new_state": "proposed"})

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
def test_bad_news_is_said_at_its_field_and_keeps_what_was_typed(as_member, led, typed, field):
    page = as_member.post(TELL, {"text": "Min lange tekst", **typed})

    assert list(page.context["form"].errors) == [field]
    assert typed.get("text", "Min lange tekst") in page.content.decode()
    assert not InitiativeUpdate.objects.exists()


def test_others_tell_nothing(client: Client, log_in: LogIn, led):
    for browser, status in (
        (client, 302),
        (log_in(make_member()), 404),
        (log_in(make_member(to_date=today())), 403),
    ):
        assert browser.get(TELL).status_code == status
        assert browser.post(TELL, {"text": "x"}).status_code == status
    assert not InitiativeUpdate.objects.exists()


def test_secretariat_tells_too(log_in: LogIn, led):
    assert log_in(make_secretary()).post(TELL, {"text": "Fra os"}).status_code == 302
    assert told(led) == ["Fra os"]


def test_two_who_tell_at_once_are_both_heard(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation)
    barrier = make_barrier()
    led.barriers.add(barrier)

    def tell(text: str) -> InitiativeUpdate:
        form = ProgressForm({"text": text, "new_state": "running"}, initiative=led)
        assert form.is_valid()
        return updates.post(initiative=led, form=form, by=by)

    posted = at_once(partial(tell, "En"), partial(tell, "To"))
    assert [update.text for update in posted] == ["En", "To"]
    assert sorted(told(led)) == ["En", "To"]
    # The state changed once, and is told once.
    assert sorted(led.updates.values_list("state", flat=True)) == ["", "running"]
    assert Activity.objects.filter(target_type__model="barrier").count() == 1


def test_pressed_twice_it_is_told_once(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation)

    def tell() -> InitiativeUpdate:
        form = ProgressForm({"text": "Seks er med", "percent": "40"}, initiative=led)
        assert form.is_valid()
        return updates.post(initiative=led, form=form, by=by)

    assert at_once(tell, tell) == [InitiativeUpdate.objects.get()] * 2
    assert told(led) == ["Seks er med"]


def test_ended_meanwhile_the_text_is_kept_and_nothing_told(as_member, member, led):
    form = ProgressForm({"text": "For sent"}, initiative=led)
    ending.end(initiative=led, state="stopped", outcome="Nej", by=member)

    assert form.is_valid()
    with refused("The initiative has ended meanwhile. Nothing was changed."):
        updates.post(initiative=led, form=form, by=member)
    assert told(led) == ["Nej"]
    assert as_member.get(TELL).status_code == 404


# Files


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_file_is_fetched_as_an_attachment_by_everybody(as_member, led, client, media):
    as_member.post(TELL, {"text": "Se her", "file": a_file("Løsning nr. 1.pdf")})

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


def test_file_that_is_gone_is_not_found(client, led, media):
    update = led.updates.create(organisation=led.lead, text="x", file="indsatser/vaek.pdf")
    plain = led.updates.create(organisation=led.lead, text="x")

    assert client.get(f"{HERE}fil/{update.pk}/").status_code == 404
    assert client.get(f"{HERE}fil/{plain.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["side.html", "billede.svg", "program.exe", "pdf"])
def test_kinds_of_files_that_could_run_are_refused(as_member, led, media, name):
    page = as_member.post(TELL, {"text": "Se her", "file": a_file(name)})

    assert list(page.context["form"].errors) == ["file"]
    assert not InitiativeUpdate.objects.exists()
    assert not [*media.rglob("*.*")]


def test_large_file_is_refused(as_member, led, media, monkeypatch):
    monkeypatch.setattr("initiatives.work.forms.LARGEST", 5)

    page = as_member.post(f"/en{TELL}", {"text": "Se her", "file": a_file()})

    assert "over 20 MB" in str(page.context["form"].errors["file"])
    assert material_forms.LARGEST == 20 * 1024 * 1024


def test_file_or_link_and_a_fault_elsewhere_asks_for_the_file_again(as_member, led, media):
    sent = {"text": "Se her", "link": "https://example.org/", "file": a_file()}
    page = as_member.post(TELL, sent)
    assert list(page.context["form"].errors) == ["link", "file"]

    page = as_member.post(f"/en{TELL}", {"text": "", "file": a_file()})
    assert list(page.context["form"].errors) == ["text", "file"]
    assert "Choose the file once more." in page.content.decode()
    assert not InitiativeUpdate.objects.exists()


# Milestones


def test_lead_ticks_a_milestone_off_and_takes_it_back(as_member, led):
    milestone = make_milestone(led, "Vi mødes")
    path = f"{HERE}milepael/{milestone.pk}/"

    for _ in range(2):
        assert as_member.post(f"{path}naaet/").url == f"{HERE}#milepaele"
    milestone.refresh_from_db()
    assert milestone.done_on == today()
    as_member.post(f"{path}ikke-naaet/")

    milestone.refresh_from_db()
    assert milestone.done_on is None
    # One goes through the list and ticks: that is told once.
    assert Activity.objects.filter(verb=Verb.CHANGED).count() == 1


@pytest.mark.parametrize("act", ["naaet", "ikke-naaet"])
def test_others_tick_nothing(client: Client, log_in: LogIn, led, act):
    milestone = make_milestone(led)
    path = f"{HERE}milepael/{milestone.pk}/{act}/"

    assert client.post(path).status_code == 302
    assert log_in(make_member()).post(path).status_code == 404
    assert log_in(make_secretary()).get(path).status_code == 405
    other = make_initiative("Anden", lead=led.lead)
    own = log_in(make_member(led.lead))
    assert own.post(f"{other.get_absolute_url()}milepael/{milestone.pk}/{act}/").status_code == 404
    milestone.refresh_from_db()
    assert milestone.done_on is None


def test_milestones_of_what_has_ended_stay(as_member, member, led):
    milestone = make_milestone(led)
    ending.end(initiative=led, state="done", outcome="Færdig", by=member)

    assert as_member.post(f"{HERE}milepael/{milestone.pk}/naaet/").status_code == 404
    milestone.initiative = led
    with refused("The initiative has ended meanwhile. Nothing was changed."):
        milestones.reach(milestone=milestone, by=member)


def test_tick_while_the_plan_is_saved_is_kept(as_member, led):
    """The form of the plan holds titles and days, and writes nothing else of a milestone."""
    from initiatives.work.forms import MilestoneFormSet
    from tests.initiatives.work.starts import rows

    milestone = make_milestone(led, "Vi mødes")
    row = {"id": milestone.pk, "title": "Vi ses", "due_on": milestone.due_on}
    planned = MilestoneFormSet(rows(row, there=1), instance=led)
    assert planned.is_valid()
    as_member.post(f"{HERE}milepael/{milestone.pk}/naaet/")
    planned.save()

    milestone.refresh_from_db()
    assert (milestone.title, milestone.done_on) == ("Vi ses", today())
