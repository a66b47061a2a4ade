"""The circumstances in which a cell was read: all that its confidence is computed from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct


class Way(StrEnum):
    """How it was told what stands in a cell; `OPEN` where it was not, `ABSENT` where the page lacks it."""

    OPEN = "open"
    ABSENT = "absent"
    AS_MANY = "as many"
    """The row has as many numbers as columns."""
    ON_ITS_LINE = "on its line"
    """The row is whole on the line of its label; what follows are pages' numbers."""
    MERGED = "merged"
    """Several columns share a cell, which a tool repeats."""
    JOINED = "joined"
    """The numbers of one cell are joined to one."""
    BY_SUM = "by sum"
    """Of several readings of a row this is the one whose sum holds."""
    ONE_TOO_MANY = "one too many"
    """Whichever number is left out, the same ones are left."""
    ZEROS = "zeros"
    """A number is left out so that zeros are left, which always add up."""
    BELOW = "below"
    """The one blank cell of a row takes the number below it, or does not."""
    EACH_WAY = "each way"
    """All ways to place fewer numbers than columns put the same here."""
    BY_CELLS = "by cells"
    BY_LINES = "by lines"
    BY_POSITION = "by position"
    EMPTY_CELLS = "empty cells"
    """Cells stand behind the label, and none holds anything."""
    NO_CELLS = "no cells"
    """Nothing stands behind the label."""
    UNFILLED = "unfilled"
    """The headers of the one row stand there, and no number below them."""
    ON_ONE_LINE = "on one line"
    ON_LINES = "on lines"
    UNDER_HEADER = "under header"
    BEHIND_PARTS = "behind parts"
    """A total that stands apart from the parts it sums up."""
    CUT = "cut"
    """A string of digits can be cut in one way."""
    CUT_BY_SUM = "cut by sum"
    GIVEN = "given"
    """The file itself has the cell, in its row and under its header."""
    SEARCHED = "searched"
    """Every likely way to fill the table's rows puts it here."""


Label = Literal["exact", "in turn", "much alike", "alike"]
"""How a row's label was recognised: as the form has it, by its neighbours, by likeness alone."""
Proof = Literal["none", "zeros", "holds", "broken"]
"""What a sum says of a cell: nothing, that all is 0 or blank, that it holds, that it is broken."""
Headers = Literal["none", "in order", "moved"]
"""Whether the page prints headers of the form, and whether its columns or groups stand in another order."""
Content = Literal["number", "zero", "blank", "placeholder"]
"""What is told of a cell."""


class Setting(Struct, frozen=True, gc=False):
    """How a row was read: by which layout, and how its label was recognised.

    `unsure`: the layout itself leaves room for another reading; `surplus`: the table has numbers that fit no
    row; `bare`: no row of it has a number.
    """

    layout: str
    label: Label = "exact"
    unsure: bool = False
    surplus: bool = False
    bare: bool = False


class Circumstances(Struct, frozen=True, gc=False):
    """A cell's circumstances; few tables have more than a dozen different ones.

    `doubtful`: the row's numbers leave room for another reading; `torn`: white space stands between the
    digits, or a 0 before them; `unitless`: an amount whose unit the page does not tell.
    """

    setting: Setting
    way: Way
    content: Content
    across: Proof
    down: Proof
    headers: Headers = "in order"
    doubtful: bool = False
    torn: bool = False
    unitless: bool = False

    def features(self) -> Iterator[str]:
        """Yield the names of what holds of the cell.

        >>> cell = Circumstances(Setting("rows"), Way.AS_MANY, "zero", "zeros", "none", doubtful=True)
        >>> list(cell.features())[2:]  # doctest: +NORMALIZE_WHITESPACE
        ['way as many', 'as many: zero', 'as many: across zeros', 'down none', 'headers in order', 'doubtful',
        'as many: doubtful']
        """
        setting = self.setting
        yield f"layout {setting.layout}"
        yield f"label {setting.label}"
        yield f"way {self.way}"
        yield f"{self.way}: {self.content}"
        yield f"{self.way}: across {self.across}"
        yield f"down {self.down}"
        yield f"headers {self.headers}"
        for name in ("unsure", "surplus", "bare"):
            if getattr(setting, name):
                yield name
        for name in ("doubtful", "torn", "unitless"):
            if getattr(self, name):
                yield name
        if self.doubtful:
            yield f"{self.way}: doubtful"
