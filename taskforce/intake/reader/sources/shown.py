"""What a Word document shows, in the shape that mammoth expects.

Hidden words, rows and paragraphs are left out, as deletions are. What may stand between rows and
cells beside them (bookmarks, content controls, marks of proof-reading) is taken away or unwrapped,
and so is what refers to parts of the package that are not read: pictures, notes and comments.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

OFF = {"0", "false", "off"}
WIDEST = 63  # columns, as many as Word allows
WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
# Of a hidden run its text goes; the marks of a field stay, since the field may end elsewhere.
MARKS = {"rPr", "fldChar", "instrText"}
LEFT_OUT = {
    "bookmarkStart",
    "bookmarkEnd",
    "commentReference",
    "footnoteReference",
    "endnoteReference",
    "del",
    "moveFrom",
}
NAMES_STYLE = ("}pStyle", "}rStyle", "}tblStyle", "}numStyleLink", "}styleLink")
PICTURES = ("}blip", "}hlinkClick", "}imagedata")


def shown(document: bytes, styles: bytes, relationships: Iterable[bytes]) -> bytes:
    """Return the document's XML with what a reader of the document sees."""
    # Parts with entities are refused before, so there is nothing to expand.
    root = ElementTree.fromstring(document)  # noqa: S314
    space = root.tag.partition("}")[0] + "}"
    targets = {
        one.get("Id", "")
        for part in relationships
        for one in ElementTree.fromstring(part)  # noqa: S314
    }
    _Walk(space, _hidden_styles(styles), targets).tidy(root, False)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written


def used_styles(styles: bytes, parts: Iterable[bytes]) -> bytes:
    """Return the XML of the styles that these parts name; Word keeps hundreds of others.

    Of each stays what mammoth reads: its name, and the numbers of a list.
    """
    root = ElementTree.fromstring(styles)  # noqa: S314
    space = root.tag.partition("}")[0] + "}"
    used = {
        element.get(f"{space}val")
        for part in parts
        for element in ElementTree.fromstring(part).iter()  # noqa: S314
        if element.tag.endswith(NAMES_STYLE)
    }
    kept = Element(root.tag)
    for style in root.iter(f"{space}style"):
        if style.get(f"{space}styleId") in used:
            style[:] = [one for one in style if one.tag in (f"{space}name", f"{space}pPr")]
            kept.append(style)
    written: bytes = ElementTree.tostring(kept, "utf-8", xml_declaration=True)
    return written


def _hidden_styles(part: bytes) -> set[str]:
    """Return the styles whose words do not show, by themselves or by the style they build on."""
    root = ElementTree.fromstring(part) if part else Element("none")  # noqa: S314
    space = root.tag.partition("}")[0] + "}"
    based: dict[str, str] = {}
    hides: dict[str, bool | None] = {}
    for style in root.iter(f"{space}style"):
        name = style.get(f"{space}styleId", "")
        base = style.find(f"{space}basedOn")
        based[name] = "" if base is None else base.get(f"{space}val", "")
        hides[name] = _hides(style.find(f"{space}rPr"), space)
    return {name for name in hides if _inherited(name, hides, based)}


def _inherited(name: str, hides: dict[str, bool | None], based: dict[str, str]) -> bool:
    seen: set[str] = set()
    while name in hides and name not in seen:
        if (found := hides[name]) is not None:
            return found
        seen.add(name)
        name = based[name]
    return False


def _hides(properties: Element | None, space: str) -> bool | None:
    """Tell whether properties hide what bears them; None where they do not say."""
    for name in ("vanish", "webHidden", "specVanish"):
        if properties is not None and (found := properties.find(f"{space}{name}")) is not None:
            return found.get(f"{space}val", "1").lower() not in OFF
    return None


