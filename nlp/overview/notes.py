"""Notes, as records are read, which of their sums are broken and whose fault that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nlp.collection.slim import SlimReport
from nlp.record.model import CLAIM_CHECKS

SOURCE = "source"
Broken = tuple[str, str | None]
"""The id of a check that does not hold, and whose fault it is."""


@dataclass
class Notes:
    """The broken checks of each record, in the order in which the records are read.

    >>> from nlp.collection.slim import SlimCheck, SlimSource
    >>> notes = Notes()
    >>> checks = [SlimCheck("requests.balance.total", "broken", "source"), SlimCheck("a.b.c", "holds")]
    >>> notes(SlimReport(source=SlimSource(), checks=checks))
    >>> notes.broken
    [(('requests.balance.total', 'source'),)]
    """

    broken: list[tuple[Broken, ...]] = field(default_factory=list)
    _shared: dict[Any, Any] = field(default_factory=dict)

    def __call__(self, record: SlimReport) -> None:
        """Note a record."""
        broken = tuple(
            self._once((check.id, check.blame)) for check in record.checks if check.outcome == "broken"
        )
        self.broken.append(broken)

    def sums(self, report: int) -> int:
        """Return how many sums of a report are broken by the agency's own numbers."""
        return sum(blame == SOURCE and not id.startswith(CLAIM_CHECKS) for id, blame in self.broken[report])

    def doubtful_sums(self, report: int) -> int:
        """Return how many sums of a report are broken, perhaps by the reading."""
        return sum(blame != SOURCE and not id.startswith(CLAIM_CHECKS) for id, blame in self.broken[report])

    def claims(self, report: int) -> int:
        """Return how many numbers of the prose of a report differ from its tables."""
        return sum(id.startswith(CLAIM_CHECKS) for id, _ in self.broken[report])

    def _once(self, broken: Broken) -> Broken:
        shared: Broken = self._shared.setdefault(broken, broken)
        return shared
