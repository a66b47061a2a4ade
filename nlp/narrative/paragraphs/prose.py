"""The running text of one document, from which chapters, items and identity take their passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from nlp.narrative.paragraphs.cell_borders import unboxed
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.paragraph_starts import Layout, TitleLength, no_title
from nlp.narrative.paragraphs.passage import Passage, join
from nlp.narrative.paragraphs.recurring import recurring_lines
from nlp.narrative.paragraphs.running_lines import running_lines
from nlp.text.lines import Line


class Prose:
    """The lines of a document and their labels: one a line, None for a blank one.

    >>> from nlp.text.lines import split
    >>> prose = Prose(split("全年公开三百条。\\n- 1 -\\n办理两件。"), ["narrative", "furniture", "narrative"])
    >>> prose.passage(Extent(0, 2)).text
    '全年公开三百条。\\n办理两件。'
    """

    def __init__(self, lines: Sequence[Line], labels: Sequence[str | None]) -> None:
        self.lines = lines
        self.labels = labels
        self._unboxed = unboxed(lines)

    @cached_property
    def _recurring(self) -> frozenset[int]:
        return recurring_lines(self.lines)

    def passage(self, extent: Extent, tables: bool = True, titled: TitleLength = no_title) -> Passage:
        """Return the running text of an extent; what is furniture or table is left out.

        With `tables` false no table is expected there, and only lines that cannot be read as text, or recur
        on each page, are left out. `titled` tells how many characters of a line are a title that opens a
        paragraph.
        """
        kept = running_lines(self._unboxed, self.labels, extent, tables, titled)
        if not tables:
            kept = [line for line in kept if line.n - 1 not in self._recurring]
        layout = Layout.of(kept, self.labels, titled)
        return join(kept, self._unboxed, layout, extent)
