"""Template tags of the look: icons, patterns, monograms, breadcrumbs, breaks in long words."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from taskforce.core import linked_data, showing
from taskforce.core.differences import Piece

register = template.Library()
register.simple_tag(showing.show)
register.simple_tag(showing.show_each)

SHY = "\N{SOFT HYPHEN}"
BREAK = "\N{ZERO WIDTH SPACE}"
LONG = re.compile(r"[^\W\d_]{12,}")
VOWELS = "aeiouyæøåéü"
# Consonants that begin a syllable together, so that a word never breaks within them.
ONSET = re.compile("[bfgkp][lr]|[dtv]r|[dhkst]v|[bfhkpst]j|s[klmnpt]")
# Where the words of a compound meet: after the s that ties them together, and before what long
# words of the field end in.
ENDS = "bejd dbud dom else færd hed hverv ing ndkøb skab tion værk"
TIES = "|".join(f"(?<={end}s)" for end in ENDS.split())
HEADS = re.compile(
    "(?<=[a-zæøå]{3})(?=afgift|aftale|ansvarlig|arbejde|beskrivelse|boliger|erklæring|fonden"
    "|foreningen|forening|fællesskab|hus|indkøb|indsats|initiativ|klausul|kommune|kontor|krav"
    "|løsning|medlem|midler|møde|netværk|område|opfølgning|opgave|organisation|partner|politik"
    "|program|projekt|samarbejde|selskab|strategi|styrelse|taskforce|udbud|udsættelse|udvalg"
    "|udvikling|virksomhed|værksted|økonomi|ordning)"
    f"|(?:{TIES})(?!ted|tad|tæd|æt)(?=[a-zæøå]{{3}})"  # not Ringsted, iværksætter
)
BEGINNING, ENDING = 3, 3  # letters that stay together at either end of a word
LONGEST = 13  # letters that a narrow column has room for

# Themes share patterns; what is not named here gets one by its name.
PATTERNS = {
    "kommuner": "kommuner",
    "kapital": "kapital",
    "oekonomi": "kapital",
    "kapacitet": "kapacitet",
    "politik": "politik",
    "lovgivning": "lovgivning",
    "erhvervsliv": "erhvervsliv",
}
TONES = {  # of monograms, by kind of organisation; municipalities have the first
    "social_enterprise": "m2",
    "foundation": "m3",
    "network": "m4",
    "company": "m5",
    "housing": "m5",
    "authority": "m6",
    "advisory": "m6",
    "other": "m6",
}
ARTICLES = {"den", "det", "de", "the"}
# Shapes of states: work that is proposed has a dashed ring, under way half a disc, done a full one.
SHAPES = {
    "proposed": "idle",
    "preparing": "idle",
    "draft": "idle",
    "invited": "idle",
    "unknown": "idle",
    "merged": "idle",
    "addressed": "half",
    "running": "half",
    "applied": "half",
    "submitted": "half",
    "interested": "half",
    "asked": "soon",
    "resolved": "full",
    "done": "full",
    "granted": "full",
    "published": "full",
    "confirmed": "full",
    "accepted": "full",
    "dropped": "stop",
    "stopped": "stop",
    "rejected": "stop",
    "declined": "stop",
    "withdrawn": "stop",
}
# Icons of what has a page, by the name of its model.
ICONS = {
    "barrier": "barrier",
    "statement": "barrier",
    "prioritisationround": "rank",
    "initiative": "effort",
    "initiativeupdate": "effort",
    "case": "example",
    "call": "euro",
    "consortium": "euro",
    "organisation": "people",
    "member": "people",
    "joinrequest": "people",
    "newsitem": "bell",
    "contribution": "mail",
    "question": "mail",
    "asked": "mail",
    "newsletter": "bell",
    "figure": "check",
    "goal": "check",
    "report": "check",
    "portalpage": "more",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of static/img/icons.svg; a word always stands beside it."""
    sprite = static("img/icons.svg")
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', sprite, name
    )


@register.simple_tag
@cache
def disc(name: str) -> SafeString:
    """Draw an icon in a disc."""
    return format_html('<span class="disc" aria-hidden="true">{}</span>', icon(name))


@register.simple_tag
def disc_of(model: str) -> SafeString:
    """Draw the icon of a model in a disc; meetings and their minutes have the calendar's."""
    return disc(ICONS.get(model, "calendar"))


