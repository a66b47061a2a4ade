"""Functions of pdfium that take and give plain numbers, to be called for many things at once."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

POINTER, NUMBER, NOTHING = ctypes.c_void_p, ctypes.c_int, None


def plain(function: Any, returns: type[Any] | None, *takes: type[Any]) -> Callable[..., Any]:
    """Return a function of pdfium that takes addresses for pointers.

    ctypes then has no types to convert: a call costs half as much, and there are some for every character.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    prototype: Callable[[int], Callable[..., Any]] = ctypes.PYFUNCTYPE(returns, *takes)
    return prototype(address)


def address(pointer: Any) -> int:
    """Return where an object of pdfium lies."""
    return ctypes.addressof(pointer.contents)


def fill(function: Callable[..., Any], holder: int, which: Iterable[int], *places: Iterable[int]) -> None:
    """Call a function for each of what `holder` holds; it writes to the places."""
    deque(map(function, repeat(holder), which, *places), maxlen=0)
