"""The page before a person is erased: what goes, and the texts to decide about."""

import pytest

from taskforce.front.erasing import acts, evidence
from taskforce.members.merging import people
from taskforce.members.models import Erasure, User
from tests.factories import make_barrier, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _var(settings, tmp_path):
    settings.VAR = tmp_path


def test_page_lists_the_texts_and_erases_once_one_is_sure(as_secretary):
    ea = make_member(user=make_user("ea@example.org", name="Ea Zackenberg")).user
    barrier = make_barrier(description="<p>Spørg Ea Zackenberg.</p>")
    url = f"/sekretariat/personer/{ea.pk}/slet/"
    key = f"barriers.barrier.{barrier.pk}.description"

    assert "Ea Zackenberg" in as_secretary.get(url).content.decode()
    unsure = as_secretary.post(url, {"texts": [key]})
    assert "Sæt kryds" in unsure.content.decode()
    assert unsure.context["form"]["texts"].value() == [key]
    answer = as_secretary.post(url, {"texts": [key], "is_sure": "on"})

    assert answer.url == "/sekretariat/personer/"
    barrier.refresh_from_db()
    assert barrier.description == "<p>Spørg en deltager.</p>"
    assert not User.objects.filter(name__contains="Zackenberg").exists()
    assert as_secretary.get(url).status_code == 404
    assert "Slettet person" not in as_secretary.get("/sekretariat/personer/").content.decode()


def test_erasing_is_the_secretariats_alone(as_member, client):
    ea = make_user("ea@example.org")

    assert as_member.get(f"/sekretariat/personer/{ea.pk}/slet/").status_code == 403
    assert client.post(f"/sekretariat/personer/{ea.pk}/slet/", {"is_sure": "on"}).status_code == 302
    assert User.objects.filter(pk=ea.pk, name=ea.name).exists()


def test_who_is_erased_has_no_page_and_no_way_in(as_secretary):
    ea = make_user("ea@example.org")
    page = f"/sekretariat/personer/{ea.pk}/"
    as_secretary.post(f"{page}slet/", {"is_sure": "on"})

    assert as_secretary.get(page).status_code == 404
    assert as_secretary.post(f"{page}aabn-login/").status_code == 404
    assert not User.objects.get(pk=ea.pk).is_active


def test_who_is_erased_is_merged_with_nobody(as_secretary):
    ea, bo = make_user("ea@example.org"), make_user("bo@example.org")
    as_secretary.post(f"/sekretariat/personer/{ea.pk}/slet/", {"is_sure": "on"})

    page = as_secretary.get(f"/sekretariat/personer/{bo.pk}/flet/", {"med": ea.pk})

    assert "med" in page.context["form"].errors
    assert as_secretary.get(f"/sekretariat/personer/{ea.pk}/flet/").status_code == 404


def test_double_goes_with_the_person_and_leads_to_nobody(as_secretary, secretary):
    ea = make_member(user=make_user("ea@example.org", name="Ea Zackenberg")).user
    double = make_user("ea.z@example.org", name="Ea Z")
    people.merge(gone=double, kept=ea, from_gone=set(), by=secretary.user)

    as_secretary.post(f"/sekretariat/personer/{ea.pk}/slet/", {"is_sure": "on"})

    double.refresh_from_db()
    assert "Ea Z" not in double.name
    assert not User.objects.filter(email="ea.z@example.org").exists()
    addresses = ("ea@example.org", "ea.z@example.org")
    told = {evidence.digest_of(email) for email in addresses}
    assert {*Erasure.objects.values_list("digest", flat=True)} == told


def test_double_is_erased_again_with_the_person(as_secretary, secretary):
    ea = make_member(user=make_user("ea@example.org", name="Ea Zackenberg")).user
    double = make_user("ea.z@example.org", name="Ea Z")
    people.merge(gone=double, kept=ea, from_gone=set(), by=secretary.user)
    for email in (ea.email, double.email):
        evidence.write(Erasure(person=0, digest=evidence.digest_of(email)))

    assert acts.repeat() == 2
    assert Erasure.objects.count() == 2


def test_oneself_is_told_why_not(as_secretary, secretary):
    url = f"/sekretariat/personer/{secretary.user_id}/slet/"

    page = as_secretary.post(url, {"is_sure": "on"})

    assert "Du kan ikke slette dig selv" in page.content.decode()
