"""Speeds up loading of modules and models that stay as long as the program runs."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Keep the garbage collector from what is loaded inside, now and later.

    The matrix library starts no threads of its own: its sums are small here, and starting threads takes
    longer than reading a report.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
