"""Short links: found in a text, known by their key, and replaced."""

import pytest

from meetings.checking import links

LONG = "https://odense.dk/a?b=1&c=2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p><a href="https://bit.ly/3abc">her</a></p>', ["https://bit.ly/3abc"]),
        ("Se https://www.LNKD.in/x, og hør", ["https://www.LNKD.in/x,"]),
        ("Se t.co/abc.", ["t.co/abc."]),
        ("(tinyurl.com/abc) og HTTP://bit.ly/b", ["tinyurl.com/abc", "HTTP://bit.ly/b"]),
        ("https://bit.ly.example.org/x", []),
        ("https://example.org/?to=https://bit.ly/x", []),
        ("At.co/ntrol og https://[kaput", []),
        ("Referat.Dk fra https://odense.dk/bit.ly", []),
        ("bit.ly", []),  # a word without an address
        ("", []),
    ],
)
def test_short_links_are_found(text: str, expected: list[str]) -> None:
    assert links.short_links(text) == expected


def test_link_has_one_key_with_and_without_its_scheme() -> None:
    assert links.link_key("bit.ly/a") == links.link_key("https://bit.ly/a")
    assert links.link_key("bit.ly/a") != links.link_key("bit.ly/b")
    assert len(links.link_key("bit.ly/a")) == 16


@pytest.mark.parametrize(
    ("text", "is_html", "expected"),
    [
        ("Se bit.ly/a.", False, f"Se {LONG}."),
        ("bit.ly/a, bit.ly/b og https://bit.ly/a", False, f"{LONG}, bit.ly/b og {LONG}"),
        ("<p>Se bit.ly/a!</p>", True, "<p>Se https://odense.dk/a?b=1&amp;c=2!</p>"),
        ("Se bit.ly/ab", False, "Se bit.ly/ab"),
        ("", False, ""),
    ],
)
def test_replace_link_replaces_it_wherever_it_stands(
    text: str, is_html: bool, expected: str
) -> None:
    key = links.link_key("bit.ly/a")
    # A link at the end of a sentence has the full stop in it, and so in its key.
    for end in ("", ".", "!", ","):
        text = links.replace_link(text, links.link_key(f"bit.ly/a{end}"), LONG, is_html=is_html)

    assert text == expected
    assert links.replace_link("bit.ly/b", key, LONG, is_html=False) == "bit.ly/b"