@register.simple_tag
def state(value: str, words: str) -> SafeString:
    """Tell a state by a shape and its words; a state without a shape of its own has a ring."""
    classes = " ".join(filter(None, ["state", SHAPES.get(value, "")]))
    return format_html('<span class="{}">{}</span>', classes, words)


@register.simple_tag
@lru_cache(maxsize=500)
def pattern(theme: str) -> SafeString:
    """Draw the pattern of a theme, named by its slug, where there is no picture."""
    known = sorted(set(PATTERNS.values()))
    name = PATTERNS.get(theme) or known[crc32(theme.encode()) % len(known)]
    return format_html(
        '<svg class="media pattern theme-{0}" aria-hidden="true" viewBox="0 0 320 180"'
        ' preserveAspectRatio="xMidYMid slice"><use href="{1}#p-{0}"/></svg>',
        name,
        static("img/patterns.svg"),
    )


@register.simple_tag
@lru_cache(1_000)
def monogram(name: str, kind: str = "", size: str = "") -> SafeString:
    """Write an organisation's letters in the tone of its kind; `size` is "s", "l" or neither."""
    classes = " ".join(filter(None, ["mono", TONES.get(kind, ""), size]))
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, letters(name))


@register.simple_tag
def emblem(name: str, kind: str = "", logo: str = "", size: str = "", alt: str = "") -> SafeString:
    """Show an organisation's logo, or its letters where it has none. `alt` stands in for a name."""
    if not logo:
        return monogram(name, kind, size)
    side = {"s": 36, "l": 88}.get(size, 52)
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{side}" height="{side}" loading="lazy">',
        " ".join(filter(None, ["mono", size])),
        logo,
        alt,
        side=side,
    )


def letters(name: str) -> str:
    """Return one to three letters that stand for a name: "OK", "Co", "KAB"."""
    words: list[str] = re.findall(r"[^\W_]+", name)
    words = [word for word in words if word.lower() not in ARTICLES] or words
    capital = [word for word in words if word[0].isupper() or word[0].isdigit()] or words
    if not capital:
        return "–"
    if len(capital) == 1:
        return capital[0][:3] if capital[0].isupper() else capital[0][:2]
    return "".join(word[0] for word in capital[:3])


@register.filter
def soft(text: object) -> str:
    """Put soft hyphens into long words, as Danish breaks them: browsers have no dictionary for it.

    They stand between the words that a compound is made of, and between the syllables of what is
    still long: a syllable begins with the last consonant before a vowel, and with what is said in
    one with it (Retskrivningsordbogen § 15).
    """
    text = re.sub(r"(?<=\w)_(?=\w)", f"_{BREAK}", str(text))  # a name of a file
    return LONG.sub(lambda found: _parted(found[0]), text)


def _parted(word: str) -> str:
    parts = re.split(HEADS, word)
    return SHY.join(_broken(part) if len(part) > LONGEST else part for part in parts)


def _broken(word: str) -> str:
    lower = word.lower()
    places = [
        place
        for place in (_onset(lower, at) for at in range(1, len(word)))
        if place and BEGINNING <= place <= len(word) - ENDING
    ]
    parts = [word[a:b] for a, b in zip([0, *places], [*places, len(word)], strict=True)]
    return SHY.join(parts)


def _onset(word: str, vowel: int) -> int:
    """Return where the syllable of the vowel at this place begins; 0 where there is no break."""
    if word[vowel] not in VOWELS or word[vowel - 1] in VOWELS:
        return 0
    start = vowel - 1
    while start and ONSET.fullmatch(word, start - 1, start + 1):
        start -= 1
    return start if any(letter in VOWELS for letter in word[:start]) else 0


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Mark what is gone from a text and what is new in it; white space stays as it is."""
    forms = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return format_html_join(
        "", "{}", ((format_html(forms.get(p.kind, "{}"), p.text),) for p in pieces)
    )


class Crumbs(template.Node):
    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        where, label = self.inside.render(context).strip(), _("You are here")
        return format_html('<nav class="crumbs" aria-label="{}">{}</nav>', label, SafeString(where))


@register.tag
def crumbs(parser: template.base.Parser, token: template.base.Token) -> Crumbs:
    """Mark what stands between `{% crumbs %}` and `{% endcrumbs %}` as the page's breadcrumbs."""
    inside = parser.parse(["endcrumbs"])
    parser.delete_first_token()
    return Crumbs(inside)


@register.filter
def data_block(found: linked_data.Thing) -> SafeString:
    """Return what a page is about as a block of data for search engines."""
    return linked_data.block(found)
