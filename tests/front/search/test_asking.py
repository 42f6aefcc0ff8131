"""What somebody typed, as it is read."""

from datetime import date

import pytest

from taskforce.core import finding
from taskforce.front.models import SynonymGroup
from taskforce.front.search import synonyms
from taskforce.front.search.asking import MOST_TERMS, Term, read


def asked(typed: str):
    return read(typed, finding.kinds())


def test_words_quotations_and_minus():
    typed = asked('sociale "store udbud" -lån')

    assert typed.groups == (
        (Term("sociale"),),
        (Term("store udbud", is_quoted=True),),
        (Term("lån", is_left_out=True),),
    )


@pytest.mark.parametrize("between", ["or", "OR", "eller"])
def test_or_stands_between_two_of_which_one_is_enough(between: str):
    typed = asked(f"udbud {between} lån klausul")

    assert typed.groups == ((Term("udbud"), Term("lån")), (Term("klausul"),))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("15. november 2022", date(2022, 11, 15), date(2022, 11, 15)),
        ("15/11-2022", date(2022, 11, 15), date(2022, 11, 15)),
        ("November 2022", date(2022, 11, 1), date(2022, 11, 30)),
        ("december 2022", date(2022, 12, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_days_months_and_years(typed: str, first: date, last: date):
    span = asked(f"konference {typed}").span

    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("typed", ["SMP-COSME-2022-SEE-01", "31. februar 2022", '"i 2022"', "1889"])
def test_what_is_no_day_is_words(typed: str):
    assert asked(typed).span is None


@pytest.mark.parametrize("typed", ["møde 3", "3. møde", "møde nr. 3", "Meeting 3", "3rd meeting"])
def test_a_meeting_by_its_number(typed: str):
    assert [(kind.key, number) for kind, number in asked(typed).numbers] == [("moede", 3)]


@pytest.mark.parametrize("typed", ["", "-", '""', "-udbud", "&|!()", "*:*", "😀"])
def test_operators_alone_ask_for_nothing(typed: str):
    assert asked(typed).is_empty


def test_more_words_than_anybody_means_are_left():
    assert len(asked("ord " * 100).groups) == MOST_TERMS


def test_words_that_mean_the_same_also_in_other_forms():
    known = synonyms.by_words([SynonymGroup(danish="SØV\nsocialøkonomisk virksomhed", english="")])

    one = synonyms.widened(asked("søv konkurs"), known)
    other = synonyms.widened(asked("socialøkonomiske virksomheder"), known)

    assert one.groups == (
        (Term("søv", others=("socialøkonomisk virksomhed",)),),
        (Term("konkurs"),),
    )
    assert other.groups == ((Term("socialøkonomiske virksomheder", others=("SØV",)),),)


def test_a_quotation_means_only_itself():
    known = synonyms.by_words([SynonymGroup(danish="SØV\nsocialøkonomisk virksomhed", english="")])

    assert synonyms.widened(asked('"SØV"'), known) == asked('"SØV"')


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("nov 2022", date(2022, 11, 1), date(2022, 11, 30)),
        ("sept. 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("15. nov. 2022", date(2022, 11, 15), date(2022, 11, 15)),
        ("15.11.22", date(2022, 11, 15), date(2022, 11, 15)),
    ],
)
def test_months_and_years_in_short(typed: str, first: date, last: date):
    span = asked(typed).span

    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("typed", ["mødet den 15. november 2022", "referatet fra november 2022"])
def test_a_kind_and_a_day_ask_for_that_kind_alone(typed: str):
    assert [kind.key for kind in asked(typed).only] == ["moede"]


@pytest.mark.parametrize("typed", ["tredje møde", "Third meeting", "3 møde", "møde nr. 3"])
def test_a_meeting_by_its_number_in_words(typed: str):
    assert [number for _kind, number in asked(typed).numbers] == [3]
