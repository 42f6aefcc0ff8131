"""The secretariat keeps the themes of barriers."""

import pytest
from django.test import Client

from barriers.models import Theme
from tests.conftest import LogIn
from tests.factories import make_barrier, make_secretary, make_theme

THEMES = "/sekretariat/temaer/"


@pytest.fixture
def secretary(db: None, log_in: LogIn) -> Client:
    return log_in(make_secretary())


def test_list_counts_the_barriers_of_each_and_offers_to_delete_those_without(secretary: Client):
    used, unused = make_barrier().theme, make_theme("Aktuelt")

    page = secretary.get(THEMES)

    assert {theme: theme.number for theme in page.context["themes"]} == {used: 1, unused: 0}
    text = page.content.decode()
    assert f"{THEMES}{unused.slug}/slet/" in text
    assert f"{THEMES}{used.slug}/slet/" not in text


def test_list_without_themes_asks_for_the_first(secretary: Client):
    assert "Intet tema endnu" in secretary.get(THEMES).content.decode()


def test_new_theme_gets_an_address_from_its_name(secretary: Client):
    secretary.post(f"{THEMES}ny/", {"name": "Økonomi"})

    assert [*Theme.objects.values_list("name", "slug")] == [("Økonomi", "oekonomi")]


@pytest.mark.parametrize("name", ["", "LOVGIVNING", "x" * 61])
def test_name_that_is_none_or_taken_is_told_at_its_field(secretary: Client, name: str):
    make_theme("Lovgivning")

    page = secretary.post(f"{THEMES}ny/", {"name": name})

    assert [*page.context["form"].errors] == ["name"]
    assert Theme.objects.count() == 1


def test_renaming_keeps_the_address(secretary: Client):
    theme = make_theme("Lov")
    seen = secretary.get(f"{THEMES}{theme.slug}/").context["form"]["seen"].value()

    secretary.post(f"{THEMES}{theme.slug}/", {"name": "Lovgivning", "seen": seen})

    assert [*Theme.objects.values_list("name", "slug")] == [("Lovgivning", theme.slug)]


def test_second_writer_is_told_what_it_is_now(secretary: Client):
    theme = make_theme("Lov")
    seen = secretary.get(f"{THEMES}{theme.slug}/").context["form"]["seen"].value()
    Theme.objects.update(name="Love")

    page = secretary.post(f"{THEMES}{theme.slug}/", {"name": "Jura", "seen": seen})

    text = page.content.decode()
    assert ("Love" in text, "Jura" in text) == (True, True)
    assert Theme.objects.get().name == "Love"


def test_only_a_theme_without_barriers_is_deleted(secretary: Client):
    used, unused = make_barrier().theme, make_theme("Ubrugt")

    for theme in (used, unused):
        answer = secretary.post(f"{THEMES}{theme.slug}/slet/", follow=True)
        assert answer.status_code == 200

    assert [*Theme.objects.all()] == [used]
    assert secretary.post(f"{THEMES}{unused.slug}/slet/").status_code == 404
