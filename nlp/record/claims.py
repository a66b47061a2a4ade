"""Numbers of the prose that speak of cells, and totals that follow from other cells, as a record has them."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

Agreement = Literal["agrees", "differs", "not_assessable"]
"""What the tables say to a number of the prose.

- `agrees`: they print the same.
- `differs`: they print something else.
- `not_assessable`: they have no such number, or it cannot be told which of theirs is meant.
"""

Approximation = Literal["about", "above", "below"]
"""How a number that is not exact is meant: 约 12, 12 余, 近 12."""


Wording = Literal["plain", "doubtful", "weak"]
"""How far the words around a number say what it speaks of.

- `plain`: they leave no doubt.
- `doubtful`: some of them are unknown, or leave doubt.
- `weak`: it may well count something else, as 全市 does: only an equal number says something.
"""


class Claim(Struct, frozen=True, gc=False):
    """A number of the prose with what it speaks of, held against the tables.

    Statements that there was none of something are claims of 0, and so is `全部办结`, of applications
    carried forward.
    """

    text: str
    """What is printed: the number with its unit, or the words that stand for one."""
    value: int | float
    """The number: in 万元 where it is money, as a percentage where it is one."""
    unit: str | None
    """What is counted, as printed, such as `件`; None where words stand for the number."""
    kind: str
    """What it speaks of, such as `new_received` or `published`: a kind of data/claims.toml."""
    line: int
    """The line of the decoded text, from 1, on which `text` begins."""
    span: tuple[int, int]
    """The characters of `text`: `decoded_text[span[0]:span[1]] == text`."""
    about: str | None
    """The id of the cell that it speaks of, or ids with ` + ` between them; None where no cell has it."""
    outcome: Agreement
    """What the tables say to it."""
    confidence: float
    """The probability that it speaks of `about` and that this is read right; 0 without `about`."""
    wording: Wording = "plain"
    """How far the words around it say what it speaks of; its confidence is measured by this and `kind`."""
    readings: list[str] = []
    """All that it may speak of, written like `about`, the likeliest first; empty where that is one thing.

    收到 may count what came over from last year, or not: `about` is then the one that agrees, or the first.
    """
    approximate: Approximation | UnsetType = UNSET
    """How it is meant where it is not exact; unset where it is."""


class Derived(Struct, frozen=True, gc=False):
    """A total that the page left blank and that a sum of the form gives; it is never in the tables."""

    cell: str
    """The id, `table.row.column`, of the blank cell."""
    value: int | float
    """What the sum gives, in the form's unit."""
    check: str
    """The id of the sum that gives it, such as `requests.row_total.new_received`."""
    rule: str
    """The sum in terms of row or column ids."""
    blanks_as_zero: bool = False
    """Whether cells of the sum are blank and were taken as 0: a second reading, not what is printed."""
