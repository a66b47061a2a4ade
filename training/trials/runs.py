"""Runs the command line in processes that are forked from this one, which has the models in memory."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from nlp.resources import folder

T = TypeVar("T")
_LONGEST = 120.0
"""Seconds after which a run that has not ended is a finding."""


@dataclass
class Run:
    """A run of the command line; `code` is its exit code, negative where a signal ended it."""

    process: int
    words: Path
    since: float
    code: int | None = None
    seconds: float = 0.0

    @property
    def said(self) -> str:
        """What it has said on standard error."""
        return self.words.read_text(encoding="utf-8", errors="replace")


@cache
def warm() -> None:
    """Load what every run needs, and fill the reader's memos, so that each run is quick."""
    from nlp.commands.loading import load_reader

    load_reader(None)
    import nlp.commands.cli
    import nlp.writers.exporting  # noqa: F401
    from nlp.reading.inputs import Input
    from nlp.running.extraction import Extraction

    for sample in sorted((folder("data") / "samples").glob("*.txt"))[:3]:
        Extraction()(Input(str(sample)))


def start(order: Sequence[str], folder: Path, prepare: Callable[[], None] | None = None) -> Run:
    """Start a run in a folder, in a session of its own; `prepare` is called in its process."""
    handle, words = tempfile.mkstemp(prefix="said-")
    process = os.fork()
    if process == 0:
        _become(order, folder, handle, prepare)
    os.close(handle)
    return Run(process, Path(words), time.monotonic())


def ended(run: Run) -> bool:
    """Return whether a run has ended."""
    if run.code is None:
        process, status = os.waitpid(run.process, os.WNOHANG)
        if process == 0:
            return False
        run.code = os.waitstatus_to_exitcode(status)
        run.seconds = time.monotonic() - run.since
    return True


def finished(run: Run) -> Run:
    """Wait for a run to end; one that does not is an error."""
    deadline = time.monotonic() + _LONGEST
    while not ended(run):
        if time.monotonic() > deadline:
            os.killpg(run.process, signal.SIGKILL)
            raise AssertionError(f"a run did not end in {_LONGEST:g} seconds:\n{run.said}")
        time.sleep(0.002)
    return run


def struck(run: Run, number: int, after: float, whole_session: bool) -> Run:
    """Send a run, or its whole session, a signal some time after its start, and wait for it to end."""
    while not ended(run) and time.monotonic() - run.since < after:
        time.sleep(0.001)
    if not ended(run):
        with suppress(ProcessLookupError):
            (os.killpg if whole_session else os.kill)(run.process, number)
    return finished(run)


def session_is_empty(run: Run, patience: float = 5.0) -> bool:
    """Return whether no process of a run is left, after waiting a little for the last."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            os.killpg(run.process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def elsewhere(function: Callable[..., T], *arguments: Any) -> T:
    """Return what a function gives, called in a process of its own: libraries may start threads there."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(ours)
        try:
            answer = json.dumps(["given", function(*arguments)])
        except BaseException as reason:
            answer = json.dumps(["raised", f"{type(reason).__name__}: {reason}"])
        with os.fdopen(theirs, "w") as file:
            file.write(answer)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as file:
        answer = file.read()
    os.waitpid(process, 0)
    how, what = json.loads(answer)
    assert how == "given", what
    return what  # type: ignore[no-any-return]


def _become(order: Sequence[str], folder: Path, words: int, prepare: Callable[[], None] | None) -> NoReturn:
    """Become the program with a command line."""
    code = 99
    try:
        os.setsid()
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(words, 2)
        os.close(words)
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w")  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w")  # type: ignore[misc]
        sys.argv = ["nianbao", *order]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from nlp.commands import stopping, streams
        from nlp.commands.cli import main

        stopping.heed()
        streams.settle()
        if prepare is not None:
            prepare()
        main(order)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException as fault:
        os.write(2, f"FAULT {type(fault).__name__}: {fault}\n".encode())
    sys.stderr.flush()
    os._exit(code)
