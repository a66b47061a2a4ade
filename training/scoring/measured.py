"""Prints the figures that training measured."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.labelling.model_folder import Measured
from training.scoring.columns import aligned


def measured(figures: Mapping[str, Measured], how: str) -> str:
    """Return a table of figures as mean ± standard deviation, and below it `how` they were measured.

    >>> print(measured({"macro_f1": Measured(0.98123, 0.004)}, "3 splits"), end="")
              F1        ±
    macro  0.981  ± 0.004
    <BLANKLINE>
    3 splits
    """
    if not figures:
        return f"{how}\n"
    rows = [["", "F1", "±"]]
    for name, figure in figures.items():
        rows.append([name.removesuffix("_f1"), f"{figure.mean:.3f}", f"± {figure.spread:.3f}"])
    return f"{aligned(rows)}\n\n{how}\n"
