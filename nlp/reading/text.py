"""Decodes the bytes of a text: UTF-8, GB18030, Big5 or UTF-16, declared or not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from nlp.reading.document import DecodedText, Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REPLACEMENT = "\ufffd"
_TOLERATED_DAMAGE = 0.02
"""The share of replaced characters up to which a text counts as damaged; with more it is no text."""
_TOLERATED_CONTROL = 0.05
"""The share of control characters up to which a file counts as text."""
_LEAST_PLAUSIBLE = 0.02
"""The least plausibility, see `_plausibility`, of a text in the right encoding."""
_COMMON = re.compile(
    "[\n0-9的一是不在有人这为公开政府信息年度工作情况申请本行处理机关数量其他总计报告這為開請處機關數總計報]"
)
"""The commonest characters of these reports, which a wrong encoding rarely gives."""
_HINTED = 0.02
"""What being the declared encoding adds to the plausibility."""
_NEWEST = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
"""For each family of encodings the newest, which decodes the older ones too."""
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")


def decode(content: bytes, declared: str | None = None) -> DecodedText:
    """Return the decoded text: by its byte order mark, as UTF-8, or in the encoding that is most plausible.

    `content.decode(result.encoding, "replace") == result.text`. `declared` is the encoding that the file
    names itself, which only decides between similar results, as many sites declare another than they use.
    Raises Unreadable with the code `empty` for white space only, `binary` for what is no text.

    >>> decode("政府信息公开".encode("gb18030")).encoding
    'gb18030'
    """
    decoded = _by_mark(content) or _most_plausible(content, declared)
    if not content.strip(b"\0 \t\r\n\f") or (decoded and not decoded.text.strip("\0\ufeff \t\r\n\f")):
        raise Unreadable("empty", "the file is empty; scrape it again.")
    if decoded is None or _is_binary(decoded.text):
        raise Unreadable("binary", "the file holds no text in any encoding that is read here.")
    return decoded


def _by_mark(content: bytes) -> DecodedText | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    return None


def _most_plausible(content: bytes, declared: str | None) -> DecodedText | None:
    """Return the text as UTF-8 where that is without errors, else the most plausible; None for none."""
    strict = _strict(content, "utf-8")
    if strict is not None and "\0" not in strict:
        return DecodedText(strict, "utf-8", 0)
    hint = _codec(declared)
    best: DecodedText | None = None
    best_score = _LEAST_PLAUSIBLE
    for decoded in _candidates(content):
        plausibility = _plausibility(decoded)
        if decoded.replaced > _tolerated_damage(decoded.text) or plausibility <= _LEAST_PLAUSIBLE:
            continue
        score = plausibility + _HINTED if decoded.encoding == hint else plausibility
        if score > best_score:
            best, best_score = decoded, score
    return best


def _candidates(content: bytes) -> Iterator[DecodedText]:
    for encoding in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        if not encoding.startswith("utf-16") or len(content) % 2 == 0:
            yield _decoded(content, encoding)


def _codec(declared: str | None) -> str | None:
    """Return the name of Python's codec for a declared encoding, the newest of its family; None for none.

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


def _decoded(content: bytes, encoding: str) -> DecodedText:
    text = content.decode(encoding, "replace")
    return DecodedText(text, encoding, text.count(_REPLACEMENT))


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _tolerated_damage(text: str) -> int:
    return max(8, int(len(text) * _TOLERATED_DAMAGE))


def _plausibility(decoded: DecodedText) -> float:
    """Return the share of common characters, each replaced character counted as 20 wrong ones."""
    common = len(_COMMON.findall(decoded.text))
    return (common - 20 * decoded.replaced) / max(1, len(decoded.text))


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(16, len(text) * _TOLERATED_CONTROL)
