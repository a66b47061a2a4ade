"""The texts among the headers of a table, each with the column that it names."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import column_of, over_columns, own_label
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import OVER_LABELS

_MUCH_ALIKE = 80.0
"""From this similarity on, of 100, a text is the damaged label of a group: 第二十条第（）项."""
_LONGEST_LABEL = 12
"""No label of a header or group that may be glued to another has more characters."""
_OF_UNITS = ("计量", "单位")
"""How a line above a table begins that tells the units of its numbers."""
_REMARK_ABOVE = re.compile(r"^\([^()]*\)")
"""The remark that stands in the place of the header of the rows' labels (三)."""
_SHORTEST_HEADER, _LONGEST_HEADER = 2, 12
"""In characters; a longer text is prose, no column's header."""


class Header(Struct, frozen=True, gc=False):
    """A text among the headers of a table.

    `label` is its normalised text, `column` the column that it names, None where it names none of the form's,
    `fit`, 0 to 1, how well; `over` are the columns that it stands over, `place` its place among the tokens.
    """

    label: str
    column: str | None = None
    fit: float = 0.0
    over: tuple[str, ...] = ()
    place: int = -1
    line: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names or stands over."""
        return (self.column,) if self.column else self.over

    def is_under(self, upper: Header) -> bool:
        """Return whether its columns are some of those that another stands over."""
        return bool(self.columns) and set(self.columns) < set(upper.over)


def headers_of(tokens: Sequence[Token], lexicon: Lexicon, taken: Container[int] = ()) -> list[Header]:
    """Return the headers among some tokens, but for the places that are `taken`."""
    headers = []
    for place, token in enumerate(tokens):
        if token.kind is not Kind.TEXT or place in taken:
            continue
        label = own_label(token.text, lexicon)
        found = _in_label(label, lexicon) if label else _in_text(token.text, lexicon)
        headers += [replace(header, place=place, line=token.line) for header in found]
    return headers


def _headers_in(text: str, lexicon: Lexicon) -> tuple[Header, ...]:
    """Return what a text says of columns: as a whole, else word by word, each of the labels glued in it."""
    words = [text] if column_of(text, lexicon) else text.split()
    labels = [label for word in words for label in _glued(word, lexicon) or [word]]
    return tuple(filter(None, [_header(label, lexicon) for label in labels]))


_in_label = cache(_headers_in)
"""What a label of the form says, which is the same on every page."""
_in_text = lru_cache(maxsize=1 << 12)(_headers_in)


def _glued(word: str, lexicon: Lexicon) -> list[str]:
    """Return the labels of columns, and of what stands over some, of which a word of several is made.

    The header of the rows' labels may stand before them: 类别结果维持结果纠正.
    """
    if column_of(word, lexicon) is not None:
        return []
    labels = labels_in(key(_REMARK_ABOVE.sub("", word)), _labels_of_headers(lexicon))
    return [label for label in labels if label not in OVER_LABELS] if len(labels) > 1 else []


def labels_in(text: str, names: Container[str]) -> list[str]:
    """Return the labels of which a text is made, one behind the other; none where there is more to it.

    >>> names = {"行政复议", "结果维持", "总计"}
    >>> labels_in("行政复议总计结果维持", names), labels_in("行政复议情况", names)
    (['行政复议', '总计', '结果维持'], [])
    """
    labels: list[str] = []
    at = 0
    while at < len(text):
        end = min(at + _LONGEST_LABEL, len(text))
        while end > at and text[at:end] not in names:
            end -= 1
        if end == at:
            return []
        labels.append(text[at:end])
        at = end
    return labels


def _header(text: str, lexicon: Lexicon) -> Header | None:
    label = key(text)
    over = over_columns(lexicon).get(label)
    if over:
        return Header(label, over=over)
    named = column_of(text, lexicon)
    if named is not None:
        return Header(label, *named)
    return Header(label) if _may_be_strange(label, lexicon) else None


@cache
def _labels_of_headers(lexicon: Lexicon) -> frozenset[str]:
    """Return the whole labels of columns, of what stands over some, of other headers and of the labels'."""
    return lexicon.headers.union(lexicon.whole_columns, over_columns(lexicon), OVER_LABELS)


def may_be_header(text: str) -> bool:
    """Return whether a text is as long as the header of a column, and tells no units."""
    label = key(text)
    return _SHORTEST_HEADER <= len(label) <= _LONGEST_HEADER and not label.startswith(_OF_UNITS)


def _may_be_strange(label: str, lexicon: Lexicon) -> bool:
    """Return whether a text may be the header of a column that the form does not have."""
    if not may_be_header(label) or label in lexicon.rows:
        return False
    if lexicon.is_header_or_group(label) or lexicon.starting_with(label):
        return False
    return all(ratio(label, group) < _MUCH_ALIKE for group in lexicon.groups)
