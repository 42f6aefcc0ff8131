"""What the columns of a list hold, by their headings or by what stands in them."""

import pytest

from taskforce.core.sheet_reading import read_text
from taskforce.members.importing.columns import guess
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "first", "columns"),
    [
        ("Navn;E-mail;Organisation\n", 1, "name email organisation"),
        ("E-MAIL ADDRESS;Full name;Company;Phone\n", 1, "email name organisation -"),
        ("Efternavn:;Fornavn:;Mail:\n", 1, "last_name first_name email"),
        ("Navn;Mailadresse;E-mail;Stilling\n", 1, "name email - title"),
        ("Medlemmer 2026;;\nNavn;Mail;Firma\n", 2, "name email organisation"),
        ("Deltager;;Kommune\nNavn;E-mail;Organisation\n", 2, "name email organisation"),
        ("Bo Dahl;bo@example.org;Odense Kommune;Chef\n", 0, "name email organisation title"),
        ("bo@example.org;Odense Kommune;Bo Dahl\n", 0, "email organisation name"),
        ("Kommune;bo@example.org;Bo Dahl;Odense Kommune\n", 0, "kind email name organisation"),
        ("Bo Dahl;30203040\n", 0, "name organisation"),
    ],
)
def test_columns_are_guessed(text: str, first: int, columns: str):
    make_organisation("Odense Kommune")

    found = guess(read_text(text, most=5))

    assert found == (first, ["" if one == "-" else one for one in columns.split()])
