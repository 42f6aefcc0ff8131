"""What people paste: links of every age and length, and identifiers in a text."""

from urllib.parse import quote

import pytest

from calls.reader import find

PORTAL = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities"
TOPIC = "SMP-COSME-2022-BUYSOCIALB2BMARKET-01"
CLEAN = f"{PORTAL}/topic-details/{TOPIC.lower()}"
# A search carried along: 643 characters in all.
SEARCH = (
    ";callCode=null;freeTextSearchKeyword=social%20economy;matchWholeText=true;typeCodes=0,1,2,8;"
    "statusCodes=31094501,31094502,31094503;programmePeriod=2021%20-%202027;programCcm2Id=43252476;"
    "programDivisionCode=null;focusAreaCode=null;destinationGroup=null;missionGroup=null;"
    "programmeDivisionProspect=null;startDateLte=null;startDateGte=null;"
    "crossCuttingPriorityCode=null;cpvCode=null;performanceOfDelivery=null;sortQuery=sortStatus;"
    "orderBy=asc;onlyTenders=false;topicListKey=topicSearchTablePageState"
)
LONG = f"{CLEAN}{SEARCH}".ljust(643, "x")
INDEED = f"{PORTAL}/topic-details/{TOPIC}"
LINKS = [
    CLEAN,
    INDEED,
    f"{CLEAN}/",
    LONG,
    f"{INDEED}?isExactMatch=true&status=31094501,31094502&order=DESC&pageNumber=1#top",
    f"{INDEED}?keywords=OTHER-2021-TOPIC-01",
    f"{CLEAN}?a=b&amp;c=d",
    f"{INDEED}#section",
    f"<{INDEED}>",
    f"Se her: {INDEED}.",
    f"{INDEED}, og mere",
    f"{PORTAL}/topic-details%2F{TOPIC}%3FisExactMatch%3Dtrue",
    f"https://ec.europa.eu/info/funding-tenders/opportunities/data/topicDetails/{TOPIC.lower()}.json",
    f"https://ec.europa.eu/info/funding-tenders/opportunities/data/topicDetails/{TOPIC.lower()}.json?lang=en",
    f"opportunities/topic-details/{TOPIC}",
    f"topicDetails/{TOPIC.lower()}",
    f"https://ec.europa.eu/research/participants/portal/desktop/en/opportunities/h2020/topics/{TOPIC.lower()}.html",
    f"https://eur03.safelinks.protection.outlook.com/?url={quote(LONG, safe='')}&data=05%7C01",
    f"https://www.google.com/url?q={quote(quote(INDEED, safe=''), safe='')}&sa=D",
    f"{PORTAL}/calls-for-proposals?order=DESC&keywords={TOPIC.lower()}",
    TOPIC,
    TOPIC.lower(),
    TOPIC.title(),
    f"  {TOPIC}\n",
    f"Emnet hedder {TOPIC}.",
    f"«{TOPIC}»",
    TOPIC.replace("-", "\u2011"),  # the hyphen of word processors
    f"{TOPIC[:9]}\u200b{TOPIC[9:]}",
]


def test_long_link_is_as_long_as_the_portals():
    assert len(LONG) == 643


@pytest.mark.parametrize("pasted", LINKS)
def test_find_returns_the_topic_and_its_clean_link(pasted: str):
    found = find(pasted)

    assert found is not None
    assert (found.identifier, found.link, found.has_data) == (TOPIC, CLEAN, True)


@pytest.mark.parametrize(
    "identifier",
    [
        *("HORIZON-CL6-2024-CIRCBIO-01-1", "ERASMUS-EDU-2025-CB-VET", "BG-07-2017", "ERC-2024-STG"),
        *(
            "H2020-MSCA-IF-2019",
            "CEF-T-2023-SAFEMOBGEN-WORKS",
            "EU4H-2022-DGA-MS-IBA3",
            "CERV-2024-GE",
        ),
    ],
)
def test_find_knows_identifiers_of_many_programmes(identifier: str):
    for pasted in (identifier, identifier.lower(), f"{PORTAL}/topic-details/{identifier}?a=b"):
        found = find(pasted)
        assert found is not None
        assert found.identifier == identifier


def test_find_knows_cascade_funding_without_data():
    found = find(f"{PORTAL}/competitive-calls-cs/8281?order=DESC&pageNumber=1&sortBy=startDate")

    assert found is not None
    assert found.link == f"{PORTAL}/competitive-calls-cs/8281"
    assert found.identifier == "COMPETITIVE-CALLS-CS-8281"
    assert not found.has_data
    assert find(found.identifier) == found  # it is read again from what is kept


@pytest.mark.parametrize(
    "pasted",
    [
        *("", "   ", "rubbish", "https://ec.europa.eu/", "2022-12-07", "den 7-12-2022 kl. 17"),
        *(f"{PORTAL}/topic-details/", f"{PORTAL}/calls-for-proposals", "A-2022", "møde-2022"),
        *("-" * 10_000, "a-" * 5_000, "%25" * 3_000),
    ],
)
def test_find_returns_nothing_where_no_topic_is_named(pasted: str):
    assert find(pasted) is None


def test_identifier_stays_within_its_path():
    found = find("topicDetails/../../secret")

    assert found is None or ".." not in found.link
