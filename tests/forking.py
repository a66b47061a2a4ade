"""Runs commands in processes that are forked from this one, which has the models in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from training.trials.runs import Run, finished, start, warm


def begun(folder: Path, *arguments: object) -> Run:
    """Begin a command in a folder; nobody listens to its standard output."""
    warm()
    return start([str(argument) for argument in arguments], folder)


def ran(folder: Path, *arguments: object, input: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and return what it said and gave."""
    warm()
    order = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as streams:
        Path(streams, "in").write_bytes(input)

        def prepare() -> None:
            os.dup2(os.open(Path(streams, "in"), os.O_RDONLY), 0)
            os.dup2(os.open(Path(streams, "out"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            sys.stdin = os.fdopen(0)

        done = finished(start(order, folder, prepare))
        told = Path(streams, "out").read_text(encoding="utf-8")
    assert "Traceback" not in done.said
    assert "FAULT" not in done.said
    return subprocess.CompletedProcess(order, done.code or 0, told, done.said)
