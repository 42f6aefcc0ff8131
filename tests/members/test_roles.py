"""Who may come in, and where somebody lands who must log in first."""

import pytest
from django.test import Client

from tests.factories import make_minutes

ACT = "/moeder/3/referat/begynd/"
PAGE = "http://testserver/moeder/3/referat/skriv/?x=1#her"


@pytest.mark.parametrize(
    ("came_from", "goes_on"),
    [
        (PAGE, "/moeder/3/referat/skriv/%3Fx%3D1"),
        ("", ACT),
        ("https://elsewhere.example/moeder/3/", ACT),
        ("javascript:alert(1)", ACT),
    ],
)
def test_log_in_that_ran_out_leads_back_to_the_page_and_not_to_the_act(
    client: Client, db: None, came_from: str, goes_on: str
):
    """An act takes a POST: whoever came to its address after logging in would see a refusal."""
    answer = client.post(ACT, headers={"Referer": came_from} if came_from else {})

    assert answer.headers["Location"] == f"/konto/login/code/?next={goes_on}"


def test_page_is_come_back_to_as_it_was_asked_for(client: Client, db: None):
    make_minutes()

    answer = client.get("/aftaler/?hvis=mine", headers={"Referer": PAGE})

    assert answer.headers["Location"] == "/konto/login/code/?next=/aftaler/%3Fhvis%3Dmine"
