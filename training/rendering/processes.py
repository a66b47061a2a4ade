"""Runs a program for a limited time, and ends it with everything that it started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence


def output(order: Sequence[str], seconds: float) -> bytes | None:
    """Return what a program wrote; None where it failed or had to be stopped."""
    process = subprocess.Popen(
        order,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        written, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    return written if process.returncode == 0 else None
