"""Decodes the bytes of a text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from operator import itemgetter

from nlp.reading.document import Read, Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACEMENT = "\ufffd"
_TOLERATED_DAMAGE = 0.02
"""Share of replaced characters up to which a text counts as damaged, beyond it as something else."""
_TOLERATED_CONTROL = 0.05
_LEAST_PLAUSIBLE = 0.02
"""Share of the commonest characters below which bytes are no report in that encoding."""
_COMMON = re.compile(
    "[\n0-9的一是不在有人这为公开政府信息年度工作情况申请本行处理机关数量其他总计报告這為開請處機關數總計報]"
)
"""The characters that these reports are full of: they tell a right decoding from a wrong one."""
_HINTED = 0.02
"""What a declared encoding is worth beside the share of common characters."""
_NEWEST = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")


def decode(content: bytes, declared: str | None = None) -> Read:
    """Decode a text: by its byte order mark, strict UTF-8, GB18030, UTF-16 or Big5, else as damaged.

    `content.decode(read.encoding, "replace") == read.text`. A declared encoding is a hint: it decides where
    two readings are alike, for sites often declare another one than they use.
    Raises Unreadable(`empty`) for nothing but white space, Unreadable(`binary`) for what is no text.

    >>> decode("政府信息公开".encode("gb18030")).encoding
    'gb18030'
    """
    decoded = _by_mark(content) or _best(content, declared)
    nothing = not content.strip(b"\0 \t\r\n\f")
    if nothing or (decoded and not decoded.text.strip("\0\ufeff \t\r\n\f")):
        raise Unreadable("empty", "the file is empty; scrape it again.")
    if decoded is None or _is_binary(decoded.text):
        raise Unreadable("binary", "the file holds no text in any encoding that is read here.")
    return decoded


def _by_mark(content: bytes) -> Read | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    return None


def _best(content: bytes, declared: str | None) -> Read | None:
    """Return strict UTF-8 where it holds, else the decoding that reads most like a report."""
    strict = _strict(content, "utf-8")
    if strict is not None and "\0" not in strict:
        return Read(strict, "utf-8", 0)
    hint = _codec(declared)
    readings = [
        (_plausibility(reading) + _HINTED * (reading.encoding == hint), reading)
        for reading in _readings(content)
        if reading.replaced <= _damage(reading.text) and _plausibility(reading) > _LEAST_PLAUSIBLE
    ]
    return max(readings, key=itemgetter(0), default=(0.0, None))[1]


def _readings(content: bytes) -> Iterator[Read]:
    for encoding in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        if not encoding.startswith("utf-16") or len(content) % 2 == 0:
            yield _decoded(content, encoding)


def _codec(declared: str | None) -> str | None:
    """Return the codec that reads what is declared so; the newest of each family reads the older ones, too.

    >>> _codec("GB2312"), _codec("x-unheard-of")
    ('gb18030', None)
    """
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return _NEWEST.get(name, name)


def _decoded(content: bytes, encoding: str) -> Read:
    text = content.decode(encoding, "replace")
    return Read(text, encoding, text.count(_REPLACEMENT))


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _damage(text: str) -> int:
    return max(8, int(len(text) * _TOLERATED_DAMAGE))


def _plausibility(decoded: Read) -> float:
    common = len(_COMMON.findall(decoded.text))
    return (common - 20 * decoded.replaced) / max(1, len(decoded.text))


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(16, len(text) * _TOLERATED_CONTROL)
