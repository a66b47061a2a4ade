"""The XML parts of a zipped document, opened and parsed within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from nlp.reading.document import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of the usual variant of the format, as lxml writes it before an element's name."""
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
"""The namespace of the strict variant."""
LEFT_OUT = frozenset(
    (
        *(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rt")),
        *(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
"""Elements that are not shown in the line: deleted and moved text, field codes, readings above characters,

settings, copies for old programs.
"""
LARGEST = 64 * 2**20
"""In bytes: a part of a report is smaller when it is unpacked."""
MOST_PARTS = 20_000
"""A document of a report has fewer parts."""
_TOO_DEEP = "Excessive depth"
"""What the parser says where elements are nested deeper than it reads."""


def opened(content: bytes) -> zipfile.ZipFile:
    """Open a zipped document; raises Unreadable (`damaged`, `too_large`)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unreadable("damaged", "the document cannot be unpacked; fetch it again.") from error
    if len(archive.namelist()) > MOST_PARTS:
        raise Unreadable("too_large", f"the document has more than {MOST_PARTS} parts; no report has.")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the XML tree of a part, None where there is none of this name.

    Raises Unreadable (`damaged`, `encrypted`, `too_large`).
    """
    if name not in archive.NameToInfo:
        return None
    try:
        with archive.open(name) as file:
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable("damaged", f"{name} in the document is damaged; fetch it again.") from error
    except RuntimeError as error:  # zipfile raises it for parts with a password
        raise Unreadable("encrypted", "the document is encrypted; save it without its password.") from error
    if len(content) > LARGEST:
        raise Unreadable("too_large", f"{name} unpacks to more than {LARGEST >> 20} MiB; no report's does.")
    return _parsed(name, content)


def _parsed(name: str, content: bytes) -> etree._Element:
    """Parse a part without expanding entities and without loading anything else."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if _TOO_DEEP in error.msg:
            message = f"{name} in the document is nested deeper than any report."
            raise Unreadable("too_deep", message) from error
        raise Unreadable("damaged", f"{name} in the document is not to be read ({error.msg}).") from error
