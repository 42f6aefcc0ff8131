"""Icons, patterns, monograms and soft hyphens as templates ask for them."""

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from taskforce.core.differences import Piece
from taskforce.core.templatetags.look import letters, marked, soft


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Odense Kommune", "OK"),
        ("Comdia", "Co"),
        ("Den Sociale Kapitalfond", "SK"),
        ("KAB", "KAB"),
        ("Sociale Entreprenører i Danmark", "SED"),
        ("Reach for Change", "RC"),
        ("fonden", "fo"),
        ("3F", "3F"),
        ("…", "–"),
    ],
)
def test_letters_stand_for_a_name(name: str, expected: str) -> None:
    assert letters(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kommune", "kommune"),
        ("Eksempelnetværket", "Eksempel-netværket"),
        ("Konsulenthuset for Socialøkonomi", "Konsulent-huset for Social-økonomi"),
        ("Tilgængelighedserklæring", "Til-gæn-ge-lig-heds-erklæring"),
        ("administrationen", "admi-ni-stra-tio-nen"),
        ("virksomhedsnetværk", "virksomheds-netværk"),
        ("virksomhedsplan", "virksomheds-plan"),
        ("Erhvervslivets", "Erhvervs-livets"),
        ("indkøbskonsulenten", "indkøbs-konsulenten"),
        ("netværksadressen", "netværks-adressen"),
        ("Ringstedværkstedet", "Ringsted-værkstedet"),
        ("Indkøbskonsulenten", "Indkøbs-konsulenten"),
        ("iværksætternes", "iværk-sæt-ter-nes"),
        ("sammenligningen", "sam-men-lig-nin-gen"),
        ("arbejdsintegrerende", "arbejds-integrerende"),
        ("anerkendelsesværdige", "anerkendelses-værdige"),
        ("finansieringsmuligheder", "finansierings-muligheder"),
        ("udsatteinitiativer", "udsatte-initiativer"),
        ("konkurrenceudsættelse", "konkurrence-udsættelse"),
        ("https://a.example/bbbbbbbbbbbbbbbb", "https://a.example/bbbbbbbbbbbbbbbb"),
        ("Velfærdsløsninger", "Velfærds-løsninger"),
    ],
)
def test_soft_breaks_long_words_between_syllables(text: str, expected: str) -> None:
    broken = soft(text)

    assert broken.replace("\N{SOFT HYPHEN}", "") == text
    assert broken.replace("\N{SOFT HYPHEN}", "-") == expected


def test_soft_lets_the_name_of_a_file_break_after_its_underscores() -> None:
    assert soft("3_maj_referat.docx") == "3_\u200bmaj_\u200breferat.docx"


def test_pattern_of_a_theme_that_is_not_known_is_one_of_ours() -> None:
    drawn = Template("{% pattern 'noget-andet' %}{% pattern 'oekonomi' %}").render(Context())

    assert drawn.count("<svg") == 2
    assert "#p-kapital" in drawn


@override("en")
def test_crumbs_are_a_landmark_with_a_name() -> None:
    drawn = Template("{% crumbs %}<a href='/'>A</a>{% endcrumbs %}").render(Context())

    assert drawn == """<nav class="crumbs" aria-label="You are here"><a href='/'>A</a></nav>"""


@pytest.mark.parametrize(
    ("value", "words", "expected"),
    [
        ("resolved", "Løst", '<span class="state full">Løst</span>'),
        ("open", "<b>", '<span class="state">&lt;b&gt;</span>'),
    ],
)
def test_state_is_a_shape_and_words(value: str, words: str, expected: str) -> None:
    context = Context({"value": value, "words": words})

    assert Template("{% state value words %}").render(context) == expected


@pytest.mark.parametrize(
    ("model", "name"), [("barrier", "barrier"), ("minutes", "calendar"), ("", "calendar")]
)
def test_disc_has_the_icon_of_a_model(model: str, name: str) -> None:
    drawn = Template("{% disc_of model %}").render(Context({"model": model}))

    assert drawn == Template("{% disc name %}").render(Context({"name": name}))


def test_marked_pieces_keep_their_white_space_and_run_nothing():
    pieces = [Piece("=", "Vi \n"), Piece("-", "<b>"), Piece("+", "købte")]

    assert marked(pieces) == "Vi \n<del>&lt;b&gt;</del><ins>købte</ins>"


@pytest.mark.parametrize("path", ["/", "/en/barrierer/", "/konto/login/", "/konto/login/code/"])
def test_page_names_its_own_address_and_both_languages(client: Client, db: None, path: str):
    page = client.get(path).content.decode()

    plain = path.removeprefix("/en")
    assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in page
    for language, there in (("da", plain), ("en", f"/en{plain}"), ("x-default", plain)):
        link = f'<link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{there}">'
        assert link in page
