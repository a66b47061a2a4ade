"""Cuts a string of cells that nothing parts (`0140`, `1/////1`, `0件+4件`) in every way there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from nlp.form.form import Column
from nlp.tables.page.brackets import REMARK
from nlp.text.cells import DASH, DASHES, SIGNS, UNIT
from nlp.text.cells import WORDS as BLANK_WORDS

_WORDS = (*BLANK_WORDS, *SIGNS)
"""What a blank cell may print, dashes apart: in one row all of these are alike."""
_UNIT = re.compile(rf"\s?{UNIT}")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_LONGEST, _WIDE = (9, 6), 4
"""Longer runs of digits are no count; in rows of so many columns on, of applications and cases, shorter."""
_MOST, _CELLS = 80, 300
"""Sums are not tried on longer strings; still longer ones are no row of cells."""
_PLAIN = re.compile(r"\d+")


class CellSpan(Struct, frozen=True, gc=False):
    """One cell of a string, `text[start:stop]`: its number if it counts, None where it is blank.

    `end` is where the next one begins: behind a remark in brackets.
    """

    start: int
    stop: int
    end: int
    value: int | None


Segmentation = tuple[CellSpan, ...]
"""The cells of a string, column by column."""


class Blanks(Struct, frozen=True):
    """How a page prints blank cells: by words (无, `/`) always, by `dashes`, or `traceless`: not at all."""

    traceless: bool = False
    dashes: bool = False


WORDS = Blanks()
ANY = Blanks(traceless=True, dashes=True)


class DigitString(Struct, frozen=True, dict=True):
    """A string that holds a cell for each of some columns; `blanks`: how the page prints blank ones.

    >>> count = Column("issued", "本年制发件数")
    >>> string = DigitString("1607", (count, count, count))
    >>> [string.texts(cut) for cut in string.cuts()]
    [['1', '60', '7'], ['16', '0', '7']]
    >>> string = DigitString("10", (count, count), Blanks(traceless=True))
    >>> [string.texts(cut) for cut in string.cuts()]
    [['1', '0'], ['10', ''], ['', '10']]
    """

    text: str
    columns: tuple[Column, ...]
    blanks: Blanks = WORDS

    def texts(self, cut: Segmentation) -> list[str]:
        """Return the texts of a cut's cells."""
        return [self.text[piece.start : piece.stop] for piece in cut]

    def cuts(self) -> list[Segmentation]:
        """Return every way to cut the string."""
        return _distinct(cut for grid in self._segmenters for cut in grid.cuts())

    def holding(self, total: int) -> list[Segmentation]:
        """Return the ways to cut the string whose number at the place `total` is the sum of the others.

        A row of blank cells alone holds as well. Where a blank cell may leave no trace zeros prove
        nothing: any of their cells may be blank, the total too.
        """
        if len(self.text) > _MOST or (self.blanks.traceless and not self.text.strip("0")):
            return []
        return _distinct(cut for grid in self._segmenters for cut in grid.holding(total))

    def count(self) -> int:
        """Return in how many ways the string can be cut."""
        return sum(grid.count for grid in self._segmenters)

    def options(self) -> list[list[CellSpan]]:
        """Return for each column the cells that it has in some way to cut the string."""
        columns: list[dict[CellSpan, None]] = [{} for _ in self.columns]
        for grid in self._segmenters:
            for column, found in enumerate(grid.options()):
                columns[column].update(dict.fromkeys(found))
        return [list(found) for found in columns]

    def groups(self, width: int, total: int) -> list[list[Segmentation]]:
        """Return for each group of `width` columns the ways to cut it that let its sum hold.

        `total` is the place in a group of the sum of its other numbers. None where no way to cut the whole
        string lets every group hold.
        """
        if len(self.text) > _MOST:
            return []
        found: list[list[Segmentation]] = [[] for _ in range(0, len(self.columns), width)]
        for grid in self._segmenters:
            for group, cuts in zip(found, grid.groups(width, total), strict=True):
                group.extend(cuts)
        return found if all(found) else []

    @cached_property
    def _segmenters(self) -> list[_Segmenter]:
        if len(self.text) > _CELLS:
            return []
        dashes = range(1, DASHES + 1) if self.blanks.dashes and DASH in self.text else (0,)
        return [grid for size in dashes if (grid := _Segmenter(self, size)).count]


def _distinct(cuts: Iterator[Segmentation]) -> list[Segmentation]:
    return list(dict.fromkeys(cuts))


