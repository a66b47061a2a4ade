"""The layout of tables each of whose cells says its column (`自然人：5`), behind the labels of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_doubt
from nlp.tables.labels.named_cells import Place
from nlp.tables.page.brackets import is_in_brackets
from nlp.tables.page.runs import cells_of, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading
from nlp.tables.table_page import TablePage


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of cells that say their columns, each in the row of the label before it.

    A row with a number that says none, or a column of other rows, is open. Numbers behind a text that is not
    the form's are that text's.
    """
    table = page.lexicon.table
    if not page.columns_said or not page.in_rows:
        return
    tokens, matches = page.tokens, page.matches
    unassigned = tokens[: matches.rows[0].first] if matches.rows else tokens
    of_unknown_labels: list[Token] = []
    own: dict[str, list[Token]] = {}
    alike: set[str] = set()
    for match, end in matches.stretches(len(tokens)):
        behind = match.last + 1
        stop = next((at for at in range(behind, end) if _is_label(tokens[at])), end)
        own.setdefault(match.row, []).extend(cells_of(tokens[match.first : stop]))
        of_unknown_labels += numbers_of(tokens[stop:end])
        if match.similarity < 1.0:
            alike.add(match.row)
    cells: dict[str, dict[str, Candidate]] = {}
    for row, of_row in own.items():
        candidates = _candidates(of_row, page.columns_said, table.row[row].columns)
        if row in alike:
            candidates = dict(zip(candidates, in_doubt([*candidates.values()]), strict=True))
        cells[row] = candidates
    # The file gives its cells as well where each says its column.
    yield Reading(
        "given_cells",
        Manner.BY_CELL,
        {},
        {match.row: match for match in matches.rows},
        unassigned=tuple(numbers_of(unassigned)),
        of_unknown_labels=tuple(of_unknown_labels),
        cells=cells,
    )


def _is_label(token: Token) -> bool:
    return token.kind is Kind.TEXT and not is_in_brackets(token.text)


def _candidates(
    cells: Sequence[Token], columns_said: Mapping[Place, str], columns: Sequence[str]
) -> dict[str, Candidate]:
    """Return the candidates of a row's columns, those that its cells name."""
    named: dict[str, list[Token]] = {}
    strays: list[Token] = []
    for token in cells:
        column = columns_said.get((token.line, token.start))
        if column in columns:
            named.setdefault(str(column), []).append(token)
        elif token.kind is not Kind.EMPTY:
            strays.append(token)
    if strays:
        return dict.fromkeys(columns, Candidate.any_of((*numbers_of(cells), None)))
    candidates = {}
    for id, tokens in named.items():
        texts = {token.text for token in tokens}
        candidates[id] = Candidate.of(tokens[0], Way.GIVEN) if len(texts) == 1 else Candidate.any_of(tokens)
    return candidates
