"""Ends the program when it is told to: by Ctrl-C, by the system, by a terminal that closes."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

_PATIENCE = 3.0
"""Seconds in which further signals are not heeded: what is being put in order takes no longer."""
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
_AGAIN = 0.05
"""Seconds after which a signal is raised again that came where Python lets nothing through."""


class Stopped(KeyboardInterrupt):
    """The program was told to end; `code` is its exit code, `told` whether the user knows already."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.code = 128 + int(number)
        self.told = False


_since: float | None = None
"""When (`time.monotonic`) the program was told to end."""
_number = int(signal.SIGINT)
"""By which signal it was told to."""
_process_is_ours = False
"""Whether this is the program's own process, not one that calls it."""


def heed() -> None:
    """From now on end at once when told to: nothing is to be put in order yet."""
    global _process_is_ours
    _process_is_ours = True
    _install(_end_at_once)
    sys.unraisablehook = _raise_again


@contextmanager
def in_order() -> Iterator[None]:
    """Inside raise Stopped when told to end, so that what is being written is put in order."""
    before = _install(_raise)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def at_once() -> Iterator[None]:
    """Inside end at once when told to: libraries that are being imported do not bear exceptions."""
    before = _install(_end_at_once)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def no_more() -> None:
    """Heed no signals any more: the program ends, and its exit code is decided."""
    if _process_is_ours:
        _install(signal.SIG_IGN)


def of(end: BaseException | None) -> Stopped:
    """Return the Stopped that an exception is, or stands for where a library has put another in its place."""
    return end if isinstance(end, Stopped) else Stopped(_number)


def how_to_go_on() -> str:
    """Return the command that goes on with this one, or does it again where nothing is kept."""
    from shlex import join

    arguments = list(sys.argv[1:])
    if _keeps_records(arguments) and "--resume" not in arguments:
        end = arguments.index("--") if "--" in arguments else len(arguments)
        arguments.insert(end, "--resume")
    program = sys.argv[0] if sys.argv else ""
    module = os.path.basename(program) in ("__main__.py", "-m", "-c", "")
    name = [sys.executable, "-m", "nlp"] if module else [os.path.basename(program)]
    return join([*name, *arguments])


def words(before: str = "Stopped.") -> str:
    """Return what is said when the program has ended because it was told to: how to go on, or begin again."""
    command = how_to_go_on()
    return f"{before} {'Go on with' if '--resume' in command else 'The same again'}:\n  {command}"


def _keeps_records(arguments: list[str]) -> bool:
    """Return whether a command line is that of a batch into a file."""
    while arguments and arguments[0].startswith("--lang"):  # of the group, before the command
        arguments = arguments[1 if "=" in arguments[0] else 2 :]
    if not arguments or arguments[0] != "extract" or "--explain" in arguments:
        return False
    for n, argument in enumerate(arguments):
        if argument in ("-o", "--output"):
            return arguments[n + 1 : n + 2] not in ([], ["-"])
        if argument.startswith("--output=") or (argument.startswith("-o") and len(argument) > 2):
            return argument not in ("-o-", "--output=-")
    return False


def _install(handler: Any) -> dict[int, Any]:
    """Have a handler heed the signals that are heeded at all; return the handlers before it."""
    import threading

    before: dict[int, Any] = {}
    if threading.current_thread() is not threading.main_thread():
        return before
    for number in _SIGNALS:
        known = signal.getsignal(number)
        if known is signal.SIG_IGN or known is None:  # `nohup`, or a job in the background of a script
            continue
        before[number] = known
        signal.signal(number, handler)
    return before


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    from nlp.commands.language import in_language

    said = f"\n{in_language(words('Stopped before anything was written.'))}\n"
    with suppress(OSError):
        os.write(2, said.encode("utf-8", "surrogateescape"))
    os._exit(128 + number)


def _raise(number: int, _frame: FrameType | None) -> None:
    global _since, _number
    now = time.monotonic()
    if _since is not None and now - _since < _PATIENCE:
        return
    if _since is not None:  # it does not come to an end: end it
        os._exit(128 + number)
    _since, _number = now, number
    raise Stopped(number)


def _raise_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Raise a signal again that came while Python cleared something away, and lost its exception."""
    global _since
    lost = unraisable.exc_value
    if not isinstance(lost, Stopped):
        sys.__unraisablehook__(unraisable)
        return
    import _thread
    from threading import Timer

    _since = None
    timer = Timer(_AGAIN, _thread.interrupt_main, (lost.number,))
    timer.daemon = True
    timer.start()
