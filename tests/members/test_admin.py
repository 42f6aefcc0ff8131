"""Django's admin holds reference data only, for the secretariat."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from taskforce.members.models import Member, User


def test_admin_holds_reference_data_only():
    held = {model._meta.label for model in admin.site._registry}

    assert held == {"members.User", "members.Member", "members.Organisation", "barriers.Theme"}
    assert apps.is_installed("procrastinate.contrib.django")  # which would register its jobs


def test_person_added_there_has_no_password(as_secretary: Client):
    sent = {"name": "Ea Ny", "email": "Ea@example.org", "is_active": "on"}

    as_secretary.post("/admin/members/user/add/", sent)

    user = User.objects.get(name="Ea Ny")
    assert (user.email, user.has_usable_password()) == ("ea@example.org", False)


def test_person_changed_there_keeps_the_password(as_secretary: Client, db: None):
    user = User.objects.create_user("bo@example.org", "secret-word", name="Bo")

    sent = {"name": "Bo Lund", "email": "bo@example.org", "is_active": "on"}
    as_secretary.post(f"/admin/members/user/{user.pk}/change/", sent)

    user.refresh_from_db()
    assert (user.name, user.check_password("secret-word")) == ("Bo Lund", True)


@pytest.mark.parametrize("path", ["/admin/", "/admin/members/user/"])
def test_admin_is_for_the_secretariat(client: Client, as_member: Client, db: None, path: str):
    assert [browser.get(path).status_code for browser in (client, as_member)] == [302, 302]


def test_log_in_to_the_admin_is_the_portals(client: Client, db: None):
    assert client.get("/admin/login/").url.startswith("/konto/login/code/")


def test_days_out_of_reach_are_refused_there_too(as_secretary: Client, member: Member):
    sent = {"user": member.user.pk, "organisation": member.organisation.pk, "role": "member"}

    page = as_secretary.post(
        f"/admin/members/member/{member.pk}/change/", sent | {"from_date": "31.12.9999"}
    )

    errors = page.context["adminform"].form.errors
    assert errors["from_date"] == ["Vælg en dag mellem 1. januar 1990 og 31. december 2099."]
