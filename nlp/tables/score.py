"""What speaks against a reading of a table, counted, and what it costs in one unit: nats."""

from __future__ import annotations

from functools import cache
from math import log1p
from typing import ClassVar

from msgspec import Struct

from nlp.labelling.judgement import Costs
from nlp.labelling.model_folder import ModelError, fitted, to_fit
from nlp.resources import folder

_PROGRAM = "python -m training.readings"


class Faults(Struct, frozen=True):
    """What speaks against a reading, each counted.

    - `wrong_counts`: rows whose numbers are neither as many as their columns nor none.
    - `empty_rows`: rows that are named and have no number.
    - `blank_cells`: rows with fewer numbers than columns, and empty cells that make up for them.
    - `groups_not_named`: groups of a table of one row that no label names.
    - `left_over`: numbers that no row takes.
    - `beside_unknown`: numbers left to labels that the form does not have.
    - `taken_from_unknown`: numbers beside such labels that a row takes.
    - `furniture`: lines with numbers of rows, each by the probability that it is no table's.
    - `nearby`, `under_headers`, `piecemeal`: 1 for readings in such a `Manner`.
    """

    wrong_counts: float = 0
    empty_rows: float = 0
    blank_cells: float = 0
    groups_not_named: float = 0
    left_over: float = 0
    beside_unknown: float = 0
    taken_from_unknown: float = 0
    furniture: float = 0
    nearby: float = 0
    under_headers: float = 0
    piecemeal: float = 0

    HARMLESS: ClassVar[frozenset[str]] = frozenset({"furniture", "nearby", "under_headers", "piecemeal"})
    """What a reading may be that explains all numbers."""

    @property
    def none(self) -> bool:
        """Whether a reading explains every number and every label.

        >>> Faults(piecemeal=1).none, Faults(left_over=1).none
        (True, False)
        """
        return not any(getattr(self, name) for name in self.__struct_fields__ if name not in self.HARMLESS)

    def cost(self, costs: Costs) -> float:
        """Return what the faults cost, in nats; the first of its kind costs most."""
        return sum(costs[name] * log1p(getattr(self, name)) for name in self.__struct_fields__)


class _File(Struct, frozen=True):
    """The file of the costs."""

    weights: Costs


@cache
def weights() -> Costs:
    """Return what each fault costs: fitted on pages with known truth (`python -m training.readings`).

    Raises ModelError where the file is damaged.
    """
    file = folder("models") / "tables" / "readings.json"
    content, _ = fitted(file, _File, "what the faults of a reading cost", _PROGRAM)
    costs = content.weights
    if set(costs) != set(Faults.__struct_fields__):
        raise ModelError(f"{file} does not tell the cost of each fault of a reading: {to_fit(_PROGRAM)}")
    return costs
