"""Fast calls of pdfium's functions: with plain numbers for pointers, and for many objects at once."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

from numpy.typing import NDArray

POINTER, NUMBER, NOTHING = ctypes.c_void_p, ctypes.c_int, None


def plain(function: Any, returns: type[Any] | None, *takes: type[Any]) -> Callable[..., Any]:
    """Return a function of pdfium that takes addresses for pointers.

    `returns` and `takes` are the ctypes of its result and arguments. ctypes then has no pointers to
    convert, which halves the cost of a call, and several are made for every character.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    prototype: Callable[[int], Callable[..., Any]] = ctypes.PYFUNCTYPE(returns, *takes)
    return prototype(address)


def address(pointer: Any) -> int:
    """Return the address of an object of pdfium."""
    return ctypes.addressof(pointer.contents)


def fill(function: Callable[..., Any], holder: int, indices: Iterable[int], *targets: Iterable[int]) -> None:
    """Call `function(holder, index, *addresses)` for each index; it writes its results to the addresses.

    `targets` give the addresses, one for each index: ranges of addresses in an array, for example.
    """
    deque(map(function, repeat(holder), indices, *targets), maxlen=0)


def fill_each(function: Callable[..., Any], holders: Iterable[int], results: NDArray[Any]) -> None:
    """Call `function(holder, *addresses)` for each holder; it writes its results to a row of `results`.

    `results` [holders, …] has no gaps; its columns are the function's results.
    """
    start, end, step = results.ctypes.data, results.ctypes.data + results.nbytes, results.strides[0]
    columns = range(0, step, results.itemsize)
    deque(map(function, holders, *(range(start + column, end, step) for column in columns)), maxlen=0)
