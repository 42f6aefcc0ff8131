"""Names of countries."""

from django.utils import translation

from taskforce.core import countries


def test_the_north_comes_first_then_the_union_each_in_danish_order():
    with translation.override("da"):
        nothing, north, union, others = countries.choices()

    assert nothing == ("", "–")
    assert north[1] == [
        ("DK", "Danmark"),
        ("FI", "Finland"),
        ("FO", "Færøerne"),
        ("GL", "Grønland"),
        ("IS", "Island"),
        ("NO", "Norge"),
        ("SE", "Sverige"),
        ("AX", "Åland"),
    ]
    assert union[1][0] == ("BE", "Belgien")
    assert union[1][-1] == ("AT", "Østrig")
    codes = [code for group in (north, union, others) for code, _name in group[1]]
    assert len(codes) == len({*codes})


def test_where_nobody_lives_is_no_choice():
    assert not {"HM", "BV", "AQ", "UM"} & {*countries.names()}


def test_a_country_is_named_in_the_language_of_the_page():
    with translation.override("en"):
        assert countries.name("dk") == "Denmark"
    with translation.override("da"):
        assert (countries.name("DK"), countries.name("XX"), countries.name("")) == (
            "Danmark",
            "XX",
            "",
        )
