"""What a rendered report is made of: each piece of text that a tool may print, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from nlp.text.folding import filled, fold
from training.generator.drafting import Draft
from training.generator.page import TableBlock
from training.rendering.site import surroundings

LABEL, VALUE = "table_row", "numeric_cell"
END = "\n"
"""Stands between texts that are joined into one to be searched; no squeezed line holds it."""


def squeezed(text: str) -> str:
    """Return a text without white space, its characters as they are usually written.

    >>> squeezed("⼀、总体　情况（1）")
    '一、总体情况(1)'
    """
    return "".join(normalize("NFKC", filled(fold(text))).split())


@dataclass(frozen=True)
class Sources:
    """The pieces of a report, without white space.

    `prose` holds the text and the label of each block, `labels` and `values` the cells of tables, `site` the
    texts that the site adds, and `number` what stands before and after the number of a page, None where pages
    are not numbered.
    """

    prose: tuple[tuple[str, str], ...]
    labels: frozenset[str]
    values: frozenset[str]
    site: tuple[str, ...]
    number: tuple[str, str] | None

    @cached_property
    def said(self) -> str:
        """All prose in one text."""
        return END.join(text for text, _ in self.prose)

    @cached_property
    def labelled(self) -> str:
        """All labels of tables in one text, longest first."""
        return END.join(sorted(self.labels, key=len, reverse=True))

    @cached_property
    def printed(self) -> str:
        """All values in one text."""
        return END.join(sorted(self.values))

    @cached_property
    def around(self) -> str:
        """All that the site adds, as one and piece by piece: tools glue its links."""
        return END.join(["".join(self.site), *self.site])

    def is_page_number(self, text: str, page: int, *, at_edge: bool = True) -> bool:
        """Return whether a squeezed line is the number of a page (from 1), or, `at_edge`, a part of it.

        At the edges of pages pdfplumber and Markdown converters part `- 2 -` into `2` and `- -`; elsewhere
        such lines are cells.
        """
        if self.number is None:
            return False
        before, after = map(squeezed, self.number)
        signs = before + after
        whole = f"{before}{page}{after}"
        if at_edge:
            return bool(text) and text in (whole, signs, str(page))
        return bool(signs) and text == whole


def sources(draft: Draft, page: str, number: tuple[str, str] | None) -> Sources:
    """Return the pieces of a drafted report and of the page that a site made of it."""
    prose: list[tuple[str, str]] = []
    labels: list[str] = []
    values: list[str] = []
    for block in draft.blocks:
        if isinstance(block, TableBlock):
            for box in block.grid.boxes:
                texts = values if box.is_value else labels
                texts.append(box.text)
        elif block.label in ("heading", "narrative"):
            prose.append((bare(block.text), block.label))
        elif block.label == LABEL:
            labels.append(block.text)
    return Sources(
        prose=tuple((text, label) for text, label in prose if text),
        labels=frozenset(_bare_texts(labels)),
        values=frozenset(_bare_texts(values)),
        site=tuple(_bare_texts(surroundings(page))),
        number=number,
    )


def _bare_texts(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as `bare` returns them, without those of which nothing is left."""
    for text in texts:
        bare_text = bare(text)
        if bare_text:
            yield bare_text


RESIDUE = re.compile(
    r"<[^<>]*(?:>|$)|^\s*(?:class|style|colspan|rowspan)=[^<>]*>|&nbsp;|\\(?=[^\w\s])"
    r"|^\s*(?:[•●○◦▪]|-(?=\s+\S))|\[(?=[^\]]*\]\()|\]\([^)]*\)"
    r"|[|+*#>_~`─━│┃┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬]|-{3,}|={3,}"
)
"""What tools write around text: markup, bullets, the signs of borders."""


def bare(line: str) -> str:
    """Return a line without white space and without what a tool has written around its text.

    >>> bare("| **规章**  | 0 |"), bare("|---|---|")
    ('规章0', '')
    """
    return squeezed(RESIDUE.sub(" ", line))
