"""Ends commands: with an exit code and, if something is amiss, a message; never with a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from types import TracebackType
from typing import NoReturn

import click

from nlp.commands import stopping
from nlp.commands.language import choose, say, show


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    REFUSED = 3
    UNWRITABLE = 4
    INTERRUPTED = 130


class Stop(click.ClickException):
    """Ends a command with a message and an exit code."""

    def __init__(self, message: str, exit: Exit) -> None:
        super().__init__(message)
        self.exit = exit


@contextmanager
def ending(refusal: type[Exception], exit: Exit) -> Iterator[None]:
    """End the command with an exit code and the message of an exception, if one of the kind is raised."""
    try:
        yield
    except refusal as reason:
        raise Stop(str(reason), exit) from reason


def run(commands: click.Group, arguments: Sequence[str] | None) -> NoReturn:
    """Run a command line and exit with its code."""
    sys.excepthook = _fault
    choose(None)
    code = int(_code(commands, arguments) or Exit.DONE)
    stopping.no_more()
    sys.exit(code)


def _code(commands: click.Group, arguments: Sequence[str] | None) -> int | None:
    try:
        with stopping.in_order():
            code: int | None = commands.main(arguments, prog_name="nianbao", standalone_mode=False)
            if sys.stdout:
                sys.stdout.flush()
            return code
    except Stop as stop:
        return _stopped(stop)
    except click.ClickException as error:
        show(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as end:
        return _told_to_end(end)
    except OSError as error:
        return _stopped(Stop(_cause(error), Exit.UNWRITABLE))


def _cause(error: OSError) -> str:
    """Return in words what the system has refused."""
    from nlp.writers.output import reason

    if error.errno in (errno.ENOMEM, errno.EAGAIN):
        return f"The system has no memory or processes left ({error.strerror}): take fewer --jobs."
    if error.filename is None and error.errno in (errno.EMFILE, errno.ENFILE):
        return f"This could not be done: {reason(error)}."
    return f"{error.filename or 'standard output'}: could not be written ({reason(error)})."


def _told_to_end(end: BaseException) -> int:
    """Say how to go on, if nobody has, and return the exit code of a command that was told to end."""
    stopped = stopping.of(end.__cause__ if isinstance(end, click.Abort) else end)  # which click makes of it
    if not stopped.told:
        say(stopping.words())
    return stopped.code


def _stopped(stop: Stop) -> Exit:
    if stop.message:
        show(stop)
    if stop.exit == Exit.UNWRITABLE:
        _give_standard_output_up()
    return stop.exit


def _give_standard_output_up() -> None:
    """Keep Python from trying at its exit to write what is still buffered."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print in a line that the program itself is at fault; with NIANBAO_TRACEBACK set, the traceback."""
    if os.environ.get("NIANBAO_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
        return
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    say(
        f"Error: a fault of nianbao itself ({kind.__name__}: {error}{where}). "
        "Please report it with the input; NIANBAO_TRACEBACK=1 shows more.",
    )
