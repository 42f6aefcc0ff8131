"""Bounds for documents that are zip packages: no bomb is unpacked, no entity expanded."""

import io
import zipfile

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.refused import Refused

LARGEST_PART = 30 * 1024 * 1024  # bytes of one XML part, unpacked
LARGEST_PACKAGE = 200 * 1024 * 1024  # bytes of all parts that are said to be inside
MOST_PARTS = 5_000


def text_parts(source: bytes) -> dict[str, bytes]:
    """Return the XML parts of a package, unpacked; raise `Refused` where that is not safe."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as package:
            return _unpacked(package)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise Refused(Refusal.BROKEN) from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise Refused(Refusal.ENCRYPTED) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "_lzma", "bz2"):
            raise Refused(Refusal.BROKEN) from error
        raise


def _unpacked(package: zipfile.ZipFile) -> dict[str, bytes]:
    members = package.infolist()
    if len(members) > MOST_PARTS or sum(one.file_size for one in members) > LARGEST_PACKAGE:
        raise Refused(Refusal.TOO_LARGE)
    wanted = [one for one in members if one.filename.lower().endswith((".xml", ".rels"))]
    parts = {one.filename: _part(package, one) for one in wanted}
    if any(b"<!ENTITY" in part or b"<!DOCTYPE" in part for part in parts.values()):
        raise Refused(Refusal.UNSAFE)
    return parts


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
