"""Dates, amounts and texts in every shape that the EU portal writes."""

from typing import Any

import pytest

from calls.reader.values import amount, day, rich, text


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("07 December 2022", "2022-12-07"),
        ("7 Dec 2022", "2022-12-07"),
        ("Wednesday, 07 December 2022 17:00:00 Brussels time", "2022-12-07"),
        ("07\u00a0December\u00a02022", "2022-12-07"),
        ("7th December 2022", "2022-12-07"),
        ("07/12/2022", "2022-12-07"),
        ("2022-12-07", "2022-12-07"),
        ("2022-12-07T00:00:00", "2022-12-07"),
        ("2022-12-07T00:00:00.000+0000", "2022-12-07"),
        ("2022-12-06T23:00:00Z", "2022-12-07"),
        ("2022-12-07T17:00:00+01:00", "2022-12-07"),
        ("2022-06-06T22:00Z", "2022-06-07"),
        ("2022-06-06T21:59Z", "2022-06-06"),
        ("2022-12-06T22:59Z", "2022-12-06"),  # in winter the day begins an hour later
        (1670367600000, "2022-12-07"),
        ("1670367600000", "2022-12-07"),
        # The nights in which the clocks change.
        ("2024-03-30T23:00Z", "2024-03-31"),
        ("2024-10-26T22:00Z", "2024-10-27"),
        ("2024-10-27T23:00Z", "2024-10-28"),
    ],
)
def test_day_is_read_in_every_shape(written: Any, read_as: str):
    assert str(day(written)) == read_as


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "31 February 2022", "2022-13-01", "2022-12-07T99:00Z", "07 Brumaire 2022"),
        *(0, -1, True, None, [], {}, 10**30, 10**13, "9" * 50, "0001-01-01T00:00Z", "9999-12-31"),
        "2022-12-07T00:00+9999",
    ],
)
def test_day_of_what_is_no_date_is_none(written: Any):
    assert day(written) is None


@pytest.mark.parametrize(
    ("written", "euro"),
    [
        *((1300000, 1300000), ("1300000", 1300000), ("1 300 000", 1300000)),
        *(("1.300.000", 1300000), ("1,300,000", 1300000), ("1.300.000,50", 1300000)),
        *(("1,300,000.50", 1300000), ("1300000.00", 1300000), ("1.300", 1300)),
        *(
            ("EUR 300 000", 300000),
            ("300.000 €", 300000),
            ("1'300'000", 1300000),
            ("1.3E6", 1300000),
        ),
        *((0, None), ("0", None), ("0.00", None), (-5, None), ("-5", None), (True, None)),
        *(("", None), ("many", None), (None, None), ([], None), ("NaN", None), ("Infinity", None)),
        *(("1E999999999", None), (10**20, None), ("1.2.3", None)),
    ],
)
def test_amount_is_read_in_every_shape(written: Any, euro: int | None):
    assert amount(written) == euro


def test_rich_removes_everything_active():
    found = rich(
        '<h2 onclick="x()">Scope</h2><script>alert(1)</script><p style="color:red">A <b>market</b>'
        '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
        '<a href="https://ec.europa.eu/">y</a><iframe src="//x"></iframe><svg onload=x>\0\ud800'
    )

    for bad in (
        "script",
        "onclick",
        "onerror",
        "style",
        "iframe",
        "img",
        "svg",
        "h2",
        "\0",
        "\ud800",
    ):
        assert bad not in found
    assert "<strong>Scope</strong>" in found
    assert "<strong>market</strong>" in found
    assert 'href="https://ec.europa.eu/"' in found


def test_text_is_one_line_without_markup():
    assert text("A &lt;b&gt; &amp;\n <i>c</i>\0\ud800") == "A <b> & c"
    assert text(["list"]) == text(None) == text(7) == ""
