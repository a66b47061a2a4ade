"""Every figure of the speed table, in its order; a new one is a file and a line here."""

from __future__ import annotations

from benchmarks import cold_start, growth, help, memory, text_extraction, two_workers
from benchmarks.figure import Figure

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        text_extraction.FIGURE,
        growth.FIGURE,
        cold_start.FIGURE,
        help.FIGURE,
        two_workers.FIGURE,
        memory.FIGURE,
    )
}
