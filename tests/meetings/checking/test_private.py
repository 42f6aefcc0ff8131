"""What leads to one person is found in a text, and other numbers are not taken for it."""

import pytest

from meetings.checking import private


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mange hilsner Signe Mobil 28 11 04 60", ["28 11 04 60"]),
        ("Ring på 28.11.04.60.", ["28.11.04.60"]),
        ("<p>Tlf. 28110460</p>", ["28110460"]),
        ("telefon: 2811 0460", ["2811 0460"]),
        ("(+45 2811 0460)", ["+45 2811 0460"]),
        ("0045 28 11 04 60", ["0045 28 11 04 60"]),
        ("Skriv til +46 70 123 45 67", ["+46 70 123 45 67"]),
        ("28&nbsp;11&nbsp;04&nbsp;60", ["28 11 04 60"]),
        ('<a href="tel:+4528110460">Ring</a>', ["+4528110460"]),
        ("+45-28-11-04-60", ["+45-28-11-04-60"]),
        ("(+45) 28 11 04 60", ["(+45) 28 11 04 60"]),
        ("+49 (0)30 123456", ["+49 (0)30 123456"]),
        ("+1 (555) 123-4567", ["+1 (555) 123-4567"]),
        ("+298 123456", ["+298 123456"]),
        ("(28) 11 04 60", ["(28) 11 04 60"]),
        ("28\u202f11\u202f04\u202f60", ["28 11 04 60"]),
        ("Tlf.nr. 28110460", ["28110460"]),
        ("Mobilnr.: 2811\u20110460", ["2811\u20110460"]),
        ("telefonnummeret er 28110460", ["28110460"]),
        ("kontakt: 2811 0460", ["2811 0460"]),
        ("Ring på 28110460", ["28110460"]),
        ("M: 28110460", ["28110460"]),
        ("<p>Tlf.: <strong>2811</strong>0460</p>", ["28110460"]),
        ("<p>28 11<br>04 60</p>", ["28 11 04 60"]),
        ("28 11 04 60/28 11 04 61", ["28 11 04 60"]),  # the other once this one is gone
        ("Tlf. 28 11 04 60, 25 % af tiden", ["28 11 04 60"]),
        ("28 11 04 60. 25 % kom.", ["28 11 04 60"]),
        ("CVR 28110460, tlf. 28110461", ["28110461"]),
        ("Signe J. 28 11 04 60", ["28 11 04 60"]),
        ("Min mobil: 28110460", ["28110460"]),
        ("Telefonen er 28110460", ["28110460"]),
        ("Ring til mig på 28110460", ["28110460"]),
        ("Phone number: 28110460", ["28110460"]),
        ("Phone no. 2811 0460", ["2811 0460"]),
        ("My cell is 28110460.", ["28110460"]),
        ("Call me on 28110460", ["28110460"]),
        ("WhatsApp: 28110460", ["28110460"]),
        ("<p>Signe<br>28 11 04 60<br>25 % af tiden</p>", ["28 11 04 60"]),
        ("<p>28 11 04 60<br>28 11 04 61</p>", ["28 11 04 60", "28 11 04 61"]),
        ("CVR 28110460", []),
        ("CVR-nr. 28 11 04 60", []),
        ("EAN-nr. 57 98 00 98 83 995", []),
        ("Konto 1551 0012345678", []),
        ("IBAN DK50 0040 0440 1162 43", []),
        ("J.nr. 24.11.04.60", []),
        ("ISBN 978-87-12-04560-1", []),
        ("2019 2020 2021 2022", []),
        ("Mobilitetsplan 2024-2028", []),
        ("Mobil 2024-2028", []),
        ("Ring 12.03.2026", []),
        ("Call 28110460 is open", []),  # of the EU
        ("Phone meeting on 12.03.2026", []),
        ("Telefonmøde 12.03.2026", []),
        ("Kl. 10.30 12.15", []),
        ("+100 000 000 kr.", []),
        ("10.25.30.40 kr.", []),
        ("<li>10</li><li>11</li><li>12</li><li>13</li>", []),
        ('<a href="https://x.example/28.11.04.60">Sag</a>', []),
        ("https://x.example/?sag=28.11.04.60", []),
        ("28 110 460 kroner", []),
        ("Kl. 10.30 til 12.15 den 12.03.2026", []),
        ("Sag 24/28110460", []),
        ("2811 0460 stole", []),
        ("14 deltog, 22 stemte", []),
        ("", []),
    ],
)
def test_telephone_numbers_are_found(text: str, expected: list[str]) -> None:
    assert private.telephone_numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Født som 010190-1234 i Odense", ["010190-1234"]),
        ("(311299 – 0001)", ["311299 – 0001"]),
        ("cpr-nr. 0101901234", ["0101901234"]),
        ("010190-<em>1234</em>", ["010190-1234"]),
        ("CPR-nummeret er 0101901234", ["0101901234"]),
        ("cpr 01.01.90-1234", ["01.01.90-1234"]),
        ("personnr. 0101901234", ["0101901234"]),
        ("010190\u20141234", ["010190\u20141234"]),
        ("<p>Punkt 010190</p><p>1234</p>", []),
        ("Konto 0101 0101901234", []),
        ("Journal 320190-1234", []),  # no day
        ("011390-1234", []),  # no month
        ("0101901234", []),  # as long as many other numbers
        ("EAN 5798009883995", []),
        ("1.010190-12345", []),
    ],
)
def test_cpr_numbers_are_found(text: str, expected: list[str]) -> None:
    assert private.cpr_numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skriv til ea.holm@firma.example.", ["ea.holm@firma.example"]),
        ('<a href="mailto:ea@firma.example">Skriv</a>', ["ea@firma.example"]),
        ("ea@firma.example og ea@firma.example", ["ea@firma.example"]),
        (
            '<a href="mailto:ea@firma.example?subject=Hej">ea@firma.example</a>',
            ["ea@firma.example"],
        ),
        ("ea@<strong>firma</strong>.example", ["ea@firma.example"]),
        ("Ea Holm <ea@firma.example>", ["ea@firma.example"]),
        ("ea (at) firma.example", ["ea (at) firma.example"]),
        ("https://x.example/@ea.holm", []),
        ("@firma og 3 @ 25 kr.", []),
    ],
)
def test_mail_addresses_are_found(text: str, expected: list[str]) -> None:
    assert private.mail_addresses(text) == expected


@pytest.mark.parametrize("part", ["a.", "1 2 3 4 ", "+", "<a ", "tlf. ", "cpr 1 ", "x(at)", " "])
def test_long_text_takes_no_time(part: str) -> None:
    text = part * (80_000 // len(part))

    assert [private.mail_addresses(text), private.cpr_numbers(text)] == [[], []]
    assert private.telephone_numbers(text) == []
