"""Keeps what is decided: adds it to the file of corrections, takes it back, tells what counts."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import RLock

from msgspec.structs import replace

from nlp.correcting import files
from nlp.correcting.decisions import OfReport, decisions, news, undoing
from nlp.record.corrections import Correction

Step = list[Correction]
"""What one key decides: corrections of one report, which are undone together."""


class Log:
    """The corrections of a file, and those that are added to it here.

    What is added is on the disk before a method returns. What someone else adds to the file meanwhile is
    taken in. Raises BadCorrections, from `nlp.correcting.files`, where the file is none of corrections.
    """

    def __init__(self, path: str, by: str) -> None:
        self.path = path
        self.by = by
        self._size = -1
        self._by_report: dict[str, list[Correction]] = defaultdict(list)
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._lock = RLock()
        self._take_in()

    def of(self, id: str) -> OfReport:
        """Return the decisions on a report that count, by their fields."""
        with self._lock:
            self._take_in()
            return decisions(self._by_report[id]).get(id, {}) if id in self._by_report else {}

    def ids(self) -> list[str]:
        """Return the reports about which anything was decided."""
        with self._lock:
            self._take_in()
            return list(self._by_report)

    def decide(self, made: Sequence[Correction]) -> bool:
        """Add corrections of one report as one step; return whether there was anything new among them.

        What is decided already is not written again.
        """
        with self._lock:
            self._take_in()
            as_in_file = files.parsed(files.lines(made), self.path).corrections
            new = news(self._by_report[as_in_file[0].id], as_in_file) if as_in_file else []
            if not new:
                return False
            self._steps.append(self._write(new))
            self._undone.clear()
            return True

    def undo(self) -> str | None:
        """Take back the last step of this run of the desk; return its report, None where there is none."""
        with self._lock:
            if not self._steps:
                return None
            self._take_in()
            step = self._steps.pop()
            self._write([self._undoing(correction) for correction in reversed(step)])
            self._undone.append(step)
            return step[0].id

    def redo(self) -> str | None:
        """Decide once more what was last taken back; return its report, None where there is none."""
        with self._lock:
            if not self._undone:
                return None
            step = self._undone.pop()
            self._steps.append(self._write(step))
            return step[0].id

    def _undoing(self, correction: Correction) -> Correction:
        """Return the line that takes a correction back, by what stood before it in the file."""
        before = list(self._by_report[correction.id])
        while before and before[-1] != correction:
            before.pop()
        return undoing(before[:-1], correction, self.by, "")

    def _write(self, made: Sequence[Correction]) -> Step:
        """Add corrections to the file, signed and dated; return them as they stand there."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        signed = [replace(correction, by=self.by, at=at) for correction in made]
        files.append(self.path, signed)
        self._take_in()
        return signed

    def _take_in(self) -> None:
        """Read what was added to the file since it was last read; all of it where it is another file now."""
        try:
            size = os.stat(self.path).st_size
        except FileNotFoundError:
            size = 0
        if size == self._size:
            return
        if 0 < self._size < size:
            try:
                self._read_on()
                return
            except files.BadCorrections:
                pass  # it may have been replaced by a longer one: the whole of it tells
        self._by_report.clear()
        self._size = 0
        if size:
            self._enter(files.read(self.path))
            self._size = size

    def _read_on(self) -> None:
        """Take in the whole lines behind those that were read."""
        with open(self.path, "rb") as file:
            file.seek(self._size)
            content = file.read()
        lines = content[: content.rfind(b"\n") + 1]
        self._enter(files.parsed(lines, self.path))
        self._size += len(lines)

    def _enter(self, file: files.CorrectionFile) -> None:
        for correction in file.corrections:
            self._by_report[correction.id].append(correction)
