"""Runs commands in processes that are forked from this one, which has the models in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

from training.trials.runs import Run, finished, start, warm


@cache
def _ready() -> None:
    """Load what the commands load."""
    warm()
    for module in ("training.labels.checking", "training.model.train", "training.scoring.run"):
        import_module(module)


def begun(folder: Path, *arguments: object) -> Run:
    """Begin a command in a folder; nobody listens to its standard output."""
    _ready()
    return start([str(argument) for argument in arguments], folder)


def ran(
    folder: Path,
    *arguments: object,
    input: str | bytes = b"",
    stdout: IO[bytes] | None = None,
    preexec_fn: Callable[[], object] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and return what it said and gave.

    `stdout` is where its standard output goes instead; `preexec_fn` is called in its process.
    """
    _ready()
    order = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as streams:
        given = input.encode() if isinstance(input, str) else input
        Path(streams, "in").write_bytes(given)

        def prepare() -> None:
            os.dup2(os.open(Path(streams, "in"), os.O_RDONLY), 0)
            told = stdout.fileno() if stdout else os.open(Path(streams, "out"), os.O_WRONLY | os.O_CREAT)
            os.dup2(told, 1)
            sys.stdin = os.fdopen(0)
            if preexec_fn is not None:
                preexec_fn()

        done = finished(start(order, folder, prepare))
        told = "" if stdout else Path(streams, "out").read_text(encoding="utf-8")
        said = done.said
        done.words.unlink()
    assert "Traceback" not in said
    assert "FAULT" not in said
    return subprocess.CompletedProcess(order, done.code or 0, told, said)
