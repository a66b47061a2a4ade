"""Times `nianbao extract` on one file within this process, with empty caches."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from benchmarks.clock import cpu
from benchmarks.documents import files, warming
from benchmarks.memos import grown
from nlp.reading.inputs import Input
from nlp.running.extraction import Extraction

_LOADING = 20
"""So many documents load what is loaded once; as many others show what remembers."""


class ColdReading:
    """Reads inputs from file to record; `memos` names what it makes forget before each."""

    def __init__(self) -> None:
        self._read = Extraction()
        gc.unfreeze()  # what is frozen is not looked through for memos
        with files(warming(2 * _LOADING)) as inputs:
            self._all(inputs[:_LOADING])
            self._memos = grown(lambda: self._all(inputs[_LOADING:]))
        gc.collect()
        gc.freeze()  # as the command does: what was loaded is not looked through for garbage

    @property
    def memos(self) -> list[str]:
        return sorted({memo.name for memo in self._memos})

    def seconds(self, input: Input) -> float:
        """Return the CPU time of reading an input for the first time."""
        for memo in self._memos:
            memo.forget()
        return cpu(lambda: self._read(input))

    def _all(self, inputs: Iterable[Input]) -> None:
        for input in inputs:
            self._read(input)
