"""Collects what a user has to be told about an output: how often, and where first."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Remarks:
    """What could not be written as it stands; each kind is told once.

    >>> remarks = Remarks()
    >>> for record in (3, 8):
    ...     remarks.add("Texts that were cut", f"record {record}")
    >>> remarks.sentences()
    ['Texts that were cut: 2 (first: record 3).']
    """

    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, what: str, where: str, times: int = 1) -> None:
        """Note that something happened `times` times more."""
        count, first = self.found.get(what, (0, where))
        self.found[what] = (count + times, first)

    def sentences(self) -> list[str]:
        """Return a sentence for each kind, in the order in which they were met."""
        return [f"{what}: {count} (first: {first})." for what, (count, first) in self.found.items()]