class _Walk:
    def __init__(self, space: str, hidden: set[str], targets: set[str]) -> None:
        self.space, self.hidden, self.targets = space, hidden, targets

    def tidy(self, parent: Element, in_hidden: bool) -> None:
        """Keep the children that show; `in_hidden` tells whether the paragraph's style hides."""
        parent[:] = [kept for child in parent for kept in self.kept(child, in_hidden)]
        for child, after in pairwise([*parent, None]):
            if child is not None and self.name(child) == "p":
                self.join(child, after)

    def kept(self, element: Element, in_hidden: bool) -> Iterator[Element]:
        name = self.name(element)
        if name.endswith("Pr"):  # properties, in which "del" is said of a paragraph's mark
            yield element
            return
        if name in LEFT_OUT or element.tag.endswith(PICTURES):
            return
        if name in ("tbl", "tr"):
            self.unwrap(element, "tr" if name == "tbl" else "tc")
        if name == "tr" and self.is_off(element, "trPr", "hidden", "del"):
            return
        if name == "tc":
            self.narrow(element)
        elif name == "p":
            in_hidden = self.style(element, "pPr", "pStyle") in self.hidden
        elif name == "r" and self.run_hides(element, in_hidden):
            element[:] = [child for child in element if self.name(child) in MARKS]
        elif name == "hyperlink":
            self.unlink(element)
        elif name == "sym" and not _is_hexadecimal(element.get(f"{self.space}char", "")):
            return
        self.tidy(element, in_hidden)
        if not (name == "p" and self.mark_hides(element) and not _has_words(element, self.space)):
            yield element

    def name(self, element: Element) -> str:
        """Return an element's name if it is one of Word's own."""
        space, _, name = element.tag.rpartition("}")
        return name if f"{space}}}" == self.space else ""

    def unwrap(self, parent: Element, wanted: str) -> None:
        """Keep the properties of a table or row and its rows or cells, out of what wraps them."""
        parent[:] = self.unwrapped(parent, wanted)

    def unwrapped(self, parent: Element, wanted: str) -> Iterator[Element]:
        for child in parent:
            if self.name(child) in (wanted, "tblPr", "trPr"):
                yield child
            elif self.name(child) in WRAPPERS:
                yield from self.unwrapped(child, wanted)

    def is_off(self, element: Element, properties: str, *names: str) -> bool:
        """Tell whether one of these properties is set and not to "off"."""
        paths = (element.find(f"{self.space}{properties}/{self.space}{name}") for name in names)
        return any(
            found is not None and found.get(f"{self.space}val", "1").lower() not in OFF
            for found in paths
        )

    def narrow(self, cell: Element) -> None:
        """Keep a cell within the columns that a table can have."""
        span = cell.find(f"{self.space}tcPr/{self.space}gridSpan")
        if span is not None:
            typed = span.get(f"{self.space}val", "")
            wide = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
            span.set(f"{self.space}val", str(max(1, min(wide, WIDEST))))

    def style(self, element: Element, properties: str, kind: str) -> str:
        found = element.find(f"{self.space}{properties}/{self.space}{kind}")
        return "" if found is None else found.get(f"{self.space}val", "")

    def run_hides(self, run: Element, in_hidden: bool) -> bool:
        own = _hides(run.find(f"{self.space}rPr"), self.space)
        # A style of letters turns the paragraph's around (ECMA-376, 17.7.3).
        return (
            (self.style(run, "rPr", "rStyle") in self.hidden) != in_hidden if own is None else own
        )

    def mark_hides(self, paragraph: Element) -> bool:
        mark = paragraph.find(f"{self.space}pPr/{self.space}rPr")
        own = _hides(mark, self.space)
        return self.style(paragraph, "pPr", "pStyle") in self.hidden if own is None else own

    def join(self, paragraph: Element, after: Element | None) -> None:
        """Let a paragraph run on into the next one if its mark is deleted or does not show.

        mammoth joins what a deleted mark ends with whatever paragraph comes next, in another cell
        too, and drops it where none comes.
        """
        mark = paragraph.find(f"{self.space}pPr/{self.space}rPr")
        if mark is None:
            return
        deletion = mark.find(f"{self.space}del")
        goes_on = after is not None and self.name(after) == "p"
        if deletion is not None and not goes_on:
            mark.remove(deletion)
        elif deletion is None and goes_on and _hides(mark, self.space):
            mark.append(Element(f"{self.space}del"))

    def unlink(self, link: Element) -> None:
        """Take the address off a link that leads nowhere."""
        for name in [*link.attrib]:
            if name.endswith("}id") and link.attrib[name] not in self.targets:
                del link.attrib[name]


def _is_hexadecimal(typed: str) -> bool:
    return 0 < len(typed) < 7 and all(letter in "0123456789abcdefABCDEF" for letter in typed)


def _has_words(element: Element, space: str) -> bool:
    return any(text.text for text in element.iter(f"{space}t"))
