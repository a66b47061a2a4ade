"""Collects remarks on an output: what could not be written as it stands, how often, and where first."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Remarks:
    """Remarks on an output, counted by kind.

    >>> remarks = Remarks()
    >>> for record in (3, 8):
    ...     remarks.add("Texts that were cut", f"record {record}")
    >>> remarks.sentences()
    ['Texts that were cut: 2 (first: record 3).']
    """

    counts: dict[str, tuple[int, str]] = field(default_factory=dict)
    """For each kind of remark how often it was made, and where first."""

    def add(self, what: str, where: str, times: int = 1) -> None:
        """Add a remark of the kind `what` on a place, made `times` times."""
        count, first = self.counts.get(what, (0, where))
        self.counts[what] = (count + times, first)

    def sentences(self) -> list[str]:
        """Return a sentence for each kind, in the order in which the kinds were first met."""
        return [f"{what}: {count} (first: {first})." for what, (count, first) in self.counts.items()]
