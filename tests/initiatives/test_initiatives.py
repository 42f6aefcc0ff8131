"""Initiatives that members join."""

from initiatives.models import Participation
from tests.factories import make_initiative


def test_organisation_joins_an_initiative_once_and_leaves(as_member, member):
    initiative = make_initiative("Guide", state="running")

    for _ in range(2):
        assert as_member.post("/indsatser/guide/deltag/").url == "/indsatser/guide/"
    assert Participation.objects.get().organisation == member.organisation
    assert as_member.get("/indsatser/guide/").context["takes_part"]

    as_member.post("/indsatser/guide/forlad/")
    assert not initiative.participations.exists()


def test_nobody_joins_what_is_done(as_member):
    make_initiative("Guide", state="done")

    assert as_member.post("/indsatser/guide/deltag/").status_code == 404


def test_initiatives_are_filtered_by_state_and_words(client, db):
    make_initiative("Guide til indkøb", state="running")
    make_initiative("Besøgsdag", state="proposed")

    def titles(query: str) -> list[str]:
        return [row["title"] for row in client.get(f"/indsatser/?{query}").context["rows"]]

    assert titles("") == ["Besøgsdag", "Guide til indkøb"]
    assert titles("status=running") == ["Guide til indkøb"]
    assert titles("q=indkøbene") == ["Guide til indkøb"]
