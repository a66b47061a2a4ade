"""Tells workbooks in folders that hold the filled-in form from all the others that lie there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import islice

from nlp.reading.archives.zip_folder import MOST_MEMBERS
from nlp.reading.kinds import OLD_EXCEL, media_type

ENDINGS = (".xlsx", ".xlsm", ".xls", ".et")
"""What the names of workbooks end with."""
WRITER = "nianbao"
"""Who the workbooks name as their author that this program wrote: of these none is a report."""
_FEWEST = 5
"""A workbook with fewer labels of the form, each in a cell of its own, is another one."""
_LONGEST = 60
"""In characters: no label of the form is longer."""
_MOST = 5000
"""So many texts are looked at."""
_LARGEST = 4 * 2**20
"""In bytes: so much of each part of a workbook is looked at."""
_MOST_SHEETS = 5
_PIECE = re.compile(rb"<(?:\w{1,20}:)?(?P<text>si|is)>|<(?:\w{1,20}:)?t(?:\s[^<>]{0,200})?>(?P<run>[^<]*)<")
"""Where a text begins, and a run of it; there is nothing in it that could be looked through twice."""
_AUTHOR = re.compile(rb"<dc:creator>([^<]*)<")
_DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError, RuntimeError, IndexError)


def holds_form(content: bytes) -> bool:
    """Return whether a workbook, .xlsx or an old one, holds labels of the form and was not written here.

    One that cannot be opened may hold it: reading it tells what is wrong. Only its beginning is looked at.
    """
    from nlp.form.labels.index import owners
    from nlp.form.labels.normalised import label_key

    if media_type(content) == OLD_EXCEL:
        return _counts(label for label in owners() if label.encode("utf-16-le") in content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.NameToInfo) > MOST_MEMBERS:
                return True
            author = _AUTHOR.search(_beginning(archive, "docProps/core.xml"))
            if author is not None and author[1].decode("utf-8", "replace") == WRITER:
                return False
            short = (text for text in islice(_texts(archive), _MOST) if 0 < len(text) <= _LONGEST)
            return _counts(label for label in map(label_key, short) if label in owners())
    except _DAMAGED:
        return True


def _counts(labels: Iterator[str]) -> bool:
    """Return whether there are labels enough, each counted once."""
    found: set[str] = set()
    for label in labels:
        found.add(label)
        if len(found) >= _FEWEST:
            return True
    return False


def _texts(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the texts of cells: those that the sheets share, then those that stand in the first sheets."""
    is_sheet = re.compile(r"xl/worksheets/[^/]+\.xml").fullmatch
    sheets = [name for name in archive.NameToInfo if is_sheet(name)]
    for name in ("xl/sharedStrings.xml", *sheets[:_MOST_SHEETS]):
        runs: list[bytes] = []
        for piece in _PIECE.finditer(_beginning(archive, name)):
            if piece["run"] is not None:
                runs.append(piece["run"])
            else:
                yield _text(runs)
                runs = []
        yield _text(runs)


def _text(runs: list[bytes]) -> str:
    """Return the text of some runs; some programs write Chinese characters by their numbers (`&#22823;`)."""
    return unescape(b"".join(runs).decode("utf-8", "replace"))


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part, nothing where there is none."""
    if name not in archive.NameToInfo:
        return b""
    with archive.open(name) as file:
        return file.read(_LARGEST)
