"""Loads what stays for as long as the program runs."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Load modules and models; what is loaded stays, and is never looked through for garbage.

    The matrix library starts no threads of its own: its sums are small here, and to start threads takes
    longer than to read a report.
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
