"""Read the front page as a visitor does, and check that nothing on it is empty or broken."""

import re
from typing import Any

import lxml.html
from django.test import Client

# A nought that counts something: "0 barrierer", "0 point". Not "10 barrierer", and no year.
NOUGHT = re.compile(r".{,30}(?<![\d.,])0(?![\d.,]).{,15}")
FULL = {1, 2, 3, 4, 6}  # cards that fill their rows


def main_of(browser: Client, path: str = "/") -> Any:
    page = browser.get(path)
    assert page.status_code == 200
    return lxml.html.fromstring(page.content.decode()).get_element_by_id("indhold")


def check(main: Any) -> list[str]:
    """Check that nothing on the page is empty, broken or a nought; return its headings."""
    own = main.xpath(".//text()[not(ancestor::*[@lang='da'])]")  # the rest is what members wrote
    noughts = NOUGHT.findall(" ".join(" ".join(own).split()))
    assert noughts == [], noughts
    for each in main.xpath(".//ul | .//ol | .//section | .//h2 | .//h3 | .//p"):
        assert each.text_content().strip(), lxml.html.tostring(each)
    for section in main.xpath("./section"):
        assert section.xpath(".//h1 | .//h2 | .//h3")
    for grid in main.find_class("grid"):
        cards = grid.findall("li")
        assert len(cards) in FULL
        assert all(card.find_class("media") for card in cards)
    bars = [float(bar.get("width").rstrip("%")) for bar in main.xpath(".//*[local-name()='rect']")]
    assert all(0 < width <= 100 for width in bars)
    filled = [one for one in main.find_class("button") if not {"quiet", "plain"} & {*one.classes}]
    assert len(filled) == 1
    return [" ".join(heading.text_content().split()) for heading in main.findall(".//h2")]