class _Segmenter:
    """The cells that may begin at each place of a string, if a dash for a blank cell is so long."""

    def __init__(self, digit_string: DigitString, dashes: int) -> None:
        self.text, self.columns, self.traceless = (
            digit_string.text,
            digit_string.columns,
            digit_string.blanks.traceless,
        )
        longest = _LONGEST[len(digit_string.columns) >= _WIDE]
        kinds = [(column.signed, column.unit is not None, longest) for column in digit_string.columns]
        cells = {kind: _cells(self.text, *kind, dashes, self.traceless) for kind in set(kinds)}
        self.cells = [cells[kind] for kind in kinds]
        self.ways = self._ways()

    @property
    def count(self) -> int:
        return self.ways[0][0]

    def _ways(self) -> list[list[int]]:
        """Return in how many ways the columns from each on fill the string from each place on."""
        length, width = len(self.text), len(self.columns)
        ways = [[0] * (length + 1) for _ in range(width + 1)]
        ways[width][length] = 1
        for column in reversed(range(width)):
            behind = ways[column + 1]
            for at, pieces in enumerate(self.cells[column]):
                ways[column][at] = sum([behind[piece.end] for piece in pieces])
        return ways

    def cuts(self, column: int = 0, at: int = 0) -> Iterator[Segmentation]:
        """Yield the ways to cut the string from a place on into the columns from one on."""
        if column == len(self.columns):
            yield ()
            return
        for piece in self.cells[column][at]:
            if self.ways[column + 1][piece.end]:
                for rest in self.cuts(column + 1, piece.end):
                    yield (piece, *rest)

    def holding(self, total: int) -> Iterator[Segmentation]:
        """Yield the ways to cut the string whose number at the place `total` is the sum of the others."""
        for at in range(len(self.text) + 1):
            for piece in self.cells[total][at]:
                if not self.ways[total + 1][piece.end]:
                    continue
                self.failed: set[tuple[int, int, int]] = set()
                for cut in self._adding(0, 0, total, piece, piece.value or 0):
                    if piece.value is not None or all(part.value is None for part in cut):
                        yield cut

    def _adding(self, column: int, at: int, place: int, total: CellSpan, rest: int) -> Iterator[Segmentation]:
        """Yield the cells from a column on whose parts add up to what is left of the total at `place`."""
        if column == place:
            if at == total.start:
                for cells in self._adding(column + 1, total.end, place, total, rest):
                    yield (total, *cells)
            return
        if column == len(self.columns):
            if at == len(self.text) and not rest:
                yield ()
            return
        state = (column, at, rest)
        if state in self.failed:
            return
        end = total.start if column < place else len(self.text)
        found = False
        for piece in self.cells[column][at]:
            value = piece.value or 0
            if piece.end <= end and value <= rest:
                for cells in self._adding(column + 1, piece.end, place, total, rest - value):
                    found = True
                    yield (piece, *cells)
        if not found:
            self.failed.add(state)

    def options(self) -> Iterator[list[CellSpan]]:
        """Yield for each column the cells on some way through the string."""
        places = {0}
        for column, cells in enumerate(self.cells):
            behind = self.ways[column + 1]
            found = [piece for at in sorted(places) for piece in cells[at] if behind[piece.end]]
            yield found
            places = {piece.end for piece in found}

    def groups(self, width: int, total: int) -> list[list[Segmentation]]:
        """Return the holding ways to cut each group, none where they do not fill the string."""
        starts, cuts = [{0}], []
        held: dict[int, list[Segmentation]] = {}
        for _ in range(0, len(self.columns), width):
            for at in starts[-1] - held.keys():
                held[at] = list(self._held(width, total, at))
            cuts.append([cut for at in sorted(starts[-1]) for cut in held[at]])
            starts.append({cut[-1].end for cut in cuts[-1]})
        ends = {len(self.text)}
        for n in reversed(range(len(cuts))):
            cuts[n] = [cut for cut in cuts[n] if cut[-1].end in ends]
            ends = {cut[0].start for cut in cuts[n]}
        return cuts

    def _held(self, width: int, total: int, at: int, read: Segmentation = ()) -> Iterator[Segmentation]:
        """Yield the ways to cut a group from a place on: its total has no fewer digits than a part."""
        if len(read) == width:
            if self._total_holds(read, total):
                yield read
            return
        for piece in self.cells[0][at]:
            fits = len(read) >= total or piece.end + piece.stop - piece.start <= len(self.text)
            if fits or not piece.value:
                yield from self._held(width, total, piece.end, (*read, piece))

    def _total_holds(self, group: Segmentation, total: int) -> bool:
        """Return whether the cell at the place `total` is the sum of the others, or blank where these are."""
        parts = [piece.value for place, piece in enumerate(group) if place != total]
        amount = sum(value or 0 for value in parts)
        if group[total].value is not None:
            return group[total].value == amount
        return not any(value is not None for value in parts) or (self.traceless and not amount)


@lru_cache(maxsize=1 << 6)
def _cells(
    text: str, signed: bool, money: bool, longest: int, dashes: int, traceless: bool
) -> list[list[CellSpan]]:
    """Return the cells that may begin at each place of a string, a shorter one first."""
    found = [list(_cells_at(text, at, signed, money, longest, dashes)) for at in range(len(text) + 1)]
    if traceless:
        for at, pieces in enumerate(found):
            pieces.append(CellSpan(at, at, at, None))
    return found


def _cells_at(text: str, at: int, signed: bool, money: bool, longest: int, dashes: int) -> Iterator[CellSpan]:
    for word in (*_WORDS, DASH * dashes):
        if word and text.startswith(word, at):
            yield CellSpan(at, at + len(word), at + len(word), None)
    start = at + (signed and text[at : at + 1] in ("+", "-"))
    for end in _ends(text, start, money, longest):
        unit = _UNIT.match(text, end)
        digits = text[start:end].replace(",", "")
        value = int(digits) if digits.isdecimal() else 0
        stop = unit.end() if unit else end
        remark = REMARK.match(text, stop)
        yield CellSpan(at, stop, remark.end() if remark else stop, -value if text[at] == "-" else value)


def _ends(text: str, start: int, money: bool, longest: int) -> Iterator[int]:
    """Yield where a number that begins at `start` may end: no zero leads, and no comma or point is left."""
    if grouped := _THOUSANDS.match(text, start):
        yield from _fractions(text, grouped.end(), money)
    digits = _PLAIN.match(text, start)
    if digits is None:
        return
    last = start + 1 if text[start] == "0" else min(digits.end(), start + longest)
    for end in range(start + 1, last + 1):
        if text[end : end + 1] != ",":
            yield from _fractions(text, end, money)


def _fractions(text: str, end: int, money: bool) -> Iterator[int]:
    if text[end : end + 1] != ".":
        yield end
    elif money and (digits := _PLAIN.match(text, end + 1)):
        yield from range(end + 2, digits.end() + 1)
