"""Bounds for documents that are zip packages: no bomb is unpacked, no entity expanded."""

import io
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.refused import Refused

LARGEST_PART = 30 * 1024 * 1024  # bytes of one XML part, unpacked
LARGEST_PACKAGE = 200 * 1024 * 1024  # bytes of all parts that are said to be inside
MOST_PARTS = 5_000
MOST_ELEMENTS = 200_000  # of XML in all parts; thirty pages are about 20,000
DEEPEST = 200  # elements within one another
MOST_IN_ONE = 200  # attributes of an element


def text_parts(source: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the wanted XML parts of a package, unpacked; raise `Refused` where that is not safe.

    A part that is no XML is left out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            return _within_bounds(_unpacked(package, wanted))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(Refusal.BROKEN) from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise Refused(Refusal.ENCRYPTED) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma", "bz2"):
            raise Refused(Refusal.BROKEN) from error
        raise


def _unpacked(package: zipfile.ZipFile, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    members = package.infolist()
    if len(members) > MOST_PARTS or sum(one.file_size for one in members) > LARGEST_PACKAGE:
        raise Refused(Refusal.TOO_LARGE)
    return {one.filename: _part(package, one) for one in members if wanted(one.filename)}


def _within_bounds(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts that are XML; raise `Refused` for entities, and for too much of anything.

    This is the parser that reads them afterwards, so that no encoding hides a part from it.
    """
    bounds, kept = _Bounds(), {}
    for name, content in parts.items():
        try:
            bounds.parse(content)
        except (expat.ExpatError, ValueError, LookupError):
            continue
        kept[name] = content
    return kept


class _Bounds:
    """Counts the elements of all parts of one package."""

    def __init__(self) -> None:
        self.elements = self.depth = 0

    def parse(self, content: bytes) -> None:
        self.depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.Parse(content, True)

    def refuse(self, *_declaration: object) -> None:
        raise Refused(Refusal.UNSAFE)

    def begin(self, _name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST or len(attributes) > MOST_IN_ONE:
            raise Refused(Refusal.TOO_LARGE)

    def end(self, _name: str) -> None:
        self.depth -= 1


def _part(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a part; what it really holds counts, not the size it claims."""
    with package.open(member) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Refused(Refusal.TOO_LARGE)
    return content


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Return a package of these parts alone, for a library that wants a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    file.seek(0)
    return file
