"""The files inside an OFD: found by the paths that they name each other with, and parsed within limits."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from math import isfinite
from zipfile import ZipFile

from lxml import etree

from nlp.reading.archives.names import shown_name
from nlp.reading.document import Unreadable
from nlp.reading.docx.parts import part

MOST_BYTES = 256 * 2**20
"""All XML that is parsed of an OFD, unpacked: no report has more."""
_LARGEST_NUMBER = 1e6
"""In millimetres: nothing on a page is larger or further away."""

Element = etree._Element


class Package:
    """An opened OFD: its members by path, compared without regard to case.

    Writers differ: paths begin with `/` or not, are separated by backslashes, have names in GBK.
    """

    def __init__(self, archive: ZipFile) -> None:
        """Take the members of an archive."""
        self._archive = archive
        self._left = MOST_BYTES
        self._names: dict[str, str] = {}
        for member in archive.infolist():
            self._names.setdefault(_plain(shown_name(member)), member.filename)

    def holds(self, path: str) -> bool:
        """Return whether there is a member with a path from the root."""
        return _plain(path) in self._names

    def tree(self, path: str) -> Element | None:
        """Return the XML tree of the member with a path from the root, None where there is none.

        Raises Unreadable (`damaged`, `encrypted`, `too_large`).
        """
        name = self._names.get(_plain(path))
        if name is None:
            return None
        self._left -= self._archive.NameToInfo[name].file_size
        if self._left < 0:
            raise Unreadable("too_large", f"the OFD unpacks to more than {MOST_BYTES >> 20} MiB of text.")
        return part(self._archive, name)

    def found(self, path: str, beside: str) -> str | None:
        """Return the path from the root that a member, `beside`, means by a path; None where there is none.

        A path is relative to the folder of the file that has it; some writers have it from the root, or
        from the folder of the document.
        """
        path = path.strip().replace("\\", "/")
        folder = posixpath.dirname(beside)
        candidates = [path] if path.startswith("/") else []
        while True:
            candidates.append(posixpath.join(folder, path.lstrip("/")))
            if not folder.strip("/"):
                break
            folder = posixpath.dirname(folder)
        for candidate in candidates:
            if self.holds(candidate):
                return posixpath.normpath(candidate)
        return None


def _plain(path: str) -> str:
    """Return a path from the root in the form in which paths are compared.

    >>> _plain("/Doc_0\\\\Pages/./Page_0/Content.xml")
    'doc_0/pages/page_0/content.xml'
    """
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/").lower()


def local(element: Element) -> str:
    """Return the name of an element without its namespace, "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children of an element that have one of some names, whatever their namespace."""
    if element is None:
        return
    for child in element:
        if local(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element below another one by the names on the way there; None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Return the text of an element, "" for none."""
    return "" if element is None else (element.text or "").strip()


def number(text: str | None) -> float | None:
    """Return a number as a page has it; None for what is none, or is far off any page.

    >>> number("3.5"), number("1e300"), number("nan"), number(None)
    (3.5, None, None, None)
    """
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) < _LARGEST_NUMBER else None


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """Return so many numbers, separated by spaces; None where there are others.

    >>> numbers("0 0 210 297", 4)
    (0.0, 0.0, 210.0, 297.0)
    """
    parts = (text or "").split()
    values = [value for value in map(number, parts[:count]) if value is not None]
    return tuple(values) if len(values) == count else None
