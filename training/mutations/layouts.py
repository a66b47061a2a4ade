"""Sets the lines of a table's cells: tabs, pipes, Markdown, spaces, a cell a line, boxes of signs, HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from training.mutations.sheet import ABOVE, LEFT

Line = tuple[str, ...]
"""The cells of a line of a table: LEFT or ABOVE where a cell is one with the one before or above."""
Layout = Callable[[Sequence[Line]], Iterator[str]]

_LONGEST = 12
"""A label of more characters is set on two lines by the layouts that wrap."""
_HEADERS = 3
"""A line of so many cells without a number is a header."""
_RAISED = str.maketrans({"¹": "<sup>1</sup>", "²": "<sup>2</sup>"})


def is_html(layout: str) -> bool:
    """Return whether a layout writes a page of a site, not text."""
    return layout.startswith("html")


def without_merges(rows: Sequence[Line]) -> list[Line]:
    """Return lines with a blank cell for each that is one with another.

    >>> without_merges([("规章", "3", LEFT)])
    [('规章', '3', '')]
    """
    return [tuple("" if cell in (LEFT, ABOVE) else cell for cell in row) for row in rows]


def filled(rows: Sequence[Line]) -> list[Line]:
    """Return lines with the text of merged cells in each of them, as pandas has it.

    >>> filled([("甲", "规章", "3", LEFT), (ABOVE, "许可", "4", "5")])
    [('甲', '规章', '3', '3'), ('甲', '许可', '4', '5')]
    """
    written: list[Line] = []
    for row in rows:
        line: list[str] = []
        for at, cell in enumerate(row):
            if cell == LEFT:
                line.append(line[-1])
            else:
                line.append(written[-1][at] if cell == ABOVE else cell)
        written.append(tuple(line))
    return written


def _tabs(rows: Sequence[Line]) -> Iterator[str]:
    yield from ("\t".join(row) for row in rows)


def _pipes(rows: Sequence[Line]) -> Iterator[str]:
    yield from ("|".join(row) + "|" for row in rows)


def _spaced_pipes(rows: Sequence[Line]) -> Iterator[str]:
    yield from (" | ".join(row) + " |" for row in rows)


def _markdown(rows: Sequence[Line]) -> Iterator[str]:
    first, *rest = rows
    yield f"| {' | '.join(first)} |"
    yield "|" + " --- |" * len(first)
    yield from (f"| {' | '.join(row)} |" for row in rest)


def _spaces(gap: str) -> Layout:
    """Return the layout in which white space parts the cells, and a blank one leaves no trace."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        yield from (gap.join(cell for cell in row if cell) for row in rows)

    return write


def _cell_a_line(prefix: str, suffix: str, keeps_blanks: bool) -> Layout:
    """Return the layout in which each cell has a line of its own."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        for row in rows:
            for cell in row:
                if cell or keeps_blanks:
                    yield f"{prefix}{cell}{suffix}"

    return write


def _headers_apart(gap: str, glue: str) -> Layout:
    """Return the layout of rows on lines below headers between which a line feed or nothing stands."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        for row in rows:
            cells = [cell for cell in row if cell]
            has_numbers = any(cell[:1].isdecimal() for cell in cells)
            yield from (gap if has_numbers or len(cells) < _HEADERS else glue).join(cells).split("\n")

    return write


def _box(rows: Sequence[Line]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    yield rule
    for row in rows:
        cells = [f" {cell:<{width}} " for cell, width in zip(row, widths, strict=True)]
        yield "|" + "|".join(cells) + "|"
        yield rule


def _wrapped(between: bool) -> Layout:
    """Return the layout of spaces in which long labels take two lines, their numbers between or before."""

    def write(rows: Sequence[Line]) -> Iterator[str]:
        for row in rows:
            cells = [cell for cell in row if cell]
            labels = [cell for cell in cells if not any(map(str.isdecimal, cell[:1])) or len(cell) > _LONGEST]
            last = labels[-1] if labels else ""
            values = cells[len(labels) :]
            if not values or len(last) <= _LONGEST:
                yield "  ".join(cells)
                continue
            first = [*labels[:-1], last[:_LONGEST]]
            yield from ("  ".join(first), "  ".join(values)) if between else ("  ".join([*first, *values]),)
            yield last[_LONGEST:]

    return write


def _cell_and_pipe(rows: Sequence[Line]) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield from (cell, "|") if cell else ("|",)


def _html_table(rows: Sequence[Line]) -> Iterator[str]:
    yield "<table>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{_marked_up(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"


def _html_spans(rows: Sequence[Line]) -> Iterator[str]:
    """Yield a table of a site whose merged cells have their spans."""
    yield "<table>"
    for at, row in enumerate(rows):
        cells = []
        for place, cell in enumerate(row):
            if cell in (LEFT, ABOVE):
                continue
            across = _run(row[place + 1 :], LEFT)
            down = _run([below[place] for below in rows[at + 1 :]], ABOVE)
            span_across = f' colspan="{across}"' if across > 1 else ""
            span_down = f' rowspan="{down}"' if down > 1 else ""
            cells.append(f"<td{span_across}{span_down}>{_marked_up(cell)}</td>")
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</table>"


def _run(cells: Sequence[str], mark: str) -> int:
    """Return how many cells one is, that before some with those that bear a mark."""
    behind = next((at for at, cell in enumerate(cells) if cell != mark), len(cells))
    return 1 + behind


def _marked_up(cell: str) -> str:
    return escape(cell).translate(_RAISED)


def _over(write: Layout, prepared: Callable[[Sequence[Line]], list[Line]] = without_merges) -> Layout:
    """Return a layout of lines without merged cells."""
    return lambda rows: write(prepared(rows))


LAYOUTS: dict[str, Layout] = {
    "tabs": _over(_tabs),
    "tabs_filled": _over(_tabs, filled),
    "pipes": _over(_pipes),
    "spaced_pipes": _over(_spaced_pipes),
    "markdown": _over(_markdown),
    "one_space": _over(_spaces(" ")),
    "two_spaces": _over(_spaces("  ")),
    "wide_spaces": _over(_spaces("      ")),
    "headers_on_lines": _over(_headers_apart("  ", "\n")),
    "headers_glued": _over(_headers_apart(" ", "")),
    "wrapped_around_numbers": _over(_wrapped(between=True)),
    "wrapped_behind_numbers": _over(_wrapped(between=False)),
    "cell_a_line": _over(_cell_a_line("", "", keeps_blanks=False)),
    "cell_a_line_tabbed": _over(_cell_a_line("\t", "", keeps_blanks=True)),
    "cell_a_line_piped": _over(_cell_a_line("", " |", keeps_blanks=False)),
    "cell_a_line_piped_blanks": _over(_cell_a_line("", " |", keeps_blanks=True)),
    "cell_and_pipe": _over(_cell_and_pipe),
    "box": _over(_box),
    "html": _over(_html_table),
    "html_spans": _html_spans,
}
OF_LOOSE_LINES = frozenset(LAYOUTS) - {"html", "html_spans", "box", "markdown"}
"""The layouts between whose lines others may stand."""
