"""What training measured, for people."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.labelling.model_folder import Measured
from training.scoring.columns import aligned


def measured(figures: Mapping[str, Measured], how: str) -> str:
    """Return a line for each figure, if there are any, and how they came about.

    >>> print(measured({"macro_f1": Measured(0.98123, 0.004)}, "3 splits"), end="")
              F1        ±
    macro  0.981  ± 0.004
    <BLANKLINE>
    3 splits
    """
    rows = [_row(name.removesuffix("_f1"), figure) for name, figure in figures.items()]
    table = aligned([["", "F1", "±"], *rows]) + "\n\n" if rows else ""
    return f"{table}{how}\n"


def _row(name: str, figure: Measured) -> list[str]:
    return [name, f"{figure.mean:.3f}", f"± {figure.spread:.3f}"]
