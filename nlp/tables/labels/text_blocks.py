"""Finds the boxes of text that hold a table's numbers, and what the labels in them say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import columns_in
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token


class TextBlock(Struct, frozen=True):
    """Numbers that a tool set in one box: their places among a table's tokens.

    `columns` are those that its headers name, in their order on the page; `row` is
    the place of the row whose label stands above the first number, if one does; `foreign` tells that
    the label next above is another table's.
    """

    numbers: list[int]
    columns: tuple[str, ...] = ()
    row: int | None = None
    foreign: bool = False


def text_blocks(
    tokens: Sequence[Token],
    matches: LabelMatches,
    lexicon: Lexicon,
    others: Sequence[Lexicon],
    gaps: bool = True,
) -> Iterator[TextBlock]:
    """Yield the boxes of some tokens in page order.

    A column's header, or a label of another table, behind numbers begins a box, and so does a white gap:
    labels of rows may stand among the numbers of a box. Some tools leave a gap around each number; where
    `gaps` is false rows' labels begin boxes instead.
    """
    reader = _BlockReader(matches, lexicon, others, gaps)
    for at, token in enumerate(tokens):
        if gaps and at and token.line - tokens[at - 1].line > 1:
            yield from reader.close()
            reader.columns = {}
        if token.kind is Kind.TEXT:
            yield from reader.label(at, key(token.text))
        elif token.kind in CELL_KINDS:
            reader.numbers.append(at)
    yield from reader.close()


class _BlockReader:
    """The box that is being read."""

    def __init__(
        self, matches: LabelMatches, lexicon: Lexicon, others: Sequence[Lexicon], gaps: bool
    ) -> None:
        order = {row.id: n for n, row in enumerate(lexicon.table.rows)}
        self.row_at = {at: order[row] for at, row in matches.row_at.items()}
        self.lexicon, self.others, self.gaps = lexicon, others, gaps
        self.numbers: list[int] = []
        self.columns: dict[str, None] = {}
        self.row: int | None = None
        self.foreign = False

    def close(self) -> Iterator[TextBlock]:
        """Yield the box, if it has numbers."""
        if self.numbers:
            yield TextBlock(self.numbers, tuple(self.columns), self.row, self.foreign)
        self.numbers, self.row = [], None

    def label(self, at: int, text: str) -> Iterator[TextBlock]:
        """Take a label; yield the box that it ends."""
        own, foreign = _belongs(text, self.lexicon), any(_belongs(text, other) for other in self.others)
        if at in self.row_at:
            if not self.gaps:
                yield from self.close()
            self.row = self.row if self.numbers else self.row_at[at]
            self.foreign = False
            return
        if own or foreign:
            if self.numbers and self._is_header(text, own):
                yield from self.close()
                self.columns = {}
            self.columns |= dict.fromkeys(columns_in(text, self.lexicon))
        if own != foreign:
            self.foreign = foreign

    def _is_header(self, text: str, own: bool) -> bool:
        """Tell whether a text heads columns: among labels of rows 其他 and 总计 may be rows themselves."""
        among_rows = self.row is not None and text in self.lexicon.rows
        return not own or not (among_rows or self.lexicon.is_part_of_group(text))


def _belongs(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a text is a label of a table, or a piece of one that is no row's."""
    return bool(text) and (lexicon.is_header_or_group(text) or text in lexicon.rows)
