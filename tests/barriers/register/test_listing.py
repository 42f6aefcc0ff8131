"""The list of barriers is shared by all but the secretariat, and nobody reads what is another's."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from barriers.curation import hiding
from barriers.models import BarrierState
from initiatives.models import Case, CaseState
from tests.conftest import LogIn
from tests.factories import make_barrier, make_case, make_member, make_secretary

pytestmark = pytest.mark.django_db(transaction=True)  # within a transaction nothing is kept
LIST = "/barrierer/"


def titles(browser: Client, query: str = "") -> list[str]:
    return re.findall(r'<h3 lang="da"><a [^>]*>([^<]*)</a>', browser.get(LIST + query).text)


def cases(browser: Client) -> list[str]:
    return re.findall(r"<li>(\d+) god[et]* eksemp", browser.get(LIST).text)


@pytest.mark.parametrize("order", [("author", "colleague", "stranger"), ("stranger", "author")])
def test_only_its_authors_count_a_case_that_is_not_published(log_in: LogIn, order: tuple[str, ...]):
    author = make_member()
    readers = {
        "author": log_in(author),
        "colleague": log_in(make_member()),
        "stranger": Client(),
    }
    barrier = make_barrier("Small lots")
    make_case().barriers.add(barrier)
    make_case(state=CaseState.DRAFT, written_by=author.organisation).barriers.add(barrier)

    for _turn in range(2):
        for who in order:
            assert cases(readers[who]) == ["2" if who == "author" else "1"]

    Case.objects.filter(state=CaseState.DRAFT).delete()

    assert [cases(readers[who]) for who in order] == [["1"]] * len(order)


def test_what_is_hidden_is_gone_at_once_but_for_the_secretariat(log_in: LogIn):
    barrier, secretary = make_barrier("Small lots"), make_secretary()
    make_barrier("Complex law")
    readers = [log_in(secretary), log_in(make_member()), Client()]
    assert [titles(browser) for browser in readers] == [["Complex law", "Small lots"]] * 3

    hiding.hide(barrier=barrier, by=secretary)

    for _turn in range(2):
        assert [titles(browser) for browser in readers] == [
            ["Complex law", "Small lots"],
            ["Complex law"],
            ["Complex law"],
        ]


def test_each_filter_and_page_is_kept_apart(log_in: LogIn):
    make_barrier("Small lots", state=BarrierState.ADDRESSED)
    make_barrier("Complex law")
    member = log_in(make_member())

    for _turn in range(2):
        assert titles(member) == ["Complex law", "Small lots"]
        assert titles(member, "?status=addressed") == ["Small lots"]
        assert titles(member, "?status=open&status=addressed") == ["Small lots"]
        assert titles(member, "?side=2") == []
        assert titles(member, "?sorter=dato&utm_source=letter") == ["Complex law", "Small lots"]
        assert titles(member, "?q=law") == ["Complex law"]


def test_members_share_the_rows(log_in: LogIn):
    make_barrier("Small lots")
    readers = [log_in(make_member()), log_in(make_member())]
    readers[0].get(LIST)

    for browser in readers:
        with CaptureQueriesContext(connection) as captured:
            assert titles(browser) == ["Small lots"]
        asked = [one["sql"] for one in captured]
        assert any("members_user" in sql for sql in asked)
        assert not any('"barriers_barrier"."title"' in sql for sql in asked)
