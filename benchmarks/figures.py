"""Lists every figure of the speed table in its order; a new figure is a file and a line here."""

from __future__ import annotations

from benchmarks import (
    cold_start,
    exports,
    growth,
    help,
    memory,
    over_dask,
    pdf_reading,
    text_extraction,
    two_workers,
)
from benchmarks.figure import Figure

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        text_extraction.FIGURE,
        pdf_reading.OVER_TEXT,
        pdf_reading.OVER_TABLES,
        pdf_reading.CELLS,
        growth.FIGURE,
        cold_start.FIGURE,
        help.FIGURE,
        two_workers.FIGURE,
        over_dask.FIGURE,
        memory.FIGURE,
        exports.TIME,
        exports.MEMORY,
    )
}
