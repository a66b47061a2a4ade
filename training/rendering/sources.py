"""What a rendered report is made of: each piece of text that a tool may print, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from nlp.text.folding import filled, fold
from training.generator.drafting import Draft
from training.generator.page import Block, TableBlock
from training.rendering.site import surroundings

LABEL, VALUE = "table_row", "numeric_cell"
END = "\n"
"""Parts the pieces of a kind from each other; no squeezed line holds it."""


def squeezed(text: str) -> str:
    """Return a text without white space, its characters as they are usually written.

    >>> squeezed("⼀、总体　情况（1）")
    '一、总体情况(1)'
    """
    return "".join(normalize("NFKC", filled(fold(text))).split())


@dataclass(frozen=True)
class Sources:
    """The pieces of a report, squeezed: its prose with the label of each block, and all others by kind."""

    prose: tuple[tuple[str, str], ...]
    labels: frozenset[str]
    values: frozenset[str]
    site: tuple[str, ...]
    number: tuple[str, str] | None
    """What stands before and after the number of a page, where there is one."""

    @cached_property
    def said(self) -> str:
        """All prose in one."""
        return END.join(text for text, _ in self.prose)

    @cached_property
    def labelled(self) -> str:
        """All labels of tables in one, longest first."""
        return END.join(sorted(self.labels, key=len, reverse=True))

    @cached_property
    def printed(self) -> str:
        """All values in one."""
        return END.join(sorted(self.values))

    @cached_property
    def around(self) -> str:
        """All that the site adds, as one and piece by piece: tools glue its links."""
        return END.join(["".join(self.site), *self.site])

    def is_page_number(self, text: str, page: int, *, at_edge: bool = True) -> bool:
        """Tell whether a squeezed line is the number of a page (1-based), or a part of it where pages end.

        pdfplumber and Markdown converters part `- 2 -` into `2` and `- -`; elsewhere these are cells.
        """
        if self.number is None:
            return False
        before, after = map(squeezed, self.number)
        whole, around = f"{before}{page}{after}", before + after
        if at_edge:
            return text in {whole, around, str(page)} - {""}
        return bool(around) and text == whole


def sources(draft: Draft, page: str, number: tuple[str, str] | None) -> Sources:
    """Return the pieces of a drafted report and of the page that a site made of it."""
    boxes = [box for block in draft.blocks if isinstance(block, TableBlock) for box in block.grid.boxes]
    prose = [
        (bare(block.text), block.label)
        for block in draft.blocks
        if isinstance(block, Block) and block.label in ("heading", "narrative")
    ]
    others = [block.text for block in draft.blocks if isinstance(block, Block) and block.label == LABEL]
    values = [box.text for box in boxes if box.is_value]
    labels = [box.text for box in boxes if not box.is_value]
    return Sources(
        tuple((text, label) for text, label in prose if text),
        _set([*labels, *others]),
        _set(values),
        tuple(_without_blanks(surroundings(page))),
        number,
    )


def _set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_without_blanks(texts))


def _without_blanks(texts: Iterable[str]) -> Iterator[str]:
    return (found for text in texts if (found := bare(text)))


RESIDUE = re.compile(
    r"<[^<>]*(?:>|$)|^\s*(?:class|style|colspan|rowspan)=[^<>]*>|&nbsp;|\\(?=[^\w\s])"
    r"|^\s*(?:[•●○◦▪]|-(?=\s+\S))|\[(?=[^\]]*\]\()|\]\([^)]*\)"
    r"|[|+*#>_~`─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬]|-{3,}|={3,}"
)
"""What tools draw around text."""


def bare(line: str) -> str:
    """Return a line squeezed, without what a tool has drawn around it.

    >>> bare("| **规章**  | 0 |"), bare("|---|---|")
    ('规章0', '')
    """
    return squeezed(RESIDUE.sub(" ", line))
