"""The secretariat's page: what means the same, what a word becomes, what was looked for in vain."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.front.models import MissedSearch, SynonymGroup
from taskforce.front.search import missing
from tests.factories import make_barrier

PAGE = "/sekretariat/soegning/"


def test_a_word_is_added_and_finds_what_the_other_would(as_secretary: Client, client):
    make_barrier("Licitationer tager tid")
    assert client.get("/soeg/?q=udbudsrunde").context["found"].rows == []

    sent = as_secretary.post(f"{PAGE}ord/", {"danish": "udbudsrunde\nlicitation", "english": ""})

    assert sent.headers["Location"] == PAGE
    (hit,) = client.get("/soeg/?q=udbudsrunden").context["hits"]
    assert hit.title == "Licitationer tager tid"


def test_english_words_find_danish_texts(client, db):
    make_barrier("Udbud tager tid")
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.create(danish="udbud", english="call for tenders")

    (hit,) = client.get("/en/soeg/?q=call+for+tenders").context["hits"]

    assert hit.title == "Udbud tager tid"


def test_one_word_alone_is_refused_and_stays(as_secretary: Client):
    page = as_secretary.post(f"{PAGE}ord/", {"danish": "udbud", "english": ""})

    assert page.context["form"].non_field_errors() == [
        "Skriv mindst to ord, der betyder det samme."
    ]
    assert page.context["form"]["danish"].value() == "udbud"


def test_words_are_changed_and_deleted(as_secretary: Client):
    group = SynonymGroup.objects.create(danish="en\nto")

    as_secretary.post(f"{PAGE}ord/{group.pk}/", {"danish": "en\ntre", "english": "three"})
    group.refresh_from_db()
    assert group.words == ["en", "tre", "three"]

    as_secretary.post(f"{PAGE}ord/{group.pk}/slet/")
    as_secretary.post(f"{PAGE}ord/{group.pk}/slet/")
    assert not SynonymGroup.objects.filter(pk=group.pk).exists()


def test_the_page_tells_what_a_word_becomes(as_secretary: Client):
    SynonymGroup.objects.create(danish="udbudsloven\nlov om udbud")

    tried = as_secretary.get(PAGE, {"proev": "udbudsloven"}).context["tried"]

    assert tried.stems == ["lov", "udbud", "udbudslov"]
    assert (tried.others, tried.parts) == (["lov om udbud"], ["lov", "udbud"])


def test_searches_in_vain_are_counted_without_who_looked(client, db, as_secretary: Client):
    for _ in range(2):
        client.get("/soeg/", {"q": "Xylofonist"})

    (missed,) = as_secretary.get(PAGE).context["missed"]

    assert (missed.words, missed.times) == ("xylofonist", 2)
    names = {field.name for field in MissedSearch._meta.get_fields()}
    assert names == {"id", "words", "times", "last_on"}


@pytest.mark.parametrize("words", ["kim@example.org", "010203-1234", "+45 12 34 56 78", "x" * 90])
def test_what_may_tell_of_a_person_is_not_kept(client, db, words: str):
    client.get("/soeg/", {"q": words})

    assert not MissedSearch.objects.exists()


def test_no_more_are_kept_than_somebody_reads(db, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(missing, "MOST", 2)

    for words in ("en", "to", "tre"):
        missing.note(words)

    assert MissedSearch.objects.count() == 2


def test_they_are_forgotten_after_ninety_days(db):
    today = timezone.localdate()
    for days in (90, 91):
        MissedSearch.objects.create(words=str(days), last_on=today - timedelta(days=days))

    missing.forget()

    assert [*MissedSearch.objects.values_list("words", flat=True)] == ["90"]
