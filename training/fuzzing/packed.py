"""Damages what is packed: the parts of a zipped file, the streams and objects of a PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from training.fuzzing.markup import MARKUP
from training.fuzzing.pieces import BYTES, Damage, cut, flipped, lost, odd, renumbered, stored
from training.fuzzing.trees import tree_damaged

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_REFERENCE = re.compile(rb"\d+ 0 R")
_WORD = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
_TOKEN = re.compile(rb"\S+")
_NAMES = (
    "",
    "../../a",
    "/",
    "a" * 300,
    "市级/年报.xml",
    "word/document.xml",
    "xl/workbook.xml",
    "OFD.xml",
)


def part_damaged(content: bytes, chance: Random) -> bytes:
    """Damage a part of a zipped file, mostly one of those in markup, and zip all anew."""
    parts = _parts(content)
    if not parts:
        return flipped(content, chance)
    n = chance.randrange(len(parts))
    name, inner = parts[n]
    is_markup = name.lower().endswith((".xml", ".rels")) or inner.lstrip()[:1] == b"<"
    ways: Sequence[Damage] = BYTES
    if is_markup:
        ways = MARKUP if chance.random() < 0.2 else (tree_damaged,)
    for _ in range(chance.choice((1, 1, 2, 4))):
        inner = chance.choice(ways)(inner, chance)
    parts[n] = (name, inner)
    return _zipped(parts, chance)


def parts_mixed(content: bytes, chance: Random) -> bytes:
    """Lose, rename, double or exchange parts of a zipped file."""
    parts = _parts(content)
    if not parts:
        return flipped(content, chance)
    first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    way = chance.randrange(4)
    if way == 0:
        del parts[first]
    elif way == 1:
        parts[first] = (chance.choice((*_NAMES, parts[second][0].upper())), parts[first][1])
    elif way == 2:
        parts.append((parts[first][0], parts[second][1]))
    else:
        parts[first], parts[second] = (parts[first][0], parts[second][1]), (parts[second][0], parts[first][1])
    return _zipped(parts, chance)


def directory_damaged(content: bytes, chance: Random) -> bytes:
    """Change bytes in the list of parts at the end of a zipped file."""
    start = max(0, content.rfind(b"PK\x01\x02") - 200)
    return content[:start] + chance.choice((flipped, stored, cut))(content[start:], chance)


ZIPPED: Sequence[Damage] = (*(part_damaged,) * 14, parts_mixed, directory_damaged, flipped, cut, lost)


def stream_damaged(content: bytes, chance: Random) -> bytes:
    """Change what a stream of a PDF holds, mostly one that draws a page."""
    found = list(_STREAM.finditer(content))
    if not found:
        return flipped(content, chance)
    unpacked = [(stream, _unpacked(stream[1])) for stream in found]
    drawing = [one for one in unpacked if one[1] is not None and (b" Tf" in one[1] or b" re" in one[1])]
    stream, inner = chance.choice(drawing if drawing and chance.random() < 0.8 else unpacked)
    if inner is None:
        changed = chance.choice(BYTES)(stream[1], chance)
    else:
        for _ in range(chance.choice((1, 1, 3, 10))):
            inner = chance.choice((renumbered, renumbered, _tokens_mixed, _tokens_mixed, odd, *BYTES))(
                inner, chance
            )
        changed = zlib.compress(inner)
    return content[: stream.start(1)] + changed + content[stream.end(1) :]


def _tokens_mixed(content: bytes, chance: Random) -> bytes:
    """Exchange, lose or repeat operators and operands of a page."""
    tokens = list(_TOKEN.finditer(content[: 2**20]))
    if len(tokens) < 2:
        return flipped(content, chance)
    first, second = sorted(chance.sample(tokens, 2), key=lambda token: token.start())
    replaced = chance.choice((second[0], b"", first[0] + b" " + second[0], (second[0] + b" ") * 300))
    return content[: first.start()] + replaced + content[first.end() :]


def reference_changed(content: bytes, chance: Random) -> bytes:
    """Let an object of a PDF name another one, perhaps itself."""
    return _one_as_another(_REFERENCE, content, chance)


def word_changed(content: bytes, chance: Random) -> bytes:
    """Write a name of a PDF in place of another."""
    return _one_as_another(_WORD, content, chance)


def _one_as_another(expression: re.Pattern[bytes], content: bytes, chance: Random) -> bytes:
    """Write what an expression finds in one place in another place that it finds."""
    found = list(expression.finditer(content))
    if not found:
        return flipped(content, chance)
    one, other = chance.choice(found), chance.choice(found)
    return content[: one.start()] + other[0] + content[one.end() :]


PDF: Sequence[Damage] = (*(stream_damaged,) * 10, reference_changed, word_changed, renumbered, *BYTES)


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    """Return the names and contents of what a zipped file holds, none where it cannot be opened."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return [(member.filename, archive.read(member)) for member in archive.infolist()[:200]]
    except Exception:  # it was damaged before: then its bytes are
        return []


def _zipped(parts: Sequence[tuple[str, bytes]], chance: Random) -> bytes:
    import warnings

    file = BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        ZipFile(file, "w", chance.choice((ZIP_DEFLATED, ZIP_STORED))) as archive,
    ):
        for name, content in parts:
            archive.writestr(ZipInfo(name or "x"), content, archive.compression)
    return file.getvalue()


def _unpacked(stream: bytes) -> bytes | None:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return None
