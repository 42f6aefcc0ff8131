"""Word and OpenDocument files made for a test, from documents as programs write them."""

import io
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "documents"
WORD = next(FOLDER.glob("20-*.docx")).read_bytes()
OPEN = next(FOLDER.glob("22-*.odt")).read_bytes()
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def repacked(package: bytes, changed: dict[str, bytes]) -> bytes:
    """Return a package with some parts changed."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (parts | changed).items():
            made.writestr(name, content)
    return file.getvalue()


def word(body: str, prologue: str = "", encoding: str = "utf-8", styles: str = "") -> bytes:
    """Return a Word document with this body and these styles."""
    kind = encoding.removesuffix("-sig")
    document = (
        f'<?xml version="1.0" encoding="{kind}"?>{prologue}<w:document xmlns:w="{SPACE}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    looks = f'<w:styles xmlns:w="{SPACE}">{styles}</w:styles>'
    changed = {"word/document.xml": document.encode(encoding), "word/styles.xml": looks.encode()}
    return repacked(WORD, changed)


def opened(body: str, styles: str = "", header: str = "", footer: str = "") -> bytes:
    """Return an OpenDocument text with this body, automatic styles, and edges of its pages."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    content = (
        f"<office:document-content {spaces}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    looks = (
        f"<office:document-styles {spaces}><office:master-styles><style:master-page>"
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    edges = {"styles.xml": looks.encode()} if header or footer else {}
    return repacked(OPEN, {"content.xml": content.encode(), **edges})


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"
